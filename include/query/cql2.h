/* CQL2 (OGC 21-065r2): filters that clients write, as text or as JSON. */
#ifndef BUDGETMAP_QUERY_CQL2_H
#define BUDGETMAP_QUERY_CQL2_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "geo/feature.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	CQL2_BYTES_MAX = 8192,
	CQL2_NODES_MAX = 1024,
	CQL2_DEPTH_MAX = 32,
	CQL2_PATTERN_MAX = 256 /* bytes of what stands after LIKE */
};

/* A parsed and checked filter in the arena it was made in; never changed, so
 * threads may share it. */
struct cql2;

/* What the names in a filter stand for and how its coordinates are meant. A
 * name is a field of the schema, exactly or (when only one fits) without
 * regard to ASCII case, or "id", or "geometry"; fields win. */
struct cql2_context {
	const struct schema *schema;
	enum value_type id; /* of "id": VALUE_TEXT or VALUE_INT */
	const char *geometry_alias; /* one more name of it, NULL: none */

	/* filter-crs: at most one of both; neither: lon and lat. */
	bool latitude_first; /* lat and lon, as in EPSG:4326 */
	bool (*to_lon_lat)(void *context, struct position *p); /* in place */
	void *context;
};

/* Properties that are no field. */
enum { CQL2_GEOMETRY = -1, CQL2_ID = -2 };

/* Reads a filter. NULL on failure: ERR_INPUT with one sentence that names the
 * byte (from 1) and repeats nothing of the filter, or ERR_MEMORY.
 *
 * Types are checked: both sides of a comparison are texts, numbers (money is a
 * number of tenge), truth values, dates or timestamps; a text literal beside a
 * date or timestamp is read as one. Texts are taken in NFC, heights are passed
 * over, functions other than those of CQL2 are unknown.
 *
 * Read too, beyond the grammar: a truth-valued property as a predicate, BETWEEN
 * with texts, dates and timestamps, 0 and 1 beside a truth value, a whole
 * number in quotes beside an "id" that is one, a minus before parentheses, in
 * an array a text in double quotes that is no property. Refused, though of the
 * grammar: arrays, geometries and intervals in an array, and a
 * GEOMETRYCOLLECTION of points, lines and polygons mixed in other functions
 * than S_INTERSECTS and S_DISJOINT. In text a backslash is doubled; before
 * anything that it does not escape it stays, so that LIKE gets its '\%'.
 */
const struct cql2 *cql2_parse_text(struct str text,
    const struct cql2_context *c, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));
const struct cql2 *cql2_parse_json(struct str text,
    const struct cql2_context *c, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

/* Appends the filter as CQL2 text in one canonical form, coordinates in lon
 * and lat: a normalised key, and it reads back as the same filter. */
void cql2_print(struct buf *out, const struct cql2 *f);

/* Whether the filter asks for a field, CQL2_GEOMETRY or CQL2_ID. */
bool cql2_uses(const struct cql2 *f, int field);

/* A box that every record on which the filter holds shares a point with, for
 * a spatial index; it may cross the antimeridian. False when it knows none. */
bool cql2_bounds(const struct cql2 *f, struct bbox *out)
    __attribute__((warn_unused_result));

/* --- on records in memory ------------------------------------------------- */

/* Reads one record. value fills what a field (or CQL2_ID) holds, in the type
 * the schema says or VALUE_NULL; it lives until the answer is given. geometry
 * gives NULL where there is none. */
struct cql2_record {
	void (*value)(void *context, int field, struct value *out);
	const struct geom *(*geometry)(void *context);
	void *context;
};

/* Three-valued logic: a filter keeps the records it is CQL2_TRUE for. */
enum cql2_answer { CQL2_FALSE, CQL2_TRUE, CQL2_UNKNOWN };

/* A filter made ready for many records, with memory and a GEOS context of its
 * own: of one thread. The filter has to outlive it. NULL with ERR_MEMORY. */
struct cql2_matcher;
struct cql2_matcher *cql2_matcher_open(const struct cql2 *f, struct err *e)
    __attribute__((warn_unused_result));
void cql2_matcher_close(struct cql2_matcher *m);

enum cql2_answer cql2_match(
    struct cql2_matcher *m, const struct cql2_record *r);

/* Whether the filter can hold on a record whose geometry lies wholly in a box
 * that does not cross the antimeridian: many records need not be asked then. */
bool cql2_may_match(const struct cql2_matcher *m, const struct bbox *box);

/* Ends what takes too long: behind that clock_monotonic (0: never) geometries
 * of very many positions are no longer looked at, and what was said since then
 * cannot be trusted. */
void cql2_matcher_limit(struct cql2_matcher *m, int64_t deadline);
bool cql2_matcher_late(const struct cql2_matcher *m);

/* Whether memory was exhausted in any answer so far; they cannot be trusted
 * then. */
bool cql2_matcher_failed(const struct cql2_matcher *m);

/* --- as SQL for SpatiaLite ------------------------------------------------ */

/* Gives the SQL expression of a field, CQL2_ID or CQL2_GEOMETRY: text of the
 * program, never of a client. Its value is as in struct value (tiyn, YYYYMMDD,
 * microseconds, 0 or 1, codes between ';') or NULL, text with the collation
 * BINARY; the geometry is SpatiaLite's BLOB in SRID 4326. NULL: there is none,
 * and the filter cannot be SQL. */
struct cql2_columns {
	const char *(*column)(void *context, int field);
	void *context;
};

enum cql2_bind_type {
	CQL2_BIND_INT,
	CQL2_BIND_REAL,
	CQL2_BIND_TEXT,
	CQL2_BIND_BLOB
};

struct cql2_bind {
	enum cql2_bind_type type;
	union {
		int64_t integer;
		double real;
		struct str bytes;
	};
};

/* In the arena. binds[i] belongs to the parameter ?(first + i); as many as
 * there are literals, so SQLITE_LIMIT_VARIABLE_NUMBER has to allow for
 * CQL2_NODES_MAX. */
struct cql2_sql {
	struct str condition; /* 1, 0 or NULL, to stand after WHERE or AND */
	const struct cql2_bind *binds;
	size_t n_binds;
};

/* Compiles the filter; parameters count from first (1 at least). ERR_INPUT
 * when a column is missing, ERR_MEMORY. It calls the five functions below,
 * which the connection has to have, deterministic, and GLOB as it is built
 * in. */
bool cql2_to_sql(struct cql2_sql *out, const struct cql2 *f,
    const struct cql2_columns *c, int first, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

/* SQL functions and what each has to do; any NULL argument gives NULL.
 *   CASEI(text)               utf8_add_caseless
 *   ACCENTI(text)             utf8_add_unaccented
 *   CALCULATE(what, a, b)     cql2_calculate, NULL when it is false
 *   LISTS(what, list, list)   cql2_lists_relate
 *   ELEMENT(kind, value)      cql2_add_element of the value, which is a text
 *                             for 0, a double for 1, an integer otherwise */
#define CQL2_SQL_CASEI "budgetmap_casei"
#define CQL2_SQL_ACCENTI "budgetmap_accenti"
#define CQL2_SQL_CALCULATE "budgetmap_calculate"
#define CQL2_SQL_LISTS "budgetmap_lists"
#define CQL2_SQL_ELEMENT "budgetmap_element"

/* a div b (cut towards zero), the rest of that division with the sign of a, a
 * to the power b. False when there is no such number. */
enum cql2_calculation { CQL2_QUOTIENT, CQL2_REST, CQL2_POWER };
bool cql2_calculate(enum cql2_calculation what, double a, double b, double *out)
    __attribute__((warn_unused_result));

/* The relations of two sets of elements; a set is text, each element ended by
 * a ';' but for the last, no text at all is the empty set. */
enum cql2_lists {
	CQL2_LISTS_EQUAL,
	CQL2_LISTS_CONTAINS,
	CQL2_LISTS_CONTAINED_BY,
	CQL2_LISTS_OVERLAP
};
bool cql2_lists_relate(enum cql2_lists what, struct str a, struct str b);

/* Appends a value as an element: a text as it is when it could stand in a
 * list, anything else so that it equals no such text. */
enum cql2_element {
	CQL2_ELEMENT_TEXT,
	CQL2_ELEMENT_NUMBER,
	CQL2_ELEMENT_BOOL,
	CQL2_ELEMENT_DAY,
	CQL2_ELEMENT_TIME
};
void cql2_add_element(
    struct buf *out, enum cql2_element kind, const struct value *value);

#endif
