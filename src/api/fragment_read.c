#include "api/fragment.h"

#include "base/clock.h"
#include "format/fragment.h"
#include "format/json_read.h"

#include <string.h>

enum { TIYN_IN_TENGE = 100 };

static bool damaged(struct err *e)
{
	return err_set(e, ERR_DAMAGED, "the index of the data is damaged");
}

/* --- text ----------------------------------------------------------------- */

/* An escaped text never becomes longer. */
bool fragment_text(struct str *out, struct str json, struct arena *a)
{
	struct str rest;
	char *text, *to;

	if (json.len < 2 || json.data[0] != '"')
		return false;
	rest = (struct str){ json.data + 1, json.len - 2 };
	if (!memchr(rest.data, '\\', rest.len)) {
		*out = rest;
		return true;
	}
	text = to = arena_alloc(a, rest.len);
	if (!text)
		return false;
	while (rest.len) {
		size_t len = 1;

		if (rest.data[0] != '\\') {
			*to = *rest.data++;
			rest.len--;
		} else if (!(len = fragment_take_escape(&rest, to))) {
			return false;
		}
		to += len;
	}
	*out = (struct str){ text, (size_t)(to - text) };
	return true;
}

/* --- values --------------------------------------------------------------- */

static bool read_text(struct value *v, struct str json, struct arena *a)
{
	return fragment_text(&v->text, json, a);
}

/* Codes hold no character that is escaped. */
static bool read_list(struct value *v, struct str json, struct arena *a)
{
	char *text = arena_alloc(a, json.len + 1);
	size_t n = 0;

	if (!text || json.len < 2 || json.data[0] != '[')
		return false;
	for (size_t i = 1; i < json.len - 1; i++) {
		char c = json.data[i];

		if (c == '\\')
			return false;
		if (c != '"')
			text[n++] = c == ',' ? ';' : c;
	}
	v->text = (struct str){ text, n };
	return true;
}

static bool read_integer(struct value *v, struct str json, struct arena *a)
{
	(void)a;
	return str_to_int64(json, &v->integer);
}

static bool read_number(struct value *v, struct str json, struct arena *a)
{
	(void)a;
	return str_to_double(json, &v->number);
}

/* Exact, as buf_add_money writes it: at most two decimals. */
static bool read_money(struct value *v, struct str json, struct arena *a)
{
	bool negative = json.len && json.data[0] == '-';
	struct str whole, decimals = json;
	int64_t tenge, tiyn = 0;

	(void)a;
	whole = str_cut(&decimals, '.');
	if (!str_to_int64(whole, &tenge) || decimals.len > 2 ||
	    (decimals.data && !str_to_int64(decimals, &tiyn)) || tiyn < 0)
		return false;
	if (decimals.len == 1)
		tiyn *= 10;
	if (negative)
		tiyn = -tiyn;
	return !__builtin_mul_overflow(tenge, TIYN_IN_TENGE, &v->integer) &&
	       !__builtin_add_overflow(v->integer, tiyn, &v->integer);
}

static bool read_bool(struct value *v, struct str json, struct arena *a)
{
	(void)a;
	v->integer = str_is(json, "true");
	return v->integer || str_is(json, "false");
}

static bool read_time(struct value *v, struct str json, struct arena *a)
{
	(void)a;
	if (json.len < 2)
		return false;
	return clock_time_parse(
	    (struct str){ json.data + 1, json.len - 2 }, &v->integer);
}

static bool read_day(struct value *v, struct str json, struct arena *a)
{
	char text[CLOCK_DAY_SIZE] = "";
	int32_t day;

	(void)a;
	if (json.len != CLOCK_DAY_SIZE + 1)
		return false;
	memcpy(text, json.data + 1, CLOCK_DAY_SIZE - 1);
	if (!clock_day_parse(text, &day))
		return false;
	v->integer = day;
	return true;
}

static bool (*const readers[])(
    struct value *v, struct str json, struct arena *a) = {
	[VALUE_TEXT] = read_text,
	[VALUE_INT] = read_integer,
	[VALUE_NUMBER] = read_number,
	[VALUE_MONEY] = read_money,
	[VALUE_BOOL] = read_bool,
	[VALUE_DAY] = read_day,
	[VALUE_LIST] = read_list,
	[VALUE_TIME] = read_time,
};

static bool read_values(struct value *out, const struct fragment *f,
    const struct schema *schema, struct arena *a)
{
	for (size_t i = 0; i < schema->n_fields; i++) {
		enum value_type type = schema->fields[i].type;

		out[i].type = VALUE_NULL;
		if (str_is(f->values[i], "null"))
			continue;
		out[i].type = type;
		if (!readers[type](&out[i], f->values[i], a))
			return false;
	}
	return true;
}

/* --- geometry ------------------------------------------------------------- */

bool fragment_geometry(const struct geom **out, const struct fragment *f,
    struct arena *a, struct err *e)
{
	static const struct schema nothing = { "", NULL, 0 };
	struct str json = f->geometry;
	struct feature only;
	struct buf b;
	bool done;

	*out = NULL;
	if (str_is(json, "null"))
		return true;
	buf_init(&b, json.len + 64);
	buf_add_text(&b, "{\"type\":\"Feature\",\"geometry\":");
	buf_add_str(&b, json);
	buf_add_text(&b, ",\"properties\":{}}");
	if (b.failed)
		done = err_set(e, ERR_MEMORY, "out of memory");
	else
		done = json_read_fragment(&only, &nothing, buf_str(&b), a, e);
	buf_free(&b);
	if (done)
		*out = only.geom;
	return done;
}

static bool read_parts(struct feature *out, struct fragment *f,
    const struct snapshot *s, uint32_t row, struct arena *a, struct err *e)
{
	const struct schema *schema = snapshot_info_of(s)->schema;
	struct value *values =
	    arena_array(a, schema->n_fields + 1, sizeof(*values));

	*out = (struct feature){
		.id = snapshot_id(s, row), .schema = schema, .values = values
	};
	if (!values)
		return err_set(e, ERR_MEMORY, "out of memory");
	if (!fragment_split(f, s, row, e))
		return false;
	if (!fragment_text(&out->public_id, f->id, a) ||
	    !read_values(values, f, schema, a))
		return damaged(e);
	return true;
}

bool fragment_read_values(struct feature *out, const struct snapshot *s,
    uint32_t row, struct arena *a, struct err *e)
{
	struct fragment f;

	return read_parts(out, &f, s, row, a, e);
}

bool fragment_read(struct feature *out, const struct snapshot *s, uint32_t row,
    struct arena *a, struct err *e)
{
	struct fragment f;

	return read_parts(out, &f, s, row, a, e) &&
	       fragment_geometry(&out->geom, &f, a, e);
}
