#include "api/item.h"

#include "api/answer.h"
#include "api/fragment.h"
#include "api/items.h"
#include "api/layer_source.h"
#include "api/media.h"
#include "api/page_api.h"
#include "api/page_record.h"
#include "api/record.h"
#include "format/geojson.h"

static const char not_readable[] = "the data cannot be read at the moment";

/* What a feature is called, as it stands in the path. */
static struct str id_of(const struct call *c)
{
	struct str rest = c->x->request->path, part = { 0 };

	while (rest.data)
		part = str_cut(&rest, '/');
	return part;
}

/* Where it has a page of its own besides the API's; NULL: nowhere. */
static const char *page_of(const struct collection *k)
{
	if (k == &collection_projects)
		return "/p/";
	return k == &collection_districts ? "/d/" : NULL;
}

static void add_links(
    struct links *l, struct call *c, const struct collection *k)
{
	links_init(l, c);
	items_link_formats(l);
	if (page_of(k)) {
		url_add(&c->scratch, c, page_of(k));
		url_add_encoded(&c->scratch, id_of(c), true);
		links_add(l, "related", MEDIA_PAGE, NULL);
	}
	collection_url(c, k, "");
	links_add(l, "collection", MEDIA_JSON, k->title[c->lang]);
	if (!collection_is_layer(k))
		links_add_licence(l);
	links_header(l);
}

/* The answer's tag; a page shows districts too. */
static bool begin(struct call *c, int64_t change, int32_t day)
{
	enum format f = format_of(c);

	format_language(c, f);
	if (f == FORMAT_HTML)
		change = page_api_mark(c, change);
	return answer_begin(c, format_media(f), change, day);
}

/* --- projects ------------------------------------------------------------- */

struct reading {
	struct call *c;
	struct item_page page;
	bool unchanged; /* the client holds it */
};

static bool visit_project(void *context, const struct project *p, struct err *e)
{
	struct reading *r = context;
	struct call *c = r->c;
	struct snapshot_info info = { .schema = &project_schema,
		.version = p->change };
	struct rewrite *how = &r->page.how;
	struct feature feature = p->feature;

	if (!rewrite_read(how, c, &project_schema, e))
		return false;
	r->unchanged = begin(c, p->change, c->x->today);
	if (r->unchanged)
		return true;
	add_links(&r->page.links, c, &collection_projects);
	if (c->html)
		return rewrite_shape(&feature, how, NULL, 0, c->x->arena, e) &&
		       item_page_begin(&r->page, c, &feature, e);
	/* It has to tell when its contents were changed last. */
	if (format_of(c) == FORMAT_GEOPACKAGE &&
	    !db_published(c->x->db, p->change, &info.published, e))
		return false;
	if (format_is_rows(format_of(c)))
		return items_write_one(
		    c, &collection_projects, &info, how, &p->feature, e);
	if (!rewrite_is_none(how))
		return rewrite_feature(
		    call_text(c), how, &p->feature, c->x->arena, e);
	geojson_add_feature(call_text(c), &p->feature);
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

static bool write_record(
    struct call *c, int64_t id, const struct links *l, struct err *e)
{
	struct buf *b = call_text(c);
	struct json j;

	reopen(&j, b);
	json_key(&j, "record");
	if (!record_write(&j, c, id, e))
		return false;
	answer_source(&j, c);
	links_write(l, &j);
	json_close(&j, '}');
	buf_add_char(b, '\n');
	return true;
}

static bool read_project(struct reading *r, struct err *e)
{
	struct call *c = r->c;
	struct db *d = c->x->db;
	int64_t id;

	if (!projects_find(d, id_of(c), &id, e) ||
	    !projects_get(d, id, c->x->today, visit_project, r, e))
		return false;
	if (r->unchanged || format_is_rows(format_of(c)))
		return true;
	if (!c->html)
		return write_record(c, id, &r->page.links, e);
	if (!page_record(c, id, e))
		return false;
	item_page_end(c, &r->page);
	return true;
}

static bool item_project(struct call *c, struct err *e)
{
	struct reading r = { .c = c, .page.collection = &collection_projects };
	bool done;

	if (!c->x->db)
		return err_set(e, ERR_DAMAGED, not_readable);
	if (c->html && !(r.page.districts = source_districts_now(c, e)))
		return false;
	if (!db_read_begin(c->x->db, e))
		return false;
	done = read_project(&r, e);
	db_read_end(c->x->db);
	return done;
}

/* --- what stands whole in a snapshot ---------------------------------------
 */

/* The Feature without its closing brace. */
static bool begin_feature(struct call *c, const struct rewrite *how,
    const struct snapshot *s, uint32_t row, struct err *e)
{
	struct response *r = c->x->response;
	struct str bytes = fragment_of(s, row);

	if (rewrite_is_none(how)) {
		bytes.len -= bytes.len > 0;
		response_add_mapped(r, bytes);
		return true;
	}
	if (!rewrite_row(&r->text, how, s, row, c->x->arena, e))
		return false;
	r->text.len -= r->text.len > 0;
	return true;
}

static bool write_geojson(struct call *c, const struct item_page *page,
    const struct snapshot *s, uint32_t row, struct err *e)
{
	struct response *r = c->x->response;
	struct json j;

	if (!begin_feature(c, &page->how, s, row, e))
		return false;
	json_init(&j, &r->text);
	j.depth = 1;
	j.filled = 1;
	answer_version(
	    &j, snapshot_info_of(s)->version, snapshot_info_of(s)->published);
	answer_source_of(&j, c, page->collection);
	links_write(&page->links, &j);
	json_close(&j, '}');
	buf_add_char(&r->text, '\n');
	return true;
}

static bool write_row(struct call *c, const struct collection *k,
    const struct snapshot *s, uint32_t row, struct err *e)
{
	struct item_page page = { .collection = k };
	struct feature feature;

	if (!rewrite_read(&page.how, c, snapshot_info_of(s)->schema, e))
		return false;
	if (begin(c, snapshot_info_of(s)->version, 0))
		return true;
	add_links(&page.links, c, k);
	if (!c->html && !format_is_rows(format_of(c)))
		return write_geojson(c, &page, s, row, e);
	if (!fragment_read(&feature, s, row, c->x->arena, e))
		return false;
	feature.id = snapshot_id(s, row);
	if (!c->html)
		return items_write_one(
		    c, k, snapshot_info_of(s), &page.how, &feature, e);
	page.districts = source_districts_now(c, e);
	if (!page.districts ||
	    !rewrite_shape(&feature, &page.how, s, row, c->x->arena, e) ||
	    !item_page_begin(&page, c, &feature, e))
		return false;
	item_page_end(c, &page);
	return true;
}

static bool item_district(struct call *c, struct err *e)
{
	const struct snapshot *s = source_districts_now(c, e);
	uint32_t row;

	if (!s)
		return false;
	if (!fragment_find(s, id_of(c), &row))
		return err_set(e, ERR_MISSING, "there is no such district");
	return write_row(c, &collection_districts, s, row, e);
}

/* What a layer's feature is called is its number. */
static bool item_layer(
    struct call *c, const struct collection *k, struct err *e)
{
	const struct snapshot *s;
	int64_t id;
	uint32_t row;

	if (!layer_source_read(&s, c, k, e))
		return false;
	if (!str_to_int64(id_of(c), &id) || !snapshot_find(s, id, &row))
		return err_set(e, ERR_MISSING, "there is no such feature");
	return write_row(c, k, s, row, e);
}

bool item_get(struct call *c, struct err *e)
{
	const struct collection *k;

	if (!format_crs(c, e) || !collection_of_call(&k, c, e))
		return false;
	if (k == &collection_projects)
		return item_project(c, e);
	return k == &collection_districts ? item_district(c, e)
					  : item_layer(c, k, e);
}
