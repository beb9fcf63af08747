/* What the help page for GIS specialists says, in three languages. In addresses
 * '@' and a letter stand for: B the public base, C the collection, L the
 * language. */
#ifndef BUDGETMAP_API_TEXT_GIS_H
#define BUDGETMAP_API_TEXT_GIS_H

#include "query/codes.h"

#include <stddef.h>

enum { GIS_ADDRESSES_MAX = 5 };

/* A program, how one connects it, and what is to be copied. */
struct gis_program {
	const char *name;
	const char *steps[LANG_COUNT];
	const char *codes[GIS_ADDRESSES_MAX];
};

/* The collections that a row is for. */
enum { GIS_PROJECTS = 1, GIS_DISTRICTS = 2, GIS_LAYERS = 4 };

/* A link where it has a label (a path of ours), else a text to copy. */
struct gis_address {
	const char *label, *text;
	const char
	    *format; /* only where items have this format; NULL: always */
	unsigned collections; /* 0: all */
};

/* What a collection is offered as. */
struct gis_row {
	const char *title[LANG_COUNT];
	struct gis_address addresses[GIS_ADDRESSES_MAX];
};

extern const char *const gis_intro[LANG_COUNT];
extern const char *const gis_filters[LANG_COUNT];
const struct gis_program *gis_programs(size_t *n);
const struct gis_row *gis_rows(size_t *n);

#endif
