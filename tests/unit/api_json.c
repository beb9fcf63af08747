#include "api_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

json_t *api_json(struct fixture *f, const char *uri)
{
	struct answer a;
	json_error_t error;
	json_t *tree;

	fixture_get(f, uri, &a);
	if (a.status != 200)
		fail_msg("%s: %d %s", uri, a.status, a.body);
	tree = json_loads(a.body, 0, &error);
	if (!tree)
		fail_msg("%s: %s", uri, error.text);
	answer_free(&a);
	return tree;
}

int api_status(struct fixture *f, const char *uri)
{
	struct answer a;
	int status;

	fixture_get(f, uri, &a);
	status = a.status;
	answer_free(&a);
	return status;
}

const char *api_text(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	return value ? value : "";
}

int64_t api_number(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	if (!json_is_integer(value))
		fail_msg("%s is no whole number", key);
	return json_integer_value(value);
}

const char *api_link(const json_t *object, const char *rel, const char *type)
{
	const json_t *links = json_object_get(object, "links"), *link;
	size_t i;

	json_array_foreach(links, i, link)
	{
		const char *href = api_text(link, "href");

		if (strcmp(api_text(link, "rel"), rel) ||
		    (type && strcmp(api_text(link, "type"), type)))
			continue;
		assert_int_equal(strncmp(href, API_BASE, strlen(API_BASE)), 0);
		return href + strlen(API_BASE);
	}
	fail_msg("no link %s of type %s", rel, type ? type : "any");
	return NULL;
}

bool api_has_link(const json_t *object, const char *rel)
{
	const json_t *links = json_object_get(object, "links"), *link;
	size_t i;

	json_array_foreach(links, i,
	    link) if (!strcmp(api_text(link, "rel"), rel)) return true;
	return false;
}

int64_t api_matched(struct fixture *f, const char *uri)
{
	json_t *tree = api_json(f, uri);
	int64_t n = api_number(tree, "numberMatched");

	json_decref(tree);
	return n;
}

void api_ids(struct fixture *f, const char *uri, char out[static 16])
{
	json_t *tree = api_json(f, uri);
	const json_t *feature;
	size_t i, n = 0;

	json_array_foreach(json_object_get(tree, "features"), i, feature)
	{
		const char *id = api_text(feature, "id");

		assert_true(n < 15 && *id);
		out[n++] = id[strlen(id) - 1];
	}
	out[n] = '\0';
	json_decref(tree);
}

void api_declared(struct fixture *f, const char *conformance_class)
{
	json_t *tree = api_json(f, "/api/conformance");
	const json_t *list = json_object_get(tree, "conformsTo"), *item;
	bool found = false;
	size_t i;

	json_array_foreach(list, i, item) found =
	    found || !strcmp(json_string_value(item), conformance_class);
	if (!found)
		fail_msg("%s is not declared", conformance_class);
	json_decref(tree);
}
