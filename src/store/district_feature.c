/* Reading features into a layer. */
#include "district_layer.h"

#include "base/clock.h"
#include "import_cell.h"
#include "import_cell_read.h"
#include "import_private.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NAME_MAX = 300 };

/* What an attribute is called, by who made the file; the first is our own. */
static const char *const kato_names[] = { "kato", "KATO", "id", "kato_code",
	NULL };
static const char *const name_names[3][5] = {
	{ "name_kk", "name:kk", "ADM2_KK", "NAME_KK", NULL },
	{ "name_ru", "name:ru", "ADM2_RU", "NAME_RU", NULL },
	{ "name_en", "name:en", "ADM2_EN", "NAME_EN", NULL },
};
static const char *const source_names[] = { "source", NULL };
static const char *const as_of_names[] = { "as_of", NULL };
static const char *const generalised_names[] = { "generalised", "generalized",
	NULL };

static struct str look_for(const struct attributes *a, const char *const *names)
{
	for (; *names; names++)
		for (size_t i = 0; i < a->n; i++)
			if (str_is(a->names[i], *names) &&
			    str_trim(a->values[i]).len > 0)
				return str_trim(a->values[i]);
	return (struct str){ NULL, 0 };
}

/* A text as a cell of a table would have it; data NULL when it is none. */
static bool read_text(
    struct str *out, struct layer *l, struct str text, struct err *e)
{
	static const struct import_column column = {
		.name = "name", .type = IMPORT_TEXT, .max = NAME_MAX
	};
	const struct cell_context x = { .a = &l->arena,
		.scratch = &l->scratch };
	struct err why = { .code = ERR_NONE };
	struct value v = { .type = VALUE_NULL };

	if (!cell_read(&v, &column, text, &x, &why) && why.code != ERR_INPUT)
		return err_set(e, why.code, "%s", why.text);
	*out = v.type == VALUE_TEXT ? v.text : (struct str){ NULL, 0 };
	return true;
}

static bool read_texts(struct layer_district *d, struct layer *l,
    const struct attributes *a, struct err *e)
{
	struct str source = look_for(a, source_names);

	for (int n = 0; n < 3; n++)
		if (!read_text(&d->name[n], l, look_for(a, name_names[n]), e))
			return false;
	if (source.len == 0)
		source = str_from(l->options->source);
	return read_text(&d->source, l, source, e);
}

static int32_t read_day(struct str text)
{
	char copy[CLOCK_DAY_SIZE] = "";
	int32_t day = 0;

	if (text.len == sizeof(copy) - 1)
		memcpy(copy, text.data, text.len);
	return clock_day_parse(copy, &day) ? day : 0;
}

/* One multipolygon, oriented and rounded as GeoJSON has it, so that what is
 * exported is the same again. NULL when it cannot be. */
static const struct geom *normal_geom(
    struct arena *a, const struct geom *g, struct err *e)
{
	struct geom made;

	g = geom_orient(a, g);
	if (!g) {
		err_no_memory(e);
		return NULL;
	}
	made = *g;
	made.type = GEOM_MULTIPOLYGON;
	return import_round_geom(a, &made, e);
}

static bool read_shape(struct layer *l, struct layer_district *d,
    const struct geom *g, const struct attributes *a, struct err *e)
{
	static const char *const lon[] = { "label_lon", NULL };
	static const char *const lat[] = { "label_lat", NULL };
	struct position label;

	if (!g || (g->type != GEOM_POLYGON && g->type != GEOM_MULTIPOLYGON)) {
		snprintf(d->wrong, sizeof(d->wrong), "is no polygon");
		return true;
	}
	d->geom = normal_geom(&l->arena, g, e);
	if (!d->geom)
		return false;
	d->area = round(geom_area_km2(d->geom) * 10) / 10;
	d->label = geom_anchor(d->geom);
	if (str_to_double(look_for(a, lon), &label.lon) &&
	    str_to_double(look_for(a, lat), &label.lat) &&
	    geom_has_point(d->geom, label.lon, label.lat))
		d->label = label;
	d->label.lon = import_round_degrees(d->label.lon);
	d->label.lat = import_round_degrees(d->label.lat);
	return true;
}

static void read_kato(struct layer_district *d, struct str kato)
{
	if (kato.len == LAYER_KATO && cell_all_digits(kato))
		memcpy(d->kato, kato.data, LAYER_KATO);
}

bool layer_add(struct layer *l, const struct geom *g, struct str id,
    const struct attributes *a, struct err *e)
{
	struct layer_district d = { .as_of = 0 };
	struct str generalised = look_for(a, generalised_names);

	if (l->n == LAYER_MAX)
		return err_set(e, ERR_LIMIT,
		    "The layer has more than %d features.", LAYER_MAX);
	read_kato(&d, id);
	read_kato(&d, look_for(a, kato_names));
	d.as_of = read_day(look_for(a, as_of_names));
	if (d.as_of == 0)
		d.as_of = l->options->as_of;
	d.generalised = str_is(generalised, "true") || str_is(generalised, "1");
	if (!read_texts(&d, l, a, e) || !read_shape(l, &d, g, a, e))
		return false;
	l->districts[l->n++] = d;
	return true;
}
