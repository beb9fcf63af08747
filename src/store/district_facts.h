/* What is known of the 17 districts and cities, to tell a good layer by. */
#ifndef BUDGETMAP_STORE_DISTRICT_FACTS_H
#define BUDGETMAP_STORE_DISTRICT_FACTS_H

#include "geo/geom.h"

enum { DISTRICT_FACTS = 17 };

struct district_fact {
	const char *kato;
	struct position centre; /* of the town or village it is run from */
	double area; /* km2 */
};

/* By KATO. */
extern const struct district_fact district_facts[DISTRICT_FACTS];

/* The official area of the oblast in km2 (2018), its own KATO, and Shymkent,
 * which is no part of it. */
extern const double oblast_area;
extern const char oblast_kato[];
extern const struct position shymkent;

/* The number of a district by its code, -1 when it is none. */
int district_fact_find(const char *kato);

#endif
