#include "cql2_emit.h"

#include <string.h>

enum { TEXT_MAX = 1 << 20, FIRST_ROOM = 16 };

static void emit(struct cql2_emit *x, const struct cql2_node *node);

/* --- parameters ----------------------------------------------------------- */

static void no_memory(struct cql2_emit *x)
{
	err_no_memory(x->err);
	x->failed = true;
}

void cql2_emit_bind(struct cql2_emit *x, struct cql2_bind bind)
{
	if (x->n == x->room) {
		size_t room = x->room ? x->room * 2 : FIRST_ROOM;
		struct cql2_bind *larger =
		    arena_array(x->arena, room, sizeof(*larger));

		if (!larger) {
			no_memory(x);
			return;
		}
		if (x->n > 0)
			memcpy(larger, x->binds, x->n * sizeof(*larger));
		x->binds = larger;
		x->room = room;
	}
	x->binds[x->n] = bind;
	buf_add_char(&x->text, '?');
	buf_add_int(&x->text, x->first + (int64_t)x->n++);
}

void cql2_emit_bytes(
    struct cql2_emit *x, enum cql2_bind_type type, struct str bytes)
{
	const char *copy = arena_copy(x->arena, bytes.data, bytes.len);

	if (!copy) {
		no_memory(x);
		return;
	}
	cql2_emit_bind(x,
	    (struct cql2_bind){ .type = type, .bytes = { copy, bytes.len } });
}

static void emit_integer(struct cql2_emit *x, int64_t integer)
{
	cql2_emit_bind(
	    x, (struct cql2_bind){ .type = CQL2_BIND_INT, .integer = integer });
}

static void emit_literal(struct cql2_emit *x, const struct value *v)
{
	if (v->type == VALUE_TEXT)
		cql2_emit_bytes(x, CQL2_BIND_TEXT, v->text);
	else if (v->type == VALUE_NUMBER)
		cql2_emit_bind(x, (struct cql2_bind){ .type = CQL2_BIND_REAL,
				      .real = v->number });
	else
		emit_integer(x, v->integer);
}

/* --- values --------------------------------------------------------------- */

static const char *column_of(struct cql2_emit *x, int index)
{
	const char *column = x->columns->column(x->columns->context, index);

	if (column)
		return column;
	err_set(x->err, ERR_INPUT,
	    "the filter asks for a property that it cannot be filtered by");
	x->failed = true;
	return "NULL";
}

static void emit_property(struct cql2_emit *x, const struct cql2_node *node)
{
	const char *column = column_of(x, node->property.index);

	buf_add_char(&x->text, '(');
	buf_add_text(&x->text, column);
	if (node->property.type == VALUE_MONEY)
		buf_add_text(&x->text, " / 100.0");
	else if (node->property.type == VALUE_BOOL)
		buf_add_text(&x->text, " <> 0");
	buf_add_char(&x->text, ')');
}

/* A number as REAL, for arithmetic: SQLite's own would be in integers. */
void cql2_emit_real(struct cql2_emit *x, const struct cql2_node *node)
{
	if (cql2_is_arithmetic(node->op)) {
		emit(x, node);
	} else if (node->op == OP_LITERAL) {
		const struct value *v = &node->value;

		cql2_emit_bind(
		    x, (struct cql2_bind){ .type = CQL2_BIND_REAL,
			   .real = v->type == VALUE_INT ? (double)v->integer
							: v->number });
	} else {
		buf_add_text(&x->text, "CAST(");
		emit(x, node);
		buf_add_text(&x->text, " AS REAL)");
	}
}

static void emit_arithmetic(struct cql2_emit *x, const struct cql2_node *node)
{
	bool plain = node->op <= OP_DIVIDE;
	enum cql2_calculation what = CQL2_POWER;

	if (node->op == OP_REST)
		what = CQL2_REST;
	else if (node->op == OP_QUOTIENT)
		what = CQL2_QUOTIENT;
	if (plain)
		buf_add_char(&x->text, '(');
	else
		buf_add_format(&x->text, CQL2_SQL_CALCULATE "(%d, ", what);
	cql2_emit_real(x, node->args);
	buf_add_format(
	    &x->text, " %s ", plain ? cql2_operators[node->op].text : ",");
	cql2_emit_real(x, node->args->next);
	buf_add_char(&x->text, ')');
}

static void emit_fold(struct cql2_emit *x, const struct cql2_node *node)
{
	buf_add_text(&x->text,
	    node->op == OP_CASEI ? CQL2_SQL_CASEI "(" : CQL2_SQL_ACCENTI "(");
	emit(x, node->args);
	buf_add_char(&x->text, ')');
}

/* --- predicates ----------------------------------------------------------- */

static void emit_infix(struct cql2_emit *x, const struct cql2_node *left,
    const char *word, const struct cql2_node *right)
{
	buf_add_char(&x->text, '(');
	emit(x, left);
	buf_add_char(&x->text, ' ');
	buf_add_text(&x->text, word);
	buf_add_char(&x->text, ' ');
	emit(x, right);
	buf_add_char(&x->text, ')');
}

/* A tree of the least depth, which SQLite bounds. */
static void emit_halves(struct cql2_emit *x, const struct cql2_node **nodes,
    size_t n, const char *word, emit_node *one)
{
	if (n == 1) {
		one(x, nodes[0]);
		return;
	}
	buf_add_char(&x->text, '(');
	emit_halves(x, nodes, n / 2, word, one);
	buf_add_text(&x->text, word);
	emit_halves(x, nodes + n / 2, n - n / 2, word, one);
	buf_add_char(&x->text, ')');
}

void cql2_emit_chain(struct cql2_emit *x, const struct cql2_node *node,
    const char *word, emit_node *one)
{
	const struct cql2_node **nodes =
	    arena_array(x->arena, node->n, sizeof(*nodes));
	size_t n = 0;

	if (!nodes) {
		no_memory(x);
		return;
	}
	for (const struct cql2_node *arg = node->args; arg; arg = arg->next)
		nodes[n++] = arg;
	emit_halves(x, nodes, n, word, one);
}

static void emit_in(struct cql2_emit *x, const struct cql2_node *node)
{
	buf_add_char(&x->text, '(');
	emit(x, node->args);
	buf_add_text(&x->text, " IN (");
	for (const struct cql2_node *i = node->args->next; i; i = i->next) {
		emit(x, i);
		buf_add_text(&x->text, i->next ? ", " : "))");
	}
}

static void emit_between(struct cql2_emit *x, const struct cql2_node *node)
{
	buf_add_char(&x->text, '(');
	emit(x, node->args);
	buf_add_text(&x->text, " BETWEEN ");
	emit(x, node->args->next);
	buf_add_text(&x->text, " AND ");
	emit(x, node->args->next->next);
	buf_add_char(&x->text, ')');
}

static void emit_like(struct cql2_emit *x, const struct cql2_node *node)
{
	struct buf glob;

	buf_init(&glob, TEXT_MAX);
	cql2_add_glob(&glob, node->text);
	buf_add_char(&x->text, '(');
	emit(x, node->args);
	buf_add_text(&x->text, " GLOB ");
	if (glob.failed)
		no_memory(x);
	else
		cql2_emit_bytes(x, CQL2_BIND_TEXT, buf_str(&glob));
	buf_add_char(&x->text, ')');
	buf_free(&glob);
}

static void emit_null(struct cql2_emit *x, const struct cql2_node *node)
{
	const struct cql2_node *arg = node->args;

	buf_add_char(&x->text, '(');
	if (arg->op == OP_INTERVAL) {
		cql2_emit_end(x, arg, false);
		buf_add_text(&x->text, " IS NULL OR ");
		cql2_emit_end(x, arg, true);
	} else if (arg->op == OP_SHAPE) {
		buf_add_char(&x->text, '0');
	} else {
		emit(x, arg);
	}
	buf_add_text(&x->text, " IS NULL)");
}

static void emit_not(struct cql2_emit *x, const struct cql2_node *node)
{
	buf_add_text(&x->text, "(NOT ");
	emit(x, node->args);
	buf_add_char(&x->text, ')');
}

static void emit_chain_of(struct cql2_emit *x, const struct cql2_node *node)
{
	cql2_emit_chain(x, node, node->op == OP_AND ? " AND " : " OR ", emit);
}

/* --- all of it ------------------------------------------------------------ */

static emit_node *emitter_of(enum cql2_op op)
{
	static emit_node *const emitters[] = {
		[OP_AND] = emit_chain_of,
		[OP_OR] = emit_chain_of,
		[OP_NOT] = emit_not,
		[OP_LIKE] = emit_like,
		[OP_BETWEEN] = emit_between,
		[OP_IN] = emit_in,
		[OP_IS_NULL] = emit_null,
		[OP_CASEI] = emit_fold,
		[OP_ACCENTI] = emit_fold,
		[OP_PROPERTY] = emit_property,
	};

	if (cql2_is_arithmetic(op))
		return emit_arithmetic;
	if (cql2_is_spatial(op))
		return cql2_emit_spatial;
	if (cql2_is_temporal(op))
		return cql2_emit_temporal;
	return cql2_is_lists(op) ? cql2_emit_lists : emitters[op];
}

static void emit(struct cql2_emit *x, const struct cql2_node *node)
{
	if (node->op == OP_LITERAL)
		emit_literal(x, &node->value);
	else if (cql2_is_comparison(node->op))
		emit_infix(x, node->args, cql2_operators[node->op].text,
		    node->args->next);
	else
		emitter_of(node->op)(x, node);
}

void cql2_emit_value(struct cql2_emit *x, const struct cql2_node *node)
{
	emit(x, node);
}

bool cql2_to_sql(struct cql2_sql *out, const struct cql2 *f,
    const struct cql2_columns *c, int first, struct arena *a, struct err *e)
{
	struct cql2_emit x = {
		.columns = c, .arena = a, .err = e, .first = first
	};
	const char *text = NULL;

	buf_init(&x.text, TEXT_MAX);
	emit(&x, f->root);
	if (!x.failed && x.text.failed)
		no_memory(&x);
	if (!x.failed)
		text = arena_copy(a, x.text.data, x.text.len);
	if (!x.failed && !text)
		no_memory(&x);
	*out = (struct cql2_sql){ { text, x.text.len }, x.binds, x.n };
	buf_free(&x.text);
	return !x.failed;
}
