#include "api/crs.h"

#include "geo/bbox.h"

#include <stdio.h>

#define URI(end) "http://www.opengis.net/def/crs/" end

enum { NUMBER_SIZE = 32 };

static const struct code systems[CRS_N] = {
	[CRS_84] = { URI("OGC/1.3/CRS84"),
	    { "WGS 84 (бойлық, ендік)", "WGS 84 (долгота, широта)",
		"WGS 84 (lon, lat)" } },
	[CRS_4326] = { URI("EPSG/0/4326"),
	    { "WGS 84 (ендік, бойлық)", "WGS 84 (широта, долгота)",
		"WGS 84 (lat, lon)" } },
	[CRS_3857] = { URI("EPSG/0/3857"),
	    { "Web Mercator", "Web Mercator", "Web Mercator" } },
	[CRS_32641] = { URI("EPSG/0/32641"),
	    { "UTM, 41N аймағы", "UTM, зона 41N", "UTM zone 41N" } },
	[CRS_32642] = { URI("EPSG/0/32642"),
	    { "UTM, 42N аймағы", "UTM, зона 42N", "UTM zone 42N" } },
};
const struct codelist codes_crs = { "crs", systems, CRS_N };

const struct param param_crs = { .name = "crs",
	.type = PARAM_CHOICE,
	.codes = &codes_crs,
	.fallback = URI("OGC/1.3/CRS84"),
	.text = { "Жауаптағы координаттар жүйесі", "Система координат ответа",
	    "Coordinate reference system of the answer" } };

const struct param param_bbox_crs = { .name = "bbox-crs",
	.type = PARAM_CHOICE,
	.codes = &codes_crs,
	.fallback = URI("OGC/1.3/CRS84"),
	.text = { "bbox сандары қай координаттар жүйесінде",
	    "Система координат чисел bbox",
	    "Coordinate reference system of the numbers of bbox" } };

static enum crs system_of(const struct params *p, const struct param *row)
{
	int found = codes_find(&codes_crs, params_text(p, row->name));

	return found < 0 ? CRS_84 : (enum crs)found;
}

enum crs crs_of(const struct params *p)
{
	return system_of(p, &param_crs);
}

void crs_header(struct call *c, enum crs crs)
{
	response_header(
	    c->x->response, "Content-Crs", "<%s>", systems[crs].code);
}

/* Numbers that read back as they are. */
static struct str box_text(struct call *c, const struct bbox *b)
{
	char text[4 * NUMBER_SIZE];
	int n = snprintf(text, sizeof(text), "%.17g,%.17g,%.17g,%.17g", b->west,
	    b->south, b->east, b->north);
	char *copy = arena_copy(c->x->arena, text, (size_t)n);

	return (struct str){ copy, copy ? (size_t)n : 0 };
}

static bool change_box(
    struct params *p, struct call *c, enum crs crs, struct err *e)
{
	double corners[4];
	struct bbox box;

	for (size_t i = 0; i < p->table->n; i++) {
		if (p->table->rows[i] != &param_bbox)
			continue;
		if (!bbox_numbers(corners, p->values[i], e) ||
		    !proj_box(c->x->proj, crs, corners, &box, e))
			return err_param(e, param_bbox.name);
		p->values[i] = box_text(c, &box);
		if (!p->values[i].data)
			return err_no_room(e);
	}
	return true;
}

bool crs_params(const struct params **out, struct call *c,
    const struct params *p, struct err *e)
{
	enum crs crs = system_of(p, &param_bbox_crs);
	struct params *changed;

	*out = p;
	if (crs == CRS_84 || !params_has(p, param_bbox.name))
		return true;
	changed = arena_alloc(c->x->arena, sizeof(*changed));
	if (!changed)
		return err_no_room(e);
	*changed = *p;
	*out = changed;
	return change_box(changed, c, crs, e);
}

void crs_write(struct json *j)
{
	json_key(j, "crs");
	json_open(j, '[');
	for (size_t i = 0; i < CRS_N; i++)
		json_text(j, systems[i].code);
	json_close(j, ']');
	json_key(j, "storageCrs");
	json_text(j, systems[CRS_84].code);
}
