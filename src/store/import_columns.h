/* Columns that several of the tables for import have, as rows for them. */
#ifndef BUDGETMAP_STORE_IMPORT_COLUMNS_H
#define BUDGETMAP_STORE_IMPORT_COLUMNS_H

#include "import_table.h"

enum { SOURCE_MAX = 300 }; /* characters */

/* A text of at most so many characters. */
#define IMPORT_ONE(column, text, most)                                         \
	{                                                                      \
		.name = (column), .type = (text), .max = (most),               \
		.target = (column)                                             \
	}

/* The same in Kazakh, Russian and English; column is a literal. */
#define IMPORT_THREE(column, text, most)                                       \
	IMPORT_ONE(column "_kk", text, most),                                  \
	    IMPORT_ONE(column "_ru", text, most),                              \
	    IMPORT_ONE(column "_en", text, most)

/* From when the figures of a record are, and from whom. */
#define IMPORT_AS_OF                                                           \
	{                                                                      \
		.name = "as_of", .type = IMPORT_DAY, .flags = COLUMN_REQUIRED, \
		.target = "as_of"                                              \
	}
#define IMPORT_SOURCE                                                          \
	{                                                                      \
		.name = "source", .type = IMPORT_TEXT,                         \
		.flags = COLUMN_REQUIRED, .max = SOURCE_MAX,                   \
		.target = "source"                                             \
	}

/* The place: two numbers or a geometry as text, and what becomes of them. */
#define IMPORT_WHERE                                                           \
	{ .name = "lon", .type = IMPORT_NUMBER, .min = -180, .max = 180 },     \
	    { .name = "lat", .type = IMPORT_NUMBER, .min = -90, .max = 90 },   \
	    { .name = "x", .type = IMPORT_NUMBER, .alias = "lon" },            \
	    { .name = "y", .type = IMPORT_NUMBER, .alias = "lat" },            \
	    { .name = "wkt", .type = IMPORT_WKT },                             \
	{                                                                      \
		.name = "geom", .type = IMPORT_GEOM, .flags = COLUMN_HIDDEN,   \
		.target = "geom"                                               \
	}

#endif
