#include "cql2_emit.h"

enum { BLOB_MAX = 1 << 20, LIST_MAX = 1 << 20 };

/* --- geometries ----------------------------------------------------------- */

/* Part i of a literal, the column of a property. */
static void emit_geometry(
    struct cql2_emit *x, const struct cql2_node *node, size_t i)
{
	struct buf blob;

	if (node->op != OP_SHAPE) {
		cql2_emit_value(x, node);
		return;
	}
	buf_init(&blob, BLOB_MAX);
	geom_add_blob(&blob, node->shape->parts[i]);
	x->text.failed = x->text.failed || blob.failed;
	cql2_emit_bytes(x, CQL2_BIND_BLOB, buf_str(&blob));
	buf_free(&blob);
}

static size_t parts_of(const struct cql2_node *node)
{
	return node->op == OP_SHAPE ? node->shape->n_parts : 1;
}

/* SpatiaLite says -1 where there is no answer. */
static void emit_relation(struct cql2_emit *x, const char *name,
    const struct cql2_node *node, size_t i, size_t j)
{
	buf_add_format(&x->text, "nullif(%s(", name);
	emit_geometry(x, node->args, i);
	buf_add_text(&x->text, ", ");
	emit_geometry(x, node->args->next, j);
	buf_add_text(&x->text, "), -1)");
}

/* Which of the pairs of parts from first on, n of them, meet. */
static void emit_any(
    struct cql2_emit *x, const struct cql2_node *node, size_t first, size_t n)
{
	size_t columns = parts_of(node->args->next);

	if (n == 1) {
		emit_relation(
		    x, "ST_Intersects", node, first / columns, first % columns);
		return;
	}
	buf_add_char(&x->text, '(');
	emit_any(x, node, first, n / 2);
	buf_add_text(&x->text, " OR ");
	emit_any(x, node, first + n / 2, n - n / 2);
	buf_add_char(&x->text, ')');
}

void cql2_emit_spatial(struct cql2_emit *x, const struct cql2_node *node)
{
	static const char *const names[] = { "ST_Intersects", "ST_Equals",
		"ST_Disjoint", "ST_Touches", "ST_Within", "ST_Overlaps",
		"ST_Crosses", "ST_Contains" };
	size_t n = parts_of(node->args) * parts_of(node->args->next);

	if (n == 1) {
		emit_relation(x, names[node->op - OP_S_INTERSECTS], node, 0, 0);
		return;
	}
	if (node->op == OP_S_DISJOINT)
		buf_add_text(&x->text, "(NOT ");
	emit_any(x, node, 0, n);
	if (node->op == OP_S_DISJOINT)
		buf_add_char(&x->text, ')');
}

/* --- time ----------------------------------------------------------------- */

void cql2_emit_end(
    struct cql2_emit *x, const struct cql2_node *operand, bool end)
{
	if (operand->op == OP_INTERVAL)
		operand = end ? operand->args->next : operand->args;
	if (operand->op != OP_OPEN)
		cql2_emit_value(x, operand);
	else
		cql2_emit_bind(x, (struct cql2_bind){ .type = CQL2_BIND_INT,
				      .integer = end ? INT64_MAX : INT64_MIN });
}

void cql2_emit_temporal(struct cql2_emit *x, const struct cql2_node *node)
{
	const struct cql2_time_rule *rule = cql2_time_rule(node->op);

	buf_add_char(&x->text, '(');
	for (int i = 0; i < 3 && rule->steps[i].op != OP_AND; i++) {
		const struct cql2_time_step *step = &rule->steps[i];

		if (i > 0)
			buf_add_text(&x->text, rule->any ? " OR " : " AND ");
		cql2_emit_end(x, node->args, step->first_end);
		buf_add_format(&x->text, " %s ", cql2_operators[step->op].text);
		cql2_emit_end(x, node->args->next, step->second_end);
	}
	buf_add_char(&x->text, ')');
}

/* --- lists ---------------------------------------------------------------- */

static void emit_element(struct cql2_emit *x, const struct cql2_node *node)
{
	buf_add_format(&x->text, CQL2_SQL_ELEMENT "(%d, ",
	    (int)cql2_element_kind(node->type));
	if (node->type == TYPE_NUMBER)
		cql2_emit_real(x, node);
	else
		cql2_emit_value(x, node);
	buf_add_char(&x->text, ')');
}

static bool is_literal(const struct cql2_node *array)
{
	for (const struct cql2_node *e = array->args; e; e = e->next)
		if (e->op != OP_LITERAL)
			return false;
	return true;
}

/* An array of literals is one parameter. */
static void emit_list(struct cql2_emit *x, const struct cql2_node *node)
{
	struct buf list;

	if (node->op != OP_ARRAY) {
		cql2_emit_value(x, node);
		return;
	}
	if (!is_literal(node)) {
		cql2_emit_chain(x, node, " || ';' || ", emit_element);
		return;
	}
	buf_init(&list, LIST_MAX);
	for (const struct cql2_node *e = node->args; e; e = e->next) {
		cql2_add_literal_element(&list, e);
		if (e->next)
			buf_add_char(&list, ';');
	}
	x->text.failed = x->text.failed || list.failed;
	cql2_emit_bytes(x, CQL2_BIND_TEXT, buf_str(&list));
	buf_free(&list);
}

void cql2_emit_lists(struct cql2_emit *x, const struct cql2_node *node)
{
	buf_add_format(
	    &x->text, CQL2_SQL_LISTS "(%d, ", (int)(node->op - OP_A_EQUALS));
	emit_list(x, node->args);
	buf_add_text(&x->text, ", ");
	emit_list(x, node->args->next);
	buf_add_char(&x->text, ')');
}
