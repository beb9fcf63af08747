#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void test_stamps(void **state)
{
	static const struct {
		int64_t seconds;
		const char *text;
	} cases[] = {
		{ 0, "1970-01-01T00:00:00Z" },
		{ -1, "1969-12-31T23:59:59Z" },
		{ 951782399, "2000-02-28T23:59:59Z" },
		{ 951782400, "2000-02-29T00:00:00Z" },
		{ 4107542400, "2100-03-01T00:00:00Z" },
		{ 1769860800, "2026-01-31T12:00:00Z" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[CLOCK_STAMP_SIZE];

		clock_stamp(cases[i].seconds, text);
		assert_string_equal(text, cases[i].text);
	}
}

/* Every eleventh hour of three centuries is what gmtime says. */
static void test_stamps_as_gmtime(void **state)
{
	(void)state;
	for (int64_t t = -2208988800; t < 7258118400; t += 39607) {
		char text[CLOCK_STAMP_SIZE], expected[CLOCK_STAMP_SIZE];
		time_t seconds = t;
		struct tm tm;

		gmtime_r(&seconds, &tm);
		strftime(expected, sizeof(expected), "%Y-%m-%dT%H:%M:%SZ", &tm);
		clock_stamp(t, text);
		assert_string_equal(text, expected);
	}
}

static void test_days(void **state)
{
	static const struct {
		const char *text;
		int32_t day; /* 0: refused */
	} cases[] = {
		{ "2026-01-31", 20260131 },
		{ "2024-02-29", 20240229 },
		{ "2000-02-29", 20000229 },
		{ "1900-01-01", 19000101 },
		{ "2200-12-31", 22001231 },
		{ "1900-02-29", 0 },
		{ "2023-02-29", 0 },
		{ "2026-04-31", 0 },
		{ "2026-00-10", 0 },
		{ "2026-13-10", 0 },
		{ "2026-01-00", 0 },
		{ "2026-01-32", 0 },
		{ "1899-12-31", 0 },
		{ "2201-01-01", 0 },
		{ "2026-1-31", 0 },
		{ "2026-01-31 ", 0 },
		{ "2026/01/31", 0 },
		{ "2026-01-3x", 0 },
		{ "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[CLOCK_DAY_SIZE];
		int32_t day = CLOCK_NO_DAY;

		assert_int_equal(
		    clock_day_parse(cases[i].text, &day), cases[i].day != 0);
		assert_int_equal(day, cases[i].day);
		if (day == CLOCK_NO_DAY)
			continue;
		clock_day_text(day, text);
		assert_string_equal(text, cases[i].text);
	}
}

/* Days that people may ask for though none is stored. */
static void test_dates(void **state)
{
	static const struct {
		const char *text;
		int32_t day; /* 0: refused */
	} cases[] = {
		{ "0000-01-01", 101 },
		{ "0001-12-31", 11231 },
		{ "2024-02-29", 20240229 },
		{ "9999-12-31", 99991231 },
		{ "2023-02-29", 0 },
		{ "2024-02-29Z", 0 },
		{ "-024-02-29", 0 },
		{ "2024-02-2", 0 },
		{ "2024-02-2\xD0", 0 },
		{ "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int32_t day = 0;

		assert_int_equal(
		    clock_date_parse(str_from(cases[i].text), &day),
		    cases[i].day != 0);
		assert_int_equal(day, cases[i].day);
	}
}

static void test_times(void **state)
{
	static const struct {
		const char *text;
		int64_t microseconds; /* 0: refused */
		const char *again; /* NULL: text itself */
	} cases[] = {
		{ "2026-01-31T12:00:00Z", 1769860800000000, NULL },
		{ "2026-01-31T12:00:00.25Z", 1769860800250000, NULL },
		{ "2026-01-31T12:00:00.000001Z", 1769860800000001, NULL },
		{ "2026-01-31T12:00:00.1234567891Z", 1769860800123456,
		    "2026-01-31T12:00:00.123456Z" },
		{ "2026-01-31T12:00:00.0Z", 1769860800000000,
		    "2026-01-31T12:00:00Z" },
		{ "2016-12-31T23:59:60Z", 1483228800000000,
		    "2017-01-01T00:00:00Z" },
		{ "1969-12-31T23:59:59.5Z", -500000, NULL },
		{ "0000-01-01T00:00:00Z", -62167219200000000, NULL },
		{ "9999-12-31T23:59:59.999999Z", 253402300799999999, NULL },
		{ "2026-01-31T12:00:00", 0, NULL },
		{ "2026-01-31T12:00:00+05:00", 0, NULL },
		{ "2026-01-31T12:00:00.Z", 0, NULL },
		{ "2026-01-31T12:00:00,5Z", 0, NULL },
		{ "2026-01-31T12:00:00.5xZ", 0, NULL },
		{ "2026-01-31T12:00:00zZ", 0, NULL },
		{ "2026-01-31T24:00:00Z", 0, NULL },
		{ "2026-01-31T12:60:00Z", 0, NULL },
		{ "2026-01-31T12:00:61Z", 0, NULL },
		{ "2026-01-31 12:00:00Z", 0, NULL },
		{ "2026-01-31t12:00:00z", 0, NULL },
		{ "2026-02-31T12:00:00Z", 0, NULL },
		{ "2026-01-31T12:00Z", 0, NULL },
		{ "2026-01-31", 0, NULL },
		{ "", 0, NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[CLOCK_TIME_SIZE];
		int64_t got = 0;

		assert_int_equal(
		    clock_time_parse(str_from(cases[i].text), &got),
		    cases[i].microseconds != 0);
		assert_int_equal(got, cases[i].microseconds);
		if (got == 0)
			continue;
		clock_time_text(got, text);
		assert_string_equal(
		    text, cases[i].again ? cases[i].again : cases[i].text);
	}
}

static void test_distances(void **state)
{
	(void)state;
	assert_int_equal(clock_day_distance(20260131, 20260131), 0);
	assert_int_equal(clock_day_distance(20240228, 20240301), 2);
	assert_int_equal(clock_day_distance(20230228, 20230301), 1);
	assert_int_equal(clock_day_distance(20260101, 20250101), -365);
	assert_int_equal(clock_day_distance(19700101, 20000101), 10957);
}

/* Kazakhstan went from +06 to +05 on 2024-03-01 at midnight, which came
 * twice. */
static void test_local_days(void **state)
{
	static const struct {
		int64_t seconds;
		int32_t day;
		int64_t midnight;
	} cases[] = {
		{ 1735671600 - 1, 20241231, 1735671600 },
		{ 1735671600, 20250101, 1735671600 + 86400 },
		{ 1709208000, 20240229, 1709233200 }, /* 12:00 UTC, +06 */
		{ 1709231400, 20240229, 1709233200 }, /* 23:30 once more */
		{ 1709233200, 20240301, 1709233200 + 86400 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(
		    clock_local_day(cases[i].seconds), cases[i].day);
		assert_int_equal(
		    clock_next_midnight(cases[i].seconds), cases[i].midnight);
		assert_int_equal(clock_local_day(clock_day_start(cases[i].day)),
		    cases[i].day);
		assert_true(clock_local_day(clock_day_start(cases[i].day) - 1) <
			    cases[i].day);
	}
}

static void test_zones(void **state)
{
	static const struct {
		const char *text;
		int64_t seconds; /* -1: refused */
	} cases[] = {
		{ "1970-01-01T00:00:00Z", 0 },
		{ "1970-01-01t05:00:00.75+05:00", 0 },
		{ "1969-12-31T18:30:01-05:30", 1 },
		{ "2026-01-31T12:00:60z", 1769860860 },
		{ "1970-01-01T00:00:00", -1 },
		{ "1970-01-01T00:00:00+0500", -1 },
		{ "1970-01-01T00:00:00+24:00", -1 },
		{ "1970-01-01T00:00:00+05:60", -1 },
		{ "1970-01-01 00:00:00Z", -1 },
		{ "+05:00", -1 },
		{ "Z", -1 },
		{ "", -1 },
		{ "1970-01-01T00:00:00.00000000000000000000000000000000000000"
		  "00000000Z",
		    -1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t got = -1;
		bool read = clock_stamp_parse(str_from(cases[i].text), &got);

		if (read != (cases[i].seconds >= 0) || got != cases[i].seconds)
			fail_msg("%s: %lld", cases[i].text, (long long)got);
	}
}

static void test_moments(void **state)
{
	int64_t utc, local = -1;

	(void)state;
	assert_true(
	    clock_time_parse(str_from("2026-01-31T12:00:00.25Z"), &utc));
	assert_true(clock_moment_parse(
	    str_from("2026-01-31T17:00:00.25+05:00"), &local));
	assert_int_equal(local, utc);
	assert_false(clock_moment_parse(str_from("2026-01-31"), &local));
}

static void test_now(void **state)
{
	int64_t before = clock_monotonic();

	(void)state;
	assert_true(clock_now() > 1769860800);
	assert_true(clock_monotonic() >= before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stamps),
		cmocka_unit_test(test_stamps_as_gmtime),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_moments),
		cmocka_unit_test(test_distances),
		cmocka_unit_test(test_local_days),
		cmocka_unit_test(test_zones),
		cmocka_unit_test(test_now),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
