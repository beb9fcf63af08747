#include "api/svg_map.h"

#include "api/fragment.h"
#include "api/html.h"

#include <math.h>

enum {
	WIDTH = 1000,
	HEIGHT_LEAST = 250,
	HEIGHT_MOST = 1400,
	FAR = 10 * WIDTH, /* what lies outside is not drawn farther off */
	MARK = 7, /* radius */
	MARK_MOST = 28,
	GRID = 80, /* places of marks along the picture's width */
	ROOM = 400 * 1024
};

static const double degree = 3.14159265358979323846 / 180;
static const double margin = 0.05; /* of the box, on each side */
static const double least = 0.02; /* degrees a picture shows at least */

static struct buf *body(const struct svg_map *m)
{
	return call_text(m->call);
}

/* The box and some space around it, so that a single point has neighbours. */
static struct bbox widen(const struct bbox *box)
{
	double w = box->east - box->west, h = box->north - box->south;
	double x = fmax(w * margin, (least - w) / 2);
	double y = fmax(h * margin, (least - h) / 2);

	return (struct bbox){ fmax(-180, box->west - x),
		fmax(-90, box->south - y), fmin(180, box->east + x),
		fmin(90, box->north + y) };
}

/* Degrees of longitude are as long as they are at the middle of the box. */
static void fit(struct svg_map *m)
{
	double middle = (m->box.south + m->box.north) / 2;
	double squeeze = fmax(0.1, cos(middle * degree));
	double height;

	m->scale_x = WIDTH / (m->box.east - m->box.west);
	m->scale_y = m->scale_x / squeeze;
	height = (m->box.north - m->box.south) * m->scale_y;
	m->height = (int)fmin(HEIGHT_MOST, fmax(HEIGHT_LEAST, height));
	m->scale_y *= m->height / height;
}

static int clamp(double v)
{
	return (int)lrint(fmin(FAR, fmax(-FAR, v)));
}

struct pixel {
	int x, y;
};

static struct pixel pixel_of(const struct svg_map *m, struct position p)
{
	return (struct pixel){ clamp((p.lon - m->box.west) * m->scale_x),
		clamp((m->box.north - p.lat) * m->scale_y) };
}

/* What falls on the same place of the picture is told once, and not the rest of
 * a shape of a million corners. */
static void add_part(
    struct svg_map *m, const struct position *p, uint32_t n, bool closed)
{
	struct buf *b = body(m);
	struct pixel last = pixel_of(m, p[0]);

	buf_add_format(b, "M%d %d", last.x, last.y);
	for (uint32_t i = 1; i < n && b->len < m->stop; i++) {
		struct pixel at = pixel_of(m, p[i]);

		if (at.x == last.x && at.y == last.y)
			continue;
		buf_add_format(b, "L%d %d", at.x, at.y);
		last = at;
	}
	if (closed)
		buf_add_char(b, 'Z');
}

static void add_path(
    struct svg_map *m, const struct geom *g, const char *kind, bool closed)
{
	const struct position *p = g->positions;
	struct buf *b = body(m);

	buf_add_format(b, "<path class=\"%s\" d=\"", kind);
	for (uint32_t i = 0; i < g->n_parts && b->len < m->stop; i++) {
		add_part(m, p, g->part_sizes[i], closed);
		p += g->part_sizes[i];
	}
	buf_add_text(b, "\"/>\n");
}

static bool add_districts(
    struct svg_map *m, const struct snapshot *s, struct err *e)
{
	for (uint32_t row = 0; row < snapshot_located(s); row++) {
		struct bbox box = snapshot_box(s, row);
		struct feature f;

		if (!bbox_intersects(&box, &m->box))
			continue;
		if (!fragment_read(&f, s, row, m->call->x->arena, e))
			return false;
		if (f.geom)
			add_path(m, f.geom, "land", true);
	}
	return true;
}

bool svg_map_begin(struct svg_map *m, struct call *c, const struct bbox *box,
    const struct snapshot *districts, const char *label, struct err *e)
{
	*m = (struct svg_map){ .call = c, .box = widen(box) };
	m->stop = body(m)->len + ROOM;
	fit(m);
	buf_add_format(body(m),
	    "<figure class=\"map\"><svg viewBox=\"0 0 %d %d\" role=\"img\" "
	    "aria-label=\"",
	    WIDTH, m->height);
	html_attr(body(m), str_from(label));
	buf_add_text(body(m), "\">\n");
	return !districts || add_districts(m, districts, e);
}

void svg_map_mark(struct svg_map *m, struct position at, uint32_t count)
{
	struct pixel p = pixel_of(m, at);
	double radius = MARK * (1 + log10(count));

	buf_add_format(body(m), "<circle cx=\"%d\" cy=\"%d\" r=\"%d\"/>\n", p.x,
	    p.y, (int)fmin(MARK_MOST, radius));
}

void svg_map_geom(struct svg_map *m, const struct geom *g)
{
	switch (g->type) {
	case GEOM_POINT:
	case GEOM_MULTIPOINT:
		for (uint32_t i = 0; i < g->n_positions && i < WIDTH; i++)
			svg_map_mark(m, g->positions[i], 1);
		break;
	case GEOM_LINE:
	case GEOM_MULTILINE:
		add_path(m, g, "line", false);
		break;
	case GEOM_POLYGON:
	case GEOM_MULTIPOLYGON:
		add_path(m, g, "area", true);
		break;
	}
}

/* Features by squares of the picture. */
struct square {
	uint32_t count;
	float lon, lat; /* of one of them */
};

static void count_all(struct svg_map *m, const struct snapshot *s,
    struct square *squares, int rows)
{
	const double side = (double)WIDTH / GRID;

	for (uint32_t row = 0; row < snapshot_located(s); row++) {
		struct position at = snapshot_anchor(s, row);
		struct pixel p = pixel_of(m, at);
		int x = (int)(p.x / side), y = (int)(p.y / side);
		struct square *q;

		if (p.x < 0 || p.y < 0 || x >= GRID || y >= rows)
			continue;
		q = &squares[y * GRID + x];
		if (!q->count++) {
			q->lon = (float)at.lon;
			q->lat = (float)at.lat;
		}
	}
}

bool svg_map_all(struct svg_map *m, const struct snapshot *s, struct err *e)
{
	const int rows = m->height * GRID / WIDTH + 1;
	struct square *squares = arena_array(
	    m->call->x->arena, (size_t)rows * GRID, sizeof(*squares));

	if (!squares)
		return err_no_room(e);
	count_all(m, s, squares, rows);
	for (int i = 0; i < rows * GRID; i++)
		if (squares[i].count)
			svg_map_mark(m,
			    (struct position){ (double)squares[i].lon,
				(double)squares[i].lat },
			    squares[i].count);
	return true;
}

void svg_map_end(struct svg_map *m)
{
	buf_add_text(body(m), "</svg></figure>\n");
}
