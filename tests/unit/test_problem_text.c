#include "http/problem_text.h"

#include "base/utf8.h"
#include "query/cql2.h"
#include "query/project.h"
#include "tools/random.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *text, *param, *kk, *ru;
} cases[] = {
	{ "limit must be a whole number from 1 to 10000", "limit",
	    "limit 1 пен 10000 аралығындағы бүтін сан болуы керек",
	    "параметр limit должен быть целым числом от 1 до 10000" },
	{ "q is longer than 200 bytes", "q", "q 200 байттан ұзын",
	    "параметр q длиннее 200 байт" },
	{ "a parameter is not known here; known are: bbox, f", "",
	    "бұл жерде белгісіз параметр бар; белгілілері: bbox, f",
	    "здесь есть неизвестный параметр; известны: bbox, f" },
	{ "at byte 12 there is no such property", "filter",
	    "12-байтта: ондай қасиет жоқ", "байт 12: такого свойства нет" },
	{ "this is not JSON at byte 3", "filter", "3-байтта: бұл JSON емес",
	    "байт 3: это не JSON" },
	{ "the filter is longer than 8192 bytes", "filter",
	    "сүзгі 8192 байттан ұзын", "фильтр длиннее 8192 байт" },
	{ "there is nothing here", "", "мұнда ештеңе жоқ", "здесь ничего нет" },
	/* Not translated: another parameter, other words, an empty name. */
	{ "q is empty", "bbox", "q is empty", "q is empty" },
	{ "q is empty", "", "q is empty", "q is empty" },
	{ "something else", "", "something else", "something else" },
	{ "at byte 7 something else", "", "at byte 7 something else",
	    "at byte 7 something else" },
	{ "", "", "", "" },
};

static void test_translates(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct err e = { .code = ERR_INPUT };
		char out[PROBLEM_TEXT_SIZE];

		strcpy(e.text, cases[i].text);
		strcpy(e.param, cases[i].param);
		problem_text(out, &e, 0);
		assert_string_equal(out, cases[i].kk);
		problem_text(out, &e, 1);
		assert_string_equal(out, cases[i].ru);
		problem_text(out, &e, 2);
		assert_string_equal(out, cases[i].text);
		problem_text(out, &e, 7);
		assert_string_equal(out, cases[i].text);
	}
}

static void test_marks_agree(void **state)
{
	(void)state;
	assert_true(problem_text_count() > 40);
	for (size_t i = 0; i < problem_text_count(); i++) {
		bool whole;
		const char *pattern = problem_text_pattern(i, &whole);

		if (!whole)
			fail_msg("marks differ: %s", pattern);
	}
}

/* Every sentence finds its own translation, and it is whole text. */
static void test_finds_itself(void **state)
{
	(void)state;
	for (size_t i = 0; i < problem_text_count(); i++) {
		struct err e = { .code = ERR_INPUT, .param = "bbox" };
		char out[PROBLEM_TEXT_SIZE];
		bool whole;
		const char *p = problem_text_pattern(i, &whole);
		size_t n = 0;

		for (; *p != '\0' && n < sizeof e.text - 8; p++) {
			const char *fill = *p == '%'   ? "bbox"
					   : *p == '#' ? "7"
						       : NULL;

			if (fill != NULL)
				n +=
				    (size_t)snprintf(e.text + n, 8, "%s", fill);
			else
				e.text[n++] = *p;
		}
		problem_text(out, &e, 0);
		assert_string_not_equal(out, e.text);
		assert_true(utf8_valid(str_from(out)));
	}
}

/* Filters that are wrong in one way each, and what becomes of them when bytes
 * are changed by chance: whatever is said is said in three languages. */
static const char *const wrong[] = { "", "planned", "planned >",
	"planned = 'x'", "planned > 1e999", "status = 'a", "status = \"b",
	"status = '\x01'", "planned = 12abc", "planned ? 1", "zqxjk = 1",
	"F(planned) = 1", "planned BETWEEN 1", "overdue BETWEEN TRUE AND FALSE",
	"status LIKE 1", "planned LIKE 'a'", "status LIKE 'a\\\\'",
	"status IN ('a'", "status IS 1", "('a','b') IS NULL",
	"CASEI(planned) = 'a'", "planned + 'a' = 1", "planned NOT 1",
	"planned ^ 2 ^ 2 = 1", "planned = +", "planned = 1 2", "(planned = 1",
	"planned_start = DATE('2020-13-01')", "planned_start = 'x'",
	"planned_start = TIMESTAMP('x')",
	"T_AFTER(planned, DATE('2020-01-01'))",
	"T_DURING(planned_start, planned_end)",
	"T_AFTER(planned_start, TIMESTAMP('2020-01-01T00:00:00Z'))",
	"T_AFTER(planned_start, INTERVAL('x','..'))",
	"T_AFTER(planned_start, INTERVAL('2021-01-01','2020-01-01'))",
	"T_AFTER(planned_start, "
	"INTERVAL('2021-01-01','2022-01-01T00:00:00Z'))",
	"T_AFTER(planned_start, INTERVAL(planned,'..'))",
	"S_INTERSECTS(planned, POINT(1 2))", "S_INTERSECTS(geometry, POINT(1))",
	"S_INTERSECTS(geometry, POINT(200 2))",
	"S_INTERSECTS(geometry, POLYGON((0 0,1 1,0 1,1 0,0 0)))",
	"S_INTERSECTS(geometry, BBOX(1,2,3))",
	"S_INTERSECTS(geometry, BBOX(1,2,3,4,5,6,7))",
	"S_INTERSECTS(geometry, BBOX(1,2,300,4))",
	"S_INTERSECTS(geometry, BBOX(1,4,3,2))",
	"S_INTERSECTS(geometry, GEOMETRYCOLLECTION())",
	"S_WITHIN(geometry, GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 "
	"1)))",
	"geometry = geometry", "A_CONTAINS(years, 'a')",
	"A_CONTAINS(years, (geometry))", "A_CONTAINS(years, (2025))",
	"NOT planned", "1 = 1 AND 2", "{\"op\":\"zqxjk\",\"args\":[]}",
	"{\"op\":\"=\"}", "{\"op\":\"=\",\"args\":[1]}", "{\"x\":1}", "[1]",
	"{", "null", "{\"op\":\"in\",\"args\":[1,2]}", "{\"property\":1}",
	"{\"op\":\"s_within\",\"args\":[{\"property\":\"geometry\"},"
	"{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1]]]}]}",
	"{\"op\":\"s_within\",\"args\":[{\"property\":\"geometry\"},"
	"{\"bbox\":[1,2,3]}]}",
	"{\"op\":\"t_after\",\"args\":[{\"property\":\"planned_start\"},"
	"{\"interval\":[1]}]}" };

static void check_translated(const char *filter, size_t len, struct arena *a)
{
	const struct cql2_context context = { .schema = &project_schema,
		.id = VALUE_TEXT };
	struct str text = { filter, len };
	struct err e = { .code = ERR_NONE };
	const struct cql2 *f;
	char out[PROBLEM_TEXT_SIZE];

	f = len > 0 && strchr("[{n", filter[0])
		? cql2_parse_json(text, &context, a, &e)
		: cql2_parse_text(text, &context, a, &e);
	arena_reset(a);
	if (f != NULL)
		return;
	err_param(&e, "filter");
	for (int lang = 0; lang < 2; lang++) {
		problem_text(out, &e, lang);
		if (strcmp(out, e.text) == 0)
			fail_msg("not translated: %s", e.text);
		assert_true(utf8_valid(str_from(out)));
	}
}

static void test_filters_are_told(void **state)
{
	static const char bytes[] = "()[]{},:'\"\\=<>+-*/%^?0123459aeZ. \t\xD0";
	uint64_t seed = 5;
	struct arena a;

	(void)state;
	arena_init(&a, 1 << 24);
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		const size_t len = strlen(wrong[i]);
		char copy[256];

		assert_true(len < sizeof copy);
		check_translated(wrong[i], len, &a);
		for (int k = 0; k < 200 && len > 0; k++) {
			memcpy(copy, wrong[i], len + 1);
			for (uint32_t n = 1 + random_below(&seed, 3); n; n--)
				copy[random_below(&seed, (uint32_t)len)] =
				    bytes[random_below(
					&seed, sizeof bytes - 1)];
			check_translated(copy, len, &a);
		}
	}
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_translates),
		cmocka_unit_test(test_marks_agree),
		cmocka_unit_test(test_finds_itself),
		cmocka_unit_test(test_filters_are_told),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
