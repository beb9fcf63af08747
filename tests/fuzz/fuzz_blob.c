/* SpatiaLite's geometries. What was accepted is written, read and written
 * again: nothing may change. */
#include "fuzz.h"

#include <stdlib.h>

#include "geo/geom.h"

enum { ARENA_MAX = 1 << 26 };

static bool convert(struct buf *out, const void *data, size_t size)
{
	struct err e = { .code = ERR_NONE };
	const struct geom *g;
	struct arena a;

	arena_init(&a, ARENA_MAX);
	g = geom_from_blob(&a, data, size, &e);
	if ((g != NULL) != (e.code == ERR_NONE))
		abort();
	if (g)
		geom_add_blob(out, g);
	arena_free(&a);
	return g != NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf first, second;

	buf_init(&first, ARENA_MAX);
	buf_init(&second, ARENA_MAX);
	if (convert(&first, data, size) &&
	    (!convert(&second, first.data, first.len) ||
		!str_equal(buf_str(&first), buf_str(&second))))
		abort();
	buf_free(&first);
	buf_free(&second);
	return 0;
}
