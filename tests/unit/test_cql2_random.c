/* Thousands of random filters on random records: the matcher and SpatiaLite
 * have to agree on every one, and what is printed has to read back. */
#include "cql2_rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "geo/geos.h"
#include "tools/random.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum {
	RANDOM_ROWS = 48,
	FILTERS = 4000,
	DEPTH = 4,
	ARENA_MAX = 1 << 24,
	WKT_MAX = 512
};

/* What a filter is written with. */
struct writer {
	struct buf text;
	uint64_t seed;
};

static uint32_t below(struct writer *w, uint32_t n)
{
	return random_below(&w->seed, n);
}

static const char *any(struct writer *w, const char *const *of, size_t n)
{
	return of[below(w, (uint32_t)n)];
}

#define ANY(w, array) any(w, array, COUNT(array))

static void add(struct writer *w, const char *text)
{
	buf_add_text(&w->text, text);
}

/* --- places --------------------------------------------------------------- */

static int grid(struct writer *w)
{
	return (int)below(w, 9) - 4;
}

static void add_position(struct writer *w)
{
	buf_add_format(&w->text, "%d %d", grid(w), grid(w));
}

static void add_line(struct writer *w)
{
	uint32_t n = 2 + below(w, 3);

	add(w, "(");
	for (uint32_t i = 0; i < n; i++) {
		add(w, i > 0 ? "," : "");
		add_position(w);
	}
	add(w, ")");
}

/* A rectangle, with a hole at times, or a triangle; it may have no area. */
static void add_polygon(struct writer *w)
{
	int x = grid(w), y = grid(w);
	int e = x + (int)below(w, 5), n = y + (int)below(w, 5);

	if (below(w, 3) == 0)
		buf_add_format(&w->text, "((%d %d,%d %d,%d %d,%d %d))", x, y, e,
		    y, x, n, x, y);
	else if (below(w, 3) == 0)
		buf_add_format(&w->text,
		    "((%d %d,%d %d,%d %d,%d %d,%d %d),(%d %d,%d.5 %d,%d.5 "
		    "%d.5,%d %d))",
		    x, y, x + 4, y, x + 4, y + 4, x, y + 4, x, y, x + 1, y + 1,
		    x + 1, y + 1, x + 1, y + 1, x + 1, y + 1);
	else
		buf_add_format(&w->text, "((%d %d,%d %d,%d %d,%d %d,%d %d))", x,
		    y, e, y, e, n, x, n, x, y);
}

static void add_many(struct writer *w, void (*one)(struct writer *))
{
	uint32_t n = 1 + below(w, 2);

	add(w, "(");
	for (uint32_t i = 0; i < n; i++) {
		add(w, i > 0 ? "," : "");
		one(w);
	}
	add(w, ")");
}

static void add_wkt(struct writer *w)
{
	switch (below(w, 6)) {
	case 0:
		add(w, "POINT(");
		add_position(w);
		add(w, ")");
		break;
	case 1:
		add(w, "LINESTRING");
		add_line(w);
		break;
	case 2:
		add(w, "POLYGON");
		add_polygon(w);
		break;
	case 3:
		add(w, "MULTIPOINT");
		add_many(w, add_position);
		break;
	case 4:
		add(w, "MULTILINESTRING");
		add_many(w, add_line);
		break;
	default:
		add(w, "MULTIPOLYGON");
		add_many(w, add_polygon);
	}
}

static void add_box(struct writer *w)
{
	int x = grid(w), y = grid(w);

	if (below(w, 6) == 0)
		buf_add_format(&w->text, "BBOX(%d,%d,%d,%d)", x + 1, y,
		    x - (int)below(w, 2), y + (int)below(w, 5));
	else
		buf_add_format(&w->text, "BBOX(%d,%d,%d,%d)", x, y,
		    x + (int)below(w, 6), y + (int)below(w, 6));
}

static void add_collection(struct writer *w)
{
	add(w, "GEOMETRYCOLLECTION(POINT(");
	add_position(w);
	add(w, "),");
	add_wkt(w);
	add(w, ",");
	add_wkt(w);
	add(w, ")");
}

static void add_shape(struct writer *w, bool mixed)
{
	if (mixed && below(w, 5) == 0)
		add_collection(w);
	else if (below(w, 3) == 0)
		add_box(w);
	else
		add_wkt(w);
}

/* --- values --------------------------------------------------------------- */

static const char *const words[] = { "", "a", "b", "ab", "ba", "aab", "A", "Ә",
	"ә", "а", "Ёж", "ёж", "é", "e", "E", "ß", "ss", "a*b", "a?b", "[a]",
	"a%b", "a_b", "a\\b", "abababab" };
static const char *const patterns[] = { "%", "_", "a", "b", "é", "\\%", "\\_",
	"\\\\\\\\", "*", "?", "[", "ә", "Ә", "s", "%a%", "" };
static const char *const days[] = { "2021-12-31", "2022-01-01", "2022-01-02",
	"2022-02-28", "2024-02-29" };
static const char *const times[] = { "2022-01-01T00:00:00Z",
	"2022-01-01T00:00:00.5Z", "2022-01-01T00:00:01Z",
	"2023-06-30T12:00:00Z" };
static const char *const tags[] = { "a", "b", "c", "1", "" };

static void add_quoted(struct writer *w, const char *text)
{
	add(w, "'");
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			add(w, *text == '\'' ? "'" : "\\");
		buf_add_char(&w->text, *text);
	}
	add(w, "'");
}

static void add_number(struct writer *w, int depth);
static void add_truth(struct writer *w, int depth);

static void add_text(struct writer *w, int depth)
{
	static const char *const names[] = { "name", "ascii", "id" };
	static const char *const folds[] = { "CASEI(", "ACCENTI(" };

	if (depth > 0 && below(w, 3) == 0) {
		add(w, ANY(w, folds));
		add_text(w, depth - 1);
		add(w, ")");
	} else if (below(w, 2) == 0) {
		add(w, ANY(w, names));
	} else {
		add_quoted(w, ANY(w, words));
	}
}

static void add_literal_number(struct writer *w)
{
	static const char *const odd[] = { "0", "-1", "0.5", "-2.25", "1e3",
		"9223372036854775807", "-9223372036854775808", "1e308", "0.1",
		"100.01" };

	if (below(w, 3) == 0)
		add(w, ANY(w, odd));
	else
		buf_add_format(&w->text, "%d", (int)below(w, 9) - 4);
}

static void add_number(struct writer *w, int depth)
{
	static const char *const names[] = { "count", "ratio", "sum" };
	static const char *const ops[] = { " + ", " - ", " * ", " / ", " % ",
		" div ", " ^ " };

	if (depth > 0 && below(w, 3) == 0) {
		add(w, "(");
		add_number(w, depth - 1);
		add(w, ANY(w, ops));
		add_number(w, depth - 1);
		add(w, ")");
	} else if (below(w, 2) == 0) {
		add(w, ANY(w, names));
	} else {
		add_literal_number(w);
	}
}

static void add_day(struct writer *w)
{
	if (below(w, 2) == 0)
		add(w, below(w, 2) ? "\"date\"" : "until");
	else
		buf_add_format(&w->text, "DATE('%s')", ANY(w, days));
}

static void add_time(struct writer *w)
{
	if (below(w, 2) == 0)
		add(w, below(w, 2) ? "start" : "\"end\"");
	else
		buf_add_format(&w->text, "TIMESTAMP('%s')", ANY(w, times));
}

static void add_end(struct writer *w, bool day)
{
	if (below(w, 4) == 0)
		add(w, "'..'");
	else if (below(w, 2) == 0)
		add(w, day	     ? below(w, 2) ? "\"date\"" : "until"
		       : below(w, 2) ? "start"
				     : "\"end\"");
	else
		buf_add_format(
		    &w->text, "'%s'", day ? ANY(w, days) : ANY(w, times));
}

static void add_interval(struct writer *w, bool day)
{
	add(w, "INTERVAL(");
	add_end(w, day);
	add(w, ",");
	add_end(w, day);
	add(w, ")");
}

/* Beside the attribute only texts stand. */
static void add_array(struct writer *w, bool texts, int depth)
{
	uint32_t n = below(w, 4);

	add(w, "(");
	for (uint32_t i = 0; i < n; i++) {
		add(w, i > 0 ? "," : "");
		if (below(w, 3) > 0)
			add_quoted(w, ANY(w, tags));
		else if (texts || below(w, 2) > 0)
			add_text(w, depth);
		else
			add_number(w, depth);
	}
	add(w, ")");
}

/* --- predicates ----------------------------------------------------------- */

static void add_of_type(struct writer *w, uint32_t type, int depth)
{
	switch (type) {
	case 0:
		add_text(w, depth);
		break;
	case 1:
		add_number(w, depth);
		break;
	case 2:
		add_day(w);
		break;
	case 3:
		add_time(w);
		break;
	default:
		add(w, below(w, 2) ? "open" : below(w, 2) ? "true" : "false");
	}
}

static void add_comparison(struct writer *w, int depth)
{
	static const char *const ops[] = { " = ", " <> ", " < ", " > ",
		" <= ", " >= " };
	uint32_t type = below(w, 5);

	add_of_type(w, type, depth);
	add(w, ANY(w, ops));
	add_of_type(w, type, depth);
}

static void add_between(struct writer *w, int depth)
{
	uint32_t type = below(w, 4);

	add_of_type(w, type, depth);
	add(w, below(w, 2) ? " BETWEEN " : " NOT BETWEEN ");
	add_of_type(w, type, depth);
	add(w, " AND ");
	add_of_type(w, type, depth);
}

static void add_in(struct writer *w, int depth)
{
	uint32_t type = below(w, 5), n = 1 + below(w, 4);

	add_of_type(w, type, depth);
	add(w, below(w, 2) ? " IN (" : " NOT IN (");
	for (uint32_t i = 0; i < n; i++) {
		add(w, i > 0 ? "," : "");
		add_of_type(w, type, 0);
	}
	add(w, ")");
}

static void add_like(struct writer *w, int depth)
{
	static const char *const folds[] = { "", "CASEI(", "ACCENTI(" };
	const char *fold = ANY(w, folds);
	uint32_t n = below(w, 6);

	add_text(w, depth);
	add(w, below(w, 2) ? " LIKE " : " NOT LIKE ");
	add(w, fold);
	add(w, "'");
	for (uint32_t i = 0; i < n; i++)
		add(w, ANY(w, patterns));
	add(w, fold[0] ? "')" : "'");
}

static void add_null(struct writer *w, int depth)
{
	static const char *const names[] = { "tags", "geometry", "open",
		"INTERVAL(\"date\",until)" };

	if (below(w, 2) == 0) {
		add(w, ANY(w, names));
	} else if (below(w, 2) == 0) {
		add_of_type(w, below(w, 5), depth);
	} else {
		add(w, "(");
		add_truth(w, depth - 1);
		add(w, ")");
	}
	add(w, below(w, 2) ? " IS NULL" : " IS NOT NULL");
}

static void add_spatial(struct writer *w, int depth)
{
	static const char *const names[] = { "S_INTERSECTS(", "S_DISJOINT(",
		"S_EQUALS(", "S_TOUCHES(", "S_WITHIN(", "S_OVERLAPS(",
		"S_CROSSES(", "S_CONTAINS(" };
	uint32_t which = below(w, COUNT(names));

	(void)depth;
	add(w, names[which]);
	if (below(w, 4) > 0) {
		add(w, "geometry,");
		add_shape(w, which < 2);
	} else if (below(w, 4) > 0) {
		add_shape(w, which < 2);
		add(w, ",geometry");
	} else {
		add_shape(w, which < 2);
		add(w, ",");
		add_shape(w, which < 2);
	}
	add(w, ")");
}

static void add_temporal(struct writer *w, int depth)
{
	static const char *const names[] = { "T_AFTER(", "T_BEFORE(",
		"T_DISJOINT(", "T_EQUALS(", "T_INTERSECTS(", "T_CONTAINS(",
		"T_DURING(", "T_FINISHEDBY(", "T_FINISHES(", "T_MEETS(",
		"T_METBY(", "T_OVERLAPPEDBY(", "T_OVERLAPS(", "T_STARTEDBY(",
		"T_STARTS(" };
	uint32_t which = below(w, COUNT(names));
	bool day = below(w, 2);

	(void)depth;
	add(w, names[which]);
	for (int i = 0; i < 2; i++) {
		add(w, i > 0 ? "," : "");
		if (which >= 5 || below(w, 2) == 0)
			add_interval(w, day);
		else if (day)
			add_day(w);
		else
			add_time(w);
	}
	add(w, ")");
}

static void add_lists(struct writer *w, int depth)
{
	static const char *const names[] = { "A_EQUALS(", "A_CONTAINS(",
		"A_CONTAINEDBY(", "A_OVERLAPS(" };

	bool own[2] = { below(w, 3) > 0, below(w, 3) > 0 };

	add(w, ANY(w, names));
	for (int i = 0; i < 2; i++) {
		add(w, i > 0 ? "," : "");
		if (own[i])
			add(w, "tags");
		else
			add_array(w, own[1 - i], depth);
	}
	add(w, ")");
}

static void add_logic(struct writer *w, int depth)
{
	uint32_t n = 2 + below(w, 3);
	bool both = below(w, 2);

	for (uint32_t i = 0; i < n; i++) {
		add(w, i == 0 ? "(" : both ? " AND (" : " OR (");
		add_truth(w, depth - 1);
		add(w, ")");
	}
}

static void add_truth(struct writer *w, int depth)
{
	static void (*const predicates[])(struct writer *,
	    int) = { add_comparison, add_between, add_in, add_like, add_null,
		add_spatial, add_spatial, add_temporal, add_lists };

	if (depth > 0 && below(w, 5) < 2) {
		add_logic(w, depth);
	} else if (depth > 0 && below(w, 5) == 0) {
		add(w, "NOT (");
		add_truth(w, depth - 1);
		add(w, ")");
	} else {
		predicates[below(w, COUNT(predicates))](w, depth / 2);
	}
}

/* --- records -------------------------------------------------------------- */

static struct value null_or(struct writer *w, struct value v)
{
	return below(w, 5) == 0 ? (struct value){ .type = VALUE_NULL } : v;
}

static struct value text_value(
    struct writer *w, enum value_type type, const char *text)
{
	return null_or(
	    w, (struct value){ .type = type, .text = str_from(text) });
}

static struct value whole_value(
    struct writer *w, enum value_type type, int64_t n)
{
	return null_or(w, (struct value){ .type = type, .integer = n });
}

static void fill_values(struct writer *w, struct value *v)
{
	static const char *const lists[] = { "", "a", "a;b", "b;a", "a;b;c",
		"1", "c" };
	static const int64_t some_days[] = { 20211231, 20220101, 20220102,
		20220228, 20240229 };
	static const int64_t some_times[] = { 1640995200000000,
		1640995200500000, 1640995201000000, 1688126400000000 };

	v[ROW_NAME] = text_value(w, VALUE_TEXT, ANY(w, words));
	v[ROW_ASCII] = text_value(w, VALUE_TEXT, ANY(w, words));
	v[ROW_COUNT] = whole_value(w, VALUE_INT,
	    below(w, 6) == 0 ? INT64_MAX - below(w, 2)
			     : (int64_t)below(w, 9) - 4);
	v[ROW_RATIO] =
	    null_or(w, (struct value){ .type = VALUE_NUMBER,
			   .number = ((double)below(w, 17) - 8) / 4 });
	v[ROW_SUM] =
	    whole_value(w, VALUE_MONEY, ((int64_t)below(w, 9) - 4) * 50);
	v[ROW_OPEN] = whole_value(w, VALUE_BOOL, below(w, 2));
	v[ROW_DATE] = whole_value(w, VALUE_DAY, some_days[below(w, 5)]);
	v[ROW_UNTIL] = whole_value(w, VALUE_DAY, some_days[below(w, 5)]);
	v[ROW_START] = whole_value(w, VALUE_TIME, some_times[below(w, 4)]);
	v[ROW_END] = whole_value(w, VALUE_TIME, some_times[below(w, 4)]);
	v[ROW_TAGS] = text_value(w, VALUE_LIST, ANY(w, lists));
}

/* A valid geometry; none at times. */
static const struct geom *random_geometry(
    struct writer *w, struct geos *geos, struct arena *a)
{
	const struct geom *g = NULL;

	if (below(w, 8) == 0)
		return NULL;
	while (!g || !geos_is_valid(geos, g, NULL, 0)) {
		buf_reset(&w->text);
		add_wkt(w);
		g = geom_from_wkt(a, buf_str(&w->text), NULL);
	}
	return g;
}

static void make_rows(struct writer *w, struct cql2_row *rows, struct arena *a)
{
	struct geos *geos = geos_open();

	assert_non_null(geos);
	for (int i = 0; i < RANDOM_ROWS; i++) {
		rows[i].id = ANY(w, words);
		fill_values(w, rows[i].values);
		rows[i].geom = random_geometry(w, geos, a);
	}
	geos_close(geos);
}

/* --- comparing ------------------------------------------------------------ */

static void assert_reads_back(
    const struct cql2 *f, struct arena *a, const char *text)
{
	const struct cql2 *again;
	struct buf first, second;

	buf_init(&first, SIZE_MAX);
	buf_init(&second, SIZE_MAX);
	cql2_print(&first, f);
	again = cql2_parse_text(buf_str(&first), &cql2_row_context, a, NULL);
	if (!again)
		fail_msg(
		    "%s: printed as %.*s", text, (int)first.len, first.data);
	cql2_print(&second, again);
	if (!str_equal(buf_str(&first), buf_str(&second)))
		fail_msg("%s: printed as %.*s, then %.*s", text, (int)first.len,
		    first.data, (int)second.len, second.data);
	buf_free(&first);
	buf_free(&second);
}

/* A box that the filter gives has to hold all it keeps. */
static void assert_bounded(const struct cql2 *f, const struct cql2_row *rows,
    const char *answers, const char *text)
{
	struct bbox box;

	if (!cql2_bounds(f, &box))
		return;
	for (int i = 0; i < RANDOM_ROWS; i++)
		if (answers[i] == '1' &&
		    (!rows[i].geom ||
			!bbox_intersects(&rows[i].geom->box, &box)))
			fail_msg(
			    "%s: row %d is outside of its bounds", text, i);
}

static void assert_equal_answers(struct cql2_base *base, const struct cql2 *f,
    const struct cql2_row *rows, const char *text, size_t count[256])
{
	char ours[RANDOM_ROWS + 1], theirs[RANDOM_ROWS + 1];

	cql2_rows_match(f, rows, RANDOM_ROWS, ours);
	cql2_base_match(base, f, theirs);
	if (strcmp(ours, theirs) != 0)
		fail_msg("%s:\n# %s, but SQL says\n# %s", text, ours, theirs);
	assert_bounded(f, rows, ours, text);
	for (int i = 0; i < RANDOM_ROWS; i++)
		count[(unsigned char)ours[i]]++;
}

static void test_equal(void **state)
{
	static struct cql2_row rows[RANDOM_ROWS];
	struct writer w = { .seed = 20260131 };
	size_t count[256] = { 0 }, read = 0;
	struct cql2_base *base;
	struct arena places, a;

	(void)state;
	arena_init(&places, ARENA_MAX);
	arena_init(&a, ARENA_MAX);
	buf_init(&w.text, SIZE_MAX);
	make_rows(&w, rows, &places);
	base = cql2_base_open(rows, RANDOM_ROWS);
	for (int i = 0; i < FILTERS; i++) {
		const struct cql2 *f;

		arena_reset(&a);
		buf_reset(&w.text);
		add_truth(&w, DEPTH);
		f = cql2_parse_text(
		    buf_str(&w.text), &cql2_row_context, &a, NULL);
		if (!f)
			continue; /* an interval or polygon is at odds */
		read++;
		buf_add_char(&w.text, '\0');
		assert_reads_back(f, &a, w.text.data);
		assert_equal_answers(base, f, rows, w.text.data, count);
	}
	assert_true(read > FILTERS * 2 / 3);
	assert_true(count['1'] > 10000 && count['0'] > 10000);
	assert_true(count['?'] > 10000);
	cql2_base_close(base);
	buf_free(&w.text);
	arena_free(&a);
	arena_free(&places);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_equal) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
