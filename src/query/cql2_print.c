#include "cql2_node.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"

enum { DIGITS_SURE = 15, DIGITS_ALL = 17, NUMBER_SIZE = 32 };

static void print(struct buf *b, const struct cql2_node *node);

/* As few digits as read back as the same number. */
static void add_number(struct buf *b, double v)
{
	char text[NUMBER_SIZE];
	double again = 0;

	for (int digits = DIGITS_SURE; digits <= DIGITS_ALL; digits++) {
		int len = snprintf(text, sizeof(text), "%.*g", digits, v);

		if (str_to_double((struct str){ text, (size_t)len }, &again) &&
		    !(again < v || again > v))
			break;
	}
	buf_add_text(b, text);
}

static void add_quoted(struct buf *b, struct str s)
{
	static const char names[] = "abtnvfr";

	buf_add_char(b, '\'');
	for (size_t i = 0; i < s.len; i++) {
		char c = s.data[i];

		if (c == '\'' || c == '\\')
			buf_add_char(b, c);
		if (c >= '\a' && c <= '\r') {
			buf_add_char(b, '\\');
			c = names[c - '\a'];
		}
		buf_add_char(b, c);
	}
	buf_add_char(b, '\'');
}

static void add_instant(struct buf *b, const struct value *v)
{
	char day[CLOCK_DAY_SIZE], time[CLOCK_TIME_SIZE];

	buf_add_char(b, '\'');
	if (v->type == VALUE_DAY) {
		clock_day_text((int32_t)v->integer, day);
		buf_add_text(b, day);
	} else {
		clock_time_text(v->integer, time);
		buf_add_text(b, time);
	}
	buf_add_char(b, '\'');
}

static void print_literal(struct buf *b, const struct value *v)
{
	switch (v->type) {
	case VALUE_BOOL:
		buf_add_text(b, v->integer ? "TRUE" : "FALSE");
		break;
	case VALUE_INT:
		buf_add_int(b, v->integer);
		break;
	case VALUE_NUMBER:
		add_number(b, v->number);
		break;
	case VALUE_DAY:
	case VALUE_TIME:
		buf_add_text(b, v->type == VALUE_DAY ? "DATE(" : "TIMESTAMP(");
		add_instant(b, v);
		buf_add_char(b, ')');
		break;
	default:
		add_quoted(b, v->text);
	}
}

/* --- geometries ----------------------------------------------------------- */

static void print_box(struct buf *b, const struct bbox *box)
{
	buf_add_text(b, "BBOX(");
	add_number(b, box->west);
	buf_add_char(b, ',');
	add_number(b, box->south);
	buf_add_char(b, ',');
	add_number(b, box->east);
	buf_add_char(b, ',');
	add_number(b, box->north);
	buf_add_char(b, ')');
}

static void print_shape(struct buf *b, const struct cql2_shape *shape)
{
	if (shape->is_box) {
		print_box(b, &shape->box);
		return;
	}
	if (shape->n_parts == 1) {
		geom_add_wkt(b, shape->parts[0], add_number, false);
		return;
	}
	buf_add_text(b, "GEOMETRYCOLLECTION(");
	for (size_t i = 0; i < shape->n_parts; i++) {
		if (i > 0)
			buf_add_char(b, ',');
		geom_add_wkt(b, shape->parts[i], add_number, false);
	}
	buf_add_char(b, ')');
}

/* --- operators ------------------------------------------------------------ */

/* An operand, in parentheses unless it is a word or a call. */
static void print_operand(struct buf *b, const struct cql2_node *node)
{
	bool bare = node->op >= OP_INTERVAL || cql2_is_fold(node->op) ||
		    (node->op >= OP_S_INTERSECTS && node->op <= OP_A_OVERLAPS);

	if (!bare)
		buf_add_char(b, '(');
	print(b, node);
	if (!bare)
		buf_add_char(b, ')');
}

static void print_list(struct buf *b, const struct cql2_node *node)
{
	buf_add_char(b, '(');
	for (; node; node = node->next) {
		print_operand(b, node);
		if (node->next)
			buf_add_char(b, ',');
	}
	buf_add_char(b, ')');
}

/* Operands with the operator between them. */
static void print_infix(struct buf *b, const struct cql2_node *node)
{
	for (const struct cql2_node *arg = node->args; arg; arg = arg->next) {
		print_operand(b, arg);
		if (!arg->next)
			break;
		buf_add_char(b, ' ');
		buf_add_text(b, cql2_operators[node->op].text);
		buf_add_char(b, ' ');
	}
}

static void print_between(struct buf *b, const struct cql2_node *node)
{
	print_operand(b, node->args);
	buf_add_text(b, " BETWEEN ");
	print_operand(b, node->args->next);
	buf_add_text(b, " AND ");
	print_operand(b, node->args->next->next);
}

static void print_end(struct buf *b, const struct cql2_node *node)
{
	if (node->op == OP_OPEN)
		buf_add_text(b, "'..'");
	else if (node->op == OP_LITERAL)
		add_instant(b, &node->value);
	else
		print(b, node);
}

static void print_interval(struct buf *b, const struct cql2_node *node)
{
	buf_add_text(b, "INTERVAL(");
	print_end(b, node->args);
	buf_add_char(b, ',');
	print_end(b, node->args->next);
	buf_add_char(b, ')');
}

static void print_property(struct buf *b, struct str name)
{
	buf_add_char(b, '"');
	buf_add_str(b, name);
	buf_add_char(b, '"');
}

/* IN is an operator before a list; a function is a word before one. */
static void print_operation(struct buf *b, const struct cql2_node *node)
{
	const char *word = cql2_operators[node->op].text;

	if (node->op == OP_NOT) {
		buf_add_text(b, "NOT ");
		print_operand(b, node->args);
	} else if (node->op == OP_BETWEEN) {
		print_between(b, node);
	} else if (node->op == OP_IN) {
		print_operand(b, node->args);
		buf_add_text(b, " IN ");
		print_list(b, node->args->next);
	} else if (node->op == OP_IS_NULL) {
		print_operand(b, node->args);
		buf_add_text(b, " IS NULL");
	} else if (node->op < OP_CASEI || cql2_is_arithmetic(node->op)) {
		print_infix(b, node);
	} else {
		buf_add_text(b, word);
		print_list(b, node->args);
	}
}

static void print(struct buf *b, const struct cql2_node *node)
{
	switch (node->op) {
	case OP_INTERVAL:
		print_interval(b, node);
		break;
	case OP_ARRAY:
		print_list(b, node->args);
		break;
	case OP_PROPERTY:
		print_property(b, node->property.name);
		break;
	case OP_LITERAL:
		print_literal(b, &node->value);
		break;
	case OP_OPEN:
		print_end(b, node);
		break;
	case OP_SHAPE:
		print_shape(b, node->shape);
		break;
	default:
		print_operation(b, node);
	}
}

void cql2_print(struct buf *out, const struct cql2 *f)
{
	print(out, f->root);
}
