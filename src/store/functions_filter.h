/* The SQL functions that filters in CQL2 call (query/cql2.h). */
#ifndef BUDGETMAP_STORE_FUNCTIONS_FILTER_H
#define BUDGETMAP_STORE_FUNCTIONS_FILTER_H

#include <sqlite3.h>
#include <stdbool.h>

/* False when SQLite refuses one; its connection knows why. */
bool functions_add_filter(sqlite3 *handle) __attribute__((warn_unused_result));

#endif
