#include "cql2_node.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"

static const double int64_end = 9223372036854775808.0;

int cql2_compare_text(struct str a, struct str b)
{
	size_t least = a.len < b.len ? a.len : b.len;
	int order = least > 0 ? memcmp(a.data, b.data, least) : 0;

	if (order != 0)
		return order < 0 ? -1 : 1;
	return (a.len > b.len) - (a.len < b.len);
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

/* --- LIKE ----------------------------------------------------------------- */

/* One step through a pattern. */
struct step {
	bool any; /* % */
	bool one; /* _ */
	struct str literal; /* a character */
	size_t len; /* bytes of the pattern */
};

static struct step step_at(struct str pattern, size_t at)
{
	struct str rest = { pattern.data + at, pattern.len - at };
	struct step s = { .len = 1 };

	s.any = rest.data[0] == '%';
	s.one = rest.data[0] == '_';
	if (s.any || s.one)
		return s;
	if (rest.data[0] == '\\') {
		rest.data++;
		rest.len--;
		s.len++;
	}
	s.literal = (struct str){ rest.data, utf8_first(rest) };
	s.len += s.literal.len - 1;
	return s;
}

/* How many bytes of the text the step, which is no '%', passes; 0: it does not
 * match. */
static size_t passes(const struct step *s, struct str text, size_t at)
{
	struct str rest;

	if (at == text.len)
		return 0;
	rest = (struct str){ text.data + at, text.len - at };
	if (s->one)
		return utf8_first(rest);
	if (rest.len < s->literal.len ||
	    memcmp(rest.data, s->literal.data, s->literal.len) != 0)
		return 0;
	return s->literal.len;
}

/* Only the last '%' is ever tried again, so the time is bounded by the product
 * of the lengths. */
bool cql2_like(struct str text, struct str pattern)
{
	size_t t = 0, p = 0, again_t = 0, again_p = SIZE_MAX;

	while (t < text.len || p < pattern.len) {
		struct step s = { .len = 0 };
		size_t len = 0;

		if (p < pattern.len)
			s = step_at(pattern, p);
		if (s.any) {
			p += s.len;
			again_p = p;
			again_t = t;
			continue;
		}
		if (s.len > 0)
			len = passes(&s, text, t);
		if (len > 0) {
			t += len;
			p += s.len;
			continue;
		}
		if (again_p == SIZE_MAX || again_t == text.len)
			return false;
		again_t += utf8_first(
		    (struct str){ text.data + again_t, text.len - again_t });
		t = again_t;
		p = again_p;
	}
	return true;
}

void cql2_add_glob(struct buf *out, struct str pattern)
{
	for (size_t p = 0; p < pattern.len;) {
		struct step s = step_at(pattern, p);
		bool special = s.literal.len == 1 &&
			       strchr("*?[", s.literal.data[0]) != NULL;

		if (s.any)
			buf_add_char(out, '*');
		if (s.one)
			buf_add_char(out, '?');
		if (special)
			buf_add_char(out, '[');
		buf_add_str(out, s.literal);
		if (special)
			buf_add_char(out, ']');
		p += s.len;
	}
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
