#include "index/mark.h"

#include <math.h>

#include "geo/hilbert.h"

void mark_init(struct mark *m, const struct snapshot *s)
{
	*m = (struct mark){ .snapshot = s, .box = bbox_empty };
}

static void note_rows(struct mark *m, uint32_t first, uint32_t last)
{
	if (m->tally.sums.count == 0)
		m->first = first;
	m->last = last;
}

static void add_anchors(
    struct bbox *box, const struct snapshot *s, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++)
		bbox_add_point(box, s->anchors[i].lon, s->anchors[i].lat);
}

static void add_boxes(
    struct bbox *box, const struct bbox *boxes, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++)
		bbox_add_bbox(box, &boxes[i]);
}

static uint32_t round_up(uint32_t n)
{
	return n / RTREE_FANOUT + (n % RTREE_FANOUT != 0);
}

/* Climbs the boxes of groups: ragged ends one by one, whole groups by the box
 * of their group. */
static void add_box_of_rows(
    struct bbox *box, const struct snapshot *s, uint32_t first, uint32_t end)
{
	const struct bbox *level = s->anchor_nodes;
	uint32_t n = s->located; /* elements below level */
	uint32_t from = round_up(first), to = end / RTREE_FANOUT;

	if (from >= to) {
		add_anchors(box, s, first, end);
		return;
	}
	add_anchors(box, s, first, from * RTREE_FANOUT);
	add_anchors(box, s, to * RTREE_FANOUT, end);
	for (;;) {
		uint32_t up_from = round_up(from), up_to = to / RTREE_FANOUT;

		if (up_from >= up_to)
			break;
		add_boxes(box, level, from, up_from * RTREE_FANOUT);
		add_boxes(box, level, up_to * RTREE_FANOUT, to);
		n = round_up(n);
		level += n;
		from = up_from;
		to = up_to;
	}
	add_boxes(box, level, from, to);
}

void mark_add_run(void *mark, uint32_t first, uint32_t count)
{
	struct mark *m = mark;

	note_rows(m, first, first + count - 1);
	tally_add_run(&m->tally, m->snapshot, first, count);
	add_box_of_rows(&m->box, m->snapshot, first, first + count);
}

void mark_add_bits(void *mark, uint32_t base, uint64_t mask)
{
	struct mark *m = mark;
	const struct tally_rows rows = tally_rows_of_snapshot(m->snapshot);

	for (; mask; mask &= mask - 1) {
		uint32_t row = base + (uint32_t)__builtin_ctzll(mask);

		note_rows(m, row, row);
		tally_add_row(&m->tally, &rows, row);
		add_anchors(&m->box, m->snapshot, row, row + 1);
	}
}

void mark_add(struct mark *m, const struct mark *part)
{
	if (part->tally.sums.count == 0)
		return;
	note_rows(m, part->first, part->last);
	tally_add(&m->tally, &part->tally);
	bbox_add_bbox(&m->box, &part->box);
}

bool mark_is_one_place(const struct mark *m)
{
	return !(m->box.west < m->box.east) && !(m->box.south < m->box.north);
}

int mark_levels(const struct mark *m)
{
	uint64_t differ = (uint64_t)m->snapshot->keys[m->first] ^
			  (uint64_t)m->snapshot->keys[m->last];

	int levels = HILBERT_ORDER;

	if (differ != 0)
		levels -= 1 + (63 - __builtin_clzll(differ)) / 2;
	/* Whatever a damaged file holds as keys. */
	return levels < 0 ? 0 : levels;
}

/* The mean is exact to 1e-8 degrees: it must not leave the box for that. */
static struct position mean_of(const struct mark *m)
{
	struct position p = tally_mean(&m->tally);

	return (struct position){
		fmin(fmax(p.lon, m->box.west), m->box.east),
		fmin(fmax(p.lat, m->box.south), m->box.north),
	};
}

struct cluster mark_to_cluster(const struct mark *m)
{
	struct cluster c = {
		.row = m->first,
		.at = mean_of(m),
		.box = m->box,
		.sums = m->tally.sums,
		.expansion_zoom = TILE_MAX_ZOOM + 1,
		.anchored = true,
	};

	for (int i = 0; i < CLUSTER_STATUSES; i++)
		c.by_status[i] = m->tally.by_status[i];
	return c;
}
