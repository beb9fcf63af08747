/* Features of files that others wrote, alike for every format. */
#ifndef BUDGETMAP_FORMAT_FOREIGN_H
#define BUDGETMAP_FORMAT_FOREIGN_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "geo/geom.h"

#include <stdbool.h>
#include <stddef.h>

/* What a reader puts up with before it refuses the file with ERR_LIMIT. */
enum {
	FOREIGN_DEPTH_MAX = 64, /* of nested objects or elements */
	FOREIGN_PROPERTIES_MAX = 256, /* of one feature */
	FOREIGN_TEXT_MAX = 1048576, /* bytes of one value */
	FOREIGN_POSITIONS_MAX = 4000000 /* of the whole file */
};

/* One feature. Attributes are NFC text in the order of the file: numbers and
 * booleans as JSON writes them, null left out, arrays and objects as JSON. Of
 * a KML placemark the name and the description come first, as "name" and
 * "description", then ExtendedData. Everything lives in the reader's arena. */
struct foreign_feature {
	const struct geom *geom; /* NULL without */
	struct str id; /* empty without */
	const struct str *names, *values;
	size_t n;
};

/* The value of an attribute by its exact name; empty when there is none. */
struct str foreign_value(const struct foreign_feature *f, const char *name);

/* Called for one feature after another, numbered from 1. False ends the
 * reading, with e set. */
typedef bool foreign_visit(
    void *context, const struct foreign_feature *f, long number, struct err *e);

#endif
