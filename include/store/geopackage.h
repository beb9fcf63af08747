/* A collection as a GeoPackage (OGC 12-128r18, version 1.3): one table of
 * features in an SQLite database that is made in memory. */
#ifndef BUDGETMAP_STORE_GEOPACKAGE_H
#define BUDGETMAP_STORE_GEOPACKAGE_H

#include "base/err.h"
#include "geo/feature.h"

enum { GEOPACKAGE_BYTES_MAX = 256 * 1024 * 1024 };

struct geopackage;

/* What it says of its contents; texts are not NULL. */
struct geopackage_about {
	const char *identifier, *description;
	int64_t published; /* seconds since 1970 UTC: when it last changed */
	const struct schema *schema; /* its name is the table's */
	size_t bytes_max; /* up to GEOPACKAGE_BYTES_MAX: ERR_LIMIT beyond */
};

/* Begins one; NULL on failure. */
struct geopackage *geopackage_open(
    const struct geopackage_about *about, struct err *e);

/* Appends a row: its number is the feature's id, which no other row has.
 * ERR_LIMIT when it becomes larger than it may. */
bool geopackage_add(struct geopackage *g, const struct feature *f,
    struct err *e) __attribute__((warn_unused_result));

/* Ends it. The bytes are there until it is closed; the same features give the
 * same ones. */
bool geopackage_finish(struct geopackage *g, struct str *bytes, struct err *e)
    __attribute__((warn_unused_result));

/* g may be NULL. */
void geopackage_close(struct geopackage *g);

#endif
