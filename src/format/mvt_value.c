#include "format/mvt_value.h"

#include "base/clock.h"
#include "base/hash.h"
#include "base/mem.h"
#include "format/mvt.h"
#include "format/pbf.h"
#include "format/value_text.h"

enum { LAYER_VALUE = 4 };
enum {
	VALUE_STRING = 1,
	VALUE_DOUBLE = 3,
	VALUE_UINT = 5,
	VALUE_SINT = 6,
	VALUE_BOOLEAN = 7
};
enum { TABLE_FIRST = 256, SHORT_MAX = 2 + 1 + PBF_VARINT_MAX };
static const double tiyn_in_tenge = 100;

static struct mvt_value *place_of(const struct mvt_layer *l, uint64_t hash)
{
	return &l->table[(uint32_t)(hash >> 32) & (l->table_size - 1)];
}

static struct mvt_value *next_place(
    const struct mvt_layer *l, struct mvt_value *at)
{
	return at + 1 < l->table + l->table_size ? at + 1 : l->table;
}

static bool grow(struct mvt_layer *l)
{
	struct mvt_layer larger = *l;
	size_t bytes;

	larger.table_size = l->table_size > 0 ? l->table_size * 4 : TABLE_FIRST;
	bytes = larger.table_size * sizeof(*larger.table);
	larger.table = mem_alloc(bytes);
	if (!larger.table) {
		l->failed = true;
		return false;
	}
	memset(larger.table, 0, bytes);
	for (uint32_t i = 0; i < l->table_size; i++) {
		struct mvt_value *at;

		if (l->table[i].number == 0)
			continue;
		at = place_of(&larger, l->table[i].hash);
		while (at->number != 0)
			at = next_place(&larger, at);
		*at = l->table[i];
	}
	mem_free(l->table);
	l->table = larger.table;
	l->table_size = larger.table_size;
	return true;
}

static bool equal(const struct mvt_layer *l, const struct mvt_value *v,
    uint64_t hash, const char *bytes, size_t len)
{
	return v->hash == hash && v->offset + len <= l->values.len &&
	       memcmp(l->values.data + v->offset, bytes, len) == 0;
}

/* The value whose bytes, as they stand in the layer, are these behind the
 * values: the bytes begin with their own length, so none is the beginning of
 * another. */
static uint32_t find_or_add(struct mvt_layer *l, const void *bytes, size_t len)
{
	const uint64_t hash = hash_bytes(bytes, len, 0);
	struct mvt_value *at;

	if (l->n_texts >= l->table_size / 2 && !grow(l))
		return 0;
	at = place_of(l, hash);
	for (; at->number != 0; at = next_place(l, at))
		if (equal(l, at, hash, bytes, len))
			return at->number - 1;
	*at = (struct mvt_value){ hash, l->n_values + 1,
		(uint32_t)l->values.len };
	l->values.len += len;
	l->n_texts++;
	return l->n_values++;
}

/* Writes a text value behind the values; NULL when there is no room. */
static uint8_t *write_text(struct mvt_layer *l, struct str text, size_t *len)
{
	const size_t inner = 1 + pbf_varint_size(text.len) + text.len;
	const size_t size = 1 + pbf_varint_size(inner) + inner;
	uint8_t *const start = pbf_reserve(&l->values, size), *to = start;

	if (!start)
		return NULL;
	*to++ = PBF_TAG(LAYER_VALUE, PBF_LENGTH);
	to = pbf_varint(to, inner);
	*to++ = PBF_TAG(VALUE_STRING, PBF_LENGTH);
	to = pbf_varint(to, text.len);
	if (text.len > 0)
		memcpy(to, text.data, text.len);
	*len = size;
	return start;
}

uint32_t mvt_text(struct mvt_layer *l, struct str text)
{
	size_t len;
	const uint8_t *bytes = write_text(l, text, &len);

	return bytes ? find_or_add(l, bytes, len) : 0;
}

uint32_t mvt_new_text(struct mvt_layer *l, struct str text)
{
	size_t len;

	if (!write_text(l, text, &len))
		return 0;
	l->values.len += len;
	return l->n_values++;
}

/* --- numbers: many, and most of them different -----------------------------
 */

/* The place of a number in the table, or the empty one where it belongs. The
 * golden ratio's fraction spreads neighbours to the high bits. */
static uint32_t *number_place(
    const struct mvt_layer *l, uint64_t bits, uint8_t tag)
{
	const uint32_t mask = l->number_table_size - 1;
	uint64_t h = (bits + tag) * 0x9E3779B97F4A7C15;
	uint32_t at = (uint32_t)(h >> 32) & mask;

	while (l->number_table[at] != 0) {
		const struct mvt_number *n =
		    &l->numbers[l->number_table[at] - 1];

		if (n->bits == bits && n->tag == tag)
			break;
		at = (at + 1) & mask;
	}
	return &l->number_table[at];
}

static bool grow_numbers(struct mvt_layer *l, uint32_t size)
{
	const size_t bytes = size * sizeof(*l->number_table);
	uint32_t *table = mem_alloc(bytes);
	struct mvt_number *numbers =
	    mem_realloc(l->numbers, size / 2 * sizeof(*numbers));

	if (numbers)
		l->numbers = numbers;
	if (!table || !numbers) {
		mem_free(table);
		l->failed = true;
		return false;
	}
	memset(table, 0, bytes);
	mem_free(l->number_table);
	l->number_table = table;
	l->number_table_size = size;
	for (uint32_t i = 0; i < l->n_numbers; i++)
		*number_place(l, numbers[i].bits, numbers[i].tag) = i + 1;
	return true;
}

static void write_number(struct mvt_layer *l, uint64_t bits, uint8_t tag)
{
	uint8_t *const start = pbf_reserve(&l->values, SHORT_MAX), *to = start;

	if (!start)
		return;
	start[0] = PBF_TAG(LAYER_VALUE, PBF_LENGTH);
	start[2] = tag;
	if (tag == PBF_TAG(VALUE_DOUBLE, PBF_FIXED64))
		to = pbf_fixed64(start + 3, bits);
	else
		to = pbf_varint(start + 3, bits);
	start[1] = (uint8_t)(to - start - 2);
	l->values.len += (size_t)(to - start);
}

static uint32_t number(struct mvt_layer *l, uint64_t bits, uint8_t tag)
{
	uint32_t size = l->number_table_size, *at;

	if (l->n_numbers == size / 2 &&
	    !grow_numbers(l, size > 0 ? size * 4 : TABLE_FIRST))
		return 0;
	at = number_place(l, bits, tag);
	if (*at == 0) {
		l->numbers[l->n_numbers] =
		    (struct mvt_number){ bits, l->n_values++, tag };
		*at = ++l->n_numbers;
		write_number(l, bits, tag);
	}
	return l->numbers[*at - 1].number;
}

void mvt_reserve(struct mvt_layer *l, uint32_t features, uint32_t numbers)
{
	enum { FEATURE_BYTES = 64 };
	uint32_t size = TABLE_FIRST;

	/* A thin table is quicker. */
	while (size / 4 < (uint64_t)features * numbers && size < UINT32_MAX / 2)
		size *= 2;
	(void)buf_reserve(&l->features, (size_t)features * FEATURE_BYTES);
	(void)buf_reserve(&l->values,
	    (size_t)features * (FEATURE_BYTES / 2 + numbers * SHORT_MAX));
	if (size > l->number_table_size)
		(void)grow_numbers(l, size);
}

uint32_t mvt_double(struct mvt_layer *l, double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof(bits));
	return number(l, bits, PBF_TAG(VALUE_DOUBLE, PBF_FIXED64));
}

uint32_t mvt_int(struct mvt_layer *l, int64_t value)
{
	return number(l, pbf_zigzag(value), PBF_TAG(VALUE_SINT, PBF_VARINT));
}

uint32_t mvt_count(struct mvt_layer *l, uint64_t value)
{
	return number(l, value, PBF_TAG(VALUE_UINT, PBF_VARINT));
}

uint32_t mvt_bool(struct mvt_layer *l, bool value)
{
	return number(l, value, PBF_TAG(VALUE_BOOLEAN, PBF_VARINT));
}

uint32_t mvt_money(struct mvt_layer *l, int64_t tiyn)
{
	return mvt_double(l, (double)tiyn / tiyn_in_tenge);
}

static uint32_t value_number(struct mvt_layer *l, const struct value *v)
{
	char text[CLOCK_TIME_SIZE];

	switch (v->type) {
	case VALUE_INT:
		return mvt_int(l, v->integer);
	case VALUE_NUMBER:
		return mvt_double(l, v->number);
	case VALUE_MONEY:
		return mvt_money(l, v->integer);
	case VALUE_BOOL:
		return mvt_bool(l, v->integer != 0);
	case VALUE_DAY:
		clock_day_text((int32_t)v->integer, text);
		return mvt_text(l, str_from(text));
	case VALUE_TIME:
		clock_time_text(v->integer, text);
		return mvt_text(l, str_from(text));
	default:
		return mvt_text(l, v->text);
	}
}

void mvt_tag_value(struct mvt_layer *l, uint32_t key, const struct value *value)
{
	if (!value_is_null(value))
		mvt_tag(l, key, value_number(l, value));
}
