#include "format/json_tree.h"

#include <jansson.h>
#include <string.h>

/* jansson keeps the order of the text but no places, so the text is walked
 * beside its tree. It is valid JSON by then. */
struct walk {
	struct str text;
	size_t at;
	struct arena *arena;
};

static bool is_between(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' ||
	       c == ':';
}

static void skip_between(struct walk *w)
{
	while (w->at < w->text.len && is_between(w->text.data[w->at]))
		w->at++;
}

/* From the opening quote behind the closing one. */
static size_t string_end(struct str text, size_t at)
{
	for (at++; at < text.len && text.data[at] != '"'; at++)
		if (text.data[at] == '\\')
			at++;
	return at + 1;
}

/* Numbers and words end before what follows them. */
static void skip_scalar(struct walk *w)
{
	if (w->text.data[w->at] == '"') {
		w->at = string_end(w->text, w->at);
		return;
	}
	while (w->at < w->text.len && !is_between(w->text.data[w->at]) &&
	       w->text.data[w->at] != ']' && w->text.data[w->at] != '}')
		w->at++;
}

/* The byte, from 1, of the bracket that opens one level too many; 0 when there
 * is none. What stands in strings counts not. */
static size_t find_too_deep(struct str text, int depth_max)
{
	int depth = 0;
	size_t at = 0;

	while (at < text.len) {
		char c = text.data[at];

		if (c == '"') {
			at = string_end(text, at);
			continue;
		}
		at++;
		if ((c == '{' || c == '[') && ++depth > depth_max)
			return at;
		if (c == '}' || c == ']')
			depth--;
	}
	return 0;
}

static bool copy_text(
    struct walk *w, struct str *out, const char *data, size_t len)
{
	*out = (struct str){ arena_copy(w->arena, data, len), len };
	return out->data != NULL;
}

static struct json_node *take(struct walk *w, json_t *value);

/* Puts the next item or member behind *last. */
static bool take_next(struct walk *w, struct json_node *parent,
    struct json_node **last, const char *name, json_t *value)
{
	struct json_node *node;

	if (name) {
		skip_between(w);
		skip_scalar(w);
	}
	node = take(w, value);
	if (!node || (name && !copy_text(w, &node->name, name, strlen(name))))
		return false;
	if (*last)
		(*last)->next = node;
	else
		parent->first = node;
	*last = node;
	parent->n++;
	return true;
}

static bool take_array(struct walk *w, struct json_node *node, json_t *value)
{
	struct json_node *last = NULL;

	node->kind = JSON_IS_ARRAY;
	w->at++;
	for (size_t i = 0; i < json_array_size(value); i++)
		if (!take_next(w, node, &last, NULL, json_array_get(value, i)))
			return false;
	skip_between(w);
	w->at++;
	return true;
}

static bool take_object(struct walk *w, struct json_node *node, json_t *value)
{
	struct json_node *last = NULL;

	node->kind = JSON_IS_OBJECT;
	w->at++;
	for (void *i = json_object_iter(value); i;
	     i = json_object_iter_next(value, i))
		if (!take_next(w, node, &last, json_object_iter_key(i),
			json_object_iter_value(i)))
			return false;
	skip_between(w);
	w->at++;
	return true;
}

static bool take_scalar(struct walk *w, struct json_node *node, json_t *value)
{
	if (json_is_string(value)) {
		node->kind = JSON_IS_TEXT;
		if (!copy_text(w, &node->text, json_string_value(value),
			json_string_length(value)))
			return false;
	} else if (json_is_integer(value)) {
		node->kind = JSON_IS_INT;
		node->integer = json_integer_value(value);
	} else if (json_is_real(value)) {
		node->kind = JSON_IS_REAL;
		node->real = json_real_value(value);
	} else if (json_is_boolean(value)) {
		node->kind = JSON_IS_BOOL;
		node->truth = json_is_true(value);
	}
	skip_scalar(w);
	return true;
}

/* NULL when memory is exhausted. */
static struct json_node *take(struct walk *w, json_t *value)
{
	struct json_node *node = arena_alloc(w->arena, sizeof(*node));
	bool good;

	if (!node)
		return NULL;
	skip_between(w);
	node->at = w->at + 1;
	if (json_is_array(value))
		good = take_array(w, node, value);
	else if (json_is_object(value))
		good = take_object(w, node, value);
	else
		good = take_scalar(w, node, value);
	return good ? node : NULL;
}

static void refuse(const json_error_t *error, struct err *e)
{
	enum json_error_code code = json_error_code(error);
	size_t at = error->position > 0 ? (size_t)error->position : 1;

	if (code == json_error_out_of_memory)
		err_no_memory(e);
	else if (code == json_error_duplicate_key)
		err_set(
		    e, ERR_INPUT, "a name stands twice before byte %zu", at);
	else if (code == json_error_numeric_overflow)
		err_set(e, ERR_INPUT, "a number is too large at byte %zu", at);
	else
		err_set(e, ERR_INPUT, "this is not JSON at byte %zu", at);
}

const struct json_node *json_tree_read(
    struct str text, int depth_max, struct arena *a, struct err *e)
{
	size_t deep = find_too_deep(text, depth_max);
	struct walk w = { .text = text, .arena = a };
	const struct json_node *node;
	json_error_t error;
	json_t *value;

	if (deep > 0) {
		err_set(e, ERR_INPUT, "this is nested too deeply at byte %zu",
		    deep);
		return NULL;
	}
	value = json_loadb(text.data ? text.data : "", text.len,
	    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
	if (!value) {
		refuse(&error, e);
		return NULL;
	}
	node = take(&w, value);
	json_decref(value);
	if (!node)
		err_no_memory(e);
	return node;
}

const struct json_node *json_tree_member(
    const struct json_node *object, const char *name)
{
	const struct json_node *node = NULL;

	if (object && object->kind == JSON_IS_OBJECT)
		node = object->first;
	while (node && !str_is(node->name, name))
		node = node->next;
	return node;
}

bool json_tree_number(const struct json_node *node, double *out)
{
	if (node->kind != JSON_IS_INT && node->kind != JSON_IS_REAL)
		return false;
	*out = node->kind == JSON_IS_INT ? (double)node->integer : node->real;
	return true;
}
