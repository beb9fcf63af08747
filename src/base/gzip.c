#include "base/gzip.h"

#include <libdeflate.h>

#include "base/mem.h"

/* libdeflate before 1.19 can only be given an allocator for the whole program,
 * so that its own tables come from malloc. */
struct gzip {
	struct libdeflate_compressor *compressor;
};

struct gzip *gzip_open(int level)
{
	struct gzip *g = mem_alloc(sizeof(*g));

	if (!g)
		return NULL;
	g->compressor = libdeflate_alloc_compressor(level);
	if (!g->compressor) {
		mem_free(g);
		return NULL;
	}
	return g;
}

void gzip_close(struct gzip *g)
{
	if (!g)
		return;
	libdeflate_free_compressor(g->compressor);
	mem_free(g);
}

bool gzip_add(struct gzip *g, struct buf *out, const void *data, size_t len)
{
	size_t room, most, done;
	char *to;

	if (out->failed)
		return false;
	/* What the data compresses to may fit where its bound does not. */
	room = libdeflate_gzip_compress_bound(g->compressor, len);
	most = out->limit - out->len;
	if (room > most)
		room = most;
	to = buf_reserve(out, room);
	if (!to)
		return false;
	done = libdeflate_gzip_compress(g->compressor, data, len, to, room);
	if (done == 0)
		out->failed = true;
	out->len += done;
	return done > 0;
}
