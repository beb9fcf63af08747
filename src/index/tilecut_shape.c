#include "index/tilecut.h"

#include "geo/clip.h"
#include "geo/simplify.h"
#include "index/snapshot_view.h"

enum geom_type tilecut_type(const struct snapshot *s, uint32_t row)
{
	const struct file_shape *shape =
	    row < s->located ? snapshot_shape(s, row) : NULL;

	return shape ? (enum geom_type)shape->type : GEOM_POINT;
}

bool tilecut_is_shape(const struct snapshot *s, uint32_t row)
{
	return row < s->located && snapshot_shape(s, row);
}

/* From the stored cell where that is fine enough. */
struct grid_point tilecut_anchor(
    const struct snapshot *s, uint32_t row, const struct tile *t)
{
	struct grid_point corner = grid_corner(t);
	struct grid_point p = t->z <= GRID_CELL_ZOOM
				  ? grid_of_cell(s->cells[row], t->z)
				  : grid_of(s->anchors[row], t->z);

	return (struct grid_point){ p.x - corner.x, p.y - corner.y };
}

void tilecut_read(struct tilecut_row *out, const struct snapshot *s,
    uint32_t row, const struct tile *t)
{
	out->id = s->ids[row];
	out->public_id = snapshot_public_id(s, row);
	out->planned = s->planned[row];
	out->contracted = s->contracted[row];
	out->paid = s->paid[row];
	out->status = s->status[row];
	out->category = s->category[row];
	out->work_kind = s->work_kind[row];
	out->home = s->home[row];
	out->overdue = s->overdue[row];
	out->shape = s->shape_of[row] != 0;
	out->anchor = tilecut_anchor(s, row, t);
}

bool tilecut_is_own(struct grid_point anchor)
{
	return anchor.x >= 0 && anchor.x < GRID_EXTENT && anchor.y >= 0 &&
	       anchor.y < GRID_EXTENT;
}

/* What is known of the shape's positions; nothing where a damaged file has
 * none. */
static void add_places(struct simplify *how, const struct snapshot *s,
    const struct file_shape *shape, bool shared)
{
	const size_t first = (size_t)(shape->offset / sizeof(struct position));

	if (first > s->n_places || shape->n_positions > s->n_places - first)
		return;
	if (shared)
		how->corners = s->corners;
	how->first = first;
	how->cells = s->shape_cells + first;
}

bool tilecut_shape(struct grid_geom *out, const struct snapshot *s,
    uint32_t row, const struct tile *t, bool shared, struct geos **geos,
    struct arena *a, struct err *e)
{
	const struct file_shape *shape = snapshot_shape(s, row);
	struct simplify how = { .z = t->z, .tolerance = SIMPLIFY_HALF_PIXEL };
	struct grid_geom world;
	struct geom geom;

	if (!shape || !snapshot_shape_geom(s, shape, &geom))
		return snapshot_damaged(e);
	add_places(&how, s, shape, shared);
	return simplify_geom(&world, &geom, &how, a, e) &&
	       clip_to_tile(out, &world, t, TILECUT_BUFFER, geos, a, e);
}

bool tilecut_simplified(const struct geom **out, const struct snapshot *s,
    uint32_t row, int z, struct geos *geos, struct arena *a, struct err *e)
{
	struct simplify how = { .z = z, .tolerance = SIMPLIFY_HALF_PIXEL };
	const struct file_shape *shape;
	struct geom *geom;

	*out = NULL;
	if (row >= s->located)
		return true;
	geom = arena_alloc(a, sizeof(*geom));
	if (!geom)
		return err_no_room(e);
	if (!snapshot_row_geom(s, row, geom))
		return snapshot_damaged(e);
	shape = snapshot_shape(s, row);
	if (shape)
		add_places(&how, s, shape, true);
	*out = simplify_degrees(geom, &how, geos, a, e);
	return *out != NULL;
}
