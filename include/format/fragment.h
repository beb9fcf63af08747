/* The parts of a feature's GeoJSON as geojson_add_feature writes it, found
 * without decoding: snapshots keep features so, and writers of other formats
 * copy from there. */
#ifndef BUDGETMAP_FORMAT_FRAGMENT_H
#define BUDGETMAP_FORMAT_FRAGMENT_H

#include "base/arena.h"
#include "base/buf.h"
#include "geo/feature.h"

/* Slices of JSON as it stands in the text. */
struct fragment_parts {
	struct str id; /* with its quotes; empty where there is none */
	struct str geometry; /* an object or null */
	bool plain; /* strings hold no escapes and only characters of XML */
};

/* Finds the parts, and the values of the first n of the schema's fields in
 * their order; with n 0 only the id, unless the schema has no fields. False
 * when the text is not as geojson_add_feature writes it. */
bool fragment_find_parts(struct fragment_parts *out, struct str *values,
    const struct schema *schema, size_t n, struct str text)
    __attribute__((warn_unused_result));

/* The same of all fields for many features: keys are those of the schema, n of
 * them, as fragment_add_key writes them. */
bool fragment_find_values(struct fragment_parts *out, struct str *values,
    const struct str *keys, size_t n, struct str text)
    __attribute__((warn_unused_result));

/* The same where fragment_measure told the lengths of the values; NULL, or what
 * it could not measure, is looked through. */
bool fragment_cut_values(struct fragment_parts *out, struct str *values,
    const struct str *keys, size_t n, struct str text, const uint8_t *lengths)
    __attribute__((warn_unused_result));

/* The length of each value of a plain text, a byte each; values is room for n.
 * All are 0 where one does not fit or the text is not plain. */
void fragment_measure(uint8_t *lengths, struct str *values,
    const struct str *keys, size_t n, struct str text);

/* Appends what stands before the value of a schema's field. */
void fragment_add_key(struct buf *b, const struct schema *schema, size_t field);

/* Passes over the escape at the beginning of what is left of a string's inside
 * and gives what it stands for; returns its length, 0 when it is none. */
enum { FRAGMENT_ESCAPE_MAX = 3 };
size_t fragment_take_escape(
    struct str *rest, char out[static FRAGMENT_ESCAPE_MAX]);

/* A JSON string as text; without escapes it is used where it lies, otherwise it
 * is the arena's. */
bool fragment_text(struct str *out, struct str json, struct arena *a)
    __attribute__((warn_unused_result));

/* A value of an attribute of that type; text and lists may lie in json or be
 * the arena's. */
bool fragment_value(struct value *out, enum value_type type, struct str json,
    struct arena *a) __attribute__((warn_unused_result));

/* Whether a value is null. */
static inline bool fragment_is_null(struct str value)
{
	return value.len == 4 && value.data[0] == 'n';
}

/* What stands between a value's quotes or brackets. */
static inline struct str fragment_inside(struct str value)
{
	return (
	    struct str){ value.data + 1, value.len < 2 ? 0 : value.len - 2 };
}

#endif
