/* The place of a record: lon and lat or wkt, and whether it can be there. */
#include "import_private.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/geos.h"
#include "import_cell.h"

enum { REASON_SIZE = 200, KILOMETRE = 1000 };

#define SWAPPED                                                                \
	"lies in another part of the world: lon and lat are exchanged (lon "   \
	"is 65 to 71.5 here, lat 40 to 46.5)"

/* Seven decimals, as in GeoJSON and CSV: what is written reads back equal. */
double import_round_degrees(double v)
{
	static const double scale = 1e7;

	return round(v * scale) / scale + 0.0;
}

const struct geom *import_round_geom(
    struct arena *a, const struct geom *g, struct err *e)
{
	struct position *p = arena_array(a, g->n_positions, sizeof(*p));
	struct geom made = *g;

	if (!p) {
		err_no_memory(e);
		return NULL;
	}
	for (uint32_t i = 0; i < g->n_positions; i++) {
		p[i].lon = import_round_degrees(g->positions[i].lon);
		p[i].lat = import_round_degrees(g->positions[i].lat);
	}
	made.positions = p;
	return geom_make(a, &made, e);
}

static bool refuse(struct import *i, long line, const char *field,
    const char *reason, bool *good, struct err *e)
{
	*good = false;
	return import_report(i, IMPORT_REFUSED, line, field, reason, e);
}

static struct str cell_of(const struct str *cells, int column)
{
	return column < 0 ? (struct str){ NULL, 0 } : str_trim(cells[column]);
}

/* *out stays NULL without a place. */
static bool read_geom(const struct geom **out, struct import *i, long line,
    const struct str *cells, const struct value *values, bool *good,
    struct err *e)
{
	struct str wkt = cell_of(cells, i->place.wkt);
	const struct value *lon = &values[i->place.lon];
	const struct value *lat = &values[i->place.lat];
	bool has_lon = lon->type != VALUE_NULL,
	     has_lat = lat->type != VALUE_NULL;
	struct err why = { .code = ERR_NONE };

	if (has_lon != has_lat) {
		int lacking = has_lon ? i->place.lat : i->place.lon;

		return cell_of(cells, lacking).len > 0 || /* told already */
		       refuse(i, line, has_lon ? "lat" : "lon",
			   "is missing: lon and lat go together", good, e);
	}
	if (has_lon && wkt.len > 0)
		return refuse(i, line, "wkt",
		    "stands beside lon and lat: give one of them", good, e);
	if (has_lon)
		*out = geom_point(&i->record, import_round_degrees(lon->number),
		    import_round_degrees(lat->number), &why);
	else if (wkt.len > 0)
		*out = geom_from_wkt(&i->record, wkt, &why);
	if (*out && !has_lon)
		*out = import_round_geom(&i->record, *out, &why);
	if (why.code == ERR_MEMORY)
		return err_set(e, ERR_MEMORY, "%s", why.text);
	if (why.code != ERR_NONE)
		return refuse(i, line, has_lon ? "lon" : "wkt",
		    "is not a geometry in degrees: point, line or polygon",
		    good, e);
	return true;
}

static bool check_shape(struct import *i, long line, const struct geom *g,
    bool *good, struct err *e)
{
	char why[REASON_SIZE / 2], reason[REASON_SIZE];
	const char *field = g->type == GEOM_POINT ? "lon" : "wkt";

	if (territory_is_swapped(&g->box))
		return refuse(i, line, field,
		    i->options.each ? SWAPPED ": --swap exchanges them"
				    : SWAPPED,
		    good, e);
	if (g->type == GEOM_POINT ||
	    geos_is_valid(territory_geos(i->territory), g, why, sizeof(why)))
		return true;
	snprintf(reason, sizeof(reason), "is not a valid geometry: %s", why);
	return refuse(i, line, field, reason, good, e);
}

/* The geometry as SpatiaLite's blob. */
static bool put_geom(
    struct import *i, struct value *out, const struct geom *g, struct err *e)
{
	struct str made;
	char *copy;

	buf_reset(&i->scratch);
	geom_add_blob(&i->scratch, g);
	made = buf_str(&i->scratch);
	copy = arena_copy(&i->record, made.data, made.len);
	if (i->scratch.failed || !copy)
		return err_no_memory(e);
	*out = (struct value){ .type = VALUE_TEXT, .text = { copy, made.len } };
	return true;
}

/* A table with lon and lat of its own has points and no geometry. */
bool import_place_read(struct import *i, long line, const struct str *cells,
    struct value *values, bool *good, struct err *e)
{
	const struct import_place *at = &i->place;
	const struct geom *g = NULL;
	bool sound = true;

	if (at->lon < 0 || at->lat < 0)
		return true;
	if (!read_geom(&g, i, line, cells, values, &sound, e))
		return false;
	if (g && !check_shape(i, line, g, &sound, e))
		return false;
	*good = *good && sound;
	if (!g || !sound)
		return true;
	if (at->geom >= 0)
		return put_geom(i, &values[at->geom], g, e);
	values[at->lon].number = import_round_degrees(values[at->lon].number);
	values[at->lat].number = import_round_degrees(values[at->lat].number);
	return true;
}

/* *out stays NULL without a place. */
static bool stored_geom(const struct geom **out, struct import *i,
    const struct value *is, struct err *e)
{
	const struct import_place *at = &i->place;
	const struct value *v;

	if (at->lon < 0)
		return true;
	v = &is[at->geom >= 0 ? at->geom : at->lon];
	if (v->type == VALUE_NULL)
		return true;
	if (at->geom >= 0)
		*out = geom_from_blob(&i->record, v->text.data, v->text.len, e);
	else
		*out = geom_point(&i->record, v->number, is[at->lat].number, e);
	return *out != NULL;
}

/* What contradicts is kept: people have to look at it. */
bool import_place_check(
    struct import *i, long line, const struct value *is, struct err *e)
{
	const struct geom *g = NULL;
	struct str kato = { NULL, 0 };
	char reason[REASON_SIZE];
	double metres;

	if (!stored_geom(&g, i, is, e))
		return false;
	if (!g)
		return true;
	if (i->place.district >= 0 && is[i->place.district].type == VALUE_TEXT)
		kato = is[i->place.district].text;
	metres = territory_distance(i->territory, kato, g);
	if (metres < 0)
		return import_warn(
		    i, line, "", "lies in no district of the oblast", e);
	if (metres <= 0)
		return true;
	snprintf(reason, sizeof(reason),
	    "contradicts the place, which is %.1f km outside of it",
	    metres / KILOMETRE);
	return import_warn(i, line, "district", reason, e);
}
