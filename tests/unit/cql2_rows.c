#include "cql2_rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "http/problem_text.h"

#define TEXT(s)                                                                \
	{                                                                      \
		.type = VALUE_TEXT, .text = { s, sizeof(s) - 1 }               \
	}
#define LIST(s)                                                                \
	{                                                                      \
		.type = VALUE_LIST, .text = { s, sizeof(s) - 1 }               \
	}
#define WHOLE(t, n)                                                            \
	{                                                                      \
		.type = t, .integer = n                                        \
	}
#define REAL(n)                                                                \
	{                                                                      \
		.type = VALUE_NUMBER, .number = n                              \
	}

/* 2022-04-16T10:13:19Z and others in microseconds. */
#define T_2021 1618568159000000 /* 2021-04-16T10:15:59Z */
#define T_A 1650103999000000 /* 2022-04-16T10:13:19Z */
#define T_B 1650104110000000 /* 2022-04-16T10:15:10Z */
#define T_C 1650104166000000 /* 2022-04-16T10:16:06Z */
#define T_2023 1681640110000000 /* 2023-04-16T10:15:10Z */

static const struct field fields[ROW_FIELDS] = {
	[ROW_NAME] = { "name", VALUE_TEXT, { NULL, NULL, NULL } },
	[ROW_ASCII] = { "ascii", VALUE_TEXT, { NULL, NULL, NULL } },
	[ROW_COUNT] = { "count", VALUE_INT, { NULL, NULL, NULL } },
	[ROW_RATIO] = { "ratio", VALUE_NUMBER, { NULL, NULL, NULL } },
	[ROW_SUM] = { "sum", VALUE_MONEY, { NULL, NULL, NULL } },
	[ROW_OPEN] = { "open", VALUE_BOOL, { NULL, NULL, NULL } },
	[ROW_DATE] = { "date", VALUE_DAY, { NULL, NULL, NULL } },
	[ROW_UNTIL] = { "until", VALUE_DAY, { NULL, NULL, NULL } },
	[ROW_START] = { "start", VALUE_TIME, { NULL, NULL, NULL } },
	[ROW_END] = { "end", VALUE_TIME, { NULL, NULL, NULL } },
	[ROW_TAGS] = { "tags", VALUE_LIST, { NULL, NULL, NULL } },
};
static const struct schema schema = { "rows", fields, ROW_FIELDS };

const struct cql2_context cql2_row_context = {
	.schema = &schema, .id = VALUE_TEXT, .geometry_alias = "geom"
};

const struct cql2_row cql2_rows[ROWS] = {
	{ .id = "A",
	    .values = { TEXT("Түркістан"), TEXT("Turkistan"),
		WHOLE(VALUE_INT, 227098), REAL(0.5),
		WHOLE(VALUE_MONEY, 100000050), WHOLE(VALUE_BOOL, 1),
		WHOLE(VALUE_DAY, 20220416), WHOLE(VALUE_DAY, 20220430),
		WHOLE(VALUE_TIME, T_A), WHOLE(VALUE_TIME, T_2023),
		LIST("2024;2025") },
	    .wkt = "POINT(68.25 43.3)" },
	{ .id = "B",
	    .values = { TEXT("Қарағанды"), TEXT("Karaganda"),
		WHOLE(VALUE_INT, 500000), REAL(-2.25), WHOLE(VALUE_MONEY, 0),
		WHOLE(VALUE_BOOL, 0), WHOLE(VALUE_DAY, 20220417),
		WHOLE(VALUE_DAY, 20220417), WHOLE(VALUE_TIME, T_B),
		WHOLE(VALUE_TIME, T_C), LIST("2025") },
	    .wkt = "POINT(5 5)" },
	{ .id = "C",
	    .values = { TEXT("København"), TEXT("Kobenhavn"),
		WHOLE(VALUE_INT, 1038288), REAL(5), { .type = VALUE_NULL },
		WHOLE(VALUE_BOOL, 1), WHOLE(VALUE_DAY, 20210101),
		WHOLE(VALUE_DAY, 20221231), WHOLE(VALUE_TIME, T_2021),
		WHOLE(VALUE_TIME, T_C), LIST("") },
	    .wkt = "LINESTRING(-5 5, 5 5)" },
	{ .id = "D",
	    .values = { TEXT("Straße 5%_"), TEXT("STRASSE 5%_"),
		WHOLE(VALUE_INT, -7), { .type = VALUE_NULL },
		WHOLE(VALUE_MONEY, 105), WHOLE(VALUE_BOOL, 0),
		WHOLE(VALUE_DAY, 20220416), { .type = VALUE_NULL },
		{ .type = VALUE_NULL }, WHOLE(VALUE_TIME, T_C),
		{ .type = VALUE_NULL } },
	    .wkt = "POLYGON((0 0,10 0,10 10,0 10,0 0))" },
	{ .id = "E",
	    .values = { TEXT("Ёлка"), TEXT("Елка"), WHOLE(VALUE_INT, 0),
		REAL(100), WHOLE(VALUE_MONEY, 100000050),
		{ .type = VALUE_NULL }, { .type = VALUE_NULL },
		WHOLE(VALUE_DAY, 20220416), WHOLE(VALUE_TIME, T_A),
		{ .type = VALUE_NULL }, LIST("2024;2025;2026") },
	    .wkt = "MULTIPOLYGON(((170 -5,180 -5,180 5,170 5,170 -5)),"
		   "((-180 -5,-170 -5,-170 5,-180 5,-180 -5)))" },
	{ .id = "F", .wkt = NULL },
	{ .id = "G",
	    .values = { TEXT("back\\slash 'quote'"), TEXT("*?[x]"),
		WHOLE(VALUE_INT, INT64_MAX), REAL(9223372036854775808.0),
		WHOLE(VALUE_MONEY, 999999999999999), WHOLE(VALUE_BOOL, 1),
		WHOLE(VALUE_DAY, 20230101), WHOLE(VALUE_DAY, 20230131),
		{ .type = VALUE_NULL }, { .type = VALUE_NULL }, LIST("2023") },
	    .wkt = "POLYGON((20 20,30 20,30 30,20 30,20 20),"
		   "(22 22,28 22,28 28,22 28,22 22))" },
	{ .id = "H",
	    .values = { TEXT(""), TEXT("line\nfeed\ttab\a\b\v\f\r"),
		WHOLE(VALUE_INT, INT64_MIN), REAL(-0.0),
		WHOLE(VALUE_MONEY, -50), WHOLE(VALUE_BOOL, 0),
		WHOLE(VALUE_DAY, 20220418), WHOLE(VALUE_DAY, 20220410),
		WHOLE(VALUE_TIME, T_C), WHOLE(VALUE_TIME, T_C), LIST("a;b;c") },
	    .wkt = "MULTIPOINT((5 5),(25 25),(40 40))" },
};

void cql2_rows_place(struct cql2_row *rows, size_t n, struct arena *a)
{
	for (size_t i = 0; i < n; i++) {
		if (!rows[i].wkt)
			continue;
		rows[i].geom = geom_from_wkt(a, str_from(rows[i].wkt), NULL);
		assert_non_null(rows[i].geom);
	}
}

static void read_value(void *context, int field, struct value *out)
{
	const struct cql2_row *row = context;

	if (field == CQL2_ID)
		*out = (struct value){ .type = VALUE_TEXT,
			.text = str_from(row->id) };
	else
		*out = row->values[field];
}

static const struct geom *read_geometry(void *context)
{
	const struct cql2_row *row = context;

	return row->geom;
}

/* Where the filter holds, its box may not say that it cannot. */
static void check_box(
    const struct cql2_matcher *m, const struct geom *geom, char answer)
{
	if (geom && geom->box.west <= geom->box.east && answer == '1')
		assert_true(cql2_may_match(m, &geom->box));
}

bool cql2_rows_try(
    const struct cql2 *f, const struct cql2_row *rows, size_t n, char *out)
{
	static const char letters[] = {
		[CQL2_FALSE] = '0', [CQL2_TRUE] = '1', [CQL2_UNKNOWN] = '?'
	};
	struct cql2_matcher *m = cql2_matcher_open(f, NULL);
	bool good = m != NULL;

	for (size_t i = 0; m && i < n; i++) {
		/* Only read through the functions above. */
		struct cql2_record r = { read_value, read_geometry,
			(void *)(uintptr_t)&rows[i] };

		out[i] = letters[cql2_match(m, &r)];
		check_box(m, rows[i].geom, out[i]);
	}
	out[n] = '\0';
	good = good && !cql2_matcher_failed(m);
	cql2_matcher_close(m);
	return good;
}

void cql2_rows_match(
    const struct cql2 *f, const struct cql2_row *rows, size_t n, char *out)
{
	assert_true(cql2_rows_try(f, rows, n, out));
}

void cql2_rows_told(const struct err *e)
{
	char text[PROBLEM_TEXT_SIZE];

	for (int lang = 0; lang < 2; lang++) {
		problem_text(text, e, lang);
		if (strcmp(text, e->text) == 0)
			fail_msg("not in language %d: %s", lang, e->text);
	}
}
