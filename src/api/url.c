#include "api/url.h"

#include <string.h>

static bool is_kept(char c, bool path)
{
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	    (c >= 'A' && c <= 'Z'))
		return true;
	switch (c) {
	case '-':
	case '.':
	case '_':
	case '~':
	case ',':
	case ':':
		return true;
	case '/':
		return path;
	default:
		return false;
	}
}

void url_add_encoded(struct buf *b, struct str text, bool path)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t at = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.data[i];

		if (is_kept(text.data[i], path))
			continue;
		buf_add(b, text.data + at, i - at);
		buf_add_char(b, '%');
		buf_add_char(b, hex[c >> 4]);
		buf_add_char(b, hex[c & 15]);
		at = i + 1;
	}
	if (at < text.len)
		buf_add(b, text.data + at, text.len - at);
}

void url_add(struct buf *b, const struct call *c, const char *path)
{
	buf_add_text(b, c->x->site->base_url);
	buf_add_text(b, path);
}

void url_add_local(struct buf *b, const struct call *c, const char *path)
{
	const char *host = strstr(c->x->site->base_url, "://");
	const char *prefix = host ? strchr(host + 3, '/') : NULL;

	if (prefix)
		buf_add_text(b, prefix);
	buf_add_text(b, path);
}

static void add_pair(
    struct buf *b, char *mark, const char *name, struct str value)
{
	buf_add_char(b, *mark);
	*mark = '&';
	buf_add_text(b, name);
	buf_add_char(b, '=');
	url_add_encoded(b, value, false);
}

/* Where a page begins is said by one of both: who changes the cursor drops the
 * offset. */
static bool is_place_of(const char *name, const char *changed)
{
	return !strcmp(changed, param_cursor.name) &&
	       !strcmp(name, param_offset.name);
}

static bool is_changed(
    const char *name, const struct url_change *changes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (changes[i].name && (!strcmp(name, changes[i].name) ||
					   is_place_of(name, changes[i].name)))
			return true;
	return false;
}

void url_add_query(struct buf *b, const struct call *c,
    const struct url_change *changes, size_t n)
{
	const struct param_table *table = c->params.table;
	char mark = '?';

	/* Most of many parameters were not given. */
	for (size_t i = 0; i < table->n; i++)
		if (c->params.values[i].len &&
		    !is_changed(table->rows[i]->name, changes, n))
			add_pair(b, &mark, table->rows[i]->name,
			    c->params.values[i]);
	for (size_t i = 0; i < n; i++)
		if (changes[i].name && changes[i].value.len)
			add_pair(b, &mark, changes[i].name, changes[i].value);
}

void url_add_self(struct buf *b, const struct call *c,
    const struct url_change *changes, size_t n)
{
	buf_add_text(b, c->x->site->base_url);
	url_add_encoded(b, c->x->request->path, true);
	url_add_query(b, c, changes, n);
}
