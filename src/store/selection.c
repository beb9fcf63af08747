#include "store/selection.h"

enum { TEXT_LIMIT = 1 << 20, FILTER_MEMORY = 1 << 24 };

void selection_init(struct selection *s)
{
	buf_init(&s->text, TEXT_LIMIT);
	buf_init(&s->match, TEXT_LIMIT);
	arena_init(&s->arena, FILTER_MEMORY);
	s->n = 0;
	s->filter = (struct cql2_sql){ .n_binds = 0 };
}

void selection_free(struct selection *s)
{
	buf_free(&s->text);
	buf_free(&s->match);
	arena_free(&s->arena);
}

static void add_bind(struct selection *s, struct selection_bind bind)
{
	if (s->n == SELECTION_BINDS)
		s->text.failed = true;
	else
		s->binds[s->n++] = bind;
}

/* Each '?' of text takes one of the numbers that follow. */
static void add_ints(
    struct selection *s, const char *text, const int64_t *numbers, size_t n)
{
	size_t i;

	buf_add_text(&s->text, text);
	for (i = 0; i < n; i++)
		add_bind(s, (struct selection_bind){
				.type = BIND_INT, .integer = numbers[i] });
}

void selection_add_int(struct selection *s, const char *text, int64_t number)
{
	add_ints(s, text, &number, 1);
}

static void add_doubles(
    struct selection *s, const char *text, const double *numbers, size_t n)
{
	size_t i;

	buf_add_text(&s->text, text);
	for (i = 0; i < n; i++)
		add_bind(s, (struct selection_bind){
				.type = BIND_DOUBLE, .number = numbers[i] });
}

/* The spatial index gives boxes that touch (rounded outward to 32 bits), the
 * geometry decides. */
static void add_box(struct selection *s, const struct bbox *box)
{
	const double corners[] = { box->west, box->south, box->east,
		box->north };
	struct bbox parts[2];
	int n = bbox_split(box, parts), i;

	buf_add_text(&s->text, "(p.id IN (");
	for (i = 0; i < n; i++) {
		const double at[] = { parts[i].west, parts[i].east,
			parts[i].south, parts[i].north };

		if (i > 0)
			buf_add_text(&s->text, " UNION ");
		add_doubles(s,
		    "SELECT pkid FROM idx_project_geom WHERE xmax >= ? "
		    "AND xmin <= ? AND ymax >= ? AND ymin <= ?",
		    at, 4);
	}
	add_doubles(
	    s, ") AND budgetmap_intersects(p.geom, ?, ?, ?, ?))", corners, 4);
}

/* Features without a place match any box. */
static void add_place(struct selection *s, const struct query *q)
{
	if (q->place == PLACE_NONE) {
		buf_add_text(&s->text, " AND p.anchor_lon IS NULL");
		return;
	}
	if (q->place == PLACE_LOCATED)
		buf_add_text(&s->text, " AND p.anchor_lon IS NOT NULL");
	if (!q->has_bbox)
		return;
	buf_add_text(&s->text, " AND (");
	if (q->place == PLACE_ANY)
		buf_add_text(&s->text, "p.anchor_lon IS NULL OR ");
	add_box(s, &q->bbox);
	buf_add_char(&s->text, ')');
}

static void add_districts(struct selection *s, const struct query *q)
{
	if (!q->districts && !q->district_none)
		return;
	selection_add_int(
	    s, " AND ((p.districts & ?) <> 0", (int64_t)q->districts);
	if (q->district_none)
		selection_add_int(s, " OR p.home = ?", DISTRICT_NONE);
	buf_add_char(&s->text, ')');
}

static void add_amount(struct selection *s, const struct query *q)
{
	const int64_t ends[] = { q->min_planned, q->max_planned };

	if (q->min_planned != INT64_MIN || q->max_planned != INT64_MAX)
		add_ints(s, " AND p.planned BETWEEN ? AND ?", ends, 2);
}

static void add_filters(
    struct selection *s, const struct query *q, int32_t today)
{
	const int64_t late[] = { today, q->overdue > 0 };
	const int64_t period[] = { q->from, q->to };

	if (q->status)
		selection_add_int(s, " AND (? >> p.status & 1)", q->status);
	if (q->category)
		selection_add_int(s, " AND (? >> p.category & 1)", q->category);
	if (q->work_kind)
		selection_add_int(
		    s, " AND (? >> p.work_kind & 1)", q->work_kind);
	if (q->levels)
		selection_add_int(s, " AND (p.levels & ?) <> 0", q->levels);
	if (q->years)
		selection_add_int(
		    s, " AND (p.years & ?) <> 0", (int64_t)q->years);
	if (q->overdue >= 0)
		add_ints(s,
		    " AND budgetmap_overdue(p.status, p.planned_end, "
		    "p.actual_end, ?) = ?",
		    late, 2);
	if (query_has_period(q))
		add_ints(s,
		    " AND budgetmap_period(p.planned_start, p.planned_end, "
		    "p.actual_start, p.actual_end, ?, ?)",
		    period, 2);
	add_districts(s, q);
	add_amount(s, q);
}

void selection_add_match(struct buf *out, struct str folded)
{
	while (folded.len > 0) {
		struct str word = str_cut(&folded, ' ');

		if (word.len == 0)
			continue;
		buf_add_text(out, out->len > 0 ? " \"" : "\"");
		buf_add_str(out, word);
		buf_add_text(out, "\"*");
	}
}

static void add_text(struct selection *s, struct str folded)
{
	if (folded.len == 0)
		return;
	selection_add_match(&s->match, folded);
	buf_add_text(&s->text, " AND p.id IN (SELECT rowid FROM project_search "
			       "WHERE project_search MATCH ?)");
	add_bind(s, (struct selection_bind){ .type = BIND_TEXT });
}

static void add_filter(
    struct selection *s, const struct cql2 *filter, int32_t today)
{
	s->filter_at = s->n;
	if (!filter)
		return;
	if (!selection_filter(
		&s->filter, filter, today, s->n + 1, &s->arena, NULL)) {
		s->text.failed = true;
		return;
	}
	buf_add_text(&s->text, " AND (");
	buf_add_str(&s->text, s->filter.condition);
	buf_add_char(&s->text, ')');
}

void selection_add_limit(struct selection *s, const struct query *q)
{
	const int64_t all = -1;

	if (q->limit || q->offset)
		selection_add_int(s, " LIMIT ?", q->limit ? q->limit : all);
	if (q->offset)
		selection_add_int(s, " OFFSET ?", q->offset);
}

static void add_page(struct selection *s, const struct query *q)
{
	const int64_t after[] = { q->after.key, q->after.id };

	if (q->after.set)
		add_ints(s, " AND (p.sort_key, p.id) > (?, ?)", after, 2);
	buf_add_text(&s->text, " ORDER BY p.sort_key, p.id");
	selection_add_limit(s, q);
}

static void add_before(struct selection *s, const struct query *q)
{
	const int64_t at[] = { q->after.key, q->after.id };

	add_ints(s, " AND (p.sort_key, p.id) <= (?, ?)", at, 2);
	selection_add_int(s,
	    " ORDER BY p.sort_key DESC, p.id DESC LIMIT 1 OFFSET ?", q->limit);
}

void selection_add(struct selection *s, const struct query *q, int32_t today,
    enum selection_page page)
{
	buf_add_text(&s->text, " WHERE p.state = 'published'");
	add_place(s, q);
	add_filters(s, q, today);
	add_text(s, q->q);
	add_filter(s, q->filter, today);
	if (page != SELECTION_ALL && selection_is_sorted(q))
		selection_add_sorted(s, q, today, page);
	else if (page == SELECTION_PAGE)
		add_page(s, q);
	else if (page == SELECTION_BEFORE)
		add_before(s, q);
}

static void bind_filter(sqlite3_stmt *statement, const struct selection *s)
{
	for (size_t i = 0; i < s->filter.n_binds; i++) {
		const struct cql2_bind *b = &s->filter.binds[i];
		int place = s->filter_at + (int)i + 1;

		switch (b->type) {
		case CQL2_BIND_INT:
			sql_bind_int(statement, place, b->integer);
			break;
		case CQL2_BIND_REAL:
			sql_bind_double(statement, place, b->real);
			break;
		case CQL2_BIND_TEXT:
			sql_bind_text(statement, place, b->bytes);
			break;
		case CQL2_BIND_BLOB:
			sql_bind_blob(statement, place, b->bytes);
			break;
		}
	}
}

static void bind(sqlite3_stmt *statement, const struct selection *s)
{
	int i;

	for (i = 0; i < s->n; i++) {
		const struct selection_bind *b = &s->binds[i];
		int place = i + 1;

		if (i >= s->filter_at)
			place += (int)s->filter.n_binds;
		if (b->type == BIND_INT)
			sql_bind_int(statement, place, b->integer);
		else if (b->type == BIND_DOUBLE)
			sql_bind_double(statement, place, b->number);
		else
			sql_bind_text(statement, place, buf_str(&s->match));
	}
	bind_filter(statement, s);
}

sqlite3_stmt *selection_prepare(
    const struct selection *s, struct db *d, struct err *e)
{
	sqlite3_stmt *statement;

	if (s->text.failed || s->match.failed) {
		err_set(e, ERR_LIMIT, "The query is too long.");
		return NULL;
	}
	statement = sql_prepare_once(d, buf_str(&s->text), e);
	if (statement)
		bind(statement, s);
	return statement;
}
