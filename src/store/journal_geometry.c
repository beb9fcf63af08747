#include "store/journal.h"

enum {
	COORDINATE_DIGITS = 12,
	TEXT_LIMIT = 64 << 20,
};

static void add_number(struct buf *b, double v)
{
	buf_add_double(b, v, COORDINATE_DIGITS);
}

struct str journal_geometry(struct arena *a, const struct geom *g)
{
	struct str text = { NULL, 0 };
	struct buf b;

	if (!g)
		return str_from("");
	buf_init(&b, TEXT_LIMIT);
	geom_add_wkt(&b, g, add_number, false);
	if (!b.failed) {
		text.data = arena_copy(a, b.data, b.len);
		text.len = text.data ? b.len : 0;
	}
	buf_free(&b);
	return text;
}
