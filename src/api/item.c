#include "api/item.h"

#include "api/answer.h"
#include "api/fragment.h"
#include "api/items.h"
#include "api/media.h"
#include "api/record.h"
#include "format/geojson.h"

/* page is where the feature has one for people, NULL: nowhere. */
static void write_links(struct json *j, struct call *c,
    const struct collection *k, const char *page)
{
	json_key(j, "links");
	json_open(j, '[');
	url_add_self(&c->scratch, c, NULL, 0);
	answer_link(j, c, "self", MEDIA_GEOJSON, NULL);
	if (page) {
		url_add(&c->scratch, c, page);
		url_add_encoded(&c->scratch, c->vars[0], true);
		answer_link(j, c, "alternate", "text/html", NULL);
	}
	answer_link_format(j, c, "alternate", MEDIA_KML, "kml");
	answer_link_format(j, c, "alternate", "text/csv", "csv");
	url_add(&c->scratch, c, "/api/collections/");
	buf_add_text(&c->scratch, k->id);
	answer_link(j, c, "collection", MEDIA_JSON, NULL);
	json_close(j, ']');
}

/* --- projects ------------------------------------------------------------- */

struct reading {
	struct call *c;
	bool unchanged; /* the client holds it */
};

static bool visit_project(void *context, const struct project *p, struct err *e)
{
	struct reading *r = context;
	struct call *c = r->c;
	enum format f = format_of(&c->params);
	struct snapshot_info info = { .schema = &project_schema,
		.version = p->change };

	(void)e;
	format_vary(c, f);
	r->unchanged = answer_begin(c, format_media(f), p->change, c->x->today);
	if (r->unchanged)
		return true;
	if (f == FORMAT_KML || f == FORMAT_CSV)
		items_write_one(c, &collection_projects, &info, &p->feature);
	else
		geojson_add_feature(&c->x->response->text, &p->feature);
	return true;
}

/* Goes on within the Feature that was written last: its closing brace is taken
 * back, and what follows are further members. */
static void reopen(struct json *j, struct buf *b)
{
	json_init(j, b);
	if (b->len)
		b->len--;
	j->depth = 1;
	j->filled = 1;
}

static bool write_record(struct call *c, int64_t id, struct err *e)
{
	struct buf *b = &c->x->response->text;
	struct json j;

	reopen(&j, b);
	json_key(&j, "record");
	if (!record_write(&j, c, id, e))
		return false;
	answer_source(&j, c);
	write_links(&j, c, &collection_projects, "/p/");
	json_close(&j, '}');
	buf_add_char(b, '\n');
	return true;
}

static bool read_project(struct call *c, struct err *e)
{
	enum format f = format_of(&c->params);
	struct reading r = { c, false };
	struct db *d = c->x->db;
	int64_t id;

	if (!projects_find(d, c->vars[0], &id, e) ||
	    !projects_get(d, id, c->x->today, visit_project, &r, e))
		return false;
	if (r.unchanged || f == FORMAT_KML || f == FORMAT_CSV)
		return true;
	return write_record(c, id, e);
}

bool item_project(struct call *c, struct err *e)
{
	bool done;

	if (!c->x->db)
		return err_set(
		    e, ERR_DAMAGED, "the data cannot be read at the moment");
	if (!db_read_begin(c->x->db, e))
		return false;
	done = read_project(c, e);
	db_read_end(c->x->db);
	return done;
}

/* --- what stands whole in a snapshot ---------------------------------------
 */

static bool write_geojson(struct call *c, const struct collection *k,
    const struct snapshot *s, uint32_t row)
{
	struct response *r = c->x->response;
	struct str bytes = fragment_of(s, row);
	struct json j;

	if (bytes.len)
		bytes.len--;
	response_add_mapped(r, bytes);
	json_init(&j, &r->text);
	j.depth = 1;
	j.filled = 1;
	answer_version(
	    &j, snapshot_info_of(s)->version, snapshot_info_of(s)->published);
	answer_source_of(&j, c, k);
	write_links(&j, c, k, collection_is_layer(k) ? NULL : "/d/");
	json_close(&j, '}');
	buf_add_char(&r->text, '\n');
	return true;
}

static bool write_row(struct call *c, const struct collection *k,
    const struct snapshot *s, uint32_t row, struct err *e)
{
	enum format f = format_of(&c->params);
	struct feature feature;

	format_vary(c, f);
	if (answer_begin(c, format_media(f), snapshot_info_of(s)->version, 0))
		return true;
	if (f != FORMAT_KML && f != FORMAT_CSV)
		return write_geojson(c, k, s, row);
	if (!fragment_read(&feature, s, row, c->x->arena, e))
		return false;
	items_write_one(c, k, snapshot_info_of(s), &feature);
	return true;
}

bool item_district(struct call *c, struct err *e)
{
	const struct snapshot *s = source_districts_now(c, e);
	uint32_t row;

	if (!s)
		return false;
	if (!fragment_find(s, c->vars[0], &row))
		return err_set(e, ERR_MISSING, "there is no such district");
	return write_row(c, &collection_districts, s, row, e);
}

bool item_layer(struct call *c, struct err *e)
{
	const struct collection *k;
	int64_t id;
	uint32_t row;

	if (!collection_find(&k, c, c->vars[0], e))
		return false;
	/* What a layer's feature is called is its number. */
	if (!str_to_int64(c->vars[1], &id) ||
	    !snapshot_find(k->snapshot, id, &row))
		return err_set(e, ERR_MISSING, "there is no such feature");
	return write_row(c, k, k->snapshot, row, e);
}
