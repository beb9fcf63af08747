#include "base/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/utf8.h"

/* Standard error as a file for the time of a test. */
struct capture {
	int saved;
	int fd;
	char text[4096];
};

static void capture_begin(struct capture *c)
{
	char name[] = "/tmp/test_log.XXXXXX";

	c->fd = mkstemp(name);
	assert_true(c->fd >= 0);
	unlink(name);
	c->saved = dup(STDERR_FILENO);
	dup2(c->fd, STDERR_FILENO);
}

static void capture_end(struct capture *c)
{
	ssize_t len;

	dup2(c->saved, STDERR_FILENO);
	close(c->saved);
	len = pread(c->fd, c->text, sizeof(c->text) - 1, 0);
	assert_true(len >= 0);
	c->text[len] = '\0';
	close(c->fd);
}

static void test_line(void **state)
{
	struct capture c;

	(void)state;
	capture_begin(&c);
	log_line(LOG_LEVEL_WARN, "one %d\ntwo\x1b[0m", 1);
	capture_end(&c);
	assert_int_equal(c.text[4], '-');
	assert_int_equal(c.text[10], 'T');
	assert_int_equal(c.text[19], '.');
	assert_string_equal(c.text + 23, "Z warn one 1?two?[0m\n");
}

static void test_levels(void **state)
{
	struct capture c;

	(void)state;
	capture_begin(&c);
	log_line(LOG_LEVEL_DEBUG, "hidden");
	log_set_level(LOG_LEVEL_ERROR);
	log_line(LOG_LEVEL_WARN, "hidden");
	log_line(LOG_LEVEL_ERROR, "shown");
	log_set_level(LOG_LEVEL_INFO);
	capture_end(&c);
	assert_null(strstr(c.text, "hidden"));
	assert_non_null(strstr(c.text, "error shown\n"));
}

/* Cut at a character's edge, whatever the length of what stands before. */
static void test_long_lines_are_cut(void **state)
{
	char text[2001];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct capture c;
		size_t len;

		memset(text, 'x', i);
		for (size_t k = i; k + 1 < sizeof(text); k += 2)
			memcpy(text + k, "қ", 2);
		text[1998 + i] = '\0';
		capture_begin(&c);
		log_line(LOG_LEVEL_ERROR, "%s", text);
		capture_end(&c);
		len = strlen(c.text);
		assert_in_range(len, 999, 1000);
		assert_int_equal(c.text[len - 1], '\n');
		assert_true(utf8_valid(str_from(c.text)));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_line),
		cmocka_unit_test(test_levels),
		cmocka_unit_test(test_long_lines_are_cut),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
