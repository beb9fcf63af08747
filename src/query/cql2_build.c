#include "cql2_build.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"

enum { DELETE = 0x7F, ESCAPED_FIRST = 0x07, ESCAPED_LAST = 0x0D };

/* Where doubles stop to hold every integer, and int64_t stops. */
static const double int64_end = 9223372036854775808.0;

bool cql2_build_begin(struct cql2_build *b, const struct cql2_context *c,
    struct arena *a, struct err *e)
{
	*b = (struct cql2_build){ .context = c, .arena = a, .err = e };
	buf_init(&b->scratch, (size_t)CQL2_BYTES_MAX * 4);
	b->used = arena_array(a, c->schema->n_fields + 2, sizeof(*b->used));
	return b->used || cql2_no_memory(b);
}

const struct cql2 *cql2_build_end(struct cql2_build *b, struct cql2_node *root)
{
	struct cql2 *f = NULL;

	if (root && root->type != TYPE_TRUTH)
		root = cql2_refuse(b, root->at, "a predicate is expected");
	if (root) {
		f = arena_alloc(b->arena, sizeof(*f));
		if (!f)
			cql2_no_memory(b);
	}
	if (f)
		*f = (struct cql2){
			.root = root,
			.spatial = b->spatial,
			.folds = b->folds,
			.n_spatial = b->n_spatial,
			.n_folds = b->n_folds,
			.used = b->used,
			.n_fields = b->context->schema->n_fields,
		};
	geos_close(b->geos);
	buf_free(&b->scratch);
	return f;
}

void *cql2_refuse(struct cql2_build *b, size_t at, const char *what)
{
	err_set(b->err, ERR_INPUT, "at byte %zu %s", at, what);
	return NULL;
}

void *cql2_no_memory(struct cql2_build *b)
{
	err_no_memory(b->err);
	return NULL;
}

bool cql2_args_add(struct cql2_args *args, struct cql2_node *node)
{
	if (!node)
		return false;
	if (args->last)
		args->last->next = node;
	else
		args->first = node;
	args->last = node;
	args->n++;
	return true;
}

struct cql2_node *cql2_new_node(
    struct cql2_build *b, enum cql2_op op, enum cql2_type type, size_t at)
{
	struct cql2_node *node;

	if (b->n_nodes == CQL2_NODES_MAX)
		return cql2_refuse(b, at, "the filter has too many parts");
	node = arena_alloc(b->arena, sizeof(*node));
	if (!node)
		return cql2_no_memory(b);
	b->n_nodes++;
	node->op = op;
	node->type = type;
	node->at = at;
	node->depth = 1;
	node->constant = true;
	return node;
}

/* A AND (B AND C) is A AND B AND C. */
static void flatten(struct cql2_node *node)
{
	struct cql2_args flat = { NULL, NULL, 0 };
	struct cql2_node *arg = node->args, *next;

	for (; arg; arg = next) {
		next = arg->next;
		if (arg->op != node->op) {
			cql2_args_add(&flat, arg);
			continue;
		}
		for (struct cql2_node *inner = arg->args; inner;) {
			struct cql2_node *after = inner->next;

			cql2_args_add(&flat, inner);
			inner = after;
		}
	}
	flat.last->next = NULL;
	node->args = flat.first;
	node->n = flat.n;
}

static int own_cost(const struct cql2_node *node)
{
	if (cql2_is_spatial(node->op))
		return CQL2_COST_MAX;
	if (cql2_is_fold(node->op) && !node->constant)
		return 2;
	return node->op == OP_LIKE || cql2_is_lists(node->op);
}

/* What is cheap is asked first, in the order it was written otherwise. */
static void sort_by_cost(struct cql2_node *node)
{
	struct cql2_args sorted = { NULL, NULL, 0 };

	for (int cost = 0; cost <= CQL2_COST_MAX; cost++) {
		struct cql2_node **link = &node->args;

		while (*link) {
			struct cql2_node *arg = *link;

			if (arg->cost != cost) {
				link = &arg->next;
				continue;
			}
			*link = arg->next;
			arg->next = NULL;
			cql2_args_add(&sorted, arg);
		}
	}
	node->args = sorted.first;
}

/* Spatial nodes and folds of properties need something of the matcher. */
static void give_slot(struct cql2_build *b, struct cql2_node *node)
{
	if (cql2_is_spatial(node->op)) {
		node->slot = b->n_spatial++;
		node->peer = b->spatial;
		b->spatial = node;
	} else if (cql2_is_fold(node->op) && !node->constant) {
		node->slot = b->n_folds++;
		node->peer = b->folds;
		b->folds = node;
	}
}

struct cql2_node *cql2_make(struct cql2_build *b, enum cql2_op op, size_t at,
    const struct cql2_args *args)
{
	struct cql2_node *node = cql2_new_node(b, op, TYPE_TRUTH, at);

	if (!node)
		return NULL;
	node->args = args->first;
	node->n = args->n;
	if (op == OP_AND || op == OP_OR)
		flatten(node);
	for (struct cql2_node *arg = node->args; arg; arg = arg->next) {
		node->constant = node->constant && arg->constant;
		if (node->depth <= arg->depth)
			node->depth = arg->depth + 1;
		if (node->cost < arg->cost)
			node->cost = arg->cost;
	}
	if (node->cost < own_cost(node))
		node->cost = own_cost(node);
	if (op == OP_AND || op == OP_OR)
		sort_by_cost(node);
	if (node->depth > CQL2_DEPTH_MAX)
		return cql2_refuse(b, at, "the filter is nested too deeply");
	if (!cql2_check(b, node))
		return NULL;
	give_slot(b, node);
	return node;
}

struct cql2_node *cql2_make_unary(
    struct cql2_build *b, enum cql2_op op, size_t at, struct cql2_node *arg)
{
	struct cql2_args args = { NULL, NULL, 0 };

	if (!cql2_args_add(&args, arg))
		return NULL;
	return cql2_make(b, op, at, &args);
}

struct cql2_node *cql2_make_binary(struct cql2_build *b, enum cql2_op op,
    size_t at, struct cql2_node *left, struct cql2_node *right)
{
	struct cql2_args args = { NULL, NULL, 0 };

	if (!cql2_args_add(&args, left) || !cql2_args_add(&args, right))
		return NULL;
	return cql2_make(b, op, at, &args);
}

struct cql2_node *cql2_make_truth(struct cql2_build *b, size_t at, bool truth)
{
	struct cql2_node *node = cql2_new_node(b, OP_LITERAL, TYPE_TRUTH, at);

	if (node)
		node->value =
		    (struct value){ .type = VALUE_BOOL, .integer = truth };
	return node;
}

struct cql2_node *cql2_make_int(struct cql2_build *b, size_t at, int64_t v)
{
	struct cql2_node *node = cql2_new_node(b, OP_LITERAL, TYPE_NUMBER, at);

	if (node)
		node->value = (struct value){ .type = VALUE_INT, .integer = v };
	return node;
}

/* A whole number is one however it is written. */
struct cql2_node *cql2_make_number(struct cql2_build *b, size_t at, double v)
{
	struct cql2_node *node;

	if (!isfinite(v))
		return cql2_refuse(b, at, "a number is too large");
	if (fabs(v) < int64_end && !(trunc(v) < v || trunc(v) > v))
		return cql2_make_int(b, at, (int64_t)v);
	node = cql2_new_node(b, OP_LITERAL, TYPE_NUMBER, at);
	if (node)
		node->value =
		    (struct value){ .type = VALUE_NUMBER, .number = v };
	return node;
}

static bool has_control(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.data[i];

		if ((c < ' ' && (c < ESCAPED_FIRST || c > ESCAPED_LAST)) ||
		    c == DELETE)
			return true;
	}
	return false;
}

struct cql2_node *cql2_make_text(
    struct cql2_build *b, size_t at, struct str text)
{
	struct cql2_node *node;
	const char *copy;

	if (has_control(text))
		return cql2_refuse(b, at, "a text holds a control character");
	buf_reset(&b->scratch);
	if (!utf8_add_nfc(&b->scratch, text)) {
		if (b->scratch.failed)
			return cql2_no_memory(b);
		return cql2_refuse(b, at, "a text is not valid UTF-8");
	}
	copy = arena_copy(b->arena, b->scratch.data, b->scratch.len);
	if (!copy)
		return cql2_no_memory(b);
	node = cql2_new_node(b, OP_LITERAL, TYPE_TEXT, at);
	if (node)
		node->value = (struct value){ .type = VALUE_TEXT,
			.text = { copy, b->scratch.len } };
	return node;
}

static struct cql2_node *make_instant(struct cql2_build *b, size_t at,
    enum cql2_type type, enum value_type value, int64_t instant)
{
	struct cql2_node *node = cql2_new_node(b, OP_LITERAL, type, at);

	if (node)
		node->value =
		    (struct value){ .type = value, .integer = instant };
	return node;
}

struct cql2_node *cql2_make_day(
    struct cql2_build *b, size_t at, struct str text)
{
	int32_t day;

	if (!clock_date_parse(text, &day))
		return cql2_refuse(
		    b, at, "a date is not YYYY-MM-DD of a day that exists");
	return make_instant(b, at, TYPE_DAY, VALUE_DAY, day);
}

struct cql2_node *cql2_make_time(
    struct cql2_build *b, size_t at, struct str text)
{
	int64_t time;

	if (!clock_time_parse(text, &time))
		return cql2_refuse(b, at,
		    "a timestamp is not YYYY-MM-DDThh:mm:ssZ of an instant "
		    "that exists");
	return make_instant(b, at, TYPE_TIME, VALUE_TIME, time);
}

struct cql2_node *cql2_make_end(
    struct cql2_build *b, size_t at, struct str text)
{
	int64_t time;
	int32_t day;

	if (str_is(text, ".."))
		return cql2_new_node(b, OP_OPEN, TYPE_TIME, at);
	if (clock_date_parse(text, &day))
		return make_instant(b, at, TYPE_DAY, VALUE_DAY, day);
	if (clock_time_parse(text, &time))
		return make_instant(b, at, TYPE_TIME, VALUE_TIME, time);
	return cql2_refuse(b, at,
	    "the end of an interval is neither a date, a timestamp nor '..'");
}

struct cql2_node *cql2_make_shape(
    struct cql2_build *b, size_t at, const struct cql2_shape *shape)
{
	struct cql2_node *node;

	if (!shape)
		return NULL;
	node = cql2_new_node(b, OP_SHAPE, TYPE_GEOMETRY, at);
	if (node)
		node->shape = shape;
	return node;
}
