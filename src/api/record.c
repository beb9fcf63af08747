#include "api/record.h"

#include <string.h>

enum { NUMBER_DIGITS = 6, ROW_TEXT_MAX = 1048576 };

static const char join[] = "contract_id";

/* An amendment as JSON, kept until its contract comes. */
struct kept {
	struct str key, json;
	struct kept *next;
};

struct walk {
	struct json *j;
	struct call *c;
	const struct part_column *columns;
	size_t n;
	int joined; /* column that joins amendments to contracts, or -1 */
	struct kept *first, **last;
};

static void write_cell(struct json *j, const struct part_column *column,
    const struct part_cell *cell)
{
	if (cell->null)
		json_null(j);
	else if (column->type == PART_MONEY)
		json_money(j, cell->integer);
	else if (column->type == PART_INT)
		json_int(j, cell->integer);
	else if (column->type == PART_NUMBER)
		json_double(j, cell->number, NUMBER_DIGITS);
	else
		json_str(j, cell->text);
}

static void write_members(
    struct json *j, const struct walk *w, const struct part_cell *cells)
{
	for (size_t i = 0; i < w->n; i++) {
		json_key(j, w->columns[i].name);
		write_cell(j, &w->columns[i], &cells[i]);
	}
}

static bool visit_record(
    void *context, const struct part_cell *cells, struct err *e)
{
	struct walk *w = context;

	(void)e;
	write_members(w->j, w, cells);
	return true;
}

static bool visit_row(
    void *context, const struct part_cell *cells, struct err *e)
{
	struct walk *w = context;

	(void)e;
	json_open(w->j, '{');
	write_members(w->j, w, cells);
	json_close(w->j, '}');
	return true;
}

/* The cell that joins, as JSON in the arena. */
static bool copy_text(struct str *out, struct walk *w, struct buf *b)
{
	out->data = arena_copy(w->c->x->arena, b->data, b->len);
	out->len = b->len;
	buf_reset(b);
	return out->data && !b->failed;
}

static bool keep_amendment(struct walk *w, struct kept *k, struct buf *b,
    const struct part_cell *cells)
{
	struct json j;

	json_init(&j, b);
	if (w->joined >= 0)
		write_cell(&j, &w->columns[w->joined], &cells[w->joined]);
	if (!copy_text(&k->key, w, b))
		return false;
	json_init(&j, b);
	json_open(&j, '{');
	write_members(&j, w, cells);
	json_close(&j, '}');
	return copy_text(&k->json, w, b);
}

static bool visit_amendment(
    void *context, const struct part_cell *cells, struct err *e)
{
	struct walk *w = context;
	struct kept *k = arena_alloc(w->c->x->arena, sizeof(*k));
	struct buf b;
	bool done;

	buf_init(&b, ROW_TEXT_MAX);
	done = k && keep_amendment(w, k, &b, cells);
	buf_free(&b);
	if (!done)
		return err_set(e, ERR_MEMORY, "the record is too large");
	*w->last = k;
	w->last = &k->next;
	return true;
}

static void write_amendments(struct walk *w, const struct part_cell *cells)
{
	struct buf b;
	struct json j;

	json_key(w->j, "amendments");
	json_open(w->j, '[');
	buf_init(&b, ROW_TEXT_MAX);
	json_init(&j, &b);
	if (w->joined >= 0)
		write_cell(&j, &w->columns[w->joined], &cells[w->joined]);
	for (struct kept *k = w->first; k; k = k->next)
		if (str_equal(k->key, buf_str(&b)))
			json_raw(w->j, k->json);
	if (b.failed)
		w->j->out->failed = true;
	buf_free(&b);
	json_close(w->j, ']');
}

static bool visit_contract(
    void *context, const struct part_cell *cells, struct err *e)
{
	struct walk *w = context;

	(void)e;
	json_open(w->j, '{');
	write_members(w->j, w, cells);
	write_amendments(w, cells);
	json_close(w->j, '}');
	return true;
}

static bool walk_part(struct walk *w, int64_t id, enum project_part part,
    part_visit *visit, struct err *e)
{
	w->columns = project_part_columns(part, &w->n);
	w->joined = -1;
	for (size_t i = 0; i < w->n; i++)
		if (!strcmp(w->columns[i].name, join))
			w->joined = (int)i;
	return projects_part(w->c->x->db, id, part, visit, w, e);
}

static bool write_list(
    struct walk *w, int64_t id, enum project_part part, struct err *e)
{
	part_visit *visit = part == PART_CONTRACTS ? visit_contract : visit_row;

	json_key(w->j, project_part_name(part));
	json_open(w->j, '[');
	if (!walk_part(w, id, part, visit, e))
		return false;
	json_close(w->j, ']');
	return true;
}

bool record_write(struct json *j, struct call *c, int64_t id, struct err *e)
{
	struct walk w = { .j = j, .c = c };

	w.last = &w.first;
	if (!walk_part(&w, id, PART_AMENDMENTS, visit_amendment, e))
		return false;
	json_open(j, '{');
	if (!walk_part(&w, id, PART_RECORD, visit_record, e))
		return false;
	for (int part = PART_RECORD + 1; part < PART_COUNT; part++)
		if (part != PART_AMENDMENTS &&
		    !write_list(&w, id, (enum project_part)part, e))
			return false;
	json_close(j, '}');
	return true;
}
