/* What every CQL2 filter that was accepted has to be good for. */
#ifndef BUDGETMAP_TESTS_CQL2_CHECK_H
#define BUDGETMAP_TESTS_CQL2_CHECK_H

#include <stdlib.h>

#include "query/cql2.h"

enum { CQL2_CHECK_ARENA = 1 << 26 };

static const struct field cql2_check_fields[] = {
	{ "t", VALUE_TEXT, { NULL, NULL, NULL } },
	{ "i", VALUE_INT, { NULL, NULL, NULL } },
	{ "n", VALUE_NUMBER, { NULL, NULL, NULL } },
	{ "m", VALUE_MONEY, { NULL, NULL, NULL } },
	{ "b", VALUE_BOOL, { NULL, NULL, NULL } },
	{ "d", VALUE_DAY, { NULL, NULL, NULL } },
	{ "z", VALUE_TIME, { NULL, NULL, NULL } },
	{ "l", VALUE_LIST, { NULL, NULL, NULL } },
};
static const struct schema cql2_check_schema = { "fuzz", cql2_check_fields,
	sizeof(cql2_check_fields) / sizeof(cql2_check_fields[0]) };
static const struct cql2_context cql2_check_context = {
	.schema = &cql2_check_schema, .id = VALUE_INT
};

/* A record with everything, or with nothing. */
static void cql2_check_value(void *context, int field, struct value *out)
{
	static const struct value values[] = {
		{ .type = VALUE_TEXT,
		    .text = { "\xD2\x9A"
			      "a%_\\",
			6 } },
		{ .type = VALUE_INT, .integer = -7 },
		{ .type = VALUE_NUMBER, .number = 0.5 },
		{ .type = VALUE_MONEY, .integer = 100050 },
		{ .type = VALUE_BOOL, .integer = 1 },
		{ .type = VALUE_DAY, .integer = 20260131 },
		{ .type = VALUE_TIME, .integer = 1769860800000000 },
		{ .type = VALUE_LIST, .text = { "a;b", 3 } },
	};

	*out = (struct value){ .type = VALUE_NULL };
	if (context)
		*out = field >= 0
			   ? values[field]
			   : (struct value){ .type = VALUE_INT, .integer = 5 };
}

static const struct geom *cql2_check_geometry(void *context)
{
	return context;
}

static void cql2_check_match(const struct cql2 *f, struct arena *a)
{
	const struct geom *place = geom_point(a, 1, 2, NULL);
	struct cql2_matcher *m = cql2_matcher_open(f, NULL);
	const struct cql2_record records[] = {
		{ cql2_check_value, cql2_check_geometry,
		    (void *)(uintptr_t)place },
		{ cql2_check_value, cql2_check_geometry, NULL },
	};

	if (!m || !place)
		abort();
	for (int i = 0; i < 2; i++)
		if (cql2_match(m, &records[i]) > CQL2_UNKNOWN)
			abort();
	if (cql2_matcher_failed(m))
		abort();
	cql2_matcher_close(m);
}

static const char *cql2_check_column(void *context, int field)
{
	(void)context;
	(void)field;
	return "c";
}

/* Printed, read and printed again: nothing may change. */
static void cql2_check_print(const struct cql2 *f, struct arena *a)
{
	struct buf first, second;
	const struct cql2 *again;

	buf_init(&first, CQL2_CHECK_ARENA);
	buf_init(&second, CQL2_CHECK_ARENA);
	cql2_print(&first, f);
	if (first.failed)
		abort();
	if (first.len <= CQL2_BYTES_MAX) {
		again = cql2_parse_text(
		    buf_str(&first), &cql2_check_context, a, NULL);
		if (!again)
			abort();
		cql2_print(&second, again);
		if (!str_equal(buf_str(&first), buf_str(&second)))
			abort();
	}
	buf_free(&first);
	buf_free(&second);
}

static inline void cql2_check(const struct cql2 *f, struct arena *a)
{
	const struct cql2_columns columns = { cql2_check_column, NULL };
	struct cql2_sql sql;
	struct bbox box;

	cql2_check_match(f, a);
	cql2_check_print(f, a);
	if (!cql2_to_sql(&sql, f, &columns, 1, a, NULL))
		abort();
	if (cql2_bounds(f, &box) && !cql2_uses(f, CQL2_GEOMETRY))
		abort();
}

#endif
