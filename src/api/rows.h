/* The parameters of each endpoint. */
#ifndef BUDGETMAP_API_ROWS_H
#define BUDGETMAP_API_ROWS_H

#include "api/collection.h"
#include "query/params.h"

extern const struct param_table table_plain, /* f and lang only */
    table_resource, /* the same, and HTML is offered */
    table_projects, table_districts, table_layer, table_item, table_stats,
    table_tile, table_tile_ogc, table_tile_plain, table_tile_plain_ogc,
    table_tile_dataset, table_where, table_places, table_list_page,
    table_district_page, table_page, table_kml_projects, table_kml_districts,
    table_kml_layer, table_kml_project_file, table_kml_file,
    table_kml_layer_file;

/* Those of the items of a collection. */
const struct param_table *table_of_items(const struct collection *k);

#endif
