/* The tables of a GeoPackage and the form of its geometries. */
#ifndef BUDGETMAP_SRC_STORE_GEOPACKAGE_SCHEMA_H
#define BUDGETMAP_SRC_STORE_GEOPACKAGE_SCHEMA_H

#include "base/buf.h"
#include "geo/feature.h"

/* What every GeoPackage has, and the beginning of the transaction. */
extern const char geopackage_tables[];

/* Appends a name as SQL quotes it. */
void geopackage_add_name(struct buf *b, const char *name);

/* Appends the statement that makes the table of features: number, geometry, id,
 * attributes. The first three get another name where an attribute has theirs.
 */
void geopackage_add_table(
    struct buf *b, const char *table, const struct schema *s);

/* Appends the statements that tell of it; identifier, description and time are
 * parameters. */
void geopackage_add_contents(
    struct buf *b, const char *table, const struct bbox *extent);
void geopackage_add_geometry_column(struct buf *b, const char *table);

/* Appends a geometry: the header with its box and its WKB. */
void geopackage_add_geometry(struct buf *b, const struct geom *g);

#endif
