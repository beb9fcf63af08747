#include "api/openapi.h"

#include "api/catalogue.h"
#include "api/items.h"
#include "api/media.h"
#include "api/schema_type.h"
#include "base/array.h"

#include <stdio.h>

enum { REF_SIZE = 96 };

/* The members of an attribute's schema, as GeoJSON holds it. */
static void write_field(struct json *j, const struct field *f,
    const struct codelist *codes, int lang)
{
	const struct schema_type *type = schema_type_of(f->type);

	json_key(j, f->name);
	json_open(j, '{');
	json_pair(j, "title", f->title[lang]);
	json_pair(j, "type", type->type);
	if (type->format)
		json_pair(j, "format", type->format);
	json_key(j, "nullable");
	json_bool(j, true);
	if (f->type == VALUE_LIST) {
		json_key(j, "items");
		json_open(j, '{');
		json_pair(j, "type", "string");
	}
	if (codes) {
		json_key(j, "enum");
		json_open(j, '[');
		for (size_t i = 0; i < codes->n; i++)
			json_text(j, codes->codes[i].code);
		if (f->type != VALUE_LIST)
			json_null(j);
		json_close(j, ']');
	}
	if (f->type == VALUE_LIST)
		json_close(j, '}');
	json_close(j, '}');
}

static void write_properties(
    struct json *j, const char *name, const struct schema *s, int lang)
{
	json_key(j, name);
	json_open(j, '{');
	json_pair(j, "type", "object");
	json_key(j, "properties");
	json_open(j, '{');
	for (size_t i = 0; i < s->n_fields; i++)
		write_field(j, &s->fields[i],
		    s == &project_schema ? project_codes((int)i) : NULL, lang);
	json_close(j, '}');
	json_close(j, '}');
}

/* Those that are the same whatever the data. */
static const struct {
	const char *name, *schema;
} fixed[] = {
	{ "problem",
	    "{\"type\":\"object\",\"required\":[\"type\",\"title\",\"status\","
	    "\"detail\",\"code\"],\"properties\":{\"type\":{\"type\":"
	    "\"string\",\"format\":\"uri\"},\"title\":{\"type\":\"string\"},"
	    "\"status\":{\"type\":\"integer\"},\"detail\":{\"type\":"
	    "\"string\"},\"code\":{\"type\":\"string\"},\"request_id\":{"
	    "\"type\":\"string\"},\"parameter\":{\"type\":\"string\"}}}" },
	{ "link",
	    "{\"type\":\"object\",\"required\":[\"href\",\"rel\"],"
	    "\"properties\":{\"href\":{\"type\":\"string\",\"format\":\"uri\"},"
	    "\"rel\":{\"type\":\"string\"},\"type\":{\"type\":\"string\"},"
	    "\"title\":{\"type\":\"string\"}}}" },
	{ "links", "{\"type\":\"array\",\"items\":{\"$ref\":"
		   "\"#/components/schemas/link\"}}" },
	{ "landing",
	    "{\"type\":\"object\",\"required\":[\"title\",\"links\"],"
	    "\"properties\":{\"title\":{\"type\":\"string\"},\"description\":{"
	    "\"type\":\"string\"},\"links\":{\"$ref\":"
	    "\"#/components/schemas/"
	    "links\"},\"site\":{\"type\":\"object\"}}}" },
	{ "conformance",
	    "{\"type\":\"object\",\"required\":[\"conformsTo\"],"
	    "\"properties\":{\"conformsTo\":{\"type\":\"array\",\"items\":{"
	    "\"type\":\"string\",\"format\":\"uri\"}}}}" },
	{ "collection",
	    "{\"type\":\"object\",\"required\":[\"id\",\"links\"],"
	    "\"properties\":{\"id\":{\"type\":\"string\"},\"title\":{\"type\":"
	    "\"string\"},\"description\":{\"type\":\"string\"},\"itemType\":{"
	    "\"type\":\"string\"},\"extent\":{\"type\":\"object\"},\"crs\":{"
	    "\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"links\":{"
	    "\"$ref\":\"#/components/schemas/links\"}}}" },
	{ "collections",
	    "{\"type\":\"object\",\"required\":[\"links\",\"collections\"],"
	    "\"properties\":{\"links\":{\"$ref\":"
	    "\"#/components/schemas/links\"},\"collections\":{\"type\":"
	    "\"array\",\"items\":{\"$ref\":"
	    "\"#/components/schemas/collection\"}}}}" },
	{ "geometry",
	    "{\"type\":\"object\",\"nullable\":true,\"required\":[\"type\","
	    "\"coordinates\"],\"properties\":{\"type\":{\"type\":\"string\","
	    "\"enum\":[\"Point\",\"MultiPoint\",\"LineString\","
	    "\"MultiLineString\",\"Polygon\",\"MultiPolygon\"]},"
	    "\"coordinates\":{\"type\":\"array\",\"items\":{}}}}" },
};

/* The names of a collection's components. */
static const struct {
	const struct collection *collection;
	const char *properties, *feature, *features;
} described[] = {
	{ &collection_projects, "projectProperties", "project", "projects" },
	{ &collection_districts, "districtProperties", "district",
	    "districts" },
	{ NULL, "anyProperties", "feature", "features" },
};

static void write_ref(struct json *j, const char *key, const char *name)
{
	char path[REF_SIZE];

	snprintf(path, sizeof(path), "#/components/schemas/%s", name);
	json_key(j, key);
	json_open(j, '{');
	json_pair(j, "$ref", path);
	json_close(j, '}');
}

static void write_feature(
    struct json *j, const char *name, const char *properties)
{
	json_key(j, name);
	json_open(j, '{');
	json_pair(j, "type", "object");
	json_key(j, "required");
	json_raw(j, str_from("[\"type\",\"id\",\"geometry\",\"properties\"]"));
	json_key(j, "properties");
	json_open(j, '{');
	json_key(j, "type");
	json_raw(j, str_from("{\"type\":\"string\",\"enum\":[\"Feature\"]}"));
	json_key(j, "id");
	json_raw(j, str_from("{\"type\":\"string\"}"));
	write_ref(j, "geometry", "geometry");
	write_ref(j, "properties", properties);
	write_ref(j, "links", "links");
	json_close(j, '}');
	json_close(j, '}');
}

static void write_features(
    struct json *j, const char *name, const char *feature)
{
	json_key(j, name);
	json_open(j, '{');
	json_pair(j, "type", "object");
	json_key(j, "required");
	json_raw(j, str_from("[\"type\",\"features\",\"links\","
			     "\"numberReturned\"]"));
	json_key(j, "properties");
	json_open(j, '{');
	json_key(j, "type");
	json_raw(j,
	    str_from("{\"type\":\"string\",\"enum\":[\"FeatureCollection\"]}"));
	json_key(j, "timeStamp");
	json_raw(j, str_from("{\"type\":\"string\",\"format\":\"date-time\"}"));
	json_key(j, "numberMatched");
	json_raw(j, str_from("{\"type\":\"integer\",\"minimum\":0}"));
	json_key(j, "numberReturned");
	json_raw(j, str_from("{\"type\":\"integer\",\"minimum\":0}"));
	json_key(j, "features");
	json_open(j, '{');
	json_pair(j, "type", "array");
	write_ref(j, "items", feature);
	json_close(j, '}');
	write_ref(j, "links", "links");
	json_close(j, '}');
	json_close(j, '}');
}

void openapi_write_components(struct json *j, int lang)
{
	static const struct schema any = { .name = "any" };

	json_key(j, "components");
	json_open(j, '{');
	openapi_write_shared(j, lang);
	json_key(j, "schemas");
	json_open(j, '{');
	for (size_t i = 0; i < LENGTH(fixed); i++) {
		json_key(j, fixed[i].name);
		json_raw(j, str_from(fixed[i].schema));
	}
	for (size_t i = 0; i < LENGTH(described); i++) {
		const struct collection *k = described[i].collection;

		write_properties(
		    j, described[i].properties, k ? k->schema : &any, lang);
		write_feature(j, described[i].feature, described[i].properties);
		write_features(j, described[i].features, described[i].feature);
	}
	json_close(j, '}');
	json_close(j, '}');
}
