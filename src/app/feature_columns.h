/* Which columns of a table the attributes of features go to. */
#ifndef BUDGETMAP_APP_FEATURE_COLUMNS_H
#define BUDGETMAP_APP_FEATURE_COLUMNS_H

#include "base/arena.h"
#include "format/foreign.h"
#include "import_map.h"
#include "store/import.h"

/* Columns that the feature itself gives. */
enum { AT_ID, AT_WKT, FIRST_COLUMN };

enum { COLUMNS_MAX = 128 };

/* In the map, what the file calls the feature; a column that begins with "=" is
 * a text for all of them. */
#define FEATURE_ID "@id"

struct feature_columns {
	const struct import_table *table;
	struct arena *life; /* of names and map */
	const struct layer_mapping *map;
	size_t n_map;
	struct str attributes[COLUMNS_MAX]; /* in the file */
	struct str names[COLUMNS_MAX]; /* of the table; empty: left out */
	size_t n;
	char unknown[120]; /* names of attributes that go nowhere */
	size_t n_unknown, n_shown; /* how many; how many of them stand there */
};

void feature_columns_init(struct feature_columns *c,
    const struct import_table *t, struct arena *life);

/* A foreign_visit that takes note of a feature's attributes; the context is the
 * columns. */
bool feature_columns_meet(
    void *context, const struct foreign_feature *f, struct err *e);

/* After the last one: adds what the map makes. ERR_INPUT when attributes go
 * nowhere. */
bool feature_columns_finish(struct feature_columns *c, struct err *e);

#endif
