/* When data change, a tile that differs has another tag, and hardly one that is
 * the same has: caches keep those. */
#include "api_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "geo/tile.h"
#include "tools/dataset.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { PROJECTS = 400, SEED = 77, URI_SIZE = 256, ZOOM_LAST = 13 };

/* Of one project: a tile a zoom, its neighbours where it lies at an edge, and
 * up to zoom 8 what touches the same tile of that zoom. */
enum { AROUND_ONE = 60 };

static const char *const filters[] = { "", "&status=implementation",
	"&overdue=true", "&district=611600000",
	"&filter=planned%3E300000000%20OR%20overdue",
	"&filter=CASEI(title_ru)%20LIKE%20%27%25%D0%B0%25%27" };

struct both {
	struct fixture *fixture;
	struct snapshot *old, *new;
	const char *format, *filter;
	size_t tiles, changed, kept;
	size_t most; /* tiles that may have a new tag */
};

static void get(
    struct both *b, struct snapshot *s, const char *uri, struct answer *out)
{
	b->fixture->projects = s;
	fixture_get(b->fixture, uri, out);
	assert_true(out->status == 200 || out->status == 204);
}

static bool is_same(const struct answer *a, const struct answer *b)
{
	return a->status == b->status && a->len == b->len &&
	       memcmp(a->body, b->body, a->len) == 0;
}

static bool has_any(const struct answer *a)
{
	return a->status == 200 && !strstr(a->body, "\"features\":[]");
}

/* Tiles that are empty before and after have none below. */
static void walk(struct both *b, const struct tile *t)
{
	char uri[URI_SIZE];
	struct answer old, new;
	bool any, same;

	snprintf(uri, sizeof(uri), "/tiles/projects/%d/%u/%u.%s?lang=en%s",
	    t->z, t->x, t->y, b->format, b->filter);
	get(b, b->old, uri, &old);
	get(b, b->new, uri, &new);
	same = is_same(&old, &new);
	b->tiles++;
	b->changed += !same;
	if (strcmp(old.etag, new.etag) == 0) {
		if (!same)
			fail_msg("%s differs under one tag", uri);
		b->kept++;
	}
	any = has_any(&old) || has_any(&new);
	answer_free(&old);
	answer_free(&new);
	for (uint32_t i = 0; any && t->z < ZOOM_LAST && i < 4; i++) {
		const struct tile child = { t->z + 1, 2 * t->x + i % 2,
			2 * t->y + i / 2 };

		walk(b, &child);
	}
}

static void compare(struct both *b, const char *format)
{
	const struct tile world = { 0, 0, 0 };

	b->format = format;
	b->tiles = b->changed = b->kept = 0;
	walk(b, &world);
	if (b->tiles - b->kept > b->most)
		fail_msg("%zu of %zu tiles have a new tag, %zu changed: %s",
		    b->tiles - b->kept, b->tiles, b->changed, b->filter);
	assert_true(b->changed < b->tiles);
}

static void remove_row(struct dataset *d, uint32_t row)
{
	d->n--;
	memmove(
	    d->rows + row, d->rows + row + 1, (d->n - row) * sizeof(*d->rows));
}

/* Something of it that a tile does not show. */
static void touch_row(struct dataset *d, uint32_t row)
{
	d->rows[row].change++;
}

/* Many of them, in every way. */
static void change_rows(struct dataset *d, uint32_t row)
{
	dataset_change(d, row);
}

static void test_tags(void **state)
{
	static void (*const changes[])(struct dataset * d,
	    uint32_t row) = { remove_row, touch_row, change_rows };
	struct fixture *f = *state;
	struct snapshot *kept = f->projects, *old;
	struct dataset d;

	dataset_init(&d, DATASET_OBLAST, SEED, PROJECTS);
	old = dataset_build(&d, NULL, NULL, NULL);
	dataset_free(&d);
	assert_non_null(old);
	for (size_t i = 0; i < COUNT(changes) * COUNT(filters); i++) {
		const char *filter = filters[i / COUNT(changes)];
		struct both b = { .fixture = f, .old = old, .filter = filter };

		dataset_init(&d, DATASET_OBLAST, SEED, PROJECTS);
		changes[i % COUNT(changes)](&d, (uint32_t)(13 * i + 5));
		b.new = dataset_build(&d, NULL, NULL, NULL);
		assert_non_null(b.new);
		b.most = i % COUNT(changes) == 2 ? SIZE_MAX : AROUND_ONE;
		compare(&b, "mvt");
		compare(&b, "geojson");
		snapshot_unref(b.new);
		dataset_free(&d);
	}
	snapshot_unref(old);
	f->projects = kept;
}

static int open_fixture(void **state)
{
	static struct fixture f;

	fixture_open(&f);
	*state = &f;
	return 0;
}

static int close_fixture(void **state)
{
	fixture_close(*state);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tags),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
