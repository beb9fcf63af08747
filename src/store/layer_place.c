/* The place of a feature of a layer: exchanged back, rounded, repaired. */
#include "layer_private.h"

#include <stdio.h>

#include "import_private.h"

enum { REASON_SIZE = 240, WHY_SIZE = 100 };

static bool refuse(struct layer_import *i, const struct layer_record *r,
    const struct err *why, bool *good, struct err *e)
{
	if (why->code == ERR_MEMORY)
		return err_set(e, ERR_MEMORY, "%s", why->text);
	*good = false;
	return layer_report(
	    i, IMPORT_REFUSED, r->line, r->name, "geometry", why->text, e);
}

static void describe(char *out, size_t size, const char *why,
    const struct geom *was, const struct geom *is)
{
	if (was->type == GEOM_POLYGON || was->type == GEOM_MULTIPOLYGON)
		snprintf(out, size,
		    "was not valid and is repaired: %s; %.6f km2 became %.6f "
		    "km2",
		    why, geom_area_km2(was), geom_area_km2(is));
	else
		snprintf(out, size, "was not valid and is repaired: %s", why);
}

/* Rounding may undo a repair by a hair: then the repaired one is not rounded.
 */
static const struct geom *repair(
    struct layer_import *i, const struct geom *g, struct err *e)
{
	const struct geom *valid = geos_make_valid(i->geos, &i->record, g, e);
	const struct geom *rounded =
	    valid ? import_round_geom(&i->record, valid, NULL) : NULL;

	if (rounded && geos_is_valid(i->geos, rounded, NULL, 0))
		return rounded;
	return valid;
}

static bool check_valid(struct layer_import *i, const struct layer_record *r,
    const struct geom **g, bool *good, struct err *e)
{
	char why[WHY_SIZE] = "", reason[REASON_SIZE];
	struct err failure = { .code = ERR_NONE };
	const struct geom *sound;

	if ((*g)->type == GEOM_POINT || (*g)->type == GEOM_MULTIPOINT ||
	    geos_is_valid(i->geos, *g, why, sizeof(why)))
		return true;
	sound = repair(i, *g, &failure);
	if (!sound)
		return refuse(i, r, &failure, good, e);
	describe(reason, sizeof(reason), why, *g, sound);
	*g = sound;
	i->counts.warnings++;
	return layer_report(
	    i, IMPORT_WARNING, r->line, r->name, "geometry", reason, e);
}

static bool note_swapped(struct layer_import *i, const struct layer_record *r,
    const struct geom *g, struct err *e)
{
	i->located++;
	if (!territory_is_swapped(&g->box))
		return true;
	i->swapped++;
	i->counts.warnings++;
	return layer_report(i, IMPORT_WARNING, r->line, r->name, "geometry",
	    "lies in the oblast when lon and lat are exchanged: --swap "
	    "exchanges them",
	    e);
}

bool layer_place(struct layer_import *i, const struct layer_record *r,
    const struct geom **out, const struct geom **told, bool *good,
    struct err *e)
{
	struct err why = { .code = ERR_NONE };
	const struct geom *g = r->geom;

	*out = NULL;
	if (!g)
		return true;
	if (i->options.swap)
		g = geom_exchange(&i->record, g, &why);
	if (g)
		g = import_round_geom(&i->record, g, &why);
	*told = g;
	if (!g)
		return refuse(i, r, &why, good, e);
	if (!check_valid(i, r, &g, good, e))
		return false;
	if (!*good)
		return true;
	/* As it is written, so that what comes back is the same. */
	*out = geom_orient(&i->record, g);
	if (!*out)
		return err_no_memory(e);
	return note_swapped(i, r, g, e);
}
