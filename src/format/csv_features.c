#include "format/csv_features.h"

#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "format/csv_read.h"
#include "gather.h"

/* What a column is besides an attribute. */
enum role { ROLE_ID, ROLE_LON, ROLE_LAT, ROLE_WKT, ROLE_X, ROLE_Y, ROLES };

enum { OWN_MAX = 1 << 24, NAME_SIZE = 32, WGS_84 = 4326 };

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
	{ "longitude_wgs84", ROLE_LON },
	{ "point_x", ROLE_X }, /* ArcGIS */
	{ "Долгота", ROLE_LON },
	{ "долгота", ROLE_LON },
	{ "Бойлық", ROLE_LON },
	{ "бойлық", ROLE_LON },
	{ "lat", ROLE_LAT },
	{ "latitude", ROLE_LAT },
	{ "latitude_wgs84", ROLE_LAT },
	{ "point_y", ROLE_Y },
	{ "Широта", ROLE_LAT },
	{ "широта", ROLE_LAT },
	{ "Ендік", ROLE_LAT },
	{ "ендік", ROLE_LAT },
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
	struct arena own; /* names of columns; lives as long as the reading */
	struct str columns[CSV_COLUMNS_MAX];
	size_t n;
	int at[ROLES]; /* the column with that role; -1: none */
	long number;
	long renamed; /* columns without a name, or with that of another */
	long nowhere, empty, high; /* records: nothing where a place would be;
				    * WKT that is empty, has heights */
};

static bool is_called(struct str column, const char *name)
{
	return column.len == strlen(name) &&
	       strncasecmp(column.data, name, column.len) == 0;
}

static bool is_taken(const struct reading *r, size_t n, struct str name)
{
	for (size_t k = 0; k < n; k++)
		if (str_equal(r->columns[k], name))
			return true;
	return false;
}

/* "column 4" without a name, "length 2" with that of another. */
static bool rename_column(struct reading *r, size_t k, struct err *e)
{
	struct str name = r->columns[k], *to = &r->columns[k];
	struct buf b;

	r->renamed++;
	buf_init(&b, name.len + NAME_SIZE);
	if (name.len == 0)
		buf_add_format(&b, "column %zu", k + 1);
	for (int i = 2; b.len == 0 || is_taken(r, k, buf_str(&b)); i++) {
		buf_reset(&b);
		buf_add_str(&b, name);
		buf_add_format(&b, "%s%d", name.len > 0 ? " " : "column ", i);
		if (b.failed)
			break;
	}
	to->data = b.failed ? NULL : arena_copy(&r->own, b.data, b.len);
	to->len = to->data ? b.len : 0;
	buf_free(&b);
	return to->data || err_no_memory(e);
}

static bool name_columns(struct reading *r, struct err *e)
{
	const struct str *columns = csv_columns(r->csv, &r->n);

	for (size_t k = 0; k < r->n; k++) {
		r->columns[k] = columns[k];
		if ((columns[k].len == 0 || is_taken(r, k, columns[k])) &&
		    !rename_column(r, k, e))
			return false;
	}
	return true;
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
		for (size_t i = 0; i < LENGTH(roles); i++) {
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

/* PostGIS writes "SRID=4326;POINT(...)". */
static bool skip_srid(struct str *wkt, struct err *e)
{
	static const char word[] = "SRID=";
	struct str number;
	int64_t srid;

	if (wkt->len < strlen(word) ||
	    strncasecmp(wkt->data, word, strlen(word)) != 0)
		return true;
	number = str_cut(wkt, ';');
	number.data += strlen(word);
	number.len -= strlen(word);
	return (str_to_int64(number, &srid) && srid == WGS_84) ||
	       err_set(e, ERR_INPUT,
		   "the geometry is not in longitude and latitude of WGS 84 "
		   "(SRID 4326)");
}

static bool is_empty_wkt(struct str wkt)
{
	static const char word[] = "EMPTY";
	size_t len = strlen(word);

	return wkt.len > len &&
	       strncasecmp(wkt.data + wkt.len - len, word, len) == 0;
}

/* Whether its first position has more than two numbers. */
static bool is_high(struct str wkt)
{
	size_t numbers = 0;
	bool inside = false, number = false;

	for (size_t i = 0; i < wkt.len; i++) {
		char c = wkt.data[i];
		bool part = (c >= '0' && c <= '9') || c == '.' || c == '-' ||
			    c == '+' || ((c == 'e' || c == 'E') && number);

		inside = inside || c == '(';
		numbers += inside && part && !number;
		number = inside && part;
		if (c == ',' || c == ')')
			break;
	}
	return numbers > 2;
}

static bool read_wkt(
    struct reading *r, const struct geom **out, struct str wkt, struct err *e)
{
	if (!skip_srid(&wkt, e))
		return false;
	if (is_empty_wkt(wkt)) {
		r->empty++;
		return true;
	}
	r->high += is_high(wkt);
	*out = geom_from_wkt(r->file->arena, wkt, e);
	return *out != NULL;
}

static bool read_place(struct reading *r, const struct geom **out,
    const struct str *fields, struct err *e)
{
	struct str wkt = field_of(r, fields, ROLE_WKT);
	struct str lon = field_of(r, fields, ROLE_LON);
	struct str lat = field_of(r, fields, ROLE_LAT);
	double x, y;

	*out = NULL;
	if (wkt.len > 0)
		return read_wkt(r, out, wkt, e);
	if (lon.len == 0 && lat.len == 0) {
		r->nowhere++;
		return true;
	}
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
	if (!gather_goes_on(r->file, r->number, e))
		return false;
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

static bool note_all(const struct reading *r, struct err *e)
{
	const struct foreign_hooks *h = r->hooks;
	bool placed = r->at[ROLE_WKT] >= 0 || r->at[ROLE_LON] >= 0;

	return gather_note_count(h, r->renamed,
		   "columns without a name, or with that of another, which are "
		   "called by a number",
		   e) &&
	       gather_note_count(h, placed ? 0 : r->nowhere,
		   "there is no column lon and lat, x and y, or wkt: records "
		   "without a place",
		   e) &&
	       gather_note_count(h, placed ? r->nowhere : 0,
		   "records without coordinates, which are kept without a "
		   "place",
		   e) &&
	       gather_note_count(h, r->empty,
		   "records whose geometry is empty, which are kept without a "
		   "place",
		   e) &&
	       gather_note_count(h, r->high,
		   "records whose WKT has heights or measures, which are left "
		   "out",
		   e);
}

static bool read_file(struct reading *r, struct err *e)
{
	return name_columns(r, e) && find_roles(r, e) && read_records(r, e) &&
	       note_all(r, e);
}

bool csv_read_features(FILE *in, const struct foreign_file *file,
    const struct foreign_hooks *hooks, struct err *e)
{
	struct reading r = { .file = file, .hooks = hooks };
	bool good;

	r.csv = csv_open_as_is(in, e);
	if (!r.csv)
		return false;
	gather_init(&r.gather, file->arena);
	arena_init(&r.own, OWN_MAX);
	good = read_file(&r, e);
	arena_free(&r.own);
	gather_free(&r.gather);
	csv_close(r.csv);
	return good;
}
