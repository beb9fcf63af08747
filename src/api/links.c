#include "api/links.h"

#include "api/html.h"
#include "api/media.h"
#include "api/url.h"
#include "base/array.h"

#include <string.h>

/* nginx takes 64 KiB of headers, and every client has to read them: an address
 * of a long query is worth that only where a page cannot be found otherwise. */
enum { LINE_PAGING = 40 * 1024, LINE_OTHERS = 6 * 1024, LINE_MOSTLY = 2048 };

void links_init(struct links *l, struct call *c)
{
	l->call = c;
	l->n = 0;
}

void links_add(
    struct links *l, const char *rel, const char *type, const char *title)
{
	struct buf *b = &l->call->scratch;
	char *href = arena_copy(l->call->x->arena, b->data, b->len);

	if (!href || l->n == LINKS_MAX)
		l->call->x->response->failed = true;
	else
		l->list[l->n++] =
		    (struct link){ rel, type, title, { href, b->len } };
	buf_reset(b);
}

void links_add_path(struct links *l, const char *rel, const char *type,
    const char *path, const char *title)
{
	url_add(&l->call->scratch, l->call, path);
	links_add(l, rel, type, title);
}

void links_add_self(struct links *l, const char *json)
{
	struct call *c = l->call;
	const struct url_change other = { "f",
		str_from(c->html ? "json" : "html") };

	url_add_self(&c->scratch, c, NULL, 0);
	links_add(l, "self", c->html ? MEDIA_PAGE : json, NULL);
	url_add_self(&c->scratch, c, &other, 1);
	links_add(l, "alternate", c->html ? json : MEDIA_PAGE, NULL);
}

void links_add_licence(struct links *l)
{
	const struct site *site = l->call->x->site;

	if (!*site->licence_url)
		return;
	buf_add_text(&l->call->scratch, site->licence_url);
	links_add(l, "license", NULL, site->licence);
}

void links_write(const struct links *l, struct json *j)
{
	json_key(j, "links");
	json_open(j, '[');
	for (size_t i = 0; i < l->n; i++) {
		const struct link *link = &l->list[i];

		json_open(j, '{');
		json_key(j, "href");
		json_str(j, link->href);
		json_key(j, "rel");
		json_text(j, link->rel);
		if (link->type) {
			json_key(j, "type");
			json_text(j, link->type);
		}
		if (link->title) {
			json_key(j, "title");
			json_text(j, link->title);
		}
		json_close(j, '}');
	}
	json_close(j, ']');
}

static bool is_paging(const struct link *link)
{
	return !strcmp(link->rel, "next") || !strcmp(link->rel, "prev");
}

static void add_to_line(struct buf *line, const struct link *link, size_t limit)
{
	/* What stands around the address, generously. */
	const size_t around = 160;

	if (line->len + link->href.len + around > limit)
		return;
	buf_add_text(line, line->len ? ", <" : "Link: <");
	buf_add_str(line, link->href);
	buf_add_text(line, ">; rel=\"");
	buf_add_text(line, link->rel);
	if (link->type) {
		buf_add_text(line, "\"; type=\"");
		buf_add_text(line, link->type);
	}
	buf_add_char(line, '"');
}

void links_header(const struct links *l)
{
	struct response *r = l->call->x->response;
	struct buf line;

	buf_init(&line, LINE_PAGING);
	(void)buf_reserve(&line, LINE_MOSTLY);
	for (size_t i = 0; i < l->n; i++)
		if (is_paging(&l->list[i]))
			add_to_line(&line, &l->list[i], LINE_PAGING);
	for (size_t i = 0; i < l->n; i++)
		if (!is_paging(&l->list[i]))
			add_to_line(&line, &l->list[i], LINE_OTHERS);
	if (line.len) {
		buf_add_str(&r->headers, buf_str(&line));
		buf_add_text(&r->headers, "\r\n");
	}
	r->failed = r->failed || line.failed;
	buf_free(&line);
}

/* Within pages links stay on the host that the reader came to. */
static void add_local(struct buf *b, const struct links *l, struct str href)
{
	const char *base = l->call->x->site->base_url;
	const char *host = strstr(base, "://");
	size_t skip = 0;

	if (host && str_starts(href, base))
		skip = (size_t)(host - base) + 3 + strcspn(host + 3, "/");
	html_url(b, (struct str){ href.data + skip, href.len - skip });
}

static void add_attributes(struct buf *b, const struct link *link)
{
	buf_add_format(b, " rel=\"%s\"", link->rel);
	if (!link->type)
		return;
	buf_add_text(b, " type=\"");
	html_attr(b, str_from(link->type));
	buf_add_char(b, '"');
}

void links_anchor(const struct links *l, const char *rel, const char *text)
{
	struct buf *b = call_text(l->call);

	for (size_t i = 0; i < l->n; i++) {
		if (strcmp(l->list[i].rel, rel))
			continue;
		buf_add_text(b, "<a");
		add_attributes(b, &l->list[i]);
		buf_add_text(b, " href=\"");
		add_local(b, l, l->list[i].href);
		buf_add_text(b, "\">");
		html_text(b, str_from(text));
		buf_add_text(b, "</a> ");
		return;
	}
}

void links_list(const struct links *l)
{
	struct buf *b = call_text(l->call);

	buf_add_text(b, "<ul class=\"links\">\n");
	for (size_t i = 0; i < l->n; i++) {
		const struct link *link = &l->list[i];

		buf_add_text(b, "<li><a");
		add_attributes(b, link);
		buf_add_text(b, " href=\"");
		add_local(b, l, link->href);
		buf_add_text(b, "\">");
		html_text(b, link->title ? str_from(link->title) : link->href);
		buf_add_format(b, "</a> <small>%s", link->rel);
		if (link->type)
			buf_add_format(b, ", %s", link->type);
		buf_add_text(b, "</small></li>\n");
	}
	buf_add_text(b, "</ul>\n");
}

static bool is_for_head(const struct link *link)
{
	static const char *const rels[] = { "next", "prev", "alternate",
		"service-desc", "license" };

	for (size_t i = 0; i < LENGTH(rels); i++)
		if (!strcmp(link->rel, rels[i]))
			return true;
	return false;
}

void links_head(const struct links *l)
{
	struct buf *b = call_text(l->call);

	for (size_t i = 0; i < l->n; i++) {
		if (!is_for_head(&l->list[i]))
			continue;
		buf_add_text(b, "<link");
		add_attributes(b, &l->list[i]);
		buf_add_text(b, " href=\"");
		html_url(b, l->list[i].href);
		buf_add_text(b, "\">\n");
	}
}
