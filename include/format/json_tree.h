/* JSON as a tree of plain structs: small documents that are not features. */
#ifndef BUDGETMAP_FORMAT_JSON_TREE_H
#define BUDGETMAP_FORMAT_JSON_TREE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum json_kind {
	JSON_IS_NULL,
	JSON_IS_BOOL,
	JSON_IS_INT, /* a number without fraction and exponent */
	JSON_IS_REAL, /* any other number, finite */
	JSON_IS_TEXT,
	JSON_IS_ARRAY,
	JSON_IS_OBJECT
};

/* A value. Items and members stand in the order of the text; the names of an
 * object differ. */
struct json_node {
	enum json_kind kind;
	size_t at; /* the byte it begins with, from 1 */
	struct str name; /* of a member, otherwise empty */
	union {
		bool truth;
		int64_t integer;
		double real;
		struct str text; /* valid UTF-8 without NUL */
		size_t n; /* items or members */
	};
	const struct json_node *first; /* item or member, NULL: none */
	const struct json_node *next; /* beside it, NULL: the last */
};

enum { JSON_TREE_DEPTH_MAX = 128 };

/* Reads one value and nothing after it, by jansson, at most depth_max (up to
 * JSON_TREE_DEPTH_MAX) levels of arrays and objects. Everything lives in the
 * arena. NULL and ERR_INPUT with the byte when it is not JSON, a name stands
 * twice, a number is too large, or it is too deep. */
const struct json_node *json_tree_read(struct str text, int depth_max,
    struct arena *a, struct err *e) __attribute__((warn_unused_result));

/* A member by its name; NULL when there is none or it is no object. */
const struct json_node *json_tree_member(
    const struct json_node *object, const char *name);

/* The value of an integer or real node; false for others. */
bool json_tree_number(const struct json_node *node, double *out)
    __attribute__((warn_unused_result));

#endif
