#include "kml_coordinates.h"

/* The next run of text without white space, empty at the end. */
static struct str take_tuple(struct str *rest)
{
	struct str tuple = str_trim(*rest);
	size_t len = 0;

	while (len < tuple.len && (unsigned char)tuple.data[len] > ' ')
		len++;
	rest->data = tuple.data + len;
	rest->len = tuple.len - len;
	tuple.len = len;
	return tuple;
}

static bool read_tuple(struct position *p, struct str tuple)
{
	struct str lon = str_cut(&tuple, ',');
	struct str lat = str_cut(&tuple, ',');
	double height;

	if (!str_to_double(lon, &p->lon) || !str_to_double(lat, &p->lat))
		return false;
	return !tuple.data || str_to_double(tuple, &height);
}

bool kml_add_coordinates(struct shape *s, struct str text, struct err *e)
{
	struct position p;
	struct str tuple;

	while ((tuple = take_tuple(&text)).len > 0) {
		if (!read_tuple(&p, tuple))
			return err_set(e, ERR_INPUT,
			    "the coordinates are not longitude,latitude with "
			    "spaces between");
		if (!shape_add(s, p.lon, p.lat, e))
			return false;
	}
	return true;
}
