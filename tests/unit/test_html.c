#include "api/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "query/codes.h"

#define NB "\xC2\xA0"
#define SIGN "\xE2\x82\xB8"
#define TENGE NB SIGN

static void check(struct buf *b, const char *wanted)
{
	if (!str_is(buf_str(b), wanted))
		fail_msg("%.*s, not %s", (int)b->len, b->data, wanted);
	buf_reset(b);
}

static const struct {
	const char *in, *out;
} texts[] = {
	{ "", "" },
	{ "Мектеп", "Мектеп" },
	{ "<script>alert(1)</script>",
	    "&lt;script&gt;alert(1)&lt;/script&gt;" },
	{ "\" onload='x' &amp;", "&quot; onload=&#39;x&#39; &amp;amp;" },
	{ "a\x01\x7f\r\nb", "a \x7f \nb" },
	{ "\xFF\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
	{ "\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
	{ "cut \xD0", "cut \xEF\xBF\xBD" },
};

static void test_texts(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		html_text(&b, str_from(texts[i].in));
		check(&b, texts[i].out);
		html_attr(&b, str_from(texts[i].in));
		check(&b, texts[i].out);
	}
	buf_free(&b);
}

static const struct {
	const char *in, *out;
} urls[] = {
	{ "https://example.org/?a=1&b=2", "https://example.org/?a=1&amp;b=2" },
	{ "http://example.org", "http://example.org" },
	{ "mailto:a@b.kz", "mailto:a@b.kz" },
	{ "/d/611000000?q=\"", "/d/611000000?q=&quot;" },
	{ "//evil.example", "#" },
	{ "/\\evil.example", "#" },
	{ "javascript:alert(1)", "#" },
	{ "JavaScript:alert(1)", "#" },
	{ " javascript:alert(1)", "#" },
	{ "data:text/html,x", "#" },
	{ "vbscript:x", "#" },
	{ "", "#" },
	{ "relative", "#" },
	{ "https:evil", "#" },
};

static void test_urls(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
		html_url(&b, str_from(urls[i].in));
		check(&b, urls[i].out);
	}
	buf_free(&b);
}

static const struct {
	int64_t tiyn;
	int lang;
	const char *out;
} amounts[] = {
	{ 0, LANG_KK, "0" TENGE },
	{ 5, LANG_RU, "0,05" TENGE },
	{ 99999, LANG_EN, SIGN "999.99" },
	{ 100000, LANG_RU, "1" NB "000" TENGE },
	{ 123456789000, LANG_KK, "1" NB "234" NB "567" NB "890" TENGE },
	{ 123456789050, LANG_EN, SIGN "1,234,567,890.50" },
	{ -150, LANG_EN, SIGN "-1.50" },
	{ -1, LANG_RU, "-0,01" TENGE },
	{ INT64_MIN, LANG_EN, SIGN "-92,233,720,368,547,758.08" },
};

static void test_amounts(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	for (size_t i = 0; i < sizeof(amounts) / sizeof(amounts[0]); i++) {
		html_money(&b, amounts[i].tiyn, amounts[i].lang);
		check(&b, amounts[i].out);
	}
	html_number(&b, -1000, LANG_KK);
	check(&b, "-1" NB "000");
	html_share(&b, 0.4631, LANG_RU);
	check(&b, "46,3" NB "%");
	html_share(&b, 1, LANG_EN);
	check(&b, "100%");
	html_day(&b, 20260131, LANG_KK);
	check(&b, "31.01.2026");
	html_day(&b, 20260105, LANG_EN);
	check(&b, "5 Jan 2026");
	buf_free(&b);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_urls),
		cmocka_unit_test(test_amounts),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
