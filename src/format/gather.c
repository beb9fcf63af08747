#include "gather.h"

#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "shape.h"

/* Composition makes text longer in rare cases, three times at most. */
enum { GROWTH_MAX = 3 };

void gather_init(struct gather *g, struct arena *a)
{
	*g = (struct gather){ .arena = a };
	buf_init(&g->names, FOREIGN_PROPERTIES_MAX * sizeof(struct str));
	buf_init(&g->values, FOREIGN_PROPERTIES_MAX * sizeof(struct str));
	buf_init(&g->types, FOREIGN_PROPERTIES_MAX * sizeof(enum value_type));
	buf_init(&g->scratch, (size_t)FOREIGN_TEXT_MAX * GROWTH_MAX);
}

void gather_free(struct gather *g)
{
	buf_free(&g->names);
	buf_free(&g->values);
	buf_free(&g->types);
	buf_free(&g->scratch);
}

void gather_reset(struct gather *g)
{
	buf_reset(&g->names);
	buf_reset(&g->values);
	buf_reset(&g->types);
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
			   ? err_no_memory(e)
			   : err_set(e, ERR_INPUT, "a text is not valid UTF-8");
	out->len = g->scratch.len;
	out->data = arena_copy(g->arena, g->scratch.data, out->len);
	return out->data ? true : err_no_memory(e);
}

bool gather_add(struct gather *g, struct str name, struct str value,
    enum value_type type, struct err *e)
{
	struct str copied_name, copied_value;

	if (g->n == FOREIGN_PROPERTIES_MAX)
		return err_set(e, ERR_LIMIT, "there are too many attributes");
	if (!gather_copy(g, &copied_name, name, e) ||
	    !gather_copy(g, &copied_value, value, e))
		return false;
	buf_add(&g->names, &copied_name, sizeof(copied_name));
	buf_add(&g->values, &copied_value, sizeof(copied_value));
	buf_add(&g->types, &type, sizeof(type));
	g->n++;
	return true;
}

/* A copy of a buf's slices in the arena; not NULL for none of them. */
static const void *copy_slices(struct gather *g, const struct buf *b)
{
	void *copy = arena_alloc(g->arena, b->len);

	if (copy && b->len > 0)
		memcpy(copy, b->data, b->len);
	return copy;
}

bool gather_finish(struct gather *g, struct foreign_feature *f, struct err *e)
{
	if (g->names.failed || g->values.failed || g->types.failed)
		return err_no_memory(e);
	f->names = copy_slices(g, &g->names);
	f->values = copy_slices(g, &g->values);
	f->types = copy_slices(g, &g->types);
	f->n = g->n;
	return f->names && f->values && f->types ? true : err_no_memory(e);
}

struct str foreign_name(const struct foreign_feature *f)
{
	/* Behind each what our exports make of it. */
	static const char *const names[] = { "Name", "NAME", "name", "Title",
		"TITLE", "title", "name_kk", "name_ru", "title_kk", "title_ru",
		"атауы", "Атауы", "atauy", "название", "Название", "nazvanie",
		"наименование", "Наименование", "naimenovanie", "label",
		"name_en", "title_en" };

	for (size_t i = 0; i < LENGTH(names); i++) {
		struct str name = foreign_value(f, names[i]);

		if (name.len > 0)
			return name;
	}
	return (struct str){ NULL, 0 };
}

bool gather_has_name(const struct gather *g, struct str name)
{
	const struct str *names = (const void *)g->names.data;

	for (size_t i = 0; !g->names.failed && i < g->n; i++)
		if (str_equal(names[i], name))
			return true;
	return false;
}

bool gather_has_value(const struct gather *g, struct str value)
{
	const struct str *values = (const void *)g->values.data;

	for (size_t i = 0; !g->values.failed && i < g->n; i++)
		if (str_equal(values[i], value))
			return true;
	return false;
}

bool gather_has(const struct gather *g, struct str name, struct str value)
{
	const struct str *names = (const void *)g->names.data;
	const struct str *values = (const void *)g->values.data;

	if (g->names.failed || g->values.failed)
		return false;
	for (size_t i = 0; i < g->n; i++)
		if (names[i].len == name.len &&
		    strncasecmp(names[i].data, name.data, name.len) == 0 &&
		    str_equal(values[i], value))
			return true;
	return false;
}

static bool note(const struct foreign_feature *f,
    const struct foreign_hooks *hooks, bool there, const char *text,
    struct err *e)
{
	return !there || !hooks->note ||
	       hooks->note(hooks->context, &f->at, text, e);
}

/* What was made of the geometry. */
static bool note_shape(const struct foreign_feature *f, const struct shape *s,
    const struct foreign_hooks *hooks, struct err *e)
{
	bool any = shape_has_pieces(s);

	return note(f, hooks, s->closed == 1,
		   "a ring was not closed: it is now", e) &&
	       note(f, hooks, s->closed > 1,
		   "several rings were not closed: they are now", e) &&
	       note(f, hooks, s->single > 0,
		   "a line has one position: it is a point", e) &&
	       note(f, hooks, s->empty > 0 && any,
		   "a part of the geometry is empty: it is left out", e) &&
	       note(f, hooks, s->empty > 0 && !any,
		   "the geometry is empty: it is kept without a place", e) &&
	       note(f, hooks, f->parts > 1,
		   "the geometry mixes points, lines and areas: each kind is a "
		   "part of its own",
		   e);
}

bool gather_visit(struct gather *g, struct foreign_feature *f, struct shape *s,
    bool many, const struct foreign_hooks *hooks, bool *visited, struct err *e)
{
	struct shaped made[SHAPE_KINDS] = { { NULL, NULL } };
	int n = shape_make(made, s, many, g->arena, e);

	*visited = false;
	if (n < 0)
		return false;
	*visited = true;
	f->parts = n > 0 ? n : 1;
	if (!note_shape(f, s, hooks, e))
		return false;
	for (f->part = 1; f->part <= f->parts; f->part++) {
		f->geom = made[f->part - 1].geom;
		f->heights = made[f->part - 1].heights;
		if (!hooks->visit(hooks->context, f, e))
			return false;
	}
	return true;
}

bool gather_goes_on(const struct foreign_file *file, long number, struct err *e)
{
	if (number > FOREIGN_FEATURES_MAX)
		return err_set(e, ERR_LIMIT,
		    "the file has more than %d features", FOREIGN_FEATURES_MAX);
	if (file->deadline && clock_monotonic() > file->deadline)
		return err_set(e, ERR_LIMIT, "reading the file takes too long");
	return true;
}

bool gather_note_count(const struct foreign_hooks *hooks, long count,
    const char *what, struct err *e)
{
	const struct foreign_place file = { .number = 0 };
	struct err text = { .code = ERR_NONE };

	if (count == 0 || !hooks->note)
		return true;
	err_set(&text, ERR_INPUT, "%s: %ld", what, count);
	return hooks->note(hooks->context, &file, text.text, e);
}

struct str foreign_value(const struct foreign_feature *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_is(f->names[i], name))
			return f->values[i];
	return (struct str){ NULL, 0 };
}
