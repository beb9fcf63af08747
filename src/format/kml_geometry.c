/* The geometries of KML, tracks of Google's extension among them. */
#include "kml_reading.h"

#include <string.h>

#include "base/array.h"
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

bool kml_end_point(struct reading *r, struct err *e)
{
	(void)e;
	shape_end_point(&r->shape);
	return true;
}

bool kml_end_line(struct reading *r, struct err *e)
{
	(void)e;
	shape_end_line(&r->shape);
	return true;
}

/* Google Earth closes rings that are open, and writes such. */
bool kml_end_ring(struct reading *r, struct err *e)
{
	if (!shape_close_ring(&r->shape, e))
		return false;
	shape_end_ring(&r->shape);
	return true;
}

/* A ring that bounds nothing. */
bool kml_end_line_ring(struct reading *r, struct err *e)
{
	r->rings++;
	if (!shape_close_ring(&r->shape, e))
		return false;
	shape_end_line(&r->shape);
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
	r->tracks++;
	shape_end_line(&r->shape);
	return true;
}

/* --- heights and times -----------------------------------------------------
 */

static const char on_ground[] = "clampToGround";
static const char *const modes[] = { on_ground, "relativeToGround", "absolute",
	"clampToSeaFloor", "relativeToSeaFloor" };

/* altitudeMode, also Google's, and extrude. Where pieces differ, the first has
 * it. */
bool kml_end_altitude(struct reading *r, struct err *e)
{
	struct str text = str_trim(buf_str(&r->text));
	const char *name = kml_current(r)->name, *mode = NULL;

	(void)e;
	if (strcmp(name, "extrude") == 0) {
		r->extrude |= str_is(text, "1") || str_is(text, "true");
		return true;
	}
	for (size_t i = 0; i < LENGTH(modes); i++)
		if (str_is(text, modes[i]))
			mode = modes[i];
	if (!mode || (r->altitude.len > 0 && !str_is(r->altitude, mode)))
		kml_leave_out(r, name);
	else
		r->altitude = str_from(mode);
	return true;
}

/* What lies on the ground anyway has no words for it. */
bool kml_finish_heights(struct reading *r, struct err *e)
{
	struct str *out = &r->feature.altitude;

	*out = str_from("");
	if (r->shape.heights == 0 && !r->extrude &&
	    (r->altitude.len == 0 || str_is(r->altitude, on_ground)))
		return true;
	buf_reset(&r->text);
	buf_add_str(
	    &r->text, r->altitude.len > 0 ? r->altitude : str_from(on_ground));
	buf_add_text(&r->text, r->extrude ? " extrude" : "");
	return gather_copy(&r->gather, out, buf_str(&r->text), e);
}

bool kml_end_track_time(struct reading *r, struct err *e)
{
	struct str text = str_trim(buf_str(&r->text));

	if (r->times.len > 0)
		buf_add_char(&r->times, ' ');
	buf_add_str(&r->times, text);
	return !r->times.failed || err_no_memory(e);
}

/* One time for each position, as an attribute. */
bool kml_finish_times(struct reading *r, struct err *e)
{
	struct str times = buf_str(&r->times);

	if (times.len > FOREIGN_TEXT_MAX)
		kml_leave_out(r, "when");
	return times.len == 0 || times.len > FOREIGN_TEXT_MAX ||
	       gather_add(&r->gather, str_from("times"), times, VALUE_TEXT, e);
}
