/* Heights of a layer's features: kept beside the flat geometry, position by
 * position (format/heights.h). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "layer_merge.h"
#include "layer_private.h"

enum { REASON_SIZE = 120, DIGITS = 7, TEXT_MAX = 16 << 20 };

static const char on_ground[] = "clampToGround";

/* --- of which position -------------------------------------------------------
 */

struct high {
	struct position at;
	double height;
};

static int compare(const void *a, const void *b)
{
	const struct position *p = &((const struct high *)a)->at;
	const struct position *q = &((const struct high *)b)->at;

	if (p->lon < q->lon || p->lon > q->lon)
		return p->lon < q->lon ? -1 : 1;
	return (p->lat > q->lat) - (p->lat < q->lat);
}

static bool is_same(const struct geom *a, const struct geom *b)
{
	if (a->n_positions != b->n_positions)
		return false;
	for (uint32_t i = 0; i < a->n_positions; i++)
		if (compare(&(struct high){ a->positions[i], 0 },
			&(struct high){ b->positions[i], 0 }) != 0)
			return false;
	return true;
}

/* Positions by place, for those of a geometry that was turned or repaired. */
static struct high *sort_positions(struct layer_import *i,
    const struct geom *told, const double *heights, struct err *e)
{
	struct high *all =
	    arena_array(&i->record, told->n_positions, sizeof(*all));

	if (!all) {
		err_no_memory(e);
		return NULL;
	}
	for (uint32_t k = 0; k < told->n_positions; k++)
		all[k] = (struct high){ told->positions[k], heights[k] };
	qsort(all, told->n_positions, sizeof(*all), compare);
	return all;
}

static void add_height(struct buf *b, const double *height)
{
	buf_add_text(b, b->len > 0 ? " " : "");
	if (height && isfinite(*height))
		buf_add_double(b, *height, DIGITS);
	else
		buf_add_char(b, '-');
}

/* Appends the height of each position; lost: of positions that are new. */
static bool add_heights(struct layer_import *i, struct buf *b,
    const struct geom *told, const struct geom *is, const double *heights,
    long *lost, struct err *e)
{
	bool same = is_same(told, is);
	struct high *all = same ? NULL : sort_positions(i, told, heights, e);

	if (!same && !all)
		return false;
	for (uint32_t k = 0; k < is->n_positions; k++) {
		const struct high wanted = { is->positions[k], 0 };
		const struct high *found = NULL;

		if (!same)
			found = bsearch(&wanted, all, told->n_positions,
			    sizeof(*all), compare);
		*lost += !same && !found;
		add_height(b, same    ? &heights[k]
			      : found ? &found->height
				      : NULL);
	}
	return true;
}

static bool take(
    struct arena *a, struct str *out, const struct buf *b, struct err *e)
{
	out->data =
	    b->failed ? NULL : arena_copy(a, b->len > 0 ? b->data : "", b->len);
	out->len = b->len;
	return out->data || err_no_memory(e);
}

static bool tell_lost(struct layer_import *i, const struct layer_record *r,
    long lost, struct err *e)
{
	char text[REASON_SIZE];

	if (lost == 0)
		return true;
	snprintf(text, sizeof(text),
	    "%ld positions of the repaired geometry have no height", lost);
	return layer_import_tell(i, IMPORT_WARNING, r->line, r->name, text, e);
}

bool layer_heights(struct layer_import *i, const struct layer_record *r,
    const struct geom *told, const struct geom *is, struct str *out,
    struct err *e)
{
	struct buf b;
	long lost = 0;
	bool done;

	*out = (struct str){ NULL, 0 };
	if (!is || (!r->altitude.data && !r->heights))
		return true;
	buf_init(&b, TEXT_MAX);
	buf_add_str(&b, r->altitude);
	done = (!r->heights ||
		   add_heights(i, &b, told, is, r->heights, &lost, e)) &&
	       take(&i->record, out, &b, e);
	buf_free(&b);
	return done && tell_lost(i, r, lost, e);
}

/* --- beside the stored ones --------------------------------------------------
 */

/* The words that a text begins with, empty without. */
static struct str words_of(struct str text)
{
	size_t n = 0;

	while (n < text.len && text.data[n] != '-' &&
	       (text.data[n] < '0' || text.data[n] > '9'))
		n++;
	return str_trim((struct str){ text.data, n });
}

static bool join(struct arena *a, struct value *out, struct str words,
    struct str heights, struct err *e)
{
	struct buf b;
	bool done;

	buf_init(&b, TEXT_MAX);
	buf_add_str(&b, words.len > 0 ? words : str_from(on_ground));
	buf_add_char(&b, ' ');
	buf_add_str(&b, heights);
	out->type = VALUE_TEXT;
	done = take(a, &out->text, &b, e);
	buf_free(&b);
	return done;
}

bool layer_heights_merge(struct arena *a, struct value *out, struct str told,
    const struct value *was, bool same_place, struct err *e)
{
	struct str stored = { NULL, 0 };

	*out = (struct value){ .type = VALUE_NULL };
	if (was && was->type == VALUE_TEXT)
		stored = was->text;
	if (!told.data) {
		if (same_place && stored.data)
			*out = *was;
		return true;
	}
	if (told.len == 0)
		return true;
	if (words_of(told).len == 0)
		return join(a, out, words_of(stored), told, e);
	*out = (struct value){ .type = VALUE_TEXT, .text = told };
	return true;
}
