#include "api/tile_describe.h"

#include "api/answer.h"
#include "api/media.h"
#include "api/page_tree.h"
#include "api/tiles.h"
#include "geo/tile.h"

#include <math.h>
#include <stdio.h>

enum { DIGITS = 9, TILE_PIXELS = 256 };

/* Of zoom 0 (OGC 17-083r4 annex D.1). */
static const double scale = 559082264.0287178;
static const double cell = 156543.0339280410;
static const double origin = 20037508.3427892;

static const char title[] = "Google Maps Compatible for the World";

static void write_head(struct json *j)
{
	json_pair(j, "id", TILE_MATRIX_SET);
	json_pair(j, "title", title);
	json_pair(j, "uri",
	    "http://www.opengis.net/def/tilematrixset/OGC/"
	    "1.0/" TILE_MATRIX_SET);
	json_pair(j, "crs", "http://www.opengis.net/def/crs/EPSG/0/3857");
}

static void write_links(struct json *j, struct call *c, const char *path)
{
	json_key(j, "links");
	json_open(j, '[');
	answer_link_to(j, c, "self", MEDIA_JSON, path, NULL);
	url_add(&c->scratch, c, path);
	buf_add_text(&c->scratch, "?f=html");
	answer_link(j, c, "alternate", MEDIA_PAGE, NULL);
	json_close(j, ']');
}

static void write_matrix(struct json *j, int z)
{
	char id[4];

	snprintf(id, sizeof(id), "%d", z);
	json_open(j, '{');
	json_pair(j, "id", id);
	json_key(j, "scaleDenominator");
	json_double(j, ldexp(scale, -z), DIGITS);
	json_key(j, "cellSize");
	json_double(j, ldexp(cell, -z), DIGITS);
	json_pair(j, "cornerOfOrigin", "topLeft");
	json_key(j, "pointOfOrigin");
	json_open(j, '[');
	json_double(j, -origin, DIGITS);
	json_double(j, origin, DIGITS);
	json_close(j, ']');
	json_key(j, "tileWidth");
	json_int(j, TILE_PIXELS);
	json_key(j, "tileHeight");
	json_int(j, TILE_PIXELS);
	json_key(j, "matrixWidth");
	json_int(j, (int64_t)1 << z);
	json_key(j, "matrixHeight");
	json_int(j, (int64_t)1 << z);
	json_close(j, '}');
}

bool tile_matrix_set(struct call *c, struct err *e)
{
	struct json j;

	if (!str_is(c->vars[0], TILE_MATRIX_SET))
		return err_set(
		    e, ERR_MISSING, "there is no such tile matrix set");
	if (answer_begin_fixed(c, page_or_json(c)))
		return true;
	json_init(&j, call_text(c));
	json_open(&j, '{');
	write_head(&j);
	json_key(&j, "orderedAxes");
	json_open(&j, '[');
	json_text(&j, "X");
	json_text(&j, "Y");
	json_close(&j, ']');
	json_pair(&j, "wellKnownScaleSet",
	    "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible");
	write_links(&j, c, "/api/tileMatrixSets/" TILE_MATRIX_SET);
	json_key(&j, "tileMatrices");
	json_open(&j, '[');
	for (int z = 0; z <= TILE_MAX_ZOOM; z++)
		write_matrix(&j, z);
	json_close(&j, ']');
	json_close(&j, '}');
	buf_add_char(call_text(c), '\n');
	return page_of_json(c, e);
}

bool tile_matrix_sets(struct call *c, struct err *e)
{
	struct json j;

	if (answer_begin_fixed(c, page_or_json(c)))
		return true;
	json_init(&j, call_text(c));
	json_open(&j, '{');
	write_links(&j, c, "/api/tileMatrixSets");
	json_key(&j, "tileMatrixSets");
	json_open(&j, '[');
	json_open(&j, '{');
	write_head(&j);
	write_links(&j, c, "/api/tileMatrixSets/" TILE_MATRIX_SET);
	json_close(&j, '}');
	json_close(&j, ']');
	json_close(&j, '}');
	buf_add_char(call_text(c), '\n');
	return page_of_json(c, e);
}
