#include "config.h"

#include "base/array.h"
#include "kml_html.h"

#include <string.h>

enum { TAG_MAX = 16, ROWS_MIN = 2 };

/* Elements that stay; what is in the second list goes with all it holds. */
static const char *const plain[] = { "a", "b", "br", "center", "div", "em",
	"h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "li", "ol", "p", "small",
	"span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead",
	"tr", "u", "ul" };
static const char *const acting[] = { "script", "style", "iframe", "object",
	"head", "title", "svg", "math", "noscript", "template" };

static const struct {
	const char *name, *text;
} entities[] = {
	{ "amp", "&" },
	{ "lt", "<" },
	{ "gt", ">" },
	{ "quot", "\"" },
	{ "apos", "'" },
	{ "nbsp", " " },
};

/* One tag as it stands in the text. */
struct tag {
	char name[TAG_MAX]; /* lower case; empty: a comment or the like */
	bool closing;
	struct str whole, attributes;
};

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_name_char(char c)
{
	return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9');
}

static bool is_in(const char *const *list, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i], name) == 0)
			return true;
	return false;
}

static bool is_plain(const char *name)
{
	return is_in(plain, LENGTH(plain), name);
}

static bool is_acting(const char *name)
{
	return is_in(acting, LENGTH(acting), name);
}

/* Where the tag that s begins with ends; quotes hide what is in them. */
static size_t tag_length(struct str s)
{
	char quote = '\0';

	if (str_starts(s, "<!--")) {
		const char *end = memmem(s.data, s.len, "-->", 3);

		return end ? (size_t)(end - s.data) + 3 : s.len;
	}
	for (size_t i = 1; i < s.len; i++) {
		char c = s.data[i];

		if (quote)
			quote = c == quote ? '\0' : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '>')
			return i + 1;
	}
	return s.len;
}

/* s begins with '<'; false when that is just a sign. */
static bool take_tag(struct tag *t, struct str s)
{
	size_t at = 1, n = 0;

	memset(t, 0, sizeof(*t));
	if (at < s.len && s.data[at] == '/') {
		t->closing = true;
		at++;
	}
	if (at >= s.len || (!is_name_char(s.data[at]) && s.data[at] != '!' &&
			       s.data[at] != '?'))
		return false;
	t->whole = (struct str){ s.data, tag_length(s) };
	while (at < t->whole.len && is_name_char(s.data[at])) {
		if (n + 1 < TAG_MAX)
			t->name[n++] = lower(s.data[at]);
		at++;
	}
	t->attributes = (struct str){ s.data + at, t->whole.len - at };
	return true;
}

/* --- cleaning --------------------------------------------------------------
 */

/* The value of href="...", empty without. */
static struct str find_href(struct str attributes)
{
	struct str rest = attributes;

	while (rest.len > 6) {
		if (lower(rest.data[0]) == 'h' && lower(rest.data[1]) == 'r' &&
		    lower(rest.data[2]) == 'e' && lower(rest.data[3]) == 'f' &&
		    rest.data[4] == '=' &&
		    (rest.data[5] == '"' || rest.data[5] == '\'')) {
			struct str value = { rest.data + 6, rest.len - 6 };

			return str_cut(&value, rest.data[5]);
		}
		rest.data++;
		rest.len--;
	}
	return (struct str){ NULL, 0 };
}

static bool is_safe_address(struct str href)
{
	if (!str_starts(href, "http://") && !str_starts(href, "https://") &&
	    !str_starts(href, "mailto:"))
		return false;
	for (size_t i = 0; i < href.len; i++)
		if ((unsigned char)href.data[i] <= ' ' ||
		    strchr("<>\"'", href.data[i]))
			return false;
	return true;
}

/* True when something of it is lost. */
static bool add_tag(struct buf *out, const struct tag *t)
{
	struct str href = { NULL, 0 }, rest = str_trim(t->attributes);

	if (!is_plain(t->name))
		return true;
	buf_add_text(out, t->closing ? "</" : "<");
	buf_add_text(out, t->name);
	if (!t->closing && strcmp(t->name, "a") == 0)
		href = find_href(t->attributes);
	if (is_safe_address(href)) {
		buf_add_text(out, " href=\"");
		buf_add_str(out, href);
		buf_add_char(out, '"');
	}
	buf_add_char(out, '>');
	/* What is left of "<br/>" and "<b>" is nothing. */
	return !str_is(rest, ">") && !str_is(rest, "/>") &&
	       !(href.len > 0 && is_safe_address(href) &&
		   rest.len == href.len + 8);
}

/* Passes over the element with all it holds. */
static struct str behind_element(struct str rest, const struct tag *t)
{
	struct tag end;

	rest.data += t->whole.len;
	rest.len -= t->whole.len;
	while (!t->closing && rest.len > 0) {
		if (*rest.data != '<' || !take_tag(&end, rest)) {
			rest.data++;
			rest.len--;
			continue;
		}
		rest.data += end.whole.len;
		rest.len -= end.whole.len;
		if (end.closing && strcmp(end.name, t->name) == 0)
			break;
	}
	return rest;
}

bool html_clean(struct buf *out, struct str html)
{
	struct str rest = html;
	bool lost = false;
	struct tag t;

	while (rest.len > 0) {
		if (*rest.data != '<') {
			buf_add_char(out, *rest.data++);
			rest.len--;
		} else if (!take_tag(&t, rest)) {
			buf_add_text(out, "&lt;");
			rest.data++;
			rest.len--;
			lost = true;
		} else if (is_acting(t.name)) {
			rest = behind_element(rest, &t);
			lost = true;
		} else {
			lost = add_tag(out, &t) || lost;
			rest.data += t.whole.len;
			rest.len -= t.whole.len;
		}
	}
	return lost;
}

/* --- tables of attributes --------------------------------------------------
 */

static size_t add_entity(struct buf *out, struct str s)
{
	for (size_t i = 0; i < LENGTH(entities); i++) {
		size_t len = strlen(entities[i].name);

		if (s.len > len + 1 && s.data[len + 1] == ';' &&
		    memcmp(s.data + 1, entities[i].name, len) == 0) {
			buf_add_text(out, entities[i].text);
			return len + 2;
		}
	}
	buf_add_char(out, '&');
	return 1;
}

/* The text of a cell, without its tags. */
static void add_cell(struct buf *out, struct str cell)
{
	struct tag t;

	while (cell.len > 0) {
		size_t len = 1;

		if (*cell.data == '<' && take_tag(&t, cell))
			len = t.whole.len;
		else if (*cell.data == '&')
			len = add_entity(out, cell);
		else
			buf_add_char(out, *cell.data);
		cell.data += len;
		cell.len -= len;
	}
}

/* The next element of that name that holds none of its kind; what is between
 * its tags. */
static bool take_element(struct str *rest, const char *name, struct str *inner)
{
	const char *start = NULL;
	struct tag t;

	while (rest->len > 0) {
		const char *at = memchr(rest->data, '<', rest->len);

		if (!at)
			break;
		rest->len -= (size_t)(at - rest->data);
		rest->data = at;
		if (!take_tag(&t, *rest)) {
			rest->data++;
			rest->len--;
			continue;
		}
		rest->data += t.whole.len;
		rest->len -= t.whole.len;
		if (strcmp(t.name, name) != 0)
			continue;
		if (t.closing && start) {
			*inner = (struct str){ start, (size_t)(at - start) };
			return true;
		}
		start = t.closing ? NULL : rest->data;
	}
	return false;
}

/* A row's two cells; false when it has another number of them. */
static bool two_cells(struct str row, struct str cells[static 2])
{
	struct str cell;
	int n = 0;

	while (take_element(&row, "td", &cell)) {
		if (n == 2)
			return false;
		cells[n++] = cell;
	}
	return n == 2;
}

/* ArcGIS writes the table into a cell of another one, whose other rows have a
 * cell only: those are passed over. */
static size_t count_rows(struct str html)
{
	struct str row, cells[2];
	size_t n = 0;

	while (take_element(&html, "tr", &row))
		n += two_cells(row, cells);
	return n;
}

bool html_attributes(struct str html, html_row *visit, void *context)
{
	struct str row, cells[2];
	struct buf name, value;
	bool good = true;

	if (count_rows(html) < ROWS_MIN)
		return false;
	buf_init(&name, 1 << 10);
	buf_init(&value, 1 << 20);
	while (good && take_element(&html, "tr", &row)) {
		if (!two_cells(row, cells))
			continue;
		buf_reset(&name);
		buf_reset(&value);
		add_cell(&name, cells[0]);
		add_cell(&value, cells[1]);
		if (str_trim(buf_str(&name)).len > 0)
			good = visit(context, str_trim(buf_str(&name)),
			    str_trim(buf_str(&value)));
	}
	buf_free(&name);
	buf_free(&value);
	return true;
}
