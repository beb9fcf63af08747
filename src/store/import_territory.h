/* The districts in force, for looking at where a record lies. */
#ifndef BUDGETMAP_STORE_IMPORT_TERRITORY_H
#define BUDGETMAP_STORE_IMPORT_TERRITORY_H

#include "base/err.h"
#include "geo/geom.h"
#include "geo/geos.h"
#include "store/db.h"

struct territory;

/* NULL on failure. */
struct territory *territory_open(struct db *d, struct err *e);
void territory_close(struct territory *t);

bool territory_is_empty(const struct territory *t);
struct geos *territory_geos(struct territory *t);

enum territory_unit {
	TERRITORY_UNKNOWN,
	TERRITORY_OLD, /* a code of before 2018; the same unit has 61 now */
	TERRITORY_OBLAST,
	TERRITORY_KNOWN /* a district, or something in it by its code */
};
enum territory_unit territory_look_up(
    const struct territory *t, struct str kato);

/* How far the geometry lies from the district of a code, in metres: 0 when they
 * meet, or when the code is of no district; negative when it lies in no
 * district at all. Below the tolerance of a generalised layer it is 0 too. */
double territory_distance(
    const struct territory *t, struct str kato, const struct geom *g);

/* Whether all of it lies where the oblast would lie if lon and lat were
 * exchanged. */
bool territory_is_swapped(const struct bbox *b);

#endif
