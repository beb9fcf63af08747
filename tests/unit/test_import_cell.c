#include "store/import_cell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "store/import.h"

struct fixture {
	struct arena arena;
	struct buf scratch;
};

static int setup(void **state)
{
	static struct fixture f;

	arena_init(&f.arena, 1 << 24);
	buf_init(&f.scratch, 1 << 24);
	*state = &f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	arena_free(&f->arena);
	buf_free(&f->scratch);
	return 0;
}

static bool read_cell(struct fixture *f, struct value *out,
    const struct import_column *c, const char *text, int64_t unit,
    struct err *e)
{
	const struct cell_context x = {
		.unit = unit, .a = &f->arena, .scratch = &f->scratch
	};

	*e = (struct err){ .code = ERR_NONE };
	return cell_read(out, c, str_from(text), &x, e);
}

/* wanted NULL: refused, and the reason never holds the text. */
static void check_text(struct fixture *f, const struct import_column *c,
    const char *text, const char *wanted)
{
	struct value v = { .type = VALUE_NULL };
	struct err e;
	bool read = read_cell(f, &v, c, text, IMPORT_TENGE, &e);

	if (read != (wanted != NULL))
		fail_msg("\"%s\": %s", text, read ? "taken" : e.text);
	if (!read) {
		assert_int_equal(e.code, ERR_INPUT);
		assert_true(strlen(e.text) > 0);
		if (strlen(text) > 3)
			assert_null(strstr(e.text, text));
		return;
	}
	assert_int_equal(v.text.len, strlen(wanted));
	assert_memory_equal(v.text.data, wanted, v.text.len);
}

static void texts(void **state)
{
	static const struct import_column line = {
		.name = "x", .type = IMPORT_TEXT, .max = 10
	};
	static const struct import_column lines = {
		.name = "x", .type = IMPORT_LINES, .max = 20
	};
	static const struct import_column token = {
		.name = "x", .type = IMPORT_TOKEN, .max = 10
	};
	static const struct {
		const struct import_column *column;
		const char *in, *out;
	} cases[] = {
		{ &line, "  Мектеп ", "Мектеп" },
		{ &line, "\xD0\xB8\xCC\x86", "й" }, /* NFC */
		{ &line, "1234567890", "1234567890" },
		{ &line, "ққққққққққ", "ққққққққққ" },
		{ &line, "12345678901", NULL },
		{ &line, "a\tb\nc", "a b c" },
		{ &line, "a\x01", NULL },
		{ &line, "a\x7F", NULL },
		{ &line, "\xFF", NULL },
		{ &lines, "a\r\nb\nc", "a\nb\nc" },
		{ &lines, "a\tb", "a b" },
		{ &lines, "тел 900101300007", NULL },
		{ &token, "F-0001", "F-0001" },
		{ &token, "F 0001", NULL },
		{ &token, "Ф-1", NULL },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_text(*state, cases[i].column, cases[i].in, cases[i].out);
}

static void names_of_things(void **state)
{
	static const struct import_column id = { .type = IMPORT_PUBLIC_ID };
	static const struct import_column bin = { .type = IMPORT_BIN };
	static const struct import_column kato = { .type = IMPORT_KATO };
	static const struct import_column url = { .type = IMPORT_URL,
		.max = 40 };
	static const struct import_column hash = { .type = IMPORT_SHA256 };
	static const struct import_column word = { .type = IMPORT_WORD,
		.words = "open selective" };
	static const struct import_column words = { .type = IMPORT_WORDS,
		.words = "energy energy.solar health" };
	static const struct import_column party = { .type =
							IMPORT_ORGANISATION };
	static const struct import_column parties = {
		.type = IMPORT_ORGANISATIONS
	};
	static const struct {
		const struct import_column *column;
		const char *in, *out;
	} cases[] = {
		{ &id, "TKS-2026-000123", "TKS-2026-000123" },
		{ &id, "TKS-2025-00012", NULL },
		{ &id, "TKS-3026-000123", NULL },
		{ &id, "tks-2026-000123", NULL },
		{ &bin, "150140000002", "150140000002" },
		{ &bin, "150140000003", NULL },
		{ &bin, "900101300007", NULL },
		{ &bin, "900101300001", NULL },
		{ &bin, "15014000000", NULL },
		{ &kato, "611000000", "611000000" },
		{ &kato, "61100000", NULL },
		{ &kato, "61100000x", NULL },
		{ &url, "https://a.kz/b?c=d#e", "https://a.kz/b?c=d#e" },
		{ &url, "javascript:alert(1)", NULL },
		{ &url, "https://a.kz/\"onclick", NULL },
		{ &url, "https://a.kz/<script>", NULL },
		{ &hash,
		    "E3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495"
		    "991b7852b855",
		    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b"
		    "7852b855" },
		{ &hash, "e3b0", NULL },
		{ &word, "open", "open" },
		{ &word, "Open", NULL },
		{ &word, "open selective", NULL },
		{ &words, "health; energy.solar;health",
		    "energy.solar;health" },
		{ &words, "health;sun", NULL },
		{ &words, ";", NULL },
		{ &party, "150140000002", "150140000002" },
		{ &party, "ИП-77", "ИП-77" },
		{ &party, "900101300007", NULL },
		{ &parties, "b;150140000002;a", "150140000002;a;b" },
		{ &parties, "a;900101300007", NULL },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_text(*state, cases[i].column, cases[i].in, cases[i].out);
}

/* As GDAL writes lists: what it cut off is none. */
static void lists_of_gdal(void **state)
{
	static const struct import_column words = { .type = IMPORT_WORDS,
		.words = "energy energy.solar health" };
	static const struct import_column parties = {
		.type = IMPORT_ORGANISATIONS
	};
	static const struct {
		const struct import_column *column;
		const char *in, *out;
	} cases[] = {
		{ &words, "(2:health,energy)", "energy;health" },
		{ &words, "(1:energy.solar)", "energy.solar" },
		{ &words, "(3:health,energy...)", NULL },
		{ &words, "(health,energy)", NULL },
		{ &words, "(:)", NULL },
		{ &words, "(", NULL },
		{ &words, "[ \"health\", \"energy\" ]", "energy;health" },
		{ &words, "[\"sun\"]", NULL },
		{ &words, "[", NULL },
		{ &parties, "(2:a,900101300007)", NULL },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_text(*state, cases[i].column, cases[i].in, cases[i].out);
}

static const int64_t refused = INT64_MIN;

static void check_number(struct fixture *f, const struct import_column *c,
    const char *text, int64_t unit, int64_t wanted)
{
	struct value v = { .type = VALUE_NULL };
	struct err e;
	bool read = read_cell(f, &v, c, text, unit, &e);

	if (read != (wanted != refused))
		fail_msg("\"%s\": %s", text, read ? "taken" : e.text);
	if (read && v.integer != wanted)
		fail_msg("\"%s\": %lld", text, (long long)v.integer);
}

static void money(void **state)
{
	static const struct import_column c = { .type = IMPORT_MONEY };
	static const struct import_column back = { .type = IMPORT_MONEY,
		.flags = COLUMN_NEGATIVE };
	static const struct {
		const struct import_column *column;
		const char *text;
		int64_t unit, tiyn;
	} cases[] = {
		{ &c, "0", IMPORT_TENGE, 0 },
		{ &c, "1234567.89", IMPORT_TENGE, 123456789 },
		{ &c, "1234567,8", IMPORT_TENGE, 123456780 },
		{ &c, "1 234 567,89", IMPORT_TENGE, 123456789 },
		{ &c,
		    "1\xC2\xA0"
		    "234\xC2\xA0"
		    "567",
		    IMPORT_TENGE, 123456700 },
		{ &c,
		    "12\xE2\x80\xAF"
		    "345",
		    IMPORT_TENGE, 1234500 },
		{ &c, "5219.5", IMPORT_THOUSAND_TENGE, 521950000 },
		{ &c, "0,01", IMPORT_THOUSAND_TENGE, 1000 },
		{ &c, "1000000000000", IMPORT_TENGE, 100000000000000 },
		{ &c, "1000000000001", IMPORT_TENGE, refused },
		{ &c, "1000000001", IMPORT_THOUSAND_TENGE, refused },
		{ &c, "99999999999999999999", IMPORT_TENGE, refused },
		{ &c, "1.234", IMPORT_TENGE, refused },
		{ &c, "1,234,567", IMPORT_TENGE, refused },
		{ &c, "12 34", IMPORT_TENGE, refused },
		{ &c, "1234 567", IMPORT_TENGE, refused },
		{ &c, "1 234 5", IMPORT_TENGE, refused },
		{ &c, "1.", IMPORT_TENGE, refused },
		{ &c, ".5", IMPORT_TENGE, refused },
		{ &c, "1e6", IMPORT_TENGE, refused },
		{ &c, "NaN", IMPORT_TENGE, refused },
		{ &c, "-5", IMPORT_TENGE, refused },
		{ &c, "-0", IMPORT_TENGE, 0 },
		{ &back, "-5", IMPORT_TENGE, -500 },
		{ &back,
		    "\xE2\x88\x92"
		    "5,5",
		    IMPORT_TENGE, -550 },
		{ &c, "10 тг", IMPORT_TENGE, refused },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_number(*state, cases[i].column, cases[i].text,
		    cases[i].unit, cases[i].tiyn);
}

static void numbers(void **state)
{
	static const struct import_column day = { .type = IMPORT_DAY };
	static const struct import_column count = {
		.type = IMPORT_INT, .min = 1, .max = 10
	};
	static const struct import_column yes = { .type = IMPORT_BOOL };
	static const struct import_column years = { .type = IMPORT_YEARS };
	static const struct import_column code = { .type = IMPORT_CODE,
		.codes = &codes_status };
	static const struct import_column levels = { .type = IMPORT_CODES,
		.codes = &codes_budget_level };
	static const struct {
		const struct import_column *column;
		const char *text;
		int64_t wanted;
	} cases[] = {
		{ &day, "2024-02-29", 20240229 },
		{ &day, "2023-02-29", refused },
		{ &day, "2023-2-9", refused },
		{ &day, "2024/02/29", 20240229 }, /* as GDAL writes it */
		{ &day, "2024/02-29", refused },
		{ &day, "29.02.2024", refused },
		{ &day, "2024-02-29T00:00", refused },
		{ &count, "1", 1 },
		{ &count, "10", 10 },
		{ &count, "0", refused },
		{ &count, "11", refused },
		{ &count, "1.5", refused },
		{ &yes, "true", 1 },
		{ &yes, "0", 0 },
		{ &yes, "maybe", refused },
		{ &years, "2001;2000", 3 },
		{ &years, "2063", INT64_MIN + 1 },
		{ &years, "1999", refused },
		{ &years, "(2:2001,2000)", 3 },
		{ &years, "[ \"2001\", 2000 ]", 3 },
		{ &years, "2064", refused },
		{ &code, "suspended", STATUS_SUSPENDED },
		{ &code, "Suspended", refused },
		{ &levels, "oblast;national_fund", 5 },
		{ &levels, "oblast;moon", refused },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct value v;
		struct err e;

		if (strcmp(cases[i].text, "2063") != 0) {
			check_number(*state, cases[i].column, cases[i].text,
			    IMPORT_TENGE, cases[i].wanted);
			continue;
		}
		/* the highest bit, which is also the mark used here */
		assert_true(read_cell(*state, &v, &years, "2063", 1, &e));
		assert_true((uint64_t)v.integer == UINT64_C(1) << 63);
	}
}

static void fractions(void **state)
{
	static const struct import_column c = {
		.type = IMPORT_NUMBER, .min = -10, .max = 1e9
	};
	static const struct {
		const char *text;
		bool good;
		double wanted;
	} cases[] = {
		{ "1.5", true, 1.5 },
		{ "1,5", true, 1.5 },
		{ "-10", true, -10 },
		{ "0.1234567894", true, 0.123456789 },
		{ "12345678.123456789", true, 12345678.1234568 },
		{ "-10.1", false, 0 },
		{ "1000000001", false, 0 },
		{ "1,000.5", false, 0 },
		{ "inf", false, 0 },
		{ "nan", false, 0 },
		{ "1 5", false, 0 },
		{ "11111111111111111111111111111111111111111", false, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct value v;
		struct err e;

		assert_int_equal(
		    read_cell(*state, &v, &c, cases[i].text, 1, &e),
		    cases[i].good);
		if (cases[i].good)
			assert_true(v.number <= cases[i].wanted &&
				    v.number >= cases[i].wanted);
	}
}

static void empty_cells(void **state)
{
	static const struct {
		enum import_type type;
		unsigned flags;
		enum value_type wanted;
	} cases[] = {
		{ IMPORT_TEXT, 0, VALUE_NULL },
		{ IMPORT_MONEY, 0, VALUE_NULL },
		{ IMPORT_TOKEN, COLUMN_EMPTY, VALUE_TEXT },
		{ IMPORT_YEARS, COLUMN_EMPTY, VALUE_INT },
		{ IMPORT_BOOL, COLUMN_EMPTY, VALUE_BOOL },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct import_column c = { .type = cases[i].type,
			.flags = cases[i].flags };
		struct value v;
		struct err e;

		assert_true(read_cell(*state, &v, &c, "  ", 0, &e));
		assert_int_equal(v.type, cases[i].wanted);
	}
}

static void codes_become_names(void **state)
{
	struct fixture *f = *state;
	static const struct {
		struct import_column column;
		int64_t stored;
		const char *shown;
	} cases[] = {
		{ { .type = IMPORT_CODE, .codes = &codes_status },
		    STATUS_SUSPENDED, "suspended" },
		{ { .type = IMPORT_CODES, .codes = &codes_budget_level }, 5,
		    "national_fund;oblast" },
		{ { .type = IMPORT_YEARS }, 3, "2000;2001" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct value v = { .type = VALUE_INT,
			.integer = cases[i].stored };
		struct err e = { .code = ERR_NONE };

		assert_true(
		    cell_make_public(&v, &cases[i].column, &f->arena, &e));
		assert_int_equal(v.text.len, strlen(cases[i].shown));
		assert_memory_equal(v.text.data, cases[i].shown, v.text.len);
	}
}

#define FORTY "aCodeOfFortyLettersWhichFillsTheMessages"

/* What may be written is told, as much of it as there is room for. */
static void codes_are_told(void **state)
{
	static const char many[] =
	    FORTY " " FORTY " " FORTY " " FORTY " " FORTY " " FORTY " " FORTY;
	static const struct {
		struct import_column column;
		const char *told, *ends;
	} cases[] = {
		{ { .type = IMPORT_WORD, .words = "active closed" },
		    "is not one of active, closed", "closed" },
		{ { .type = IMPORT_WORDS, .words = "active closed" },
		    "holds what is not one of active, closed", "closed" },
		{ { .type = IMPORT_CODE, .codes = &codes_work_kind },
		    "is not one of new_build, reconstruction, ", "demolition" },
		{ { .type = IMPORT_CODES, .codes = &codes_budget_level },
		    "holds what is not one of national_fund, ", "donor" },
		{ { .type = IMPORT_CODE, .codes = &codes_facility_type },
		    "is not one of school, kindergarten, ", "other" },
		{ { .type = IMPORT_WORD, .words = many },
		    "is not one of " FORTY ", " FORTY ", ", FORTY ", ..." },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct value v;
		struct err e;
		const char *end;

		assert_false(
		    read_cell(*state, &v, &cases[i].column, "moon", 1, &e));
		assert_memory_equal(
		    e.text, cases[i].told, strlen(cases[i].told));
		end = e.text + strlen(e.text) - strlen(cases[i].ends);
		assert_string_equal(end, cases[i].ends);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts),
		cmocka_unit_test(names_of_things),
		cmocka_unit_test(lists_of_gdal),
		cmocka_unit_test(money),
		cmocka_unit_test(numbers),
		cmocka_unit_test(fractions),
		cmocka_unit_test(empty_cells),
		cmocka_unit_test(codes_become_names),
		cmocka_unit_test(codes_are_told),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, setup, teardown);
}
