/* Features of files that others wrote, alike for every format. */
#ifndef BUDGETMAP_FORMAT_FOREIGN_H
#define BUDGETMAP_FORMAT_FOREIGN_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "geo/feature.h"
#include "geo/geom.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* What a reader puts up with: of one feature, which is refused beyond it, and
 * of a whole file. */
enum {
	FOREIGN_PROPERTIES_MAX = 256, /* of one feature */
	FOREIGN_TEXT_MAX = 1048576, /* bytes of one value */
	FOREIGN_POSITIONS_MAX = 500000, /* of one feature */
	FOREIGN_DEPTH_MAX = 64, /* of nested objects or elements */
	FOREIGN_FEATURES_MAX = 1000000
};

/* Where something stands in a file. */
struct foreign_place {
	long number; /* of the feature, from 1; 0: of the file as a whole */
	long line; /* from 1; 0: not known */
	struct str name; /* of the feature; empty without */
};

/* One feature. Texts are NFC in the order of the file: numbers and booleans as
 * JSON writes them, null left out, arrays and objects as JSON. Of a KML
 * placemark the name comes first. Everything lives in the file's arena. */
struct foreign_feature {
	struct foreign_place at;
	const struct geom *geom; /* NULL without */
	const double *heights; /* in metres, of each position of geom; NAN: it
				* has none. NULL: all are 0 or none */
	struct str altitude; /* words of KML on what heights mean:
			      * "absolute", "relativeToGround extrude"; data
			      * NULL where the format does not tell */
	struct str id; /* empty without */
	const struct str *names, *values;
	const enum value_type *types; /* VALUE_TEXT, INT, NUMBER, BOOL as the
				       * file tells; VALUE_NULL where it does
				       * not */
	size_t n;
	struct str style; /* KML as it stands: styleUrl, Style, StyleMap; data
			   * NULL where the format has no such thing */
	struct str rest; /* what was not understood, as it stands: elements of
			  * KML, an object of JSON; data NULL: none */
	int part, parts; /* of a geometry that mixes points, lines and areas
			  * each kind is visited, 1 to parts */
};

/* What the feature is called: the first attribute that is one of those that
 * names are usually kept in; empty without. */
struct str foreign_name(const struct foreign_feature *f);

/* The value of an attribute by its exact name; empty when there is none. */
struct str foreign_value(const struct foreign_feature *f, const char *name);

/* Called for one feature after another. False ends the reading, with e set. */
typedef bool foreign_visit(
    void *context, const struct foreign_feature *f, struct err *e);

/* Called with a sentence about a feature or the file. */
typedef bool foreign_tell(void *context, const struct foreign_place *at,
    const char *text, struct err *e);

/* Who listens. */
struct foreign_hooks {
	foreign_visit *visit;
	foreign_tell *refuse; /* a feature that cannot be taken, and why: it is
			       * passed over. NULL: it ends the reading */
	foreign_tell *note; /* what was changed or left out; about a feature
			     * before it is visited. May be NULL */
	foreign_tell *link; /* where a NetworkLink points. NULL: it is noted */
	foreign_visit *document; /* the file as a whole, at its end: at.name is
				  * what it is called, names and values are
				  * titles of attributes, style and rest those
				  * of no feature. May be NULL */
	void *context;
};

/* Reads at most n bytes, which go on where the last call ended: how many, 0 at
 * the end, -1 with e set. */
typedef ptrdiff_t foreign_read(void *from, char *to, size_t n, struct err *e);

/* A file and how it is read: its text where it is at hand, else piece by piece,
 * so that its length says nothing of the memory that is needed. */
struct foreign_file {
	struct str text;
	foreign_read *read; /* NULL: text is all of it */
	void *from;
	FILE *in; /* the same file, for a reader that looks about in it (KMZ);
		   * the caller's */
	size_t max_bytes;
	int64_t deadline; /* clock_monotonic, 0: none */
	const char *encoding; /* of KML, when it does not tell; NULL: as it
			       * tells */
	struct arena *arena; /* of the features */
	bool keep; /* the arena is not reset before each feature */
};

#endif
