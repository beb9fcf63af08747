#include "http/negotiate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const char *const types[] = { "application/json", "text/html",
	"application/geo+json" };

static const struct {
	const char *header;
	int offer;
} type_cases[] = {
	{ "", 0 },
	{ "  ", 0 },
	{ "*/*", 0 },
	{ "text/html", 1 },
	{ "TEXT/HTML", 1 },
	{ "text/*", 1 },
	{ "application/*", 0 },
	{ "application/*;q=0.5, application/geo+json", 2 },
	{ "text/html;q=0.8, application/json;q=0.9", 0 },
	{ "text/html;level=1;q=0.8,*/*;q=0.1", 1 },
	{ "application/json;q=0, */*", 1 },
	{ "text/html,application/xhtml+xml,*/*;q=0.8", 1 },
	{ "image/png", -1 },
	{ "*/*;q=0", -1 },
	{ "application/json;q=0", -1 },
	{ ",,,text/html", 1 },
	{ "text/html;q=2, application/json", 0 },
	{ "text/html; q=0.001", 1 },
	{ "text", -1 },
	{ "/", -1 },
	{ ";;;", -1 },
};

static void test_type(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof type_cases / sizeof type_cases[0]; i++)
		assert_int_equal(
		    negotiate_type(str_from(type_cases[i].header), types, 3),
		    type_cases[i].offer);
}

static const char *const languages[] = { "kk", "ru", "en" };

static const struct {
	const char *header;
	int offer;
} language_cases[] = {
	{ "", 0 },
	{ "ru", 1 },
	{ "ru-RU", 1 },
	{ "ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7", 1 },
	{ "en-US,en;q=0.5", 2 },
	{ "de, en;q=0.3, kk;q=0.2", 2 },
	{ "de", -1 },
	{ "de, *;q=0.1", 0 },
	{ "kk;q=0, *", 1 },
	{ "r", -1 },
};

static void test_language(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof language_cases / sizeof language_cases[0];
	     i++)
		assert_int_equal(
		    negotiate_language(
			str_from(language_cases[i].header), languages, 3),
		    language_cases[i].offer);
}

/* What stands beyond the 32nd range is not read. */
static void test_many(void **state)
{
	char header[256] = "";

	(void)state;
	for (int i = 0; i < 31; i++)
		strcat(header, "de,");
	strcat(header, "ru,en");
	assert_int_equal(negotiate_language(str_from(header), languages, 3), 1);
	memmove(header + 3, header, strlen(header) + 1);
	memcpy(header, "fr,", 3);
	assert_int_equal(
	    negotiate_language(str_from(header), languages, 3), -1);
}

static const struct {
	const char *header;
	bool gzip;
} coding_cases[] = {
	{ "", false },
	{ "gzip", true },
	{ "GZIP", true },
	{ "gzip, deflate, br", true },
	{ "br;q=1.0, gzip;q=0.8, *;q=0.1", true },
	{ "gzip;q=0", false },
	{ "gzip;q=0.000", false },
	{ "*", true },
	{ "*;q=0", false },
	{ "gzip;q=0, *", false },
	{ "identity", false },
	{ "xgzip", false },
};

static void test_gzip(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof coding_cases / sizeof coding_cases[0];
	     i++)
		assert_int_equal(
		    negotiate_gzip(str_from(coding_cases[i].header)),
		    coding_cases[i].gzip);
}

static const struct {
	const char *header, *etag;
	bool match;
} match_cases[] = {
	{ "\"a\"", "\"a\"", true },
	{ "W/\"a\"", "\"a\"", true },
	{ " \"b\" , \"a\"", "\"a\"", true },
	{ "*", "\"a\"", true },
	{ "", "\"a\"", false },
	{ "\"ab\"", "\"a\"", false },
	{ "a", "\"a\"", false },
	{ "\"a,b\",\"a", "\"a\"", false },
	{ "\"\"", "", false },
	{ "", "", false },
};

static void test_none_match(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof match_cases / sizeof match_cases[0]; i++)
		assert_int_equal(
		    negotiate_none_match(
			str_from(match_cases[i].header), match_cases[i].etag),
		    match_cases[i].match);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_type),
		cmocka_unit_test(test_language),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_gzip),
		cmocka_unit_test(test_none_match),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
