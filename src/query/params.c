#include "query/params.h"

#include "query/params_check.h"

#include <stdio.h>
#include <string.h>

/* Decodes raw into the arena; raw may hold '+' for a space, as forms write
 * it. */
static bool decode(
    struct str *out, struct str raw, struct arena *a, struct err *e)
{
	char *text = arena_copy(a, raw.data ? raw.data : "", raw.len);
	size_t n = 0;

	if (!text)
		return err_no_room(e);
	for (size_t i = 0; i < raw.len; i++) {
		int high, low;

		if (raw.data[i] != '%') {
			text[n++] = raw.data[i] == '+' ? ' ' : raw.data[i];
			continue;
		}
		if (raw.len - i < 3 ||
		    (high = str_hex_digit(raw.data[i + 1])) < 0 ||
		    (low = str_hex_digit(raw.data[i + 2])) < 0)
			return err_set(e, ERR_INPUT,
			    "the query has a broken percent code");
		text[n++] = (char)(high << 4 | low);
		i += 2;
	}
	*out = (struct str){ text, n };
	return true;
}

/* Names mostly differ in their first letter. */
static int find_row(const struct param_table *table, struct str name)
{
	for (size_t i = 0; name.len && i < table->n; i++)
		if (table->rows[i]->name[0] == name.data[0] &&
		    str_is(name, table->rows[i]->name))
			return (int)i;
	return -1;
}

static bool unknown(const struct param_table *table, struct err *e)
{
	char names[ERR_TEXT_SIZE - 64] = "";
	size_t used = 0;

	for (size_t i = 0; i < table->n; i++) {
		int n = snprintf(names + used, sizeof(names) - used, "%s%s",
		    i ? ", " : "", table->rows[i]->name);

		if (n < 0 || (size_t)n >= sizeof(names) - used) {
			names[used] = '\0';
			break;
		}
		used += (size_t)n;
	}
	if (!used)
		return err_set(
		    e, ERR_INPUT, "this address takes no parameters");
	return err_set(e, ERR_INPUT,
	    "a parameter is not known here; known are: %s", names);
}

static bool parse_pair(struct params *out, struct str pair,
    enum params_mode mode, struct arena *a, struct err *e)
{
	struct str name, value = pair;
	struct str raw_name = str_cut(&value, '=');
	int row;

	if (!decode(&name, raw_name, a, e))
		return false;
	row = find_row(out->table, name);
	if (row < 0)
		return mode == PARAMS_PAGE || unknown(out->table, e);
	if (out->values[row].data) {
		err_param(e, out->table->rows[row]->name);
		return err_set(e, ERR_INPUT, "%s is given twice",
		    out->table->rows[row]->name);
	}
	if (!decode(&value, value, a, e))
		return err_param(e, out->table->rows[row]->name);
	if (!value.len && (mode != PARAMS_STRICT ||
			      out->table->rows[row]->flags & PARAM_EMPTY))
		return true;
	if (param_check(out->table->rows[row], &value, a, e)) {
		out->values[row] = value;
		return true;
	}
	return err_param(e, out->table->rows[row]->name);
}

bool params_parse(struct params *out, const struct param_table *table,
    struct str raw, enum params_mode mode, struct arena *a, struct err *e)
{
	memset(out, 0, sizeof(*out));
	out->table = table;
	if (raw.len > PARAMS_QUERY_MAX)
		return err_set(e, ERR_INPUT,
		    "the query is longer than %d bytes", PARAMS_QUERY_MAX);
	while (raw.len) {
		struct str pair = str_cut(&raw, '&');

		if (pair.len && !parse_pair(out, pair, mode, a, e))
			return false;
	}
	for (size_t i = 0; i < table->n; i++) {
		const struct param *row = table->rows[i];

		if (row->flags & PARAM_REQUIRED && !out->values[i].data) {
			err_set(e, ERR_INPUT, "%s is missing", row->name);
			return err_param(e, row->name);
		}
	}
	return true;
}

struct str params_text(const struct params *p, const char *name)
{
	int row = find_row(p->table, str_from(name));

	if (row < 0)
		return (struct str){ 0 };
	return p->values[row].data ? p->values[row]
				   : str_from(p->table->rows[row]->fallback);
}

bool params_has(const struct params *p, const char *name)
{
	int row = find_row(p->table, str_from(name));

	return row >= 0 && p->values[row].data;
}

int64_t params_int(const struct params *p, const char *name)
{
	int64_t value = 0;

	return str_to_int64(params_text(p, name), &value) ? value : 0;
}

double params_number(const struct params *p, const char *name)
{
	double value = 0;

	return str_to_double(params_text(p, name), &value) ? value : 0;
}

/* RFC 3986 unreserved characters stay, and the comma and colon, which a query
 * may hold and people read better. */
static void add_encoded(struct buf *out, struct str s)
{
	static const char kept[] = "-._~,:";

	for (size_t i = 0; i < s.len; i++) {
		char c = s.data[i];

		if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		    (c >= '0' && c <= '9') || (c && strchr(kept, c)))
			buf_add_char(out, c);
		else
			buf_add_format(out, "%%%02X", (unsigned char)c);
	}
}

void params_write(struct buf *out, const struct params *p, const char *skip)
{
	bool first = true;

	for (size_t i = 0; i < p->table->n; i++) {
		const char *name = p->table->rows[i]->name;

		if (!p->values[i].data || (skip && !strcmp(name, skip)))
			continue;
		if (!first)
			buf_add_char(out, '&');
		first = false;
		buf_add_text(out, name);
		buf_add_char(out, '=');
		add_encoded(out, p->values[i]);
	}
}
