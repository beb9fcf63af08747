#include "command.h"

#include <stdio.h>

#include "generate.h"

enum { CHUNK = 1 << 20, ROW_MAX = 1 << 14 };

struct wish {
	int64_t features, seed;
};

static bool read_number(int64_t *out, const char *text, int64_t most,
    const char *name, struct err *e)
{
	int64_t value;

	if (!str_to_int64(str_from(text), &value) || value < 0 || value > most)
		return err_set(e, ERR_INPUT,
		    "%s takes a whole number up to %lld", name,
		    (long long)most);
	*out = value;
	return true;
}

/* fwrite is asked once a megabyte, so that the pipe is the limit. */
static bool flush(struct buf *b, struct err *e)
{
	if (b->failed)
		return err_no_memory(e);
	if (fwrite(b->data, 1, b->len, stdout) != b->len)
		return err_set(e, ERR_SYSTEM, "cannot write the output");
	buf_reset(b);
	return true;
}

static bool write_all(const struct wish *w, struct err *e)
{
	struct buf b;
	bool good = true;

	buf_init(&b, CHUNK + ROW_MAX);
	generate_add_header(&b);
	for (int64_t i = 0; good && i < w->features; i++) {
		generate_add_row(&b, (uint64_t)w->seed, (uint64_t)i);
		if (b.len >= CHUNK || b.failed)
			good = flush(&b, e);
	}
	good = good && flush(&b, e);
	buf_free(&b);
	if (good && fflush(stdout) != 0)
		return err_set(e, ERR_SYSTEM, "cannot write the output");
	return good;
}

int cmd_generate(const struct command *c, int argc, char **argv)
{
	const char *features = command_take(&argc, argv, "--features");
	const char *seed = command_take(&argc, argv, "--seed");
	struct wish w = { 0, 1 };
	struct err e = { 0 };

	if (argc > 1 || !features)
		return command_usage(c);
	if (!read_number(
		&w.features, features, GENERATE_MAX, "--features", &e) ||
	    (seed && !read_number(&w.seed, seed, INT64_MAX, "--seed", &e))) {
		(void)command_fail(c, &e);
		return COMMAND_USAGE;
	}
	return write_all(&w, &e) ? COMMAND_OK : command_fail(c, &e);
}
