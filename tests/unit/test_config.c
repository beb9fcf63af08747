#include "app/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ARGS = 12 };

static char path[] = "/tmp/test_config-XXXXXX";

static void write_file(const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static bool load(struct config *c, const char *const *words, int *left,
    char **argv, struct err *e)
{
	int n = 0;

	argv[n++] = (char *)(uintptr_t) "config";
	while (*words != NULL)
		argv[n++] = (char *)(uintptr_t)*words++;
	argv[n] = NULL;
	*left = n;
	return config_load(c, left, argv, e);
}

static void test_order(void **state)
{
	static const char *const words[] = { "--config", path, "a",
		"--threads=3", "--cache-seconds", "7", "--other", "--",
		"--threads", "5", NULL };
	struct config c;
	struct err e = { 0 };
	char *argv[ARGS];
	int left;

	(void)state;
	write_file("# a comment\n\nthreads = 1\n processes=4 \n"
		   "base_url = https://x.kz/\nsocket_mode = 0600\n"
		   "log_level = debug\ncontact =\n");
	assert_int_equal(setenv("BUDGETMAP_THREADS", "2", 1), 0);
	assert_int_equal(setenv("BUDGETMAP_PROCESSES", "6", 1), 0);
	assert_true(load(&c, words, &left, argv, &e));
	assert_int_equal(unsetenv("BUDGETMAP_THREADS"), 0);
	assert_int_equal(unsetenv("BUDGETMAP_PROCESSES"), 0);
	assert_int_equal(c.threads, 3);
	assert_int_equal(c.processes, 6);
	assert_int_equal(c.cache_seconds, 7);
	assert_int_equal(c.socket_mode, 0600);
	assert_int_equal(c.log_level, LOG_LEVEL_DEBUG);
	assert_string_equal(c.base_url, "https://x.kz");
	assert_string_equal(c.contact, "");
	assert_string_equal(c.data_licence, "CC BY 4.0");
	assert_string_equal(c.file, path);
	assert_int_equal(left, 6);
	assert_string_equal(argv[1], "a");
	assert_string_equal(argv[2], "--other");
	assert_string_equal(argv[3], "--");
	assert_string_equal(argv[4], "--threads");
	assert_null(argv[6]);
	config_free(&c);
}

static const struct {
	const char *file;
	const char *text; /* part of the failure */
	const char *param;
} bad_files[] = {
	{ "threads = 0\n", "line 1: threads must be", "threads" },
	{ "\nthreads = 2x\n", "line 2: threads must be", "threads" },
	{ "threads = 65\n", "from 1 to 64", "threads" },
	{ "threads\n", "line 1: a line must be", "" },
	{ "thread = 1\n", "no such key", "" },
	{ "socket_mode = 0888\n", "octal", "socket_mode" },
	{ "socket_mode = 01000\n", "octal", "socket_mode" },
	{ "socket_mode =\n", "octal", "socket_mode" },
	{ "database =\n", "must not be empty", "database" },
	{ "base_url = ftp://x\n", "http", "base_url" },
	{ "base_url = http://x?y\n", "http", "base_url" },
	{ "base_url =\n", "http", "base_url" },
	{ "tile_url = https://x/$y\n", "http", "tile_url" },
	{ "log_level = loud\n", "debug", "log_level" },
	{ "contact = \xff\n", "clean", "contact" },
	{ "contact = a\tb\n", "clean", "contact" },
	{ "socket = /123456789/123456789/123456789/123456789/123456789/123456"
	  "789/123456789/123456789/123456789/123456789/12345678\n",
	    "too long", "socket" },
};

static void test_bad_files(void **state)
{
	static const char *const words[] = { "--config", path, NULL };
	struct config c;
	char *argv[ARGS];
	int left;

	(void)state;
	for (size_t i = 0; i < sizeof bad_files / sizeof bad_files[0]; i++) {
		struct err e = { 0 };

		write_file(bad_files[i].file);
		assert_false(load(&c, words, &left, argv, &e));
		assert_int_equal(e.code, ERR_INPUT);
		assert_non_null(strstr(e.text, bad_files[i].text));
		assert_string_equal(e.param, bad_files[i].param);
	}
}

static void test_bad_words(void **state)
{
	static const char *const no_value[] = { "--threads", NULL };
	static const char *const no_file[] = { "--config", "/none/such", NULL };
	struct config c;
	struct err e = { 0 };
	char *argv[ARGS];
	int left;

	(void)state;
	assert_false(load(&c, no_value, &left, argv, &e));
	assert_int_equal(e.code, ERR_INPUT);
	err_clear(&e);
	assert_false(load(&c, no_file, &left, argv, &e));
	assert_int_equal(e.code, ERR_MISSING);
}

/* What is written is read again as the same configuration. */
static void test_write(void **state)
{
	static const char *const none[] = { NULL };
	static const char *const words[] = { "--config", path, NULL };
	struct config c;
	struct err e = { 0 };
	struct buf first, second;
	char *argv[ARGS];
	int left;

	(void)state;
	buf_init(&first, 65536);
	buf_init(&second, 65536);
	assert_true(load(&c, none, &left, argv, &e));
	config_write(&first, &c);
	config_free(&c);
	buf_add_char(&first, '\0');
	write_file(first.data);
	assert_true(load(&c, words, &left, argv, &e));
	for (int i = 0; i < CONFIG_KEYS_MAX; i++)
		c.from[i] = CONFIG_DEFAULT;
	config_write(&second, &c);
	config_free(&c);
	buf_add_char(&second, '\0');
	assert_string_equal(first.data, second.data);
	buf_free(&first);
	buf_free(&second);
}

static int make_path(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	return fd < 0 ? -1 : close(fd);
}

static int remove_path(void **state)
{
	(void)state;
	return unlink(path);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_bad_files),
		cmocka_unit_test(test_bad_words),
		cmocka_unit_test(test_write),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_path, remove_path);
}
