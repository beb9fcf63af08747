#include "json_crs.h"

#include "base/array.h"

#include <string.h>

/* Of degrees lon goes first in GeoJSON, whatever EPSG says. */
static const struct {
	int64_t code;
	enum crs crs;
} codes[] = {
	{ 4326, CRS_84 },
	{ 4979, CRS_84 }, /* with heights */
	{ 3857, CRS_3857 },
	{ 900913, CRS_3857 }, /* what it was called before */
	{ 102100, CRS_3857 }, /* ArcGIS */
	{ 102113, CRS_3857 },
	{ 32641, CRS_32641 },
	{ 32642, CRS_32642 },
};

void json_crs_free(struct json_crs *c)
{
	proj_close(c->proj);
	*c = (struct json_crs){ .crs = CRS_84 };
}

/* The number at the end: urn:ogc:def:crs:EPSG::32642, EPSG:32642,
 * http://www.opengis.net/def/crs/EPSG/0/32642; 0 without. */
static int64_t code_in(struct str name)
{
	size_t start = name.len;
	int64_t code;

	while (start > 0 && name.data[start - 1] >= '0' &&
	       name.data[start - 1] <= '9')
		start--;
	return str_to_int64(
		   (struct str){ name.data + start, name.len - start }, &code)
		   ? code
		   : 0;
}

static bool ends_with(struct str s, const char *end)
{
	size_t len = strlen(end);

	return s.len >= len && memcmp(s.data + s.len - len, end, len) == 0;
}

/* Also {"type":"EPSG","properties":{"code":32642}}, from before the names. */
bool json_crs_read(struct json_crs *c, const json_t *value, struct err *e)
{
	const json_t *properties = json_object_get(value, "properties");
	const char *text =
	    json_string_value(json_object_get(properties, "name"));
	struct str name = str_from(text ? text : "");
	int64_t code = json_integer_value(json_object_get(properties, "code"));

	if (json_is_null(value) || ends_with(name, "CRS84"))
		return true;
	if (name.len > 0)
		code = code_in(name);
	for (size_t i = 0; i < LENGTH(codes); i++) {
		if (codes[i].code != code)
			continue;
		c->crs = codes[i].crs;
		return true;
	}
	if (code <= 0)
		return err_set(e, ERR_INPUT,
		    "the coordinates are not longitude and latitude of WGS 84");
	return err_set(e, ERR_INPUT,
	    "the coordinates are in EPSG:%lld, not in longitude and latitude "
	    "of WGS 84: exchange them first, as with ogr2ogr -t_srs EPSG:4326",
	    (long long)code);
}

bool json_crs_exchange(struct json_crs *c, struct shape *s, struct err *e)
{
	if (c->crs == CRS_84 || !shape_has_pieces(s))
		return true;
	if (!c->proj)
		c->proj = proj_open();
	if (!c->proj)
		return err_no_memory(e);
	for (int i = 0; i < SHAPE_KINDS; i++) {
		const struct buf *b = &s->piles[i].positions;
		struct position *at = (void *)b->data;
		size_t n = b->failed ? 0 : b->len / sizeof(*at);

		for (size_t k = 0; k < n; k++)
			if (!proj_to_lon_lat(c->proj, c->crs, &at[k], e))
				return false;
	}
	c->features++;
	return true;
}

const char *json_crs_name(const struct json_crs *c)
{
	static const char *const names[CRS_N] = { [CRS_84] = "CRS84",
		[CRS_4326] = "EPSG:4326",
		[CRS_3857] = "EPSG:3857",
		[CRS_32641] = "EPSG:32641",
		[CRS_32642] = "EPSG:32642" };

	return names[c->crs];
}
