#include "format/csv_write.h"

#include <string.h>

#include "format/value_text.h"
#include "format/wkt_write.h"

enum { DIGITS = 7 };

static const char byte_order_mark[] = "\xEF\xBB\xBF";

/* Whether a spreadsheet would take it for a formula. Apostrophes before the
 * sign count too, so that the reader can take off the one that was added. */
static bool is_formula(struct str s)
{
	size_t i = 0;

	while (i < s.len && s.data[i] == '\'')
		i++;
	return i < s.len && s.data[i] != '\0' &&
	       strchr("=+-@\t\r", s.data[i]) != NULL;
}

/* Semicolons and tabs too, for programs that guess the separator. */
static bool is_special(char c)
{
	return c == '"' || c == ',' || c == ';' || c == '\t' || c == '\r' ||
	       c == '\n';
}

static bool needs_quotes(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (is_special(s.data[i]))
			return true;
	return s.len > 0 && (s.data[0] == ' ' || s.data[s.len - 1] == ' ');
}

static void add_cell(struct buf *b, struct str s)
{
	const char *guard = is_formula(s) ? "'" : "";

	if (!needs_quotes(s)) {
		buf_add_text(b, guard);
		buf_add_str(b, s);
		return;
	}
	buf_add_char(b, '"');
	buf_add_text(b, guard);
	while (s.len > 0) {
		struct str part = str_cut(&s, '"');

		buf_add_str(b, part);
		if (s.data)
			buf_add_text(b, "\"\"");
	}
	buf_add_char(b, '"');
}

static void add_value(struct buf *b, const struct value *v)
{
	if (v->type == VALUE_TEXT || v->type == VALUE_LIST)
		add_cell(b, v->text);
	else
		value_add_text(b, v);
}

/* Three cells: lon and lat of a point, WKT of anything else. */
static void add_place(struct buf *b, const struct geom *g)
{
	if (!g) {
		buf_add_text(b, ",,,");
		return;
	}
	if (g->type == GEOM_POINT) {
		buf_add_char(b, ',');
		buf_add_double(b, g->positions[0].lon, DIGITS);
		buf_add_char(b, ',');
		buf_add_double(b, g->positions[0].lat, DIGITS);
		buf_add_char(b, ',');
		return;
	}
	buf_add_text(b, ",,,\"");
	wkt_add(b, g);
	buf_add_char(b, '"');
}

static void add_names(struct buf *b, const struct schema *s)
{
	for (size_t i = 0; i < s->n_fields; i++) {
		if (i > 0)
			buf_add_char(b, ',');
		buf_add_text(b, s->fields[i].name);
	}
}

static void add_values(
    struct buf *b, const struct schema *s, const struct value *values)
{
	for (size_t i = 0; i < s->n_fields; i++) {
		if (i > 0)
			buf_add_char(b, ',');
		add_value(b, &values[i]);
	}
}

void csv_add_header(struct buf *b, const struct schema *s)
{
	buf_add_text(b, byte_order_mark);
	buf_add_text(b, "id,");
	add_names(b, s);
	buf_add_text(b, ",lon,lat,wkt\r\n");
}

void csv_add_feature(struct buf *b, const struct feature *f)
{
	add_cell(b, f->public_id);
	buf_add_char(b, ',');
	add_values(b, f->schema, f->values);
	add_place(b, f->geom);
	buf_add_text(b, "\r\n");
}

void csv_add_names(struct buf *b, const struct schema *s)
{
	buf_add_text(b, byte_order_mark);
	add_names(b, s);
	buf_add_text(b, "\r\n");
}

void csv_add_values(
    struct buf *b, const struct schema *s, const struct value *values)
{
	add_values(b, s, values);
	buf_add_text(b, "\r\n");
}
