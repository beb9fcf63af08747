/* Files as the programs of others write them: tests/data/kml. */
#include "format/kml_read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "golden.h"
#include "visits.h"

static const char *const files[] = { "google_earth", "my_maps", "qgis",
	"arcgis", "track", "prefixed", "windows1251", "utf16", "bom", "rings",
	"html", "links", "heights" };

enum { PATH_SIZE = 128 };

static void add_part(struct buf *b, const char *what, struct str text)
{
	if (text.len == 0)
		return;
	buf_add_format(b, "  %s ", what);
	buf_add_str(b, text);
	buf_add_char(b, '\n');
}

static bool visit(void *context, const struct foreign_feature *f, struct err *e)
{
	static const char types[] = "?tinmbdlz";
	struct buf *b = context;

	buf_add_format(b, "%ld line %ld part %d of %d", f->at.number,
	    f->at.line, f->part, f->parts);
	for (size_t i = 0; i < f->n; i++)
		buf_add_format(b, "%s%c", i ? "" : " ", types[f->types[i]]);
	buf_add_char(b, '\n');
	if (!visits_add(b, f, e))
		return false;
	add_part(b, "style", f->style);
	add_part(b, "rest", f->rest);
	add_part(b, "altitude", f->altitude);
	for (size_t i = 0; f->heights && i < f->geom->n_positions; i++)
		buf_add_format(b, "  height %g\n", f->heights[i]);
	return true;
}

static bool add_line(struct buf *b, const char *what,
    const struct foreign_place *at, const char *text)
{
	buf_add_format(b, "%s %ld line %ld \"%.*s\": %s\n", what, at->number,
	    at->line, (int)at->name.len, at->name.len ? at->name.data : "",
	    text);
	return true;
}

static bool refuse(void *context, const struct foreign_place *at,
    const char *text, struct err *e)
{
	(void)e;
	return add_line(context, "refused", at, text);
}

static bool note(void *context, const struct foreign_place *at,
    const char *text, struct err *e)
{
	(void)e;
	return add_line(context, "note", at, text);
}

static bool document(
    void *context, const struct foreign_feature *f, struct err *e)
{
	struct buf *b = context;

	(void)e;
	add_part(b, "title", f->at.name);
	for (size_t i = 0; i < f->n; i++)
		add_part(b, "column", f->values[i]);
	add_part(b, "styles", f->style);
	add_part(b, "rest", f->rest);
	return true;
}

static void read_file(const char *name, struct buf *out)
{
	const struct foreign_hooks hooks = { .visit = visit,
		.refuse = refuse,
		.note = note,
		.document = document,
		.context = out };
	struct err e = { .code = ERR_NONE };
	char path[PATH_SIZE];
	struct arena a;
	struct foreign_file file = { .max_bytes = SIZE_MAX, .arena = &a };
	char *data;

	snprintf(path, sizeof(path), "../data/kml/%s.kml", name);
	data = golden_read(path, &file.text.len);
	file.text.data = data;
	arena_init(&a, SIZE_MAX);
	if (!kml_read_features(&file, &hooks, &e))
		fail_msg("%s: %s", name, e.text);
	arena_free(&a);
	mem_free(data);
}

static void test_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		char path[PATH_SIZE];
		struct buf out;

		buf_init(&out, SIZE_MAX);
		read_file(files[i], &out);
		snprintf(path, sizeof(path), "kml/in/%s.out", files[i]);
		golden_check(path, buf_str(&out));
		buf_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
