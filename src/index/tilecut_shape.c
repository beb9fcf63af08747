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

struct grid_point tilecut_anchor(
    const struct snapshot *s, uint32_t row, const struct tile *t)
{
	struct grid_point p = grid_of(s->anchors[row], t->z);
	struct grid_point corner = grid_corner(t);

	return (struct grid_point){ p.x - corner.x, p.y - corner.y };
}

bool tilecut_is_own(struct grid_point anchor)
{
	return anchor.x >= 0 && anchor.x < GRID_EXTENT && anchor.y >= 0 &&
	       anchor.y < GRID_EXTENT;
}

/* The corners of a shape begin at that bit; NULL where a damaged file has
 * none. */
static const uint64_t *corners_of(
    const struct snapshot *s, const struct file_shape *shape, size_t *first)
{
	*first = (size_t)(shape->offset / sizeof(struct position));
	if (*first > s->n_corners || shape->n_positions > s->n_corners - *first)
		return NULL;
	return s->corners;
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
		return err_set(
		    e, ERR_DAMAGED, "the index of the data is damaged");
	if (shared)
		how.corners = corners_of(s, shape, &how.first);
	return simplify_geom(&world, &geom, &how, a, e) &&
	       clip_to_tile(out, &world, t, TILECUT_BUFFER, geos, a, e);
}
