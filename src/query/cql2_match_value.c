#include "cql2_matcher.h"

#include "base/utf8.h"

/* --- values; false for NULL ----------------------------------------------- */

static bool read_value(
    struct cql2_matcher *m, const struct cql2_node *node, struct value *out)
{
	const struct cql2_record *r = m->record;

	if (node->op == OP_LITERAL) {
		*out = node->value;
		return true;
	}
	r->value(r->context, node->property.index, out);
	/* A day of 0 is none. */
	return out->type == node->property.type &&
	       (out->type != VALUE_DAY || out->integer != 0);
}

double cql2_as_real(const struct cql2_number *n)
{
	return n->whole ? (double)n->integer : n->real;
}

static bool calculate(struct cql2_matcher *m, const struct cql2_node *node,
    struct cql2_number *out)
{
	struct cql2_number a, b;
	double x, y;

	if (!cql2_number_of(m, node->args, &a) ||
	    !cql2_number_of(m, node->args->next, &b))
		return false;
	x = cql2_as_real(&a);
	y = cql2_as_real(&b);
	out->whole = false;
	switch (node->op) {
	case OP_ADD:
		out->real = x + y;
		break;
	case OP_SUBTRACT:
		out->real = x - y;
		break;
	case OP_MULTIPLY:
		out->real = x * y;
		break;
	case OP_DIVIDE:
		if (!(y < 0 || y > 0))
			return false;
		out->real = x / y;
		break;
	case OP_REST:
		return cql2_calculate(CQL2_REST, x, y, &out->real);
	case OP_QUOTIENT:
		return cql2_calculate(CQL2_QUOTIENT, x, y, &out->real);
	default:
		return cql2_calculate(CQL2_POWER, x, y, &out->real);
	}
	/* NaN is no number. */
	return out->real <= 0 || out->real > 0;
}

/* Money is tenge. */
bool cql2_number_of(struct cql2_matcher *m, const struct cql2_node *node,
    struct cql2_number *out)
{
	static const double tiyn = 100;
	struct value v;

	if (cql2_is_arithmetic(node->op))
		return calculate(m, node, out);
	if (!read_value(m, node, &v))
		return false;
	*out = (struct cql2_number){ .whole = v.type == VALUE_INT };
	if (v.type == VALUE_INT)
		out->integer = v.integer;
	else if (v.type == VALUE_MONEY)
		out->real = (double)v.integer / tiyn;
	else
		out->real = v.number;
	return true;
}

bool cql2_text_of(
    struct cql2_matcher *m, const struct cql2_node *node, struct str *out)
{
	struct value v;
	struct str inner;
	struct buf *b;
	bool good;

	if (!cql2_is_fold(node->op)) {
		if (!read_value(m, node, &v))
			return false;
		*out = v.text;
		return true;
	}
	*out = node->text;
	if (node->constant)
		return true;
	if (!cql2_text_of(m, node->args, &inner))
		return false;
	b = &m->folds[node->slot];
	buf_reset(b);
	good = node->op == OP_CASEI ? utf8_add_caseless(b, inner)
				    : utf8_add_unaccented(b, inner);
	m->failed = m->failed || b->failed;
	*out = buf_str(b);
	return good;
}

bool cql2_seen_of(
    struct cql2_matcher *m, const struct cql2_node *node, struct cql2_seen *out)
{
	const struct cql2_node *inner = node;
	struct value v;

	*out = (struct cql2_seen){ .letters = node->letters };
	if (!node->letters)
		return cql2_text_of(m, node, &out->text);
	while (cql2_is_fold(inner->op))
		inner = inner->args;
	if (!read_value(m, inner, &v))
		return false;
	out->text = v.text;
	if (utf8_is_plain(v.text))
		return true;
	out->letters = NULL;
	return cql2_text_of(m, node, &out->text);
}

bool cql2_integer_of(
    struct cql2_matcher *m, const struct cql2_node *node, int64_t *out)
{
	struct value v;

	if (!read_value(m, node, &v))
		return false;
	*out = v.integer;
	return true;
}

/* --- comparisons ---------------------------------------------------------- */

static int compare_numbers(
    const struct cql2_number *a, const struct cql2_number *b)
{
	if (a->whole && b->whole)
		return (a->integer > b->integer) - (a->integer < b->integer);
	if (a->whole)
		return cql2_compare_mixed(a->integer, b->real);
	if (b->whole)
		return -cql2_compare_mixed(b->integer, a->real);
	return (a->real > b->real) - (a->real < b->real);
}

/* Of two that both are to be folded one is. */
static bool compare_texts(struct cql2_matcher *m, const struct cql2_node *a,
    const struct cql2_node *b, int *order)
{
	struct cql2_seen s, t;

	if (!cql2_seen_of(m, a, &s) || !cql2_seen_of(m, b, &t))
		return false;
	if (s.letters && t.letters) {
		if (!cql2_text_of(m, b, &t.text))
			return false;
		t.letters = NULL;
	}
	*order = t.letters ? -utf8_letters_compare(t.letters, t.text, s.text)
			   : utf8_letters_compare(s.letters, s.text, t.text);
	return true;
}

/* Sets *order to -1, 0 or 1; false when one of both is NULL. */
static bool compare(struct cql2_matcher *m, const struct cql2_node *a,
    const struct cql2_node *b, int *order)
{
	struct cql2_number x, y;
	int64_t i, j;

	switch (a->type) {
	case TYPE_NUMBER:
		if (!cql2_number_of(m, a, &x) || !cql2_number_of(m, b, &y))
			return false;
		*order = compare_numbers(&x, &y);
		return true;
	case TYPE_TEXT:
		return compare_texts(m, a, b, order);
	case TYPE_TRUTH:
		i = cql2_match_node(m, a);
		j = cql2_match_node(m, b);
		if (i == CQL2_UNKNOWN || j == CQL2_UNKNOWN)
			return false;
		break;
	default:
		if (!cql2_integer_of(m, a, &i) || !cql2_integer_of(m, b, &j))
			return false;
	}
	*order = (i > j) - (i < j);
	return true;
}

bool cql2_holds(enum cql2_op op, int order)
{
	switch (op) {
	case OP_EQUAL:
		return order == 0;
	case OP_UNEQUAL:
		return order != 0;
	case OP_LESS:
		return order < 0;
	case OP_MORE:
		return order > 0;
	case OP_AT_MOST:
		return order <= 0;
	default:
		return order >= 0;
	}
}

enum cql2_answer cql2_match_number(struct cql2_matcher *m, enum cql2_op op,
    const struct cql2_number *a, const struct cql2_node *b)
{
	struct cql2_number number;

	if (!cql2_number_of(m, b, &number))
		return CQL2_UNKNOWN;
	return cql2_answer_of(cql2_holds(op, compare_numbers(a, &number)));
}

enum cql2_answer cql2_match_pair(struct cql2_matcher *m, enum cql2_op op,
    const struct cql2_node *a, const struct cql2_node *b)
{
	int order;

	if (!compare(m, a, b, &order))
		return CQL2_UNKNOWN;
	return cql2_answer_of(cql2_holds(op, order));
}
