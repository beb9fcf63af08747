/* The geometries of KML, tracks of Google's extension among them. */
#include "kml_reading.h"

#include "kml_coordinates.h"

bool kml_begin_multi(struct reading *r, struct err *e)
{
	(void)e;
	r->many = true;
	return true;
}

/* A point, a line or a polygon. */
bool kml_begin_piece(struct reading *r, struct err *e)
{
	static const enum geom_type kinds[] = { [POINT] = GEOM_POINT,
		[LINE] = GEOM_LINE,
		[POLYGON] = GEOM_POLYGON };

	(void)e;
	shape_begin(&r->shape, kinds[kml_current(r)->place]);
	return true;
}

bool kml_begin_boundary(struct reading *r, struct err *e)
{
	bool outer = kml_current(r)->place == OUTER;

	if (outer == (r->shape.poly_n == 0))
		return true;
	return err_set(e, ERR_INPUT,
	    "a polygon does not begin with its one outer boundary");
}

/* What it is shows at its end: a track of one position is a point. */
bool kml_begin_track(struct reading *r, struct err *e)
{
	(void)e;
	shape_begin(&r->shape, GEOM_LINE);
	return true;
}

bool kml_end_coordinates(struct reading *r, struct err *e)
{
	return kml_add_coordinates(&r->shape, buf_str(&r->text), ',', e);
}

bool kml_end_coord(struct reading *r, struct err *e)
{
	return kml_add_coordinates(&r->shape, buf_str(&r->text), ' ', e);
}

bool kml_end_part(struct reading *r, struct err *e)
{
	(void)e;
	shape_end_part(&r->shape);
	return true;
}

/* Google Earth closes rings that are open, and writes such. */
bool kml_end_ring(struct reading *r, struct err *e)
{
	if (!shape_close_ring(&r->shape, e))
		return false;
	shape_end_part(&r->shape);
	return true;
}

bool kml_end_polygon(struct reading *r, struct err *e)
{
	(void)e;
	shape_end_polygon(&r->shape);
	return true;
}

bool kml_end_track(struct reading *r, struct err *e)
{
	(void)e;
	if (r->shape.part_n <= 1)
		shape_line_to_point(&r->shape);
	else
		shape_end_part(&r->shape);
	return true;
}
