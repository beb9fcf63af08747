#include "format/csv_features.h"

#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "format/csv_read.h"
#include "gather.h"

/* What a column is besides an attribute. */
enum role { ROLE_ID, ROLE_LON, ROLE_LAT, ROLE_WKT, ROLE_X, ROLE_Y, ROLES };

static const struct {
	const char *name;
	enum role role;
} roles[] = {
	{ "id", ROLE_ID },
	{ "lon", ROLE_LON },
	{ "lng", ROLE_LON },
	{ "long", ROLE_LON },
	{ "longitude", ROLE_LON },
	{ "x", ROLE_X },
	{ "lat", ROLE_LAT },
	{ "latitude", ROLE_LAT },
	{ "y", ROLE_Y },
	{ "wkt", ROLE_WKT },
	{ "geom", ROLE_WKT },
	{ "geometry", ROLE_WKT },
	{ "the_geom", ROLE_WKT },
};

struct reading {
	const struct foreign_file *file;
	const struct foreign_hooks *hooks;
	struct csv_reader *csv;
	struct gather gather;
	const struct str *columns;
	size_t n;
	int at[ROLES]; /* the column with that role; -1: none */
	long number;
};

static bool is_called(struct str column, const char *name)
{
	return column.len == strlen(name) &&
	       strncasecmp(column.data, name, column.len) == 0;
}

/* x and y can be anything: they are the place where nothing else is. */
static void use_x_and_y(struct reading *r)
{
	if (r->at[ROLE_LON] < 0 && r->at[ROLE_WKT] < 0 && r->at[ROLE_X] >= 0 &&
	    r->at[ROLE_Y] >= 0) {
		r->at[ROLE_LON] = r->at[ROLE_X];
		r->at[ROLE_LAT] = r->at[ROLE_Y];
	}
	r->at[ROLE_X] = -1;
	r->at[ROLE_Y] = -1;
}

static bool find_roles(struct reading *r, struct err *e)
{
	for (int i = 0; i < ROLES; i++)
		r->at[i] = -1;
	for (size_t k = 0; k < r->n; k++) {
		for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
			if (!is_called(r->columns[k], roles[i].name))
				continue;
			if (r->at[roles[i].role] >= 0)
				return err_set(e, ERR_INPUT,
				    "two columns could be \"%s\"",
				    roles[i].name);
			r->at[roles[i].role] = (int)k;
		}
	}
	if ((r->at[ROLE_LON] < 0) != (r->at[ROLE_LAT] < 0))
		return err_set(
		    e, ERR_INPUT, "of the columns lon and lat one is missing");
	use_x_and_y(r);
	return true;
}

static struct str field_of(
    const struct reading *r, const struct str *fields, enum role role)
{
	if (r->at[role] < 0)
		return (struct str){ NULL, 0 };
	return str_trim(fields[r->at[role]]);
}

/* Spreadsheets of this country write a comma for the decimal point. */
static bool read_degrees(double *out, struct str text)
{
	char copy[64];

	if (text.len >= sizeof(copy))
		return false;
	for (size_t i = 0; i < text.len; i++)
		copy[i] = text.data[i] == ',' ? '.' : text.data[i];
	return str_to_double((struct str){ copy, text.len }, out);
}

static bool read_place(struct reading *r, const struct geom **out,
    const struct str *fields, struct err *e)
{
	struct str wkt = field_of(r, fields, ROLE_WKT);
	struct str lon = field_of(r, fields, ROLE_LON);
	struct str lat = field_of(r, fields, ROLE_LAT);
	double x, y;

	*out = NULL;
	if (wkt.len > 0) {
		*out = geom_from_wkt(r->file->arena, wkt, e);
		return *out != NULL;
	}
	if (lon.len == 0 && lat.len == 0)
		return true;
	if (!read_degrees(&x, lon) || !read_degrees(&y, lat))
		return err_set(e, ERR_INPUT, "lon and lat are not numbers");
	*out = geom_point(r->file->arena, x, y, e);
	return *out != NULL;
}

static bool has_role(const struct reading *r, size_t column)
{
	for (int i = 0; i < ROLES; i++)
		if (r->at[i] == (int)column)
			return true;
	return false;
}

static bool read_record(struct reading *r, struct foreign_feature *f,
    const struct str *fields, struct err *e)
{
	gather_reset(&r->gather);
	for (size_t k = 0; k < r->n; k++) {
		struct str value = str_trim(fields[k]);

		if (!has_role(r, k) && value.len > 0 &&
		    !gather_add(
			&r->gather, r->columns[k], value, VALUE_NULL, e))
			return false;
	}
	if (!gather_copy(&r->gather, &f->id, field_of(r, fields, ROLE_ID), e) ||
	    !gather_finish(&r->gather, f, e))
		return false;
	f->at.name = foreign_name(f);
	return read_place(r, &f->geom, fields, e);
}

static bool refuse(struct reading *r, const struct foreign_feature *f,
    const struct err *why, struct err *e)
{
	bool own = why->code == ERR_INPUT || why->code == ERR_LIMIT;

	if (own && r->hooks->refuse)
		return r->hooks->refuse(
		    r->hooks->context, &f->at, why->text, e);
	return err_set(e, why->code, "record %ld: %s", r->number, why->text);
}

static bool in_bounds(const struct reading *r, struct err *e)
{
	if (r->number > FOREIGN_FEATURES_MAX)
		return err_set(e, ERR_LIMIT,
		    "the file has more than %d features", FOREIGN_FEATURES_MAX);
	if (r->file->deadline && clock_monotonic() > r->file->deadline)
		return err_set(e, ERR_LIMIT, "reading the file takes too long");
	return (size_t)csv_bytes(r->csv) <= r->file->max_bytes ||
	       err_set(e, ERR_LIMIT, "the file is longer than %zu bytes",
		   r->file->max_bytes);
}

/* One record; what is wrong with it stands in why. */
static bool visit_record(
    struct reading *r, const struct str *fields, struct err *why, struct err *e)
{
	struct foreign_feature f = { .at = { .number = ++r->number,
					 .line = csv_line(r->csv) },
		.part = 1,
		.parts = 1 };

	if (!r->file->keep)
		arena_reset(r->file->arena);
	if (!in_bounds(r, e))
		return false;
	if (why->code != ERR_NONE || !read_record(r, &f, fields, why))
		return refuse(r, &f, why, e);
	return r->hooks->visit(r->hooks->context, &f, e);
}

static bool read_records(struct reading *r, struct err *e)
{
	const struct str *fields;

	for (;;) {
		struct err why = { .code = ERR_NONE };

		if (csv_next(r->csv, &fields, &why) == CSV_END) {
			if (e && why.code != ERR_NONE)
				*e = why;
			return why.code == ERR_NONE;
		}
		if (!visit_record(r, fields, &why, e))
			return false;
	}
}

bool csv_read_features(FILE *in, const struct foreign_file *file,
    const struct foreign_hooks *hooks, struct err *e)
{
	struct reading r = { .file = file, .hooks = hooks };
	bool good;

	r.csv = csv_open(in, e);
	if (!r.csv)
		return false;
	r.columns = csv_columns(r.csv, &r.n);
	gather_init(&r.gather, file->arena);
	good = find_roles(&r, e) && read_records(&r, e);
	gather_free(&r.gather);
	csv_close(r.csv);
	return good;
}
