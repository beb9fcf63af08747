#include "store/functions_filter.h"

#include "base/array.h"
#include "base/utf8.h"
#include "query/cql2.h"
#include "store/selection.h"

enum { TEXT_MAX = 1 << 26 };

typedef bool add_text(struct buf *out, struct str s);

static struct str text_of(sqlite3_value *v)
{
	const unsigned char *text = sqlite3_value_text(v);

	return (
	    struct str){ (const char *)text, (size_t)sqlite3_value_bytes(v) };
}

static bool any_null(int n, sqlite3_value **v)
{
	for (int i = 0; i < n; i++)
		if (sqlite3_value_type(v[i]) == SQLITE_NULL)
			return true;
	return false;
}

/* Gives what is in b, which it frees. */
static void give(sqlite3_context *c, struct buf *b)
{
	if (b->failed)
		sqlite3_result_error_nomem(c);
	else
		sqlite3_result_text(c, b->len > 0 ? b->data : "", (int)b->len,
		    SQLITE_TRANSIENT);
	buf_free(b);
}

static void fold(sqlite3_context *c, sqlite3_value *v, add_text *add)
{
	struct buf b;

	if (any_null(1, &v))
		return;
	buf_init(&b, TEXT_MAX);
	if (add(&b, text_of(v)) || b.failed) {
		give(c, &b);
		return;
	}
	buf_free(&b);
	sqlite3_result_error_code(c, SQLITE_CORRUPT);
}

static void casei(sqlite3_context *c, int n, sqlite3_value **v)
{
	(void)n;
	fold(c, v[0], utf8_add_caseless);
}

static void accenti(sqlite3_context *c, int n, sqlite3_value **v)
{
	(void)n;
	fold(c, v[0], utf8_add_unaccented);
}

static void calculate(sqlite3_context *c, int n, sqlite3_value **v)
{
	enum cql2_calculation what =
	    (enum cql2_calculation)sqlite3_value_int(v[0]);
	double out;

	if (!any_null(n, v) && cql2_calculate(what, sqlite3_value_double(v[1]),
				   sqlite3_value_double(v[2]), &out))
		sqlite3_result_double(c, out);
}

static void lists(sqlite3_context *c, int n, sqlite3_value **v)
{
	enum cql2_lists what = (enum cql2_lists)sqlite3_value_int(v[0]);

	if (!any_null(n, v))
		sqlite3_result_int(
		    c, cql2_lists_relate(what, text_of(v[1]), text_of(v[2])));
}

static void element(sqlite3_context *c, int n, sqlite3_value **v)
{
	enum cql2_element kind = (enum cql2_element)sqlite3_value_int(v[0]);
	struct value value = { .type = VALUE_NULL };
	struct buf b;

	if (any_null(n, v))
		return;
	if (kind == CQL2_ELEMENT_TEXT)
		value.text = text_of(v[1]);
	else if (kind == CQL2_ELEMENT_NUMBER)
		value.number = sqlite3_value_double(v[1]);
	else
		value.integer = sqlite3_value_int64(v[1]);
	buf_init(&b, TEXT_MAX);
	cql2_add_element(&b, kind, &value);
	give(c, &b);
}

static const struct {
	const char *name;
	int arguments;
	void (*run)(sqlite3_context *c, int n, sqlite3_value **v);
} functions[] = {
	{ CQL2_SQL_CASEI, 1, casei },
	{ CQL2_SQL_ACCENTI, 1, accenti },
	{ CQL2_SQL_CALCULATE, 3, calculate },
	{ CQL2_SQL_LISTS, 3, lists },
	{ CQL2_SQL_ELEMENT, 2, element },
};

static int order(void *context, int n_a, const void *a, int n_b, const void *b)
{
	(void)context;
	return utf8_compare(
	    (struct str){ a, (size_t)n_a }, (struct str){ b, (size_t)n_b });
}

bool functions_add_filter(sqlite3 *handle)
{
	for (size_t i = 0; i < LENGTH(functions); i++)
		if (sqlite3_create_function_v2(handle, functions[i].name,
			functions[i].arguments,
			SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
			NULL, functions[i].run, NULL, NULL, NULL) != SQLITE_OK)
			return false;
	return sqlite3_create_collation_v2(handle, SELECTION_ORDER, SQLITE_UTF8,
		   NULL, order, NULL) == SQLITE_OK;
}
