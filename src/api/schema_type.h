/* What the type of an attribute is called in JSON Schema and OpenAPI 3.0. */
#ifndef BUDGETMAP_API_SCHEMA_TYPE_H
#define BUDGETMAP_API_SCHEMA_TYPE_H

#include "geo/feature.h"

struct schema_type {
	const char *type;
	const char *format; /* NULL: none */
};

/* As GeoJSON holds it; lives for ever. */
const struct schema_type *schema_type_of(enum value_type type);

#endif
