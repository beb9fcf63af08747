/* Cells of imported tables: what is taken is whole, in range, and holds no
 * number of a person; what is refused has a reason. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "store/bin.h"
#include "store/import.h"
#include "store/import_cell.h"

enum { MEMORY = 1 << 24 };

static void check_value(const struct import_column *c, const struct value *v)
{
	if (v->type == VALUE_NUMBER &&
	    (v->number < c->min || v->number > c->max))
		abort();
	if (v->type != VALUE_TEXT && v->type != VALUE_LIST)
		return;
	if (!utf8_valid(v->text))
		abort();
	if (c->type != IMPORT_SHA256 && bin_has_person(v->text))
		abort();
}

/* What was read and is written out is read as the same. */
static void check_again(const struct import_column *c, const struct value *v,
    const struct cell_context *x)
{
	struct err e = { .code = ERR_NONE };
	struct value again;

	if (v->type != VALUE_TEXT && v->type != VALUE_LIST)
		return;
	if (!cell_read(&again, c, v->text, x, &e))
		abort();
	if (v->text.len > 0 && !str_equal(again.text, v->text))
		abort();
}

static void read_one(const struct import_column *c, struct str text)
{
	struct err e = { .code = ERR_NONE };
	struct value v = { .type = VALUE_NULL };
	struct buf scratch;
	struct arena a;
	struct cell_context x = { .unit = IMPORT_TENGE, .a = &a };

	arena_init(&a, MEMORY);
	buf_init(&scratch, MEMORY);
	x.scratch = &scratch;
	if (cell_read(&v, c, text, &x, &e)) {
		check_value(c, &v);
		check_again(c, &v, &x);
		if (!cell_make_public(&v, c, &a, &e))
			abort();
	} else if (e.code == ERR_NONE || e.text[0] == '\0') {
		abort();
	}
	arena_free(&a);
	buf_free(&scratch);
}

/* The first byte chooses the column. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct import_table *const tables[] = { &import_projects,
		&import_organisations, &import_funding, &import_documents };
	size_t at = size > 0 ? data[0] : 0;

	for (size_t t = 0; t < sizeof(tables) / sizeof(tables[0]); t++) {
		const struct import_column *c;

		if (at >= tables[t]->n_columns) {
			at -= tables[t]->n_columns;
			continue;
		}
		c = &tables[t]->columns[at];
		if (size > 0 && c->type != IMPORT_DERIVED &&
		    c->type != IMPORT_WKT && c->type != IMPORT_GEOM)
			read_one(c,
			    (struct str){ (const char *)data + 1, size - 1 });
		return 0;
	}
	return 0;
}
