#include "api/styles.h"

#include "api/answer.h"
#include "api/catalogue.h"
#include "api/media.h"
#include "api/palette.h"
#include "base/array.h"
#include "index/snapshot.h"
#include "query/codes.h"
#include "query/project.h"

/* --- expressions ---------------------------------------------------------- */

static void add_web(struct json *j, uint32_t colour)
{
	char text[PALETTE_TEXT_SIZE];

	palette_web(text, colour);
	json_text(j, text);
}

static void add_get(struct json *j, const char *name)
{
	json_open(j, '[');
	json_text(j, "get");
	json_text(j, name);
	json_close(j, ']');
}

/* The colour by status; of a status that is newer than the style the layers'
 * own. */
static void add_by_status(struct json *j)
{
	json_open(j, '[');
	json_text(j, "match");
	add_get(j, project_schema.fields[PROJECT_STATUS].name);
	for (size_t i = 0; i < PALETTE_STATUSES; i++) {
		json_text(j, codes_status.codes[i].code);
		add_web(j, palette_status[i]);
	}
	add_web(j, palette_layer);
	json_close(j, ']');
}

static void add_colour(struct json *j, const struct collection *k)
{
	if (k == &collection_projects)
		add_by_status(j);
	else
		add_web(j, k == &collection_districts ? palette_district
						      : palette_layer);
}

/* From 9 pixels for one to 27 for a thousand. */
static void add_cluster_radius(struct json *j)
{
	static const int stops[] = { 0, 9, 1, 15, 2, 21, 3, 27 };

	json_open(j, '[');
	json_text(j, "interpolate");
	json_open(j, '[');
	json_text(j, "linear");
	json_close(j, ']');
	json_open(j, '[');
	json_text(j, "log10");
	add_get(j, "point_count");
	json_close(j, ']');
	for (size_t i = 0; i < LENGTH(stops); i++)
		json_int(j, stops[i]);
	json_close(j, ']');
}

/* --- layers --------------------------------------------------------------- */

/* One way to draw one kind of geometry. */
struct drawing {
	const char *id, *type; /* of the style's layer */
	const char *suffix; /* of the tiles' layer */
	const char *geometry; /* drawn; NULL: all that it has */
	const char *colour; /* properties; the others stand below */
	const char *number;
	double value;
	bool edged; /* with the edge of points */
};

static const struct drawing drawings[] = {
	{ "areas", "fill", "", "Polygon", "fill-color", "fill-opacity", 0.3,
	    false },
	{ "outlines", "line", "", "Polygon", "line-color", "line-width", 1.5,
	    false },
	{ "lines", "line", "", "LineString", "line-color", "line-width", 3,
	    false },
	{ "points", "circle", "", "Point", "circle-color", "circle-radius", 6,
	    true },
};
static const struct drawing clusters = { "clusters", "circle", "_clusters",
	NULL, "circle-color", NULL, 0, true };

/* In the older form of filters, which all programs know, and where the parts of
 * a geometry do not matter. */
static void add_geometry(struct json *j, const char *geometry)
{
	json_key(j, "filter");
	json_open(j, '[');
	json_text(j, "==");
	json_text(j, "$type");
	json_text(j, geometry);
	json_close(j, ']');
}

static void add_edge(struct json *j)
{
	json_key(j, "circle-stroke-color");
	add_web(j, palette_edge);
	json_key(j, "circle-stroke-width");
	json_int(j, 1);
}

static void add_paint(
    struct json *j, const struct collection *k, const struct drawing *d)
{
	json_key(j, "paint");
	json_open(j, '{');
	json_key(j, d->colour);
	if (d == &clusters)
		add_web(j, palette_layer);
	else
		add_colour(j, k);
	json_key(j, d == &clusters ? "circle-radius" : d->number);
	if (d == &clusters)
		add_cluster_radius(j);
	else
		json_double(j, d->value, 1);
	if (d->edged)
		add_edge(j);
	json_close(j, '}');
}

static void add_layer(struct call *c, struct json *j,
    const struct collection *k, const struct drawing *d)
{
	json_open(j, '{');
	json_key(j, "id");
	json_text(j, d->id);
	json_key(j, "type");
	json_text(j, d->type);
	json_key(j, "source");
	json_text(j, k->id);
	json_key(j, "source-layer");
	buf_add_text(&c->scratch, k->id);
	buf_add_text(&c->scratch, d->suffix);
	json_str(j, buf_str(&c->scratch));
	buf_reset(&c->scratch);
	if (d->geometry)
		add_geometry(j, d->geometry);
	add_paint(j, k, d);
	json_close(j, '}');
}

static void add_layers(
    struct call *c, struct json *j, const struct collection *k)
{
	json_key(j, "layers");
	json_open(j, '[');
	for (size_t i = 0; i < LENGTH(drawings); i++)
		add_layer(c, j, k, &drawings[i]);
	if (k == &collection_projects)
		add_layer(c, j, k, &clusters);
	json_close(j, ']');
}

static void add_source(
    struct call *c, struct json *j, const struct collection *k)
{
	json_key(j, "sources");
	json_open(j, '{');
	json_key(j, k->id);
	json_open(j, '{');
	json_key(j, "type");
	json_text(j, "vector");
	json_key(j, "url");
	url_add(&c->scratch, c, "/tiles/");
	buf_add_text(&c->scratch, k->id);
	buf_add_text(&c->scratch, ".json");
	json_str(j, buf_str(&c->scratch));
	buf_reset(&c->scratch);
	json_close(j, '}');
	json_close(j, '}');
}

/* A layer's title may be another one when it is imported again. */
static int64_t change_of(const struct collection *k)
{
	return collection_is_layer(k) ? collection_change(k) : 0;
}

/* Without labels: those need fonts, which would have to be served too. */
bool style_gl(struct call *c, struct err *e)
{
	const struct collection *k;
	struct json j;

	if (!collection_find(&k, c, c->vars[0], e))
		return false;
	if (answer_begin(c, MEDIA_GL_STYLE, change_of(k), 0))
		return true;
	json_init(&j, call_text(c));
	json_open(&j, '{');
	json_key(&j, "version");
	json_int(&j, 8);
	json_key(&j, "name");
	json_text(&j, k->title[c->lang]);
	add_source(c, &j, k);
	add_layers(c, &j, k);
	json_close(&j, '}');
	buf_add_char(call_text(c), '\n');
	return true;
}
