#include "export_write.h"

#include "api/kml_look.h"
#include "api/text.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/mem.h"
#include "format/csv_write.h"
#include "format/geojson.h"
#include "format/heights.h"
#include "format/json_write.h"
#include "format/kmz_write.h"
#include "query/codes.h"

#include <string.h>

enum {
	CHUNK = 1 << 20,
	FEATURE_MAX = 256 << 20,
	TEXT_MAX = 4096,
	ARENA_MAX = 1 << 20
};

struct export_writer {
	struct outfile *file;
	enum export_format format;
	bool with_place;
	const struct schema *schema;
	struct buf out, text;
	struct json json;
	struct kml_look look;
	struct kml_placemarks *placemarks;
	struct arena arena;
	struct export_kept kept; /* of the next feature */
	struct buf woven;
	struct str end; /* of the document */
	int64_t count, published;
};

static void begin_geojson(struct export_writer *w, const struct export_head *h)
{
	struct json *j = &w->json;
	char stamp[CLOCK_STAMP_SIZE];

	clock_stamp(h->published, stamp);
	json_init(j, &w->out);
	json_open(j, '{');
	json_key(j, "type");
	json_text(j, "FeatureCollection");
	json_key(j, "name");
	json_text(j, h->name);
	json_key(j, "timeStamp");
	json_text(j, stamp);
	json_key(j, "dataVersion");
	json_int(j, h->version);
	json_key(j, "licence");
	json_text(j, h->licence);
	json_key(j, "licenceUrl");
	json_text(j, h->licence_url);
	json_key(j, "attribution");
	json_text(j, h->attribution);
	json_key(j, "notice");
	json_text(j, h->notice);
	json_key(j, "features");
	json_open(j, '[');
}

static bool begin_kml(
    struct export_writer *w, const struct export_head *h, struct err *e)
{
	struct kml_document *d = &w->look.document;
	char stamp[CLOCK_STAMP_SIZE];

	clock_stamp(h->published, stamp);
	kml_look(&w->look, w->schema, LANG_KK, h->base_url);
	kml_add_sentence(&w->text, "", h->attribution, "");
	kml_add_sentence(&w->text, text_of(TEXT_LICENCE, LANG_KK), h->licence,
	    h->licence_url);
	kml_add_sentence(&w->text, "", h->notice, "");
	kml_add_sentence(&w->text, text_of(TEXT_PUBLISHED, LANG_KK), stamp, "");
	d->kept_styles = h->style;
	w->end = h->rest;
	d->name = h->title;
	d->description = buf_str(&w->text);
	kml_begin(&w->out, d);
	w->placemarks = kml_placemarks(d, &w->arena, e);
	return w->placemarks != NULL;
}

static bool begin(
    struct export_writer *w, const struct export_head *h, struct err *e)
{
	switch (w->format) {
	case EXPORT_CSV:
		if (w->with_place)
			csv_add_header(&w->out, w->schema);
		else
			csv_add_names(&w->out, w->schema);
		break;
	case EXPORT_GEOJSON:
		begin_geojson(w, h);
		break;
	case EXPORT_KML:
	case EXPORT_KMZ:
		return begin_kml(w, h, e);
	}
	return true;
}

/* Members that GeoJSON does not know, an object, become the feature's again. */
static void add_members(struct buf *b, struct str rest)
{
	if (b->failed || b->len == 0 || rest.len < 3 || !str_starts(rest, "{"))
		return;
	b->len--;
	buf_add_char(b, ',');
	buf_add(b, rest.data + 1, rest.len - 1);
}

/* With heights and whatever members there were. */
static void add_geojson(struct export_writer *w, const struct feature *f)
{
	geojson_add_feature(&w->text, f);
	add_members(&w->text, w->kept.rest);
	w->out.failed |= w->text.failed;
	if (w->kept.heights.len == 0) {
		json_raw(&w->json, buf_str(&w->text));
		return;
	}
	buf_reset(&w->woven);
	heights_weave(&w->woven, buf_str(&w->text), w->kept.heights);
	w->out.failed |= w->woven.failed;
	json_raw(&w->json, buf_str(&w->woven));
}

static void add(struct export_writer *w, const struct feature *f)
{
	static const struct str none = { NULL, 0 };

	switch (w->format) {
	case EXPORT_CSV:
		if (w->with_place)
			csv_add_feature(&w->out, f);
		else
			csv_add_values(&w->out, w->schema, f->values);
		break;
	case EXPORT_GEOJSON:
		buf_reset(&w->text);
		add_geojson(w, f);
		break;
	case EXPORT_KML:
	case EXPORT_KMZ:
		kml_take_kept(w->placemarks, w->kept.style,
		    str_starts(w->kept.rest, "<") ? w->kept.rest : none,
		    w->kept.heights);
		kml_add_feature(&w->out, w->placemarks, f);
	}
}

static void end(struct export_writer *w)
{
	switch (w->format) {
	case EXPORT_CSV:
		break;
	case EXPORT_GEOJSON:
		json_close(&w->json, ']');
		json_close(&w->json, '}');
		buf_add_char(&w->out, '\n');
		break;
	case EXPORT_KML:
	case EXPORT_KMZ:
		kml_add_kept(&w->out, w->end);
		kml_end(&w->out);
	}
}

void export_writer_keep(struct export_writer *w, const struct export_kept *kept)
{
	w->kept = *kept;
}

struct export_writer *export_writer_open(struct outfile *o,
    enum export_format format, const struct export_head *head,
    const struct schema *schema, bool with_place, struct err *e)
{
	struct export_writer *w = mem_alloc(sizeof(*w));

	if (!w) {
		err_no_memory(e);
		return NULL;
	}
	memset(w, 0, sizeof(*w));
	w->file = o;
	w->format = format;
	w->with_place = with_place;
	w->schema = schema;
	w->published = head->published;
	buf_init(&w->out, FEATURE_MAX);
	buf_init(&w->text, format == EXPORT_GEOJSON ? FEATURE_MAX : TEXT_MAX);
	buf_init(&w->woven, FEATURE_MAX);
	arena_init(&w->arena, ARENA_MAX);
	if (begin(w, head, e))
		return w;
	export_writer_close(w);
	return NULL;
}

bool export_writer_add(void *context, const struct feature *f, struct err *e)
{
	struct export_writer *w = context;

	add(w, f);
	w->count++;
	if (w->format == EXPORT_KMZ && w->out.failed)
		return err_set(e, ERR_LIMIT, "It is too much for a KMZ.");
	return w->format == EXPORT_KMZ ||
	       (w->out.len < CHUNK && !w->out.failed) ||
	       outfile_write(w->file, &w->out, e);
}

/* An archive is made of all its text. */
static bool pack(struct export_writer *w, struct err *e)
{
	struct buf packed;
	bool done;

	buf_init(&packed, FEATURE_MAX);
	done = kmz_write(&packed, buf_str(&w->out), NULL, 0, w->published, e) &&
	       outfile_write(w->file, &packed, e);
	buf_free(&packed);
	return done;
}

bool export_writer_finish(struct export_writer *w, struct err *e)
{
	bool done;

	end(w);
	done = w->format == EXPORT_KMZ ? pack(w, e)
				       : outfile_write(w->file, &w->out, e);
	export_writer_close(w);
	return done;
}

void export_writer_close(struct export_writer *w)
{
	if (!w)
		return;
	buf_free(&w->out);
	buf_free(&w->text);
	buf_free(&w->woven);
	arena_free(&w->arena);
	mem_free(w);
}

int64_t export_writer_count(const struct export_writer *w)
{
	return w->count;
}
