/* The Schemas of a KML file: types and titles of attributes. */
#ifndef BUDGETMAP_FORMAT_KML_SCHEMA_H
#define BUDGETMAP_FORMAT_KML_SCHEMA_H

#include "format/foreign.h"

enum { KML_SCHEMA_FIELDS_MAX = 2048, KML_SCHEMA_KINDS_MAX = 64 };

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
	struct str kinds[KML_SCHEMA_KINDS_MAX]; /* of placemarks, by name */
	size_t n_kinds;
};

/* Begins a Schema with that id (its name where it has none); adds a field of
 * it; tells its title. What is too much is not taken. */
bool kml_schema_begin(struct kml_schemas *s, struct str id, struct err *e);
bool kml_schema_field(
    struct kml_schemas *s, struct str name, struct str type, struct err *e);
bool kml_schema_title(struct kml_schemas *s, struct str title, struct err *e);

/* Before KML 2.2 a Schema whose parent is Placemark, the one that is read, gave
 * its name to elements that are placemarks, and those of its fields to elements
 * in them. Google Earth went on to write such until 5.1. */
bool kml_schema_kind(struct kml_schemas *s, struct str name, struct err *e);
/* Whether placemarks are called so. */
bool kml_schema_is_kind(const struct kml_schemas *s, struct str name);

/* Whether the Schema that the address names has such an attribute. */
bool kml_schema_has(
    const struct kml_schemas *s, struct str address, struct str name);

/* The type of an attribute of the Schema that the address names; VALUE_NULL
 * when nothing tells. */
enum value_type kml_schema_type(
    const struct kml_schemas *s, struct str address, struct str name);

#endif
