/* The parts of a full record: columns and the statement of each. */
#ifndef BUDGETMAP_STORE_PART_TABLES_H
#define BUDGETMAP_STORE_PART_TABLES_H

#include "store/projects.h"

enum { PART_COLUMNS_MAX = 64 };

/* sql takes the project's internal id and gives the columns in order. */
struct part_table {
	const char *name;
	const struct part_column *columns;
	size_t n_columns;
	const char *sql;
};
extern const struct part_table part_tables[PART_COUNT];

#endif
