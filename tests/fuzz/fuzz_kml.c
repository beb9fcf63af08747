/* Foreign KML. What was accepted is written as KML, read and written again:
 * nothing may change. */
#include "fuzz.h"

#include <math.h>
#include <stdlib.h>

#include "format/kml_read.h"
#include "format/kml_write.h"

enum { BYTES_MAX = 1 << 20, ARENA_MAX = 1 << 26, HEIGHT_DIGITS = 7 };

static const struct field fields[] = { { "title", VALUE_TEXT,
    { NULL, NULL, NULL } } };
static const struct schema schema = { "fuzz", fields, 1 };
static const struct kml_document document = { .name = "fuzz",
	.schema = &schema,
	.name_fields = { 0, -1, -1 },
	.style_field = -1,
	.description_field = -1,
	.begin_fields = { -1, -1 },
	.end_fields = { -1, -1 } };

struct writer {
	struct buf *out;
	struct kml_placemarks *placemarks;
	struct buf heights;
};

/* Heights as the store keeps them. */
static void add_heights(struct buf *b, const struct foreign_feature *f)
{
	buf_add_str(b, f->altitude);
	for (size_t i = 0; f->heights && i < f->geom->n_positions; i++) {
		buf_add_char(b, ' ');
		if (isfinite(f->heights[i]))
			buf_add_double(b, f->heights[i], HEIGHT_DIGITS);
		else
			buf_add_char(b, '-');
	}
}

/* A foreign_visit that writes as a writer. */
static bool write_placemark(
    void *context, const struct foreign_feature *f, struct err *e)
{
	const struct value title = { .type = VALUE_TEXT,
		.text = foreign_value(f, "name") };
	const struct feature as_ours = { .public_id = { "f", 1 },
		.geom = f->geom,
		.schema = &schema,
		.values = &title };

	static const struct str none = { NULL, 0 };
	struct writer *w = context;

	(void)e;
	buf_reset(&w->heights);
	add_heights(&w->heights, f);
	kml_take_kept(w->placemarks, none, none, buf_str(&w->heights));
	kml_add_feature(w->out, w->placemarks, &as_ours);
	return true;
}

/* A foreign_tell: whatever is said has a text and a place. */
static bool listen(void *context, const struct foreign_place *at,
    const char *text, struct err *e)
{
	(void)context;
	(void)e;
	if (!text[0] || at->number < 0 || at->line < 0)
		abort();
	return true;
}

/* Reads text and writes it into out; false when it was refused. Placemarks that
 * are wrong are passed over. */
static bool convert(struct buf *out, struct str text)
{
	struct writer w = { .out = out };
	const struct foreign_hooks hooks = { .visit = write_placemark,
		.refuse = listen,
		.note = listen,
		.context = &w };
	struct foreign_file file = { .text = text, .max_bytes = BYTES_MAX };
	struct err e = { .code = ERR_NONE };
	struct arena a, kept;
	bool good;

	file.arena = &a;

	buf_init(&w.heights, ARENA_MAX);
	arena_init(&a, ARENA_MAX);
	arena_init(&kept, ARENA_MAX);
	buf_init(out, ARENA_MAX);
	w.placemarks = kml_placemarks(&document, &kept, &e);
	kml_begin(out, &document);
	good = kml_read_features(&file, &hooks, &e);
	kml_end(out);
	arena_free(&kept);
	buf_free(&w.heights);
	if (good != (e.code == ERR_NONE))
		abort();
	arena_free(&a);
	return good;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf first, second;

	if (!convert(&first, (struct str){ (const char *)data, size })) {
		buf_free(&first);
		return 0;
	}
	if (first.len <= BYTES_MAX) {
		if (!convert(&second, buf_str(&first)) ||
		    !str_equal(buf_str(&first), buf_str(&second)))
			abort();
		buf_free(&second);
	}
	buf_free(&first);
	return 0;
}
