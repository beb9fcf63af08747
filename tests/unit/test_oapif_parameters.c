/* Attributes as parameters (OGC API - Features Part 3, 19-079r2, section
 * 7.2). */
#include "api_json.h"
#include "api_trees.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COLLECTIONS "/api/collections"
#define PROJECTS COLLECTIONS "/projects"
#define ITEMS PROJECTS "/items"

enum { URI_MAX = 8192 };

/* Appends a value percent-encoded. */
static void add_encoded(char *uri, const char *value)
{
	char *to = uri + strlen(uri);

	for (; *value; value++)
		to += snprintf(to, 4, "%%%02X", (unsigned char)*value);
}

static void make_uri(char *uri, const char *before, const char *filter)
{
	snprintf(uri, URI_MAX, "%s", before);
	add_encoded(uri, filter);
}

static const json_t *value_of(const json_t *feature, const char *name)
{
	const json_t *values = json_object_get(feature, "properties");

	if (!strcmp(name, "id"))
		return json_object_get(feature, "id");
	return json_object_get(values, name);
}

static bool has_value(
    const json_t *feature, const char *name, const json_t *value)
{
	const json_t *own = value_of(feature, name), *member;
	size_t i;

	if (json_equal(own, value))
		return true;
	json_array_foreach(
	    own, i, member) if (json_equal(member, value)) return true;
	return false;
}

/* What a value of a feature selects holds that feature, and all that is
 * selected has that value; but district finds what crosses one too. */
static void check_parameter(
    struct fixture *f, const char *items, const char *name, const json_t *value)
{
	char uri[URI_MAX];
	json_t *tree;
	const json_t *feature;
	size_t i, found = 0;

	snprintf(uri, sizeof(uri), "%s?limit=100&%s=", items, name);
	if (json_is_string(value)) {
		add_encoded(uri, json_string_value(value));
	} else {
		char *text = json_dumps(value, JSON_ENCODE_ANY);

		strcat(uri, text);
		free(text);
	}
	tree = api_json(f, uri);
	json_array_foreach(json_object_get(tree, "features"), i, feature)
	{
		bool same = has_value(feature, name, value);

		if (!same && strcmp(name, "district"))
			fail_msg("%s finds another value", uri);
		found += same;
	}
	if (!found)
		fail_msg("%s finds nothing", uri);
	json_decref(tree);
}

/* A value that some feature has; NULL: none has any. */
static const json_t *some_value(const json_t *features, const char *name)
{
	const json_t *feature;
	size_t i;

	json_array_foreach(features, i, feature)
	{
		const json_t *value = value_of(feature, name);

		if (json_is_array(value))
			value = json_array_get(value, 0);
		if (value && !json_is_null(value))
			return value;
	}
	return NULL;
}

static bool is_described(const json_t *operation, const char *name)
{
	const json_t *parameter;
	size_t i;

	json_array_foreach(json_object_get(operation, "parameters"), i,
	    parameter) if (!strcmp(api_text(parameter, "name"),
			       name)) return true;
	return false;
}

/* Every queryable is a parameter, and OpenAPI tells of it; so many of them have
 * a value somewhere. */
static void check_parameters(struct fixture *f, const char *id, int valued)
{
	char items[128], path[128];
	json_t *schema, *tree, *openapi = api_json(f, "/api/openapi.json");
	const json_t *operation, *value, *property;
	const char *name;
	int n = 0;

	snprintf(path, sizeof(path), COLLECTIONS "/%s/queryables", id);
	schema = api_json(f, path);
	snprintf(items, sizeof(items), COLLECTIONS "/%s/items", id);
	tree = api_json(f, items);
	operation =
	    json_object_get(json_object_get(json_object_get(openapi, "paths"),
				items + strlen("/api")),
		"get");
	json_object_foreach(
	    json_object_get(schema, "properties"), name, property)
	{
		if (!strcmp(name, "geometry"))
			continue;
		if (!is_described(operation, name))
			fail_msg("OpenAPI has no %s of %s", name, id);
		value = some_value(json_object_get(tree, "features"), name);
		if (!value)
			continue;
		check_parameter(f, items, name, value);
		n++;
	}
	assert_int_equal(n, valued);
	json_decref(tree);
	json_decref(schema);
	json_decref(openapi);
}

static void test_attributes_as_parameters(void **state)
{
	check_parameters(*state, "projects", 32);
	check_parameters(*state, "districts", 11);
	check_parameters(*state, "trees", 12);
}

static void test_bad_attributes(void **state)
{
	static const char *const uris[] = { ITEMS "?planned=abc",
		ITEMS "?planned=1e6", ITEMS "?planned_start=2024-02-30",
		ITEMS "?planned_start=", ITEMS "?demo=yes",
		ITEMS "?facility_type=castle",
		ITEMS "?sector=", ITEMS "?budget_levels=county",
		ITEMS "?geometry=POINT(1%201)", ITEMS "?title_kk=a&title_kk=b",
		ITEMS "?zqxjk=1", ITEMS "?progress=NaN",
		ITEMS "/TKS-2024-000001?demo=true", COLLECTIONS "?demo=true",
		"/api/stats?demo=true" };

	for (size_t i = 0; i < sizeof(uris) / sizeof(uris[0]); i++)
		if (api_status(*state, uris[i]) != 400)
			fail_msg("%s", uris[i]);
}

/* A text is a text, whatever stands in it. */
static void test_quotes_in_attributes(void **state)
{
	char uri[URI_MAX];

	make_uri(uri, ITEMS "?title_kk=", "<b>Жол</b> & \"көпір\"");
	assert_int_equal(api_matched(*state, uri), 1);
	make_uri(uri, ITEMS "?title_kk=", "x' OR '1'='1");
	assert_int_equal(api_matched(*state, uri), 0);
	make_uri(uri, ITEMS "?title_kk=", "x\\");
	assert_int_equal(api_matched(*state, uri), 0);
	make_uri(uri, ITEMS "?title_kk=", "x\\' OR id <> '");
	assert_int_equal(api_matched(*state, uri), 0);
}

static struct fixture fixture;
static struct collection trees;

static int open_fixture(void **state)
{
	fixture_open(&fixture);
	trees_open(&trees, &fixture);
	*state = &fixture;
	return 0;
}

static int close_fixture(void **state)
{
	trees_close(&trees);
	fixture_close(*state);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_attributes_as_parameters),
		cmocka_unit_test(test_bad_attributes),
		cmocka_unit_test(test_quotes_in_attributes),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
