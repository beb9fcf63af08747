#include "cql2_node.h"

#include <math.h>
#include <string.h>

static const double int64_end = 9223372036854775808.0;

struct str cql2_constant_text(const struct cql2_node *node)
{
	return node->op == OP_LITERAL ? node->value.text : node->text;
}

/* Exact, though not every int64_t is a double. */
int cql2_compare_mixed(int64_t a, double b)
{
	int64_t whole;
	double rest;

	if (b >= int64_end)
		return -1;
	if (b < -int64_end)
		return 1;
	whole = (int64_t)b;
	if (a != whole)
		return a < whole ? -1 : 1;
	rest = b - (double)whole;
	return (rest < 0) - (rest > 0);
}

bool cql2_calculate(enum cql2_calculation what, double a, double b, double *out)
{
	bool zero = !(b < 0 || b > 0);
	double v;

	if (zero && what != CQL2_POWER)
		return false;
	switch (what) {
	case CQL2_QUOTIENT:
		v = trunc(a / b);
		break;
	case CQL2_REST:
		v = fmod(a, b);
		break;
	case CQL2_POWER:
		v = pow(a, b);
		break;
	default:
		return false;
	}
	if (isnan(v))
		return false;
	*out = v;
	return true;
}

/* --- lists ---------------------------------------------------------------- */

/* Stand in elements that no list holds. */
enum { FOREIGN_MARK = 1, SEMICOLON_MARK = 2 };

/* A text that no list can hold. */
static void add_foreign(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		buf_add_char(out, (char)(text.data[i] == ';' ? SEMICOLON_MARK
							     : text.data[i]));
}

static bool can_be_listed(struct str text)
{
	return text.len > 0 && text.data[0] != FOREIGN_MARK &&
	       !memchr(text.data, ';', text.len);
}

void cql2_add_element(
    struct buf *out, enum cql2_element kind, const struct value *value)
{
	if (kind == CQL2_ELEMENT_TEXT && can_be_listed(value->text)) {
		buf_add_str(out, value->text);
		return;
	}
	buf_add_char(out, FOREIGN_MARK);
	buf_add_int(out, kind);
	buf_add_char(out, ' ');
	if (kind == CQL2_ELEMENT_TEXT)
		add_foreign(out, value->text);
	else if (kind == CQL2_ELEMENT_NUMBER)
		buf_add_format(out, "%.17g", value->number + 0.0);
	else
		buf_add_int(out, value->integer);
}

enum cql2_element cql2_element_kind(enum cql2_type type)
{
	static const enum cql2_element kinds[] = {
		[TYPE_TRUTH] = CQL2_ELEMENT_BOOL,
		[TYPE_NUMBER] = CQL2_ELEMENT_NUMBER,
		[TYPE_TEXT] = CQL2_ELEMENT_TEXT,
		[TYPE_DAY] = CQL2_ELEMENT_DAY,
		[TYPE_TIME] = CQL2_ELEMENT_TIME,
	};

	return kinds[type];
}

void cql2_add_literal_element(struct buf *out, const struct cql2_node *node)
{
	struct value v = node->value;

	if (v.type == VALUE_INT)
		v.number = (double)v.integer;
	cql2_add_element(out, cql2_element_kind(node->type), &v);
}

static bool has_element(struct str list, struct str element)
{
	while (list.len > 0)
		if (str_equal(str_cut(&list, ';'), element))
			return true;
	return false;
}

static bool has_all(struct str list, struct str elements)
{
	while (elements.len > 0)
		if (!has_element(list, str_cut(&elements, ';')))
			return false;
	return true;
}

static bool has_any(struct str list, struct str elements)
{
	while (elements.len > 0)
		if (has_element(list, str_cut(&elements, ';')))
			return true;
	return false;
}

bool cql2_lists_relate(enum cql2_lists what, struct str a, struct str b)
{
	switch (what) {
	case CQL2_LISTS_EQUAL:
		return has_all(a, b) && has_all(b, a);
	case CQL2_LISTS_CONTAINS:
		return has_all(a, b);
	case CQL2_LISTS_CONTAINED_BY:
		return has_all(b, a);
	case CQL2_LISTS_OVERLAP:
		return has_any(a, b);
	}
	return false;
}
