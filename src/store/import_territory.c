#include "import_territory.h"

#include <string.h>

#include "base/mem.h"
#include "query/project.h"
#include "store/districts.h"

enum {
	KATO_DIGITS = 9,
	UNIT_DIGITS = 4, /* of a code that name the district or city */
	OBLAST_DIGITS = 2,
	TOLERANCE = 5000, /* metres, of a generalised layer */
	TERRITORY_MEMORY = 256 << 20
};

/* civic: the oblast's box for plausible input, and the same exchanged. */
static const struct bbox swapped_box = { 40.0, 65.0, 46.5, 71.5 };

static const char oblast[] = "610000000", old_oblast[] = "51";

struct territory {
	struct geos *geos;
	struct arena arena;
	struct district *districts;
	size_t n;
	struct geos_prepared *prepared[DISTRICTS_MAX];
	bool generalised;
};

static bool prepare(struct territory *t, struct db *d, struct err *e)
{
	t->geos = geos_open();
	if (!t->geos)
		return err_no_memory(e);
	if (!districts_list(d, &t->arena, &t->districts, &t->n, e))
		return false;
	for (size_t i = 0; i < t->n; i++) {
		t->generalised |= t->districts[i].generalised;
		if (!t->districts[i].geom)
			continue;
		t->prepared[i] = geos_prepare(t->geos, t->districts[i].geom);
		if (!t->prepared[i])
			return err_no_memory(e);
	}
	return true;
}

/* The number of the district a code lies in, -1 when there is none. */
static int district_of(const struct territory *t, struct str kato)
{
	if (kato.len != KATO_DIGITS)
		return -1;
	for (size_t i = 0; i < t->n; i++)
		if (memcmp(t->districts[i].kato.data, kato.data, UNIT_DIGITS) ==
		    0)
			return (int)i;
	return -1;
}

static bool meets(const struct territory *t, size_t i, const struct geom *g)
{
	const struct geom *d = t->districts[i].geom;

	return d && bbox_intersects(&d->box, &g->box) &&
	       geos_prepared_intersects(t->prepared[i], g);
}

static bool meets_any(const struct territory *t, const struct geom *g)
{
	for (size_t i = 0; i < t->n; i++)
		if (meets(t, i, g))
			return true;
	return false;
}

static double distance_to(
    const struct territory *t, size_t i, const struct geom *g)
{
	const struct geom *d = t->districts[i].geom;

	return d ? geom_distance_to(d, geom_anchor(g)) : 0;
}

/* The distance to the nearest district, for what lies in none. */
static double nearest(const struct territory *t, const struct geom *g)
{
	double best = -1;

	for (size_t i = 0; i < t->n; i++) {
		double one = distance_to(t, i, g);

		if (best < 0 || one < best)
			best = one;
	}
	return best;
}

struct territory *territory_open(struct db *d, struct err *e)
{
	struct territory *t = mem_alloc(sizeof(*t));

	if (!t) {
		err_no_memory(e);
		return NULL;
	}
	memset(t, 0, sizeof(*t));
	arena_init(&t->arena, TERRITORY_MEMORY);
	if (prepare(t, d, e))
		return t;
	territory_close(t);
	return NULL;
}

void territory_close(struct territory *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < DISTRICTS_MAX; i++)
		if (t->prepared[i])
			geos_prepared_close(t->prepared[i]);
	if (t->geos)
		geos_close(t->geos);
	arena_free(&t->arena);
	mem_free(t);
}

bool territory_is_empty(const struct territory *t)
{
	return t->n == 0;
}

struct geos *territory_geos(struct territory *t)
{
	return t->geos;
}

enum territory_unit territory_look_up(
    const struct territory *t, struct str kato)
{
	if (str_is(kato, oblast))
		return TERRITORY_OBLAST;
	if (district_of(t, kato) >= 0)
		return TERRITORY_KNOWN;
	if (str_starts(kato, old_oblast))
		return TERRITORY_OLD;
	if (t->n == 0 && memcmp(kato.data, oblast, OBLAST_DIGITS) == 0)
		return TERRITORY_KNOWN;
	return TERRITORY_UNKNOWN;
}

double territory_distance(
    const struct territory *t, struct str kato, const struct geom *g)
{
	int declared = district_of(t, kato);
	double tolerance = t->generalised ? TOLERANCE : 0;
	double metres;

	if (t->n == 0 || (declared >= 0 && meets(t, (size_t)declared, g)))
		return 0;
	if (!meets_any(t, g)) {
		metres = nearest(t, g);
		return metres <= tolerance ? 0 : -1;
	}
	if (declared < 0)
		return 0;
	metres = distance_to(t, (size_t)declared, g);
	return metres <= tolerance ? 0 : metres;
}

bool territory_is_swapped(const struct bbox *b)
{
	return bbox_contains(&swapped_box, b);
}
