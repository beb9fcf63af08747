/* What is told of a KML file as a whole. */
#include "kml_reading.h"
#include "kml_ready.h"

#include <string.h>

struct str kml_told(const struct buf *b)
{
	return b->len > 0 ? buf_str(b) : (struct str){ "", 0 };
}

struct str kml_told_sorted(struct reading *r)
{
	buf_reset(&r->sorted);
	kml_sort_kept(&r->sorted, buf_str(&r->rest));
	return kml_told(r->sorted.len == r->rest.len ? &r->sorted : &r->rest);
}

bool kml_note(struct reading *r, long line, const char *text, struct err *e)
{
	const struct foreign_place at = { .line = line };

	return !r->hooks->note ||
	       r->hooks->note(r->hooks->context, &at, text, e);
}

void kml_leave_out(struct reading *r, const char *name)
{
	struct left_out *l = r->left_out;

	for (size_t i = 0; i < r->n_left_out; i++, l++)
		if (str_is(l->name, name)) {
			l->count++;
			return;
		}
	if (r->n_left_out == KML_LEFT_OUT_MAX)
		return;
	l->name.data = arena_copy(&r->own, name, strlen(name));
	l->name.len = l->name.data ? strlen(name) : 0;
	l->count = 1;
	r->n_left_out++;
}

static bool note_left_out(struct reading *r, struct err *e)
{
	for (size_t i = 0; i < r->n_left_out; i++) {
		const struct left_out *l = &r->left_out[i];
		struct err text = { .code = ERR_NONE };

		err_set(&text, ERR_INPUT,
		    "the element %.*s is left out, %ld %s", (int)l->name.len,
		    l->name.len ? l->name.data : "", l->count,
		    l->count == 1 ? "time" : "times");
		if (!kml_note(r, 0, text.text, e))
			return false;
	}
	return true;
}

bool kml_note_all(struct reading *r, struct err *e)
{
	if (r->described && !r->ours)
		kml_leave_out(r, "description");
	return gather_note_count(r->hooks, r->heights,
		   "placemarks with heights: places on the map are flat", e) &&
	       gather_note_count(r->hooks, r->moved,
		   "times, addresses and telephone numbers, which are now "
		   "attributes (begin, end, when, address, phoneNumber)",
		   e) &&
	       gather_note_count(r->hooks, r->tracks,
		   "tracks, which are now lines with their times as the "
		   "attribute times",
		   e) &&
	       gather_note_count(r->hooks, r->rings,
		   "rings that bound nothing, which are now lines", e) &&
	       gather_note_count(r->hooks, r->icons,
		   "links to icons, which are kept as they stand and never "
		   "fetched",
		   e) &&
	       gather_note_count(r->hooks, r->tables,
		   "placemarks whose attributes were taken from a table in "
		   "their description",
		   e) &&
	       gather_note_count(r->hooks, r->cleaned,
		   "descriptions with HTML that was taken out", e) &&
	       note_left_out(r, e);
}

bool kml_visit_document(struct reading *r, struct err *e)
{
	struct foreign_feature f = { .at = { .name = r->title } };

	if (!r->hooks->document)
		return true;
	if (r->all_style.failed || r->all_rest.failed)
		return err_set(
		    e, ERR_LIMIT, "styles, links and overlays are too much");
	gather_reset(&r->gather);
	for (size_t i = 0; i < r->schemas.n; i++) {
		const struct kml_schema_field *field = &r->schemas.fields[i];

		if (field->title.len > 0 &&
		    r->gather.n < FOREIGN_PROPERTIES_MAX &&
		    !gather_add(
			&r->gather, field->name, field->title, VALUE_TEXT, e))
			return false;
	}
	f.style = kml_told(&r->all_style);
	f.rest = kml_told(&r->all_rest);
	return gather_finish(&r->gather, &f, e) &&
	       r->hooks->document(r->hooks->context, &f, e);
}
