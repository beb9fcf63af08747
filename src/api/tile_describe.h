/* How tiles are described: TileJSON, OGC API - Tiles. */
#ifndef BUDGETMAP_API_TILE_DESCRIBE_H
#define BUDGETMAP_API_TILE_DESCRIBE_H

#include "api/call.h"

/* Relations of links (OGC API - Tiles Part 1 and OGC 17-083r4). */
#define REL_OGC "http://www.opengis.net/def/rel/ogc/1.0/"
#define REL_TILESETS REL_OGC "tilesets-vector"
#define REL_TILING_SCHEME REL_OGC "tiling-scheme"
#define REL_TILING_SCHEMES REL_OGC "tiling-schemes"
#define REL_GEODATA REL_OGC "geodata"

/* TileJSON 3.0. */
call_handler tilejson_projects, tilejson_districts, tilejson_layer;

/* Lists of tilesets and tilesets themselves, of all data and of one
 * collection. */
call_handler tilesets_dataset, tilesets_projects, tilesets_districts,
    tilesets_layer, tileset_dataset, tileset_projects, tileset_districts,
    tileset_layer;

call_handler tile_matrix_sets, tile_matrix_set;

#endif
