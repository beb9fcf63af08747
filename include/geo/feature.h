/* One feature with its attributes, as it travels from store to writers. */
#ifndef BUDGETMAP_GEO_FEATURE_H
#define BUDGETMAP_GEO_FEATURE_H

#include "base/str.h"
#include "geo/geom.h"

#include <stddef.h>
#include <stdint.h>

enum value_type {
	VALUE_NULL, /* unknown or not published */
	VALUE_TEXT, /* UTF-8, NFC */
	VALUE_INT, /* integer */
	VALUE_NUMBER, /* number */
	VALUE_MONEY, /* integer: tiyn; on the wire tenge, two decimals */
	VALUE_BOOL, /* integer: 0 or 1 */
	VALUE_DAY, /* integer: YYYYMMDD; on the wire YYYY-MM-DD */
	VALUE_LIST, /* text: codes separated by ';', in JSON an array */
	VALUE_TIME /* integer: microseconds since 1970 UTC; on the wire
		    * RFC 3339 in UTC, 2026-01-31T12:00:00Z */
};

struct value {
	enum value_type type;
	union {
		int64_t integer;
		double number;
		struct str text;
	};
};

/* What an attribute is; type is never VALUE_NULL. */
struct field {
	const char *name; /* the key on every wire, [a-z][a-z0-9_]* */
	enum value_type type;
	const char *title[3]; /* kk, ru, en */
};

/* The attributes of a collection, in the order of every wire. */
struct schema {
	const char *name; /* the collection's id */
	const struct field *fields;
	size_t n_fields;
};

/* Owned by whoever made it; writers only read. */
struct feature {
	int64_t id; /* internal; the id in vector tiles */
	struct str public_id; /* the id everywhere else */
	const struct geom *geom; /* NULL: without a place */
	const struct schema *schema;
	const struct value *values; /* schema->n_fields of them */
};

/* Called for one feature after another; false ends the walk. */
struct err;
typedef bool feature_visit(
    void *context, const struct feature *f, struct err *e);

#endif
