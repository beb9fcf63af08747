#include "gather.h"

#include <string.h>

#include "base/utf8.h"

/* Composition makes text longer in rare cases, three times at most. */
enum { GROWTH_MAX = 3 };

static bool out_of_memory(struct err *e)
{
	return err_set(e, ERR_MEMORY, "out of memory");
}

void gather_init(struct gather *g, struct arena *a)
{
	*g = (struct gather){ .arena = a };
	buf_init(&g->names, FOREIGN_PROPERTIES_MAX * sizeof(struct str));
	buf_init(&g->values, FOREIGN_PROPERTIES_MAX * sizeof(struct str));
	buf_init(&g->scratch, (size_t)FOREIGN_TEXT_MAX * GROWTH_MAX);
}

void gather_free(struct gather *g)
{
	buf_free(&g->names);
	buf_free(&g->values);
	buf_free(&g->scratch);
}

void gather_reset(struct gather *g)
{
	buf_reset(&g->names);
	buf_reset(&g->values);
	g->n = 0;
}

bool gather_copy(
    struct gather *g, struct str *out, struct str text, struct err *e)
{
	if (text.len > FOREIGN_TEXT_MAX)
		return err_set(e, ERR_LIMIT, "a text is longer than 1 MiB");
	buf_reset(&g->scratch);
	if (!utf8_add_nfc(&g->scratch, text))
		return g->scratch.failed
			   ? out_of_memory(e)
			   : err_set(e, ERR_INPUT, "a text is not valid UTF-8");
	out->len = g->scratch.len;
	out->data = arena_copy(g->arena, g->scratch.data, out->len);
	return out->data ? true : out_of_memory(e);
}

bool gather_add(
    struct gather *g, struct str name, struct str value, struct err *e)
{
	struct str copied_name, copied_value;

	if (g->n == FOREIGN_PROPERTIES_MAX)
		return err_set(e, ERR_LIMIT, "there are too many attributes");
	if (!gather_copy(g, &copied_name, name, e) ||
	    !gather_copy(g, &copied_value, value, e))
		return false;
	buf_add(&g->names, &copied_name, sizeof(copied_name));
	buf_add(&g->values, &copied_value, sizeof(copied_value));
	g->n++;
	return true;
}

/* A copy of a buf's slices in the arena; not NULL for none of them. */
static const struct str *copy_slices(struct gather *g, const struct buf *b)
{
	struct str *copy = arena_alloc(g->arena, b->len);

	if (copy && b->len > 0)
		memcpy(copy, b->data, b->len);
	return copy;
}

bool gather_finish(struct gather *g, struct foreign_feature *f, struct err *e)
{
	if (g->names.failed || g->values.failed)
		return out_of_memory(e);
	f->names = copy_slices(g, &g->names);
	f->values = copy_slices(g, &g->values);
	f->n = g->n;
	return f->names && f->values ? true : out_of_memory(e);
}

struct str foreign_value(const struct foreign_feature *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_is(f->names[i], name))
			return f->values[i];
	return (struct str){ NULL, 0 };
}
