/* The file that --map names: which column goes to which field. */
#ifndef BUDGETMAP_APP_IMPORT_MAP_H
#define BUDGETMAP_APP_IMPORT_MAP_H

#include "base/arena.h"
#include "base/err.h"
#include "store/layer_import.h"

/* Reads a CSV file with the columns column, field and, where they are told,
 * type (text, int, number, bool, day, time), title_kk, title_ru, title_en; an
 * empty field leaves a column out. Everything lives in the arena. */
bool map_read(const char *path, struct arena *a,
    const struct layer_mapping **map, size_t *n, struct err *e);

/* The row of a column; NULL when there is none. */
const struct layer_mapping *map_find(
    const struct layer_mapping *map, size_t n, struct str column);

#endif
