#include "cql2_build.h"

#include "base/clock.h"
#include "base/utf8.h"

typedef bool check(struct cql2_build *b, struct cql2_node *node);

/* A text beside a date or a timestamp is one, as a cast (21-065r2 section
 * 6.3.3). */
static bool cast(struct cql2_build *b, struct cql2_node *text,
    enum cql2_type type, enum value_type value)
{
	struct str written = text->value.text;
	int64_t instant = 0;
	int32_t day = 0;
	bool good;

	if (type == TYPE_DAY) {
		good = clock_date_parse(written, &day);
		instant = day;
	} else {
		good = clock_time_parse(written, &instant);
	}
	if (!good)
		return cql2_refuse(b, text->at,
		    "a text is compared with a date or a timestamp but is "
		    "none");
	text->type = type;
	text->value = (struct value){ .type = value, .integer = instant };
	return true;
}

static bool is_text_literal(const struct cql2_node *node)
{
	return node->op == OP_LITERAL && node->type == TYPE_TEXT;
}

/* A truth value as databases and GDAL write it. */
static bool is_one_or_zero(const struct cql2_node *node)
{
	return node->op == OP_LITERAL && node->value.type == VALUE_INT &&
	       (node->value.integer == 0 || node->value.integer == 1);
}

/* GeoJSON writes every id as a text, so clients do too. */
static void cast_id(struct cql2_node *text)
{
	int64_t id;

	if (!str_to_int64(text->value.text, &id))
		return;
	text->type = TYPE_NUMBER;
	text->value = (struct value){ .type = VALUE_INT, .integer = id };
}

static bool cast_to(
    struct cql2_build *b, struct cql2_node *text, const struct cql2_node *other)
{
	if (other->type == TYPE_TRUTH && is_one_or_zero(text)) {
		text->type = TYPE_TRUTH;
		text->value.type = VALUE_BOOL;
	}
	if (!is_text_literal(text))
		return true;
	if (other->type == TYPE_DAY)
		return cast(b, text, TYPE_DAY, VALUE_DAY);
	if (other->type == TYPE_TIME)
		return cast(b, text, TYPE_TIME, VALUE_TIME);
	if (other->op == OP_PROPERTY && other->property.index == CQL2_ID &&
	    other->type == TYPE_NUMBER)
		cast_id(text);
	return true;
}

/* Both are of one type that has an order. */
static bool check_pair(
    struct cql2_build *b, struct cql2_node *left, struct cql2_node *right)
{
	if (!cast_to(b, left, right) || !cast_to(b, right, left))
		return false;
	if (left->type != right->type)
		return cql2_refuse(
		    b, right->at, "values of different types are compared");
	if (left->type > TYPE_TIME)
		return cql2_refuse(b, right->at,
		    "something is compared that only functions compare");
	return true;
}

static bool check_logic(struct cql2_build *b, struct cql2_node *node)
{
	for (struct cql2_node *arg = node->args; arg; arg = arg->next)
		if (arg->type != TYPE_TRUTH)
			return cql2_refuse(
			    b, arg->at, "a predicate is expected");
	return true;
}

static bool check_comparison(struct cql2_build *b, struct cql2_node *node)
{
	return check_pair(b, node->args, node->args->next);
}

static bool check_between(struct cql2_build *b, struct cql2_node *node)
{
	struct cql2_node *low = node->args->next;

	if (!check_pair(b, node->args, low) ||
	    !check_pair(b, node->args, low->next))
		return false;
	if (node->args->type == TYPE_TRUTH)
		return cql2_refuse(
		    b, node->at, "BETWEEN takes no truth values");
	/* A text between dates became one only now. */
	return check_pair(b, low, low->next);
}

static bool check_in(struct cql2_build *b, struct cql2_node *node)
{
	struct cql2_node *arg = node->args->next;

	for (; arg; arg = arg->next)
		if (!check_pair(b, node->args, arg))
			return false;
	return true;
}

static bool check_null(struct cql2_build *b, struct cql2_node *node)
{
	if (node->args->op == OP_ARRAY)
		return cql2_refuse(
		    b, node->at, "an array is not tested for NULL");
	return true;
}

/* The text of a constant, folded as the node says. */
static bool fold_constant(
    struct cql2_build *b, struct cql2_node *node, struct str text)
{
	bool good;

	buf_reset(&b->scratch);
	good = node->op == OP_CASEI ? utf8_add_caseless(&b->scratch, text)
				    : utf8_add_unaccented(&b->scratch, text);
	if (good)
		node->text = (struct str){
			arena_copy(b->arena, b->scratch.data, b->scratch.len),
			b->scratch.len,
		};
	return (good && node->text.data) || cql2_no_memory(b);
}

/* What the property's letters become. */
static bool fold_letters(struct cql2_build *b, struct cql2_node *node)
{
	struct utf8_letters *l = arena_alloc(b->arena, sizeof(*l));

	if (!l)
		return cql2_no_memory(b);
	if (node->args->letters)
		*l = *node->args->letters;
	else
		utf8_letters_init(l);
	if (node->op == OP_CASEI)
		utf8_letters_caseless(l);
	else
		utf8_letters_unaccented(l);
	node->letters = l;
	return true;
}

static bool check_fold(struct cql2_build *b, struct cql2_node *node)
{
	node->type = TYPE_TEXT;
	if (node->args->type != TYPE_TEXT)
		return cql2_refuse(
		    b, node->at, "CASEI and ACCENTI take a text");
	return node->constant
		   ? fold_constant(b, node, cql2_constant_text(node->args))
		   : fold_letters(b, node);
}

static bool ends_in_escape(struct str pattern)
{
	size_t i = 0;

	while (i < pattern.len)
		i += pattern.data[i] == '\\' ? 2 : 1;
	return i > pattern.len;
}

static bool check_like(struct cql2_build *b, struct cql2_node *node)
{
	struct cql2_node *pattern = node->args->next;
	const struct cql2_node *written = pattern;

	if (node->args->type != TYPE_TEXT)
		return cql2_refuse(b, node->args->at, "LIKE takes a text");
	while (cql2_is_fold(written->op))
		written = written->args;
	if (!is_text_literal(written))
		return cql2_refuse(
		    b, pattern->at, "LIKE takes a pattern that is a text");
	node->text = cql2_constant_text(pattern);
	if (node->text.len > CQL2_PATTERN_MAX)
		return cql2_refuse(
		    b, pattern->at, "the pattern of LIKE is too long");
	if (ends_in_escape(node->text))
		return cql2_refuse(b, pattern->at,
		    "the pattern of LIKE ends with its escape character");
	node->pattern = cql2_make_pattern(b, node->text, node->args->letters);
	return node->pattern != NULL;
}

static bool check_arithmetic(struct cql2_build *b, struct cql2_node *node)
{
	node->type = TYPE_NUMBER;
	for (struct cql2_node *arg = node->args; arg; arg = arg->next)
		if (arg->type != TYPE_NUMBER)
			return cql2_refuse(
			    b, arg->at, "arithmetic takes numbers");
	return true;
}

static bool is_whole(const struct cql2_node *arg)
{
	return arg->op != OP_SHAPE || arg->shape->n_parts == 1;
}

static bool check_spatial(struct cql2_build *b, struct cql2_node *node)
{
	bool parts = node->op == OP_S_INTERSECTS || node->op == OP_S_DISJOINT;

	for (struct cql2_node *arg = node->args; arg; arg = arg->next) {
		if (arg->type != TYPE_GEOMETRY)
			return cql2_refuse(
			    b, arg->at, "a spatial function takes geometries");
		if (!parts && !is_whole(arg))
			return cql2_refuse(b, arg->at,
			    "a mixed collection stands, which only "
			    "S_INTERSECTS "
			    "and S_DISJOINT take");
	}
	return true;
}

/* What an operand is measured in; open on both ends: anything. */
static enum cql2_type unit_of(const struct cql2_node *operand)
{
	const struct cql2_node *start = operand->args;

	if (operand->op != OP_INTERVAL)
		return operand->type;
	return start->op == OP_OPEN ? start->next->type : start->type;
}

static bool is_open(const struct cql2_node *operand)
{
	return operand->op == OP_INTERVAL && operand->args->op == OP_OPEN &&
	       operand->args->next->op == OP_OPEN;
}

static bool check_temporal(struct cql2_build *b, struct cql2_node *node)
{
	struct cql2_node *left = node->args, *right = left->next;
	bool intervals = cql2_time_rule(node->op)->intervals;

	if (!cast_to(b, left, right) || !cast_to(b, right, left))
		return false;
	for (struct cql2_node *arg = left; arg; arg = arg->next) {
		if (arg->type != TYPE_DAY && arg->type != TYPE_TIME &&
		    arg->type != TYPE_INTERVAL)
			return cql2_refuse(b, arg->at,
			    "a temporal function takes an instant or interval");
		if (intervals && arg->type != TYPE_INTERVAL)
			return cql2_refuse(b, arg->at,
			    "this temporal function takes an interval");
	}
	if (unit_of(left) != unit_of(right) && !is_open(left) &&
	    !is_open(right))
		return cql2_refuse(b, right->at,
		    "dates and timestamps are compared with each other");
	return true;
}

static bool check_interval(struct cql2_build *b, struct cql2_node *node)
{
	struct cql2_node *start = node->args, *end = start->next;

	node->type = TYPE_INTERVAL;
	for (struct cql2_node *arg = start; arg; arg = arg->next)
		if (arg->type != TYPE_DAY && arg->type != TYPE_TIME)
			return cql2_refuse(b, arg->at,
			    "an interval ends with neither date nor timestamp");
	if (start->op == OP_OPEN || end->op == OP_OPEN)
		return true;
	if (start->type != end->type)
		return cql2_refuse(b, end->at,
		    "an interval lies between a date and a timestamp");
	if (start->op == OP_LITERAL && end->op == OP_LITERAL &&
	    start->value.integer > end->value.integer)
		return cql2_refuse(
		    b, end->at, "an interval ends before it starts");
	return true;
}

/* A list of literals is the same text for every record. */
static bool list_literals(struct cql2_build *b, struct cql2_node *node)
{
	buf_reset(&b->scratch);
	for (struct cql2_node *arg = node->args; arg; arg = arg->next) {
		if (arg->op != OP_LITERAL)
			return true;
		if (arg != node->args)
			buf_add_char(&b->scratch, ';');
		cql2_add_literal_element(&b->scratch, arg);
	}
	node->text = (struct str){
		arena_copy(b->arena, b->scratch.data, b->scratch.len),
		b->scratch.len,
	};
	return (!b->scratch.failed && node->text.data) || cql2_no_memory(b);
}

static bool check_array(struct cql2_build *b, struct cql2_node *node)
{
	node->type = TYPE_LIST;
	for (struct cql2_node *arg = node->args; arg; arg = arg->next)
		if (arg->type > TYPE_TIME)
			return cql2_refuse(b, arg->at,
			    "an array holds what is no text, number, truth "
			    "value, "
			    "date or timestamp");
	return list_literals(b, node);
}

/* An attribute that is a list holds texts. */
static bool check_members(struct cql2_build *b, const struct cql2_node *list,
    const struct cql2_node *other)
{
	if (list->op != OP_PROPERTY || other->op != OP_ARRAY)
		return true;
	for (struct cql2_node *arg = other->args; arg; arg = arg->next)
		if (arg->type != TYPE_TEXT)
			return cql2_refuse(b, arg->at,
			    "an attribute's list holds texts, which are "
			    "compared with something else");
	return true;
}

static bool check_lists(struct cql2_build *b, struct cql2_node *node)
{
	struct cql2_node *left = node->args, *right = left->next;

	for (struct cql2_node *arg = left; arg; arg = arg->next)
		if (arg->type != TYPE_LIST)
			return cql2_refuse(
			    b, arg->at, "an array function takes arrays");
	return check_members(b, left, right) && check_members(b, right, left);
}

static check *check_of(enum cql2_op op)
{
	static check *const checks[] = {
		[OP_LIKE] = check_like,
		[OP_BETWEEN] = check_between,
		[OP_IN] = check_in,
		[OP_IS_NULL] = check_null,
		[OP_INTERVAL] = check_interval,
		[OP_ARRAY] = check_array,
	};

	if (cql2_is_logic(op))
		return check_logic;
	if (cql2_is_comparison(op))
		return check_comparison;
	if (cql2_is_fold(op))
		return check_fold;
	if (cql2_is_arithmetic(op))
		return check_arithmetic;
	if (cql2_is_spatial(op))
		return check_spatial;
	if (cql2_is_temporal(op))
		return check_temporal;
	return cql2_is_lists(op) ? check_lists : checks[op];
}

bool cql2_check(struct cql2_build *b, struct cql2_node *node)
{
	return check_of(node->op)(b, node);
}
