/* The Schemas of a KML file: types and titles of attributes. */
#ifndef BUDGETMAP_FORMAT_KML_SCHEMA_H
#define BUDGETMAP_FORMAT_KML_SCHEMA_H

#include "format/foreign.h"

enum { KML_SCHEMA_FIELDS_MAX = 2048 };

struct kml_schema_field {
	struct str schema, name, title; /* title empty: none told */
	enum value_type type;
};

/* All fields of all schemas; texts live in the arena. */
struct kml_schemas {
	struct arena *arena;
	struct kml_schema_field *fields;
	size_t n;
	struct str open; /* id of the one that is read */
};

/* Begins a Schema with that id (its name where it has none); adds a field of
 * it; tells its title. What is too much is not taken. */
bool kml_schema_begin(struct kml_schemas *s, struct str id, struct err *e);
bool kml_schema_field(
    struct kml_schemas *s, struct str name, struct str type, struct err *e);
bool kml_schema_title(struct kml_schemas *s, struct str title, struct err *e);

/* The type of an attribute of the Schema that the address names; VALUE_NULL
 * when nothing tells. */
enum value_type kml_schema_type(
    const struct kml_schemas *s, struct str address, struct str name);

#endif
