#include "index/value_columns.h"

#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "index/row_values.h"

/* A value lies at (number - 1) * UNIT of its column: of a text its length and
 * its bytes, otherwise its eight bytes, of a real number too. The section of
 * the values begins with where each column begins in it, and the last ends. */
enum { UNIT = 4, VALUES_MET = 1 << 10 };

/* The golden ratio's fraction: numbers that are neighbours get apart. */
static const uint64_t SPREAD = 0x9E3779B97F4A7C15;

struct value_met {
	uint32_t tag, number, len;
};

struct value_column_made {
	size_t field;
	enum value_type type;
	struct value_column previous;
	struct buf numbers, values;
	struct value_met *met; /* by hash: equal values mostly are one */
	bool full;
};

static bool is_text(enum value_type type)
{
	return type == VALUE_TEXT || type == VALUE_LIST;
}

/* --- reading -------------------------------------------------------------- */

bool value_column_open(struct value_column *out, const struct snapshot *s,
    size_t column, enum value_type type)
{
	uint64_t edges[2];

	if ((column + 1) * s->n > s->n_value_numbers ||
	    (column + 2) * sizeof(*edges) > s->values.len)
		return false;
	memcpy(edges, s->values.data + column * sizeof(*edges), sizeof(edges));
	if (edges[0] > edges[1] || edges[1] > s->values.len)
		return false;
	*out = (struct value_column){ .type = type,
		.numbers = s->value_numbers + column * s->n,
		.values = { s->values.data + edges[0],
		    (size_t)(edges[1] - edges[0]) } };
	return true;
}

bool value_column_read(
    const struct value_column *c, uint32_t row, struct value *out)
{
	const uint32_t number = c->numbers[row];
	const char *data;
	uint32_t len;
	size_t at;

	*out = (struct value){ .type = VALUE_NULL };
	if (number == 0)
		return true;
	at = ((size_t)number - 1) * UNIT;
	data = c->values.data + at;
	if (at + sizeof(len) > c->values.len)
		return false;
	if (is_text(c->type)) {
		memcpy(&len, data, sizeof(len));
		if (len > c->values.len - at - sizeof(len))
			return false;
		out->text = (struct str){ data + sizeof(len), len };
	} else {
		if (at + sizeof(out->integer) > c->values.len)
			return false;
		memcpy(&out->integer, data, sizeof(out->integer));
	}
	out->type = c->type;
	return true;
}

bool snapshot_texts_open(
    struct snapshot_texts *out, const struct snapshot *s, size_t field)
{
	const struct schema *schema = s->info.schema;
	struct value_column c;
	size_t column = 0;

	for (size_t i = 0; i < field; i++)
		column += !row_values_have_column(schema, i);
	if (!value_column_open(&c, s, column, VALUE_TEXT))
		return false;
	*out = (struct snapshot_texts){ c.numbers, c.values };
	return true;
}

struct str snapshot_text(const struct snapshot_texts *t, uint32_t row)
{
	const struct value_column c = { VALUE_TEXT, t->numbers, t->values };
	struct value value;

	if (!value_column_read(&c, row, &value) || value.type == VALUE_NULL)
		return (struct str){ NULL, 0 };
	return value.text;
}

/* --- building ------------------------------------------------------------- */

/* A place for each value met, for texts of which few may be different. */
static bool init_column(struct value_column_made *c, const struct field *f,
    size_t field, const struct snapshot *previous, size_t column)
{
	c->field = field;
	c->type = f->type;
	buf_init(&c->numbers, SIZE_MAX / 2);
	buf_init(&c->values, SIZE_MAX / 2);
	c->met = mem_alloc(VALUES_MET * sizeof(*c->met));
	if (!c->met)
		return false;
	memset(c->met, 0, VALUES_MET * sizeof(*c->met));
	return !previous ||
	       value_column_open(&c->previous, previous, column, f->type);
}

bool value_columns_init(struct value_columns *v, const struct schema *schema,
    const struct snapshot *previous)
{
	const size_t n = schema->n_fields;

	v->n = 0;
	v->made = mem_alloc((n + 1) * sizeof(*v->made));
	if (!v->made)
		return false;
	memset(v->made, 0, (n + 1) * sizeof(*v->made));
	for (size_t i = 0; i < n; i++) {
		if (row_values_have_column(schema, i))
			continue;
		v->n++;
		if (!init_column(&v->made[v->n - 1], &schema->fields[i], i,
			previous, v->n - 1))
			return false;
	}
	return true;
}

void value_columns_free(struct value_columns *v)
{
	for (size_t i = 0; i < v->n; i++) {
		buf_free(&v->made[i].numbers);
		buf_free(&v->made[i].values);
		mem_free(v->made[i].met);
	}
	mem_free(v->made);
	*v = (struct value_columns){ NULL, 0 };
}

/* Whether these very bytes lie where the number says. */
static bool lies_at(const struct buf *b, uint32_t number, const void *head,
    size_t head_len, struct str tail)
{
	const char *at = b->data + ((size_t)number - 1) * UNIT;

	return memcmp(at, head, head_len) == 0 &&
	       (tail.len == 0 ||
		   memcmp(at + head_len, tail.data, tail.len) == 0);
}

static void pad(struct buf *b, size_t unit)
{
	static const char zeros[sizeof(uint64_t)];
	const size_t rest = b->len % unit;

	if (rest != 0)
		buf_add(b, zeros, unit - rest);
}

/* Appends a value unless it was met not long ago. The hash tells others apart
 * without a look at them, as they lie far off. */
static uint32_t put(struct value_column_made *c, uint64_t hash,
    const void *head, size_t head_len, struct str tail)
{
	struct value_met *met = &c->met[hash % VALUES_MET];
	const uint32_t tag = (uint32_t)(hash >> 32);
	struct buf *b = &c->values;

	if (met->number > 0 && met->tag == tag && !b->failed &&
	    met->len == tail.len &&
	    lies_at(b, met->number, head, head_len, tail))
		return met->number;
	pad(b, UNIT);
	c->full = c->full || b->len / UNIT >= UINT32_MAX;
	*met = (struct value_met){ tag, (uint32_t)(b->len / UNIT) + 1,
		(uint32_t)tail.len };
	buf_add(b, head, head_len);
	buf_add_str(b, tail);
	return met->number;
}

static void add(struct value_column_made *c, const struct value *value)
{
	uint32_t number = 0, len;

	if (value->type != VALUE_NULL && is_text(c->type)) {
		len = (uint32_t)value->text.len;
		number = put(c, hash_bytes(value->text.data, len, 0), &len,
		    sizeof(len), value->text);
	} else if (value->type != VALUE_NULL) {
		number = put(c, (uint64_t)value->integer * SPREAD,
		    &value->integer, sizeof(value->integer), (struct str){ 0 });
	}
	buf_add(&c->numbers, &number, sizeof(number));
}

void value_columns_add(struct value_columns *v, const struct value *values)
{
	for (size_t i = 0; i < v->n; i++)
		add(&v->made[i], &values[v->made[i].field]);
}

bool value_columns_copy(struct value_columns *v, uint32_t row)
{
	for (size_t i = 0; i < v->n; i++) {
		struct value value;

		if (!value_column_read(&v->made[i].previous, row, &value))
			return false;
		add(&v->made[i], &value);
	}
	return true;
}

static void append(struct buf *to, struct buf *from)
{
	buf_add_str(to, buf_str(from));
	to->failed = to->failed || from->failed;
	buf_free(from);
}

size_t value_columns_bytes(const struct value_columns *v)
{
	size_t bytes = 0;

	for (size_t i = 0; i < v->n; i++)
		bytes += v->made[i].numbers.len + v->made[i].values.len;
	return bytes;
}

bool value_columns_end(
    struct value_columns *v, struct buf *numbers, struct buf *values)
{
	uint64_t end = (v->n + 1) * sizeof(end);
	bool full = false;

	buf_add(values, &end, sizeof(end));
	for (size_t i = 0; i < v->n; i++) {
		pad(&v->made[i].values, sizeof(end));
		end += v->made[i].values.len;
		buf_add(values, &end, sizeof(end));
	}
	for (size_t i = 0; i < v->n; i++) {
		append(numbers, &v->made[i].numbers);
		append(values, &v->made[i].values);
		full = full || v->made[i].full;
	}
	return !full;
}
