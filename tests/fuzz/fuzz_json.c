/* Foreign GeoJSON, and the fragments of snapshots. What was accepted is written
 * as GeoJSON, read and written again: nothing may change. */
#include "fuzz.h"

#include <stdlib.h>

#include "format/geojson.h"
#include "format/json_read.h"

enum { BYTES_MAX = 1 << 20, ARENA_MAX = 1 << 26 };

static const struct field fields[] = {
	{ "t", VALUE_TEXT, { NULL, NULL, NULL } },
	{ "i", VALUE_INT, { NULL, NULL, NULL } },
	{ "n", VALUE_NUMBER, { NULL, NULL, NULL } },
	{ "m", VALUE_MONEY, { NULL, NULL, NULL } },
	{ "b", VALUE_BOOL, { NULL, NULL, NULL } },
	{ "d", VALUE_DAY, { NULL, NULL, NULL } },
	{ "l", VALUE_LIST, { NULL, NULL, NULL } },
	{ "z", VALUE_TIME, { NULL, NULL, NULL } },
};
static const struct schema schema = { "fuzz", fields,
	sizeof(fields) / sizeof(fields[0]) };
static const struct schema bare = { "bare", NULL, 0 };

/* Reads back what was written as a fragment of that schema and writes it once
 * more. */
static void check_again(const struct feature *f, const struct schema *s)
{
	struct buf first, second;
	struct feature again;
	struct arena a;

	arena_init(&a, ARENA_MAX);
	buf_init(&first, ARENA_MAX);
	buf_init(&second, ARENA_MAX);
	geojson_add_feature(&first, f);
	if (first.failed ||
	    !json_read_fragment(&again, s, buf_str(&first), &a, NULL))
		abort();
	geojson_add_feature(&second, &again);
	if (!str_equal(buf_str(&first), buf_str(&second)))
		abort();
	buf_free(&first);
	buf_free(&second);
	arena_free(&a);
}

static bool check_foreign(
    void *context, const struct foreign_feature *f, struct err *e)
{
	const struct feature as_ours = {
		.public_id = f->id, .geom = f->geom, .schema = &bare
	};

	(void)context;
	(void)e;
	check_again(&as_ours, &bare);
	return true;
}

static bool listen(void *context, const struct foreign_place *at,
    const char *text, struct err *e)
{
	(void)context;
	(void)e;
	if (!text[0] || at->number < 0 || at->line < 0)
		abort();
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct foreign_hooks hooks = {
		.visit = check_foreign, .refuse = listen, .note = listen
	};
	struct str text = { (const char *)data, size };
	struct foreign_file file = { .text = text, .max_bytes = BYTES_MAX };
	struct err e = { .code = ERR_NONE };
	struct feature f;
	struct arena a;

	arena_init(&a, ARENA_MAX);
	file.arena = &a;
	if (json_read_features(&file, &hooks, &e) != (e.code == ERR_NONE))
		abort();
	if (json_read_fragment(&f, &schema, text, &a, NULL))
		check_again(&f, &schema);
	arena_free(&a);
	return 0;
}
