#include "cql2_read.h"

#include "base/array.h"
#include "base/utf8.h"

/* Words that are no names of properties unless quoted (21-065r2 section 8.2);
 * those of functions are told by their parenthesis. */
static const char *const reserved[] = { "AND", "OR", "NOT", "LIKE", "BETWEEN",
	"IN", "IS", "NULL", "TRUE", "FALSE", "DIV" };

enum { N_RESERVED = LENGTH(reserved) };

static struct cql2_node *read_or(struct cql2_read *r);

/* --- operands ------------------------------------------------------------- */

static bool enter(struct cql2_read *r)
{
	if (r->depth == CQL2_DEPTH_MAX)
		return cql2_read_refuse(r, "the filter is nested too deeply");
	r->depth++;
	return true;
}

static struct cql2_node *leave(struct cql2_read *r, struct cql2_node *node)
{
	r->depth--;
	return node;
}

static bool is_reserved(const struct cql2_token *t)
{
	for (size_t i = 0; i < N_RESERVED; i++)
		if (cql2_token_is(t, reserved[i]))
			return true;
	return false;
}

struct cql2_node *cql2_read_property(struct cql2_read *r)
{
	struct cql2_token t = r->now;

	if (t.kind != TOKEN_QUOTED && t.kind != TOKEN_NAME)
		return cql2_read_refuse(r, "a value is expected");
	if (is_reserved(&t))
		return cql2_read_refuse(r, "a value is expected");
	if (t.kind == TOKEN_NAME && cql2_read_is_call(r))
		return cql2_read_refuse(r, "there is no such function");
	cql2_read_take(r);
	return cql2_make_property(&r->build, t.at, t.text);
}

static struct cql2_node *read_number(struct cql2_read *r, bool negative)
{
	struct cql2_token t = cql2_read_take(r);
	int64_t whole;
	double number;

	if (str_to_int64(t.text, &whole))
		return cql2_make_int(
		    &r->build, t.at, negative ? -whole : whole);
	if (!str_to_double(t.text, &number))
		return cql2_refuse(&r->build, t.at, "a number is too large");
	return cql2_make_number(&r->build, t.at, negative ? -number : number);
}

static struct cql2_node *read_text(struct cql2_read *r)
{
	struct cql2_token t = cql2_read_take(r);
	struct str text;

	if (!cql2_read_unescape(r, t.text, &text))
		return NULL;
	return cql2_make_text(&r->build, t.at, text);
}

static struct cql2_node *read_parentheses(struct cql2_read *r)
{
	struct cql2_node *inner;

	if (!enter(r))
		return NULL;
	cql2_read_take(r);
	inner = read_or(r);
	if (!inner || !cql2_read_expect(r, ")"))
		return NULL;
	return leave(r, inner);
}

/* In an array what stands in double quotes and is no property is a text: the
 * abstract tests of arrays are written so (21-065r2 annex A). */
static struct cql2_node *read_element(struct cql2_read *r)
{
	struct cql2_token t = r->now;

	if (t.kind != TOKEN_QUOTED || cql2_is_property(&r->build, t.text))
		return read_or(r);
	cql2_read_take(r);
	return cql2_make_text(&r->build, t.at, t.text);
}

/* An argument of an array function: an array or a property. */
static struct cql2_node *read_list(struct cql2_read *r)
{
	struct cql2_args args = { NULL, NULL, 0 };
	size_t at = r->now.at;

	if (!cql2_token_is(&r->now, "("))
		return cql2_read_property(r);
	cql2_read_take(r);
	if (!cql2_read_taken(r, ")")) {
		do {
			if (!cql2_args_add(&args, read_element(r)))
				return NULL;
		} while (cql2_read_taken(r, ","));
		if (!cql2_read_expect(r, ")"))
			return NULL;
	}
	return cql2_make(&r->build, OP_ARRAY, at, &args);
}

/* The arguments of a function of CQL2, as many as it takes. */
static struct cql2_node *read_function(struct cql2_read *r, enum cql2_op op)
{
	struct cql2_args args = { NULL, NULL, 0 };
	size_t at = r->now.at;

	if (!enter(r))
		return NULL;
	cql2_read_take(r);
	if (!cql2_read_expect(r, "("))
		return NULL;
	for (size_t i = 0; i < cql2_operators[op].max; i++) {
		if (i > 0 && !cql2_read_expect(r, ","))
			return NULL;
		if (!cql2_args_add(
			&args, cql2_is_lists(op) ? read_list(r) : read_or(r)))
			return NULL;
	}
	if (!cql2_read_expect(r, ")"))
		return NULL;
	return leave(r, cql2_make(&r->build, op, at, &args));
}

/* The function that begins here; -1 when none does. */
static int find_function(const struct cql2_read *r)
{
	if (r->now.kind != TOKEN_NAME || !cql2_read_is_call(r))
		return -1;
	for (int op = OP_CASEI; op <= OP_A_OVERLAPS; op++)
		if (!cql2_is_arithmetic((enum cql2_op)op) &&
		    cql2_token_is(&r->now, cql2_operators[op].text))
			return op;
	return -1;
}

static struct cql2_node *read_primary(struct cql2_read *r)
{
	struct cql2_node *instance;
	int function = find_function(r);
	size_t at = r->now.at;

	if (r->now.kind == TOKEN_NUMBER)
		return read_number(r, false);
	if (r->now.kind == TOKEN_TEXT)
		return read_text(r);
	if (cql2_token_is(&r->now, "("))
		return read_parentheses(r);
	if (function >= 0)
		return read_function(r, (enum cql2_op)function);
	if (cql2_read_instance(r, &instance))
		return instance;
	if (cql2_read_taken(r, "TRUE"))
		return cql2_make_truth(&r->build, at, true);
	if (cql2_read_taken(r, "FALSE"))
		return cql2_make_truth(&r->build, at, false);
	return cql2_read_property(r);
}

/* --- arithmetic ----------------------------------------------------------- */

/* A sign belongs to a number; before anything else a minus multiplies. */
static struct cql2_node *read_factor(struct cql2_read *r)
{
	size_t at = r->now.at;

	if (cql2_read_taken(r, "+")) {
		if (r->now.kind != TOKEN_NUMBER)
			return cql2_read_refuse(r, "a number is expected");
		return read_number(r, false);
	}
	if (!cql2_read_taken(r, "-"))
		return read_primary(r);
	if (r->now.kind == TOKEN_NUMBER)
		return read_number(r, true);
	return cql2_make_binary(&r->build, OP_MULTIPLY, at,
	    cql2_make_int(&r->build, at, -1), read_primary(r));
}

static struct cql2_node *read_power(struct cql2_read *r)
{
	struct cql2_node *base = read_factor(r);
	size_t at = r->now.at;

	if (!base || !cql2_read_taken(r, "^"))
		return base;
	base = cql2_make_binary(&r->build, OP_POWER, at, base, read_factor(r));
	if (base && cql2_token_is(&r->now, "^"))
		return cql2_read_refuse(
		    r, "a power of a power needs parentheses");
	return base;
}

typedef struct cql2_node *read_operand(struct cql2_read *r);

/* Operands with any of the operators first to last between them, from left to
 * right. */
static struct cql2_node *read_chain(struct cql2_read *r, enum cql2_op first,
    enum cql2_op last, read_operand *operand)
{
	struct cql2_node *left = operand(r);

	while (left) {
		enum cql2_op op = first;
		size_t at = r->now.at;

		while (op <= last &&
		       !cql2_token_is(&r->now, cql2_operators[op].text))
			op++;
		if (op > last)
			break;
		cql2_read_take(r);
		left = cql2_make_binary(&r->build, op, at, left, operand(r));
	}
	return left;
}

static struct cql2_node *read_product(struct cql2_read *r)
{
	return read_chain(r, OP_MULTIPLY, OP_QUOTIENT, read_power);
}

static struct cql2_node *read_sum(struct cql2_read *r)
{
	return read_chain(r, OP_ADD, OP_SUBTRACT, read_product);
}

/* --- predicates ----------------------------------------------------------- */

static struct cql2_node *read_like(
    struct cql2_read *r, size_t at, struct cql2_node *value)
{
	return cql2_make_binary(&r->build, OP_LIKE, at, value, read_primary(r));
}

static struct cql2_node *read_between(
    struct cql2_read *r, size_t at, struct cql2_node *value)
{
	struct cql2_args args = { NULL, NULL, 0 };

	if (!cql2_args_add(&args, value) ||
	    !cql2_args_add(&args, read_sum(r)) || !cql2_read_expect(r, "AND") ||
	    !cql2_args_add(&args, read_sum(r)))
		return NULL;
	return cql2_make(&r->build, OP_BETWEEN, at, &args);
}

static struct cql2_node *read_in(
    struct cql2_read *r, size_t at, struct cql2_node *value)
{
	struct cql2_args args = { NULL, NULL, 0 };

	if (!cql2_args_add(&args, value) || !cql2_read_expect(r, "("))
		return NULL;
	do {
		if (!cql2_args_add(&args, read_sum(r)))
			return NULL;
	} while (cql2_read_taken(r, ","));
	if (!cql2_read_expect(r, ")"))
		return NULL;
	return cql2_make(&r->build, OP_IN, at, &args);
}

static struct cql2_node *read_null(
    struct cql2_read *r, size_t at, struct cql2_node *value)
{
	bool negated = cql2_read_taken(r, "NOT");
	struct cql2_node *node;

	if (!cql2_read_expect(r, "NULL"))
		return NULL;
	node = cql2_make_unary(&r->build, OP_IS_NULL, at, value);
	return negated ? cql2_make_unary(&r->build, OP_NOT, at, node) : node;
}

/* What may follow NOT behind a value. */
static struct cql2_node *read_worded(
    struct cql2_read *r, struct cql2_node *value)
{
	static const struct {
		const char *word;
		struct cql2_node *(*read)(
		    struct cql2_read *, size_t, struct cql2_node *);
	} words[] = {
		{ "LIKE", read_like },
		{ "BETWEEN", read_between },
		{ "IN", read_in },
	};
	size_t at = r->now.at;
	bool negated = cql2_read_taken(r, "NOT");

	for (size_t i = 0; i < LENGTH(words); i++) {
		struct cql2_node *node;

		if (!cql2_read_taken(r, words[i].word))
			continue;
		node = words[i].read(r, at, value);
		return negated ? cql2_make_unary(&r->build, OP_NOT, at, node)
			       : node;
	}
	if (negated)
		return cql2_read_refuse(r, "LIKE, BETWEEN or IN is expected");
	return value;
}

static struct cql2_node *read_predicate(struct cql2_read *r)
{
	struct cql2_node *value = read_sum(r);
	size_t at = r->now.at;

	if (!value)
		return NULL;
	for (enum cql2_op op = OP_EQUAL; op <= OP_AT_LEAST; op++)
		if (cql2_read_taken(r, cql2_operators[op].text))
			return cql2_make_binary(
			    &r->build, op, at, value, read_sum(r));
	if (cql2_read_taken(r, "IS"))
		return read_null(r, at, value);
	return read_worded(r, value);
}

static struct cql2_node *read_not(struct cql2_read *r)
{
	size_t at = r->now.at, n = 0;
	struct cql2_node *node;

	while (cql2_read_taken(r, "NOT"))
		n++;
	node = read_predicate(r);
	for (; node && n > 0; n--)
		node = cql2_make_unary(&r->build, OP_NOT, at, node);
	return node;
}

/* Terms with the operator between them, as one node. */
static struct cql2_node *read_terms(
    struct cql2_read *r, enum cql2_op op, read_operand *term)
{
	struct cql2_args args = { NULL, NULL, 0 };
	size_t at = r->now.at;

	do {
		if (!cql2_args_add(&args, term(r)))
			return NULL;
	} while (cql2_read_taken(r, cql2_operators[op].text));
	return args.n == 1 ? args.first : cql2_make(&r->build, op, at, &args);
}

static struct cql2_node *read_and(struct cql2_read *r)
{
	return read_terms(r, OP_AND, read_not);
}

static struct cql2_node *read_or(struct cql2_read *r)
{
	return read_terms(r, OP_OR, read_and);
}

static struct cql2_node *read_all(struct cql2_read *r)
{
	struct cql2_node *root;

	cql2_read_take(r);
	if (r->now.kind == TOKEN_END)
		return cql2_read_refuse(r, "the filter is empty");
	root = read_or(r);
	if (root && r->now.kind != TOKEN_END)
		return cql2_read_refuse(r, "the filter should end");
	return root;
}

const struct cql2 *cql2_parse_text(struct str text,
    const struct cql2_context *c, struct arena *a, struct err *e)
{
	struct cql2_read r = { .lex = { .text = text } };
	struct cql2_node *root = NULL;

	if (text.len > CQL2_BYTES_MAX) {
		err_set(e, ERR_INPUT, "the filter is longer than %d bytes",
		    CQL2_BYTES_MAX);
		return NULL;
	}
	if (text.len == 0 || !utf8_valid(text)) {
		err_set(e, ERR_INPUT,
		    text.len == 0 ? "the filter is empty"
				  : "the filter is not valid UTF-8");
		return NULL;
	}
	if (cql2_build_begin(&r.build, c, a, e))
		root = read_all(&r);
	return cql2_build_end(&r.build, root);
}
