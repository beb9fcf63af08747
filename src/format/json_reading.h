/* A GeoJSON file while it is read. */
#ifndef BUDGETMAP_FORMAT_JSON_READING_H
#define BUDGETMAP_FORMAT_JSON_READING_H

#include "json_feature.h"
#include "json_scan.h"

/* What the type of the outermost object says. */
enum object {
	OBJECT_UNTOLD,
	OBJECT_FEATURE,
	OBJECT_COLLECTION,
	OBJECT_GEOMETRY, /* stands for a feature of its own */
	OBJECT_TOPOLOGY,
	OBJECT_OTHER
};

/* Members of the outermost object that count. */
enum member { MEMBER_TYPE, MEMBER_FEATURES, MEMBER_CRS, MEMBERS };

/* The file as it is read. */
struct reading {
	const struct foreign_file *file;
	const struct foreign_hooks *hooks;
	struct json_feature feature;
	struct json_scan scan;
	enum object object;
	bool met[MEMBERS];
	struct buf left_out; /* names of other members of a collection */
	bool streamed; /* features were visited one by one */
	long number; /* of the feature, from 1 */
	long heights; /* features that have some */
	long large; /* features with numbers beyond 64 bits */
};

/* Decodes text, which begins start bytes into the file; the value is the
 * caller's, NULL on failure. large counts those that have whole numbers beyond
 * 64 bits, which are decimals then. */
json_t *json_decode(struct str text, size_t start, long *large, struct err *e);

/* Visits the feature whose text is held on to, or refuses it. */
bool json_visit_feature(struct reading *r, struct str text, struct err *e);

#endif
