#include "cql2_matcher.h"

#include "base/mem.h"

enum { ARENA_MAX = 1 << 20, TEXT_MAX = 1 << 24 };

/* --- three-valued logic ------------------------------------------------------
 */

/* False wins over unknown, unknown over true. */
static enum cql2_answer both(enum cql2_answer a, enum cql2_answer b)
{
	if (a == CQL2_FALSE || b == CQL2_FALSE)
		return CQL2_FALSE;
	return a == CQL2_UNKNOWN ? a : b;
}

static enum cql2_answer either(enum cql2_answer a, enum cql2_answer b)
{
	return cql2_negate(both(cql2_negate(a), cql2_negate(b)));
}

static enum cql2_answer match_and(
    struct cql2_matcher *m, const struct cql2_node *node)
{
	enum cql2_answer all = CQL2_TRUE;

	for (const struct cql2_node *arg = node->args; arg && all != CQL2_FALSE;
	     arg = arg->next)
		all = both(all, cql2_match_node(m, arg));
	return all;
}

static enum cql2_answer match_or(
    struct cql2_matcher *m, const struct cql2_node *node)
{
	enum cql2_answer any = CQL2_FALSE;

	for (const struct cql2_node *arg = node->args; arg && any != CQL2_TRUE;
	     arg = arg->next)
		any = either(any, cql2_match_node(m, arg));
	return any;
}

/* --- predicates ----------------------------------------------------------- */

static enum cql2_answer match_like(
    struct cql2_matcher *m, const struct cql2_node *node)
{
	struct cql2_seen seen;

	if (!cql2_seen_of(m, node->args, &seen))
		return CQL2_UNKNOWN;
	return cql2_answer_of(cql2_like(&seen, node->pattern));
}

static enum cql2_answer match_between(
    struct cql2_matcher *m, const struct cql2_node *node)
{
	const struct cql2_node *low = node->args->next;
	struct cql2_number number;

	if (node->args->type == TYPE_NUMBER) {
		if (!cql2_number_of(m, node->args, &number))
			return CQL2_UNKNOWN;
		return both(cql2_match_number(m, OP_AT_LEAST, &number, low),
		    cql2_match_number(m, OP_AT_MOST, &number, low->next));
	}
	return both(cql2_match_pair(m, OP_AT_LEAST, node->args, low),
	    cql2_match_pair(m, OP_AT_MOST, node->args, low->next));
}

static bool is_constant_text(const struct cql2_node *item)
{
	return item->constant && item->type == TYPE_TEXT;
}

/* A text against the constants of a list, the other items left out. */
static bool is_listed(
    const struct cql2_seen *seen, const struct cql2_node *item)
{
	for (; item; item = item->next) {
		struct str text;

		if (!is_constant_text(item))
			continue;
		text = cql2_constant_text(item);
		if (text.len == seen->text.len &&
		    utf8_letters_begin(seen->letters, seen->text, text))
			return true;
	}
	return false;
}

static enum cql2_answer match_in(
    struct cql2_matcher *m, const struct cql2_node *node)
{
	const struct cql2_node *item = node->args->next;
	enum cql2_answer any = CQL2_FALSE;
	struct cql2_seen seen;

	if (node->args->type == TYPE_TEXT) {
		if (!cql2_seen_of(m, node->args, &seen))
			return CQL2_UNKNOWN;
		if (is_listed(&seen, item))
			return CQL2_TRUE;
	}
	for (; item && any != CQL2_TRUE; item = item->next)
		if (!is_constant_text(item))
			any = either(any,
			    cql2_match_pair(m, OP_EQUAL, node->args, item));
	return any;
}

static bool is_null(struct cql2_matcher *m, const struct cql2_node *node)
{
	struct cql2_number number;
	struct str text;
	int64_t integer;

	switch (node->type) {
	case TYPE_TRUTH:
		return cql2_match_node(m, node) == CQL2_UNKNOWN;
	case TYPE_NUMBER:
		return !cql2_number_of(m, node, &number);
	case TYPE_TEXT:
	case TYPE_LIST:
		return !cql2_text_of(m, node, &text);
	case TYPE_GEOMETRY:
		return node->op == OP_PROPERTY &&
		       !m->record->geometry(m->record->context);
	case TYPE_INTERVAL:
		return is_null(m, node->args) || is_null(m, node->args->next);
	default:
		return node->op != OP_OPEN &&
		       !cql2_integer_of(m, node, &integer);
	}
}

/* --- time ----------------------------------------------------------------- */

/* The start or the end of an operand; false for NULL. */
static bool end_of(struct cql2_matcher *m, const struct cql2_node *operand,
    bool end, int64_t *out)
{
	if (operand->op == OP_INTERVAL)
		operand = end ? operand->args->next : operand->args;
	if (operand->op != OP_OPEN)
		return cql2_integer_of(m, operand, out);
	*out = end ? INT64_MAX : INT64_MIN;
	return true;
}

static enum cql2_answer match_step(struct cql2_matcher *m,
    const struct cql2_node *node, const struct cql2_time_step *step)
{
	int64_t a, b;

	if (!end_of(m, node->args, step->first_end, &a) ||
	    !end_of(m, node->args->next, step->second_end, &b))
		return CQL2_UNKNOWN;
	return cql2_answer_of(cql2_holds(step->op, (a > b) - (a < b)));
}

static enum cql2_answer match_time(
    struct cql2_matcher *m, const struct cql2_node *node)
{
	const struct cql2_time_rule *rule = cql2_time_rule(node->op);
	enum cql2_answer answer = cql2_answer_of(!rule->any);

	for (int i = 0; i < 3 && rule->steps[i].op != OP_AND; i++) {
		enum cql2_answer step = match_step(m, node, &rule->steps[i]);

		answer = rule->any ? either(answer, step) : both(answer, step);
	}
	return answer;
}

/* --- lists ---------------------------------------------------------------- */

static bool add_element(
    struct cql2_matcher *m, struct buf *out, const struct cql2_node *node)
{
	struct value v = { .type = VALUE_NULL };
	struct cql2_number number;
	enum cql2_answer truth;
	bool known;

	if (node->type == TYPE_TEXT) {
		known = cql2_text_of(m, node, &v.text);
	} else if (node->type == TYPE_NUMBER) {
		known = cql2_number_of(m, node, &number);
		v.number = known ? cql2_as_real(&number) : 0;
	} else if (node->type == TYPE_TRUTH) {
		truth = cql2_match_node(m, node);
		known = truth != CQL2_UNKNOWN;
		v.integer = truth == CQL2_TRUE;
	} else {
		known = cql2_integer_of(m, node, &v.integer);
	}
	if (known)
		cql2_add_element(out, cql2_element_kind(node->type), &v);
	return known;
}

static bool list_of(struct cql2_matcher *m, const struct cql2_node *node,
    struct buf *b, struct str *out)
{
	if (node->op != OP_ARRAY)
		return cql2_text_of(m, node, out);
	*out = node->text;
	if (out->data)
		return true;
	buf_reset(b);
	for (const struct cql2_node *e = node->args; e; e = e->next) {
		if (e != node->args)
			buf_add_char(b, ';');
		if (!add_element(m, b, e))
			return false;
	}
	m->failed = m->failed || b->failed;
	*out = buf_str(b);
	return true;
}

static enum cql2_answer match_lists(
    struct cql2_matcher *m, const struct cql2_node *node)
{
	enum cql2_lists what = (enum cql2_lists)(node->op - OP_A_EQUALS);
	struct str a, b;

	if (!list_of(m, node->args, &m->lists[0], &a) ||
	    !list_of(m, node->args->next, &m->lists[1], &b))
		return CQL2_UNKNOWN;
	return cql2_answer_of(cql2_lists_relate(what, a, b));
}

/* --- all of it ------------------------------------------------------------ */

static enum cql2_answer match_value(
    struct cql2_matcher *m, const struct cql2_node *node)
{
	int64_t truth;

	if (!cql2_integer_of(m, node, &truth))
		return CQL2_UNKNOWN;
	return cql2_answer_of(truth != 0);
}

enum cql2_answer cql2_match_node(
    struct cql2_matcher *m, const struct cql2_node *node)
{
	switch (node->op) {
	case OP_AND:
		return match_and(m, node);
	case OP_OR:
		return match_or(m, node);
	case OP_NOT:
		return cql2_negate(cql2_match_node(m, node->args));
	case OP_LIKE:
		return match_like(m, node);
	case OP_BETWEEN:
		return match_between(m, node);
	case OP_IN:
		return match_in(m, node);
	case OP_IS_NULL:
		return cql2_answer_of(is_null(m, node->args));
	default:
		break;
	}
	if (cql2_is_comparison(node->op))
		return cql2_match_pair(
		    m, node->op, node->args, node->args->next);
	if (cql2_is_spatial(node->op))
		return cql2_match_place(m, node);
	if (cql2_is_temporal(node->op))
		return match_time(m, node);
	if (cql2_is_lists(node->op))
		return match_lists(m, node);
	return match_value(m, node);
}

struct cql2_matcher *cql2_matcher_open(const struct cql2 *f, struct err *e)
{
	struct cql2_matcher *m = mem_alloc(sizeof(*m));
	bool good;

	if (!m) {
		err_no_memory(e);
		return NULL;
	}
	*m = (struct cql2_matcher){ .filter = f };
	arena_init(&m->arena, ARENA_MAX);
	buf_init(&m->lists[0], TEXT_MAX);
	buf_init(&m->lists[1], TEXT_MAX);
	m->folds = arena_array(&m->arena, f->n_folds, sizeof(*m->folds));
	for (size_t i = 0; m->folds && i < f->n_folds; i++)
		buf_init(&m->folds[i], TEXT_MAX);
	good = m->folds && cql2_places_open(m);
	if (good)
		return m;
	err_no_memory(e);
	cql2_matcher_close(m);
	return NULL;
}

void cql2_matcher_close(struct cql2_matcher *m)
{
	if (!m)
		return;
	cql2_places_close(m);
	for (size_t i = 0; m->folds && i < m->filter->n_folds; i++)
		buf_free(&m->folds[i]);
	buf_free(&m->lists[0]);
	buf_free(&m->lists[1]);
	arena_free(&m->arena);
	mem_free(m);
}

enum cql2_answer cql2_match(struct cql2_matcher *m, const struct cql2_record *r)
{
	m->record = r;
	return cql2_match_node(m, m->filter->root);
}

void cql2_matcher_limit(struct cql2_matcher *m, int64_t deadline)
{
	m->deadline = deadline;
}

bool cql2_matcher_late(const struct cql2_matcher *m)
{
	return m->late;
}

bool cql2_matcher_failed(const struct cql2_matcher *m)
{
	return m->failed;
}
