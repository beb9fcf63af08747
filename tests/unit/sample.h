/* Features with every kind of attribute and geometry, for writers. */
#ifndef BUDGETMAP_TESTS_SAMPLE_H
#define BUDGETMAP_TESTS_SAMPLE_H

#include "format/kml_write.h"
#include "geo/feature.h"

enum { SAMPLE_COUNT = 8 };

enum sample_field {
	SAMPLE_TITLE_KK,
	SAMPLE_TITLE_RU,
	SAMPLE_TITLE_EN,
	SAMPLE_STATUS,
	SAMPLE_SECTORS,
	SAMPLE_CAPACITY,
	SAMPLE_AREA,
	SAMPLE_PLANNED,
	SAMPLE_OVERDUE,
	SAMPLE_STARTS,
	SAMPLE_ENDS,
	SAMPLE_FIELDS
};

extern const struct schema sample_schema;
extern const struct kml_document sample_document;

/* One feature of each geometry type, one without a place, one with texts that
 * every format has to escape. All rings are wound the wrong way round. */
extern const struct feature sample_features[SAMPLE_COUNT];

#endif
