/* What made-up projects are about and where they are. */
#ifndef BUDGETMAP_APP_GENERATE_WORDS_H
#define BUDGETMAP_APP_GENERATE_WORDS_H

#include <stddef.h>
#include <stdint.h>

enum { GENERATE_CENTRES = 6 };

/* A district: "in it" in three languages and centres around which its projects
 * lie, in hundredths of a degree. A straight line between any two of them stays
 * well inside the district. */
struct generate_district {
	const char *kato;
	const char *at[3];
	struct {
		int16_t lon, lat;
	} centres[GENERATE_CENTRES];
};
enum { GENERATE_DISTRICTS = 17 };
extern const struct generate_district generate_districts[GENERATE_DISTRICTS];

/* A kind of project. Its title in Kazakh ends, in the other languages begins,
 * with what[]. */
struct generate_kind {
	const char *category, *sector, *facility_type, *work_kind;
	const char *what[3];
	uint16_t cost; /* millions of tenge, about */
};
struct generate_kinds {
	const struct generate_kind *kinds;
	size_t n;
};
extern const struct generate_kinds generate_points, generate_lines,
    generate_areas;

/* Streets, the bare name in each language. */
enum { GENERATE_STREETS = 12 };
extern const char *const generate_streets[GENERATE_STREETS][3];

#endif
