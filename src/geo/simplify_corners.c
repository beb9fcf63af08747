#include "geo/simplify.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "geo/geom_build.h"

/* Places and the two neighbours each was first seen with, by hash: one that
 * collides makes a corner too many, which does no harm. */
struct seen {
	uint64_t place; /* 0: nothing here */
	uint64_t neighbours; /* CORNER: there were other two as well */
};

struct simplify_corners {
	struct seen *table;
	size_t size; /* a power of two */
};

static const uint64_t CORNER = UINT64_MAX;
static const uint64_t LINE_END = 0x6C696E65; /* stands for no neighbour */
static const double units = 1e9; /* a degree: places nearer are the same */

static uint64_t mix(uint64_t h)
{
	h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9;
	h = (h ^ h >> 27) * 0x94D049BB133111EB;
	return h ^ h >> 31;
}

static uint64_t place_of(const struct position *p)
{
	uint64_t x = (uint64_t)llrint(p->lon * units);
	uint64_t y = (uint64_t)llrint(p->lat * units);
	uint64_t h = mix(x + mix(y));

	return h != 0 ? h : 1;
}

/* Which one is before and which behind is the same to them. */
static uint64_t pair_of(uint64_t a, uint64_t b)
{
	uint64_t h = mix(a) + mix(b);

	return h != CORNER ? h : 0;
}

static struct seen *find(const struct simplify_corners *c, uint64_t place)
{
	size_t at = (size_t)place & (c->size - 1);

	while (c->table[at].place != 0 && c->table[at].place != place)
		at = (at + 1) & (c->size - 1);
	return &c->table[at];
}

static void note(
    struct simplify_corners *c, uint64_t place, uint64_t neighbours)
{
	struct seen *s = find(c, place);

	if (s->place == 0)
		*s = (struct seen){ place, neighbours };
	else if (s->neighbours != neighbours)
		s->neighbours = CORNER;
}

static void note_ring(
    struct simplify_corners *c, const struct position *p, uint32_t n)
{
	uint64_t last, at, first;

	/* The last position is the first. */
	if (n < 3)
		return;
	last = place_of(&p[n - 2]);
	at = first = place_of(&p[0]);
	for (uint32_t i = 1; i < n; i++) {
		uint64_t next = i < n - 1 ? place_of(&p[i]) : first;

		note(c, at, pair_of(last, next));
		last = at;
		at = next;
	}
}

static void note_line(
    struct simplify_corners *c, const struct position *p, uint32_t n)
{
	uint64_t last = LINE_END, at;

	if (n < 2)
		return;
	at = place_of(&p[0]);
	for (uint32_t i = 1; i <= n; i++) {
		uint64_t next = i < n ? place_of(&p[i]) : LINE_END;

		note(c, at, pair_of(last, next));
		last = at;
		at = next;
	}
}

struct simplify_corners *simplify_corners_open(size_t positions)
{
	struct simplify_corners *c = mem_alloc(sizeof(*c));
	size_t bytes;

	if (!c)
		return NULL;
	c->size = 2;
	while (c->size / 2 < positions)
		c->size *= 2;
	if (__builtin_mul_overflow(c->size, sizeof(*c->table), &bytes))
		bytes = 0;
	c->table = mem_alloc(bytes);
	if (!c->table) {
		mem_free(c);
		return NULL;
	}
	memset(c->table, 0, bytes);
	return c;
}

void simplify_corners_add(struct simplify_corners *c, const struct geom *g)
{
	const struct position *p = g->positions;
	bool lines = geom_is_of_lines(g->type);

	if (geom_is_of_points(g->type))
		return;
	for (uint32_t i = 0; i < g->n_parts; i++) {
		if (lines)
			note_line(c, p, g->part_sizes[i]);
		else
			note_ring(c, p, g->part_sizes[i]);
		p += g->part_sizes[i];
	}
}

void simplify_corners_mark(const struct simplify_corners *c,
    const struct geom *g, uint64_t *bits, size_t first)
{
	if (geom_is_of_points(g->type))
		return;
	for (size_t i = 0; i < g->n_positions; i++) {
		size_t bit = first + i;

		if (find(c, place_of(&g->positions[i]))->neighbours == CORNER)
			bits[bit / 64] |= (uint64_t)1 << bit % 64;
	}
}

void simplify_corners_close(struct simplify_corners *c)
{
	if (!c)
		return;
	mem_free(c->table);
	mem_free(c);
}
