/* Well-known text. What was accepted is written, read and written again:
 * nothing may change. */
#include "fuzz.h"

#include <stdlib.h>

#include "format/wkt_write.h"

enum { ARENA_MAX = 1 << 26 };

static bool convert(struct buf *out, struct str text)
{
	struct err e = { .code = ERR_NONE };
	const struct geom *g;
	struct arena a;

	arena_init(&a, ARENA_MAX);
	g = geom_from_wkt(&a, text, &e);
	if ((g != NULL) != (e.code == ERR_NONE))
		abort();
	if (g)
		wkt_add(out, g);
	arena_free(&a);
	return g != NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf first, second;

	buf_init(&first, ARENA_MAX);
	buf_init(&second, ARENA_MAX);
	if (convert(&first, (struct str){ (const char *)data, size }) &&
	    (!convert(&second, buf_str(&first)) ||
		!str_equal(buf_str(&first), buf_str(&second))))
		abort();
	buf_free(&first);
	buf_free(&second);
	return 0;
}
