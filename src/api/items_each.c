#include "api/items.h"

#include "base/clock.h"

enum { ROW_MEMORY = 64 * 1024 * 1024, ROWS_BETWEEN_LOOKS = 4 };

static bool in_time(const struct call *c, uint32_t done, struct err *e)
{
	if (done % ROWS_BETWEEN_LOOKS || !c->x->deadline ||
	    clock_monotonic() < c->x->deadline)
		return true;
	return err_set(e, ERR_BUSY,
	    "the answer took too long: ask for less with limit or filters");
}

/* Not to the end, only to find there that it cannot be sent. */
bool items_fit(const struct buf *out, struct err *e)
{
	if (!out->failed)
		return true;
	if (out->len > out->limit / 2)
		return err_set(e, ERR_LIMIT,
		    "the answer would be too large: ask for less with limit "
		    "or filters");
	return err_no_memory(e);
}

static bool walk(struct call *c, const struct items *items, items_visit *visit,
    void *context, struct arena *a, struct err *e)
{
	const struct search_page *p = &items->page;

	for (size_t i = 0; i < p->n_runs; i++) {
		for (uint32_t k = 0; k < p->runs[i].count; k++) {
			arena_reset(a);
			if (!in_time(c, k, e) ||
			    !visit(context, items->source.snapshot,
				p->runs[i].first + k, a, e) ||
			    !items_fit(call_text(c), e))
				return false;
		}
	}
	return true;
}

bool items_each(struct call *c, const struct items *items, items_visit *visit,
    void *context, struct err *e)
{
	struct arena a;
	bool done;

	arena_init(&a, ROW_MEMORY);
	done = walk(c, items, visit, context, &a, e);
	arena_free(&a);
	return done;
}
