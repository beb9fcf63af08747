#include "store/selection.h"

/* Each rule's expression of the cursor's row is c.k0, c.k1, ... */
static void add_cursor(struct selection *s, size_t i)
{
	buf_add_format(&s->text, " c.k%zu COLLATE " SELECTION_ORDER, i);
}

static void add_column(
    struct selection *s, const struct query *q, size_t i, int32_t today)
{
	selection_add_column(&s->text, q->rules[i].field, today);
}

void selection_add_from(
    struct selection *s, const struct query *q, int32_t today)
{
	buf_add_text(&s->text, " FROM project p");
	if (!q->after.set || !selection_is_sorted(q))
		return;
	buf_add_text(&s->text, ", (SELECT p.sort_key AS s, p.id AS i");
	for (size_t i = 0; i < q->n_rules; i++) {
		buf_add_text(&s->text, ", ");
		add_column(s, q, i, today);
		buf_add_format(&s->text, " AS k%zu", i);
	}
	selection_add_int(s, " FROM project p WHERE p.id = ?) c", q->after.id);
}

/* Behind the cursor by this rule, where those before it are equal; what is
 * unknown comes last. */
static void add_behind(
    struct selection *s, const struct query *q, size_t i, int32_t today)
{
	buf_add_format(&s->text, "(c.k%zu IS NOT NULL AND (", i);
	add_column(s, q, i, today);
	buf_add_text(&s->text, q->rules[i].descending ? " <" : " >");
	add_cursor(s, i);
	buf_add_text(&s->text, " OR ");
	add_column(s, q, i, today);
	buf_add_text(&s->text, " IS NULL)) OR (");
	add_column(s, q, i, today);
	buf_add_text(&s->text, " IS");
	add_cursor(s, i);
	buf_add_text(&s->text, " AND (");
}

/* Never NULL, so that it can be denied. */
static void add_position(
    struct selection *s, const struct query *q, int32_t today)
{
	for (size_t i = 0; i < q->n_rules; i++)
		add_behind(s, q, i, today);
	buf_add_text(&s->text, "(p.sort_key, p.id) > (c.s, c.i)");
	for (size_t i = 0; i < q->n_rules; i++)
		buf_add_text(&s->text, "))");
}

static void add_order(
    struct selection *s, const struct query *q, int32_t today, bool backwards)
{
	static const char *const ways[2][2] = {
		{ " ASC NULLS LAST, ", " DESC NULLS FIRST, " },
		{ " DESC NULLS LAST, ", " ASC NULLS FIRST, " },
	};

	buf_add_text(&s->text, " ORDER BY ");
	for (size_t i = 0; i < q->n_rules; i++) {
		add_column(s, q, i, today);
		buf_add_text(&s->text, " COLLATE " SELECTION_ORDER);
		buf_add_text(&s->text, ways[q->rules[i].descending][backwards]);
	}
	buf_add_text(&s->text,
	    backwards ? "p.sort_key DESC, p.id DESC" : "p.sort_key, p.id");
}

void selection_add_sorted(struct selection *s, const struct query *q,
    int32_t today, enum selection_page page)
{
	bool backwards = page == SELECTION_BEFORE;

	if (q->after.set) {
		buf_add_text(&s->text, backwards ? " AND NOT (" : " AND (");
		add_position(s, q, today);
		buf_add_char(&s->text, ')');
	}
	add_order(s, q, today, backwards);
	if (backwards)
		selection_add_int(s, " LIMIT 1 OFFSET ?", q->limit);
	else
		selection_add_limit(s, q);
}
