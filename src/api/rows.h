/* The parameters of each endpoint. */
#ifndef BUDGETMAP_API_ROWS_H
#define BUDGETMAP_API_ROWS_H

#include "query/params.h"

extern const struct param_table table_plain, /* f and lang only */
    table_projects, table_districts, table_layer, table_item, table_stats,
    table_tile, table_where, table_places, table_list_page, table_district_page,
    table_page;

#endif
