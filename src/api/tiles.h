/* Tiles: clusters with exact sums, features when zoomed in. */
#ifndef BUDGETMAP_API_TILES_H
#define BUDGETMAP_API_TILES_H

#include "api/call.h"
#include "query/codes.h"

enum tile_format {
	TILE_MVT,
	TILE_GEOJSON,
	TILE_JSON /* another name of GeoJSON */
};
extern const struct codelist codes_tile_format;

/* The only tile matrix set. */
#define TILE_MATRIX_SET "WebMercatorQuad"

/* z, x, y in the path. */
call_handler tiles_projects_mvt, tiles_projects_geojson, tiles_districts_mvt,
    tiles_districts_geojson, tiles_layer_mvt, tiles_layer_geojson;

/* Tile matrix set, z, row, column in the path (OGC API - Tiles), f asked. */
call_handler tiles_ogc_projects, tiles_ogc_districts, tiles_ogc_layer,
    tiles_ogc_dataset;

#endif
