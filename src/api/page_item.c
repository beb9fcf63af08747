#include "api/item.h"

#include "api/crs.h"
#include "api/page_api.h"
#include "api/svg_map.h"
#include "format/wkt_write.h"

#include <string.h>

enum { WKT_MAX = 64 * 1024 * 1024 };

/* "ru", and the same with what parts it from the name before it. */
enum { LANGUAGE_CODE = 2, LANGUAGE_TAIL };

static bool add_map(const struct item_page *p, struct call *c,
    const struct geom *g, struct err *e)
{
	struct svg_map m;

	if (!svg_map_begin(
		&m, c, &g->box, p->districts, text_of(TEXT_MAP_OF, c->lang), e))
		return false;
	svg_map_geom(&m, g);
	svg_map_end(&m);
	return true;
}

static void add_properties(
    struct call *c, const struct narrow *n, const struct feature *f)
{
	page_table(c, "facts", TEXT_PROPERTY);
	buf_add_text(
	    call_text(c), "<tbody>\n<tr><th scope=\"row\">id</th><td>");
	html_text(call_text(c), f->public_id);
	page_row_end(c);
	for (size_t i = 0; i < f->schema->n_fields; i++) {
		if (narrow_find(n, (int)i) < 0)
			continue;
		page_fact(c, f->schema->fields[i].title[c->lang]);
		page_value(c, f->schema, i, &f->values[i]);
		page_row_end(c);
	}
	page_table_end(c);
}

/* In the reference system that is asked for. */
static bool add_coordinates(struct call *c, const struct geom *g, struct err *e)
{
	struct buf wkt;

	if (!g) {
		buf_add_text(call_text(c), "<p class=\"note\">");
		page_text(c, TEXT_NO_PLACE);
		buf_add_text(call_text(c), "</p>\n");
		return true;
	}
	g = proj_geom(c->x->proj, crs_of(&c->params), g, c->x->arena, e);
	if (!g)
		return false;
	buf_init(&wkt, WKT_MAX);
	wkt_add(&wkt, g);
	buf_add_text(call_text(c), "<details><summary>");
	page_text(c, TEXT_COORDINATES);
	buf_add_text(call_text(c), "</summary>\n<p><code>");
	html_text(call_text(c), buf_str(&wkt));
	buf_add_text(call_text(c), "</code></p>\n</details>\n");
	if (wkt.failed)
		c->x->response->failed = true;
	buf_free(&wkt);
	return true;
}

/* The language at the end of a name such as "title_ru", -1 without one. */
static int language_of(struct str name)
{
	if (name.len < LANGUAGE_TAIL ||
	    name.data[name.len - LANGUAGE_TAIL] != '_')
		return -1;
	return lang_find((struct str){
	    name.data + name.len - LANGUAGE_CODE, LANGUAGE_CODE });
}

static bool has_text(const struct feature *f, size_t i)
{
	return f->values[i].type == VALUE_TEXT && f->values[i].text.len > 0;
}

/* What attribute i says in a language, where another attribute does. */
static struct str text_in(const struct feature *f, size_t i, int lang)
{
	struct str name = str_from(f->schema->fields[i].name);

	for (size_t k = 0; language_of(name) >= 0 && k < f->schema->n_fields;
	     k++) {
		struct str other = str_from(f->schema->fields[k].name);

		if (language_of(other) == lang && other.len == name.len &&
		    memcmp(other.data, name.data, name.len - LANGUAGE_CODE) ==
			0 &&
		    has_text(f, k))
			return f->values[k].text;
	}
	return f->values[i].text;
}

/* Its first attribute that is a text names it. */
static struct str title_of(struct call *c, const struct feature *f)
{
	struct str text = f->public_id;
	char *copy;

	for (size_t i = 0; i < f->schema->n_fields; i++) {
		if (has_text(f, i)) {
			text = text_in(f, i, c->lang);
			break;
		}
	}
	copy = arena_copy(c->x->arena, text.data, text.len);
	return (struct str){ copy, copy ? text.len : 0 };
}

bool item_page_begin(
    struct item_page *p, struct call *c, const struct feature *f, struct err *e)
{
	struct str title = title_of(c, f);

	p->page = (struct page){
		.title = title, .description = title, .passing = true
	};
	page_api_begin(c, &p->page, &p->links, p->collection);
	if (f->geom && !add_map(p, c, f->geom, e))
		return false;
	add_properties(c, &p->how.narrow, f);
	return add_coordinates(c, f->geom, e);
}

void item_page_end(struct call *c, const struct item_page *p)
{
	page_api_end(c, &p->page);
}
