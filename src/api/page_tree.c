#include "api/page_tree.h"

#include "api/page_api.h"
#include "api/url.h"
#include "format/json_tree.h"

enum { DEPTH_MAX = 16, NUMBER_DIGITS = 9 };

/* Without the host where it is ours, so that the reader stays where he is. */
static void add_local(struct call *c, struct str href)
{
	struct str base = str_from(c->x->site->base_url);

	if (str_starts(href, base.data)) {
		url_add_local(&c->scratch, c, "");
		href.data += base.len;
		href.len -= base.len;
	}
	buf_add_str(&c->scratch, href);
	html_url(call_text(c), buf_str(&c->scratch));
	buf_reset(&c->scratch);
}

/* A template is no address that could be opened. */
static void add_href(
    struct call *c, struct str href, const struct json_node *link)
{
	const struct json_node *templated = json_tree_member(link, "templated");
	struct buf *b = call_text(c);

	if (templated && templated->kind == JSON_IS_BOOL && templated->truth) {
		buf_add_text(b, "<code>");
		html_text(b, href);
		buf_add_text(b, "</code>");
		return;
	}
	buf_add_text(b, "<a href=\"");
	add_local(c, href);
	buf_add_text(b, "\">");
	html_text(b, href);
	buf_add_text(b, "</a>");
}

static void add_scalar(struct call *c, const struct json_node *node,
    const struct json_node *parent)
{
	struct buf *b = call_text(c);

	switch (node->kind) {
	case JSON_IS_BOOL:
		buf_add_text(b, node->truth ? "true" : "false");
		break;
	case JSON_IS_INT:
		buf_add_int(b, node->integer);
		break;
	case JSON_IS_REAL:
		buf_add_double(b, node->real, NUMBER_DIGITS);
		break;
	case JSON_IS_TEXT:
		if (str_is(node->name, "href"))
			add_href(c, node->text, parent);
		else
			html_text(b, node->text);
		break;
	default:
		break;
	}
}

/* Objects are lists of names and values, arrays lists of values. */
static void add_node(struct call *c, const struct json_node *node,
    const struct json_node *parent)
{
	bool object = node->kind == JSON_IS_OBJECT;
	struct buf *b = call_text(c);

	if (!object && node->kind != JSON_IS_ARRAY) {
		add_scalar(c, node, parent);
		return;
	}
	buf_add_text(b, object ? "<dl>\n" : "<ul>\n");
	for (const struct json_node *n = node->first; n; n = n->next) {
		if (object) {
			buf_add_text(b, "<dt>");
			html_text(b, n->name);
			buf_add_text(b, "</dt>");
		}
		buf_add_text(b, object ? "<dd>" : "<li>");
		add_node(c, n, node);
		buf_add_text(b, object ? "</dd>\n" : "</li>\n");
	}
	buf_add_text(b, object ? "</dl>\n" : "</ul>\n");
}

bool page_of_json(struct call *c, struct err *e)
{
	struct str title = str_from(c->endpoint->title[c->lang]);
	struct page p = { .title = title, .description = title };
	struct buf *b = call_text(c);
	const struct json_node *tree;
	struct links links;

	if (!c->html || b->failed)
		return true;
	tree = json_tree_read(buf_str(b), DEPTH_MAX, c->x->arena, e);
	if (!tree)
		return false;
	buf_reset(b);
	links_init(&links, c);
	links_add_self(&links, MEDIA_JSON);
	page_api_begin(c, &p, &links, NULL);
	add_node(c, tree, NULL);
	page_api_end(c, &p);
	return true;
}
