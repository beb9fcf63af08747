#include "api/openapi.h"

#include "base/array.h"

#include <stdio.h>

enum { NUMBER_DIGITS = 6, BBOX_SIZES = 2, REF_SIZE = 96 };

/* Larger bounds are there for computers only. */
static const double told_most = 9007199254740992.0;

static void number(struct json *j, const char *key, double value)
{
	json_key(j, key);
	json_double(j, value, NUMBER_DIGITS);
}

static void write_codes(struct json *j, const struct param *p)
{
	json_pair(j, "type", "string");
	json_key(j, "enum");
	json_open(j, '[');
	for (size_t i = 0; i < p->codes->n; i++)
		json_text(j, p->codes->codes[i].code);
	json_close(j, ']');
}

static void write_range(struct json *j, const struct param *p, const char *type)
{
	json_pair(j, "type", type);
	if (p->max > told_most)
		return;
	number(j, "minimum", p->min);
	number(j, "maximum", p->max);
}

/* The schema of one value, of a list's member. */
static void write_simple(struct json *j, const struct param *p)
{
	switch (p->type) {
	case PARAM_BBOX:
		json_pair(j, "type", "number");
		break;
	case PARAM_INT:
	case PARAM_YEARS:
		write_range(j, p, "integer");
		break;
	case PARAM_NUMBER:
		write_range(j, p, "number");
		break;
	case PARAM_MONEY:
		json_pair(j, "type", "number");
		number(j, "minimum", 0);
		break;
	case PARAM_CODES:
	case PARAM_CHOICE:
		write_codes(j, p);
		break;
	case PARAM_DISTRICT:
		json_pair(j, "type", "string");
		json_pair(j, "pattern", "^([0-9]{9}|none)$");
		break;
	case PARAM_BOOL:
		json_pair(j, "type", "boolean");
		break;
	case PARAM_DATETIME:
		json_pair(j, "type", "string");
		break;
	case PARAM_DAY:
		json_pair(j, "type", "string");
		json_pair(j, "format", "date");
		break;
	case PARAM_TIME:
		json_pair(j, "type", "string");
		json_pair(j, "format", "date-time");
		break;
	case PARAM_FILTER:
	case PARAM_TEXT:
		json_pair(j, "type", "string");
		number(j, "maxLength", p->max);
		break;
	case PARAM_TOKEN:
		json_pair(j, "type", "string");
		json_pair(j, "pattern", "^[A-Za-z0-9_-]+$");
		number(j, "maxLength", p->max);
		break;
	case PARAM_NAMES:
		json_pair(j, "type", "string");
		json_pair(j, "pattern",
		    p->flags & PARAM_SIGNED ? "^[+-]?[a-z][a-z0-9_]*$"
					    : "^[a-z][a-z0-9_]*$");
		break;
	}
}

bool openapi_is_list(const struct param *p)
{
	return p->type == PARAM_BBOX || p->type == PARAM_CODES ||
	       p->type == PARAM_DISTRICT || p->type == PARAM_YEARS ||
	       p->type == PARAM_NAMES;
}

static void write_default(struct json *j, const struct param *p)
{
	if (!p->fallback)
		return;
	json_key(j, "default");
	if (p->type == PARAM_INT || p->type == PARAM_BOOL)
		json_raw(j, str_from(p->fallback));
	else
		json_text(j, p->fallback);
}

/* Four numbers, or six with heights. */
static void write_box_sizes(struct json *j)
{
	static const int sizes[BBOX_SIZES] = { 4, 6 };

	json_key(j, "oneOf");
	json_open(j, '[');
	for (int i = 0; i < BBOX_SIZES; i++) {
		json_open(j, '{');
		json_key(j, "minItems");
		json_int(j, sizes[i]);
		json_key(j, "maxItems");
		json_int(j, sizes[i]);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void write_schema(struct json *j, const struct param *p)
{
	json_key(j, "schema");
	json_open(j, '{');
	if (!openapi_is_list(p)) {
		write_simple(j, p);
		write_default(j, p);
		json_close(j, '}');
		return;
	}
	json_pair(j, "type", "array");
	if (p->type == PARAM_BBOX) {
		write_box_sizes(j);
	} else {
		json_key(j, "minItems");
		json_int(j, 1);
	}
	json_key(j, "items");
	json_open(j, '{');
	write_simple(j, p);
	json_close(j, '}');
	json_close(j, '}');
}

static void write_param(struct json *j, const struct param *p, int lang)
{
	json_open(j, '{');
	json_pair(j, "name", p->name);
	json_pair(j, "in", "query");
	json_pair(j, "description", p->text[lang]);
	json_key(j, "required");
	json_bool(j, p->flags & PARAM_REQUIRED);
	json_pair(j, "style", "form");
	json_key(j, "explode");
	json_bool(j, false);
	write_schema(j, p);
	json_close(j, '}');
}

/* What stands among the components: QGIS looks there, and only there, for how
 * many features a page may have. */
static const struct param *const shared[] = { &param_limit };

static bool is_shared(const struct param *p)
{
	for (size_t i = 0; i < LENGTH(shared); i++)
		if (shared[i] == p)
			return true;
	return false;
}

void openapi_write_param(struct json *j, const struct param *p, int lang)
{
	char path[REF_SIZE];

	if (!is_shared(p)) {
		write_param(j, p, lang);
		return;
	}
	snprintf(path, sizeof(path), "#/components/parameters/%s", p->name);
	json_open(j, '{');
	json_pair(j, "$ref", path);
	json_close(j, '}');
}

void openapi_write_shared(struct json *j, int lang)
{
	json_key(j, "parameters");
	json_open(j, '{');
	for (size_t i = 0; i < LENGTH(shared); i++) {
		json_key(j, shared[i]->name);
		write_param(j, shared[i], lang);
	}
	json_close(j, '}');
}

void openapi_write_path_param(struct json *j, struct str name)
{
	static const struct {
		const char *name, *type, *pattern;
	} known[] = {
		{ "z", "integer", NULL },
		{ "x", "integer", NULL },
		{ "y", "integer", NULL },
		{ "tileMatrix", "integer", NULL },
		{ "tileRow", "integer", NULL },
		{ "tileCol", "integer", NULL },
		{ "kato", "string", "^[0-9]{9}$" },
		{ "collection", "string", "^[a-z][a-z0-9_]*$" },
		{ "geometry", "string", "^(point|line|polygon)$" },
	};

	for (size_t i = 0; i < LENGTH(known); i++) {
		if (!str_is(name, known[i].name))
			continue;
		json_pair(j, "type", known[i].type);
		if (known[i].pattern)
			json_pair(j, "pattern", known[i].pattern);
		else
			number(j, "minimum", 0);
		return;
	}
	json_pair(j, "type", "string");
}
