#include "store/project_read.h"

#include "base/array.h"
#include "query/codes.h"
#include "store/connection.h"
#include "store/derived.h"

/* Places of PROJECT_COLUMNS. */
enum {
	AT_ID,
	AT_KEY,
	AT_CHANGE,
	AT_PUBLIC_ID,
	AT_GEOM,
	AT_ANCHOR_LON,
	AT_ANCHOR_LAT,
	AT_HOME,
	AT_DISTRICTS,
	AT_PLANNED,
	AT_CONTRACTED,
	AT_PAID,
	AT_YEARS,
	AT_LEVELS,
	AT_STATUS,
	AT_CATEGORY,
	AT_WORK_KIND,
	AT_CUSTOMER,
	AT_CONTRACTOR,
	AT_YEAR_LINES,
	AT_FACILITY_TYPE,
	AT_PRECISION,
	AT_PLANNED_END,
	AT_ACTUAL_END,
	AT_TITLE_KK,
	AT_TITLE_RU,
	AT_TITLE_EN,
	AT_SECTOR,
	AT_ADDRESS_KK,
	AT_ADDRESS_RU,
	AT_ADDRESS_EN,
	AT_PROGRESS,
	AT_PLANNED_START,
	AT_ACTUAL_START,
	AT_SOURCE,
	AT_AS_OF,
	AT_DEMO
};

/* Attributes that are a column as it stands. */
static const struct {
	enum project_field field;
	int at;
	enum value_type type;
} plain[] = {
	{ PROJECT_TITLE_KK, AT_TITLE_KK, VALUE_TEXT },
	{ PROJECT_TITLE_RU, AT_TITLE_RU, VALUE_TEXT },
	{ PROJECT_TITLE_EN, AT_TITLE_EN, VALUE_TEXT },
	{ PROJECT_SECTOR, AT_SECTOR, VALUE_LIST },
	{ PROJECT_ADDRESS_KK, AT_ADDRESS_KK, VALUE_TEXT },
	{ PROJECT_ADDRESS_RU, AT_ADDRESS_RU, VALUE_TEXT },
	{ PROJECT_ADDRESS_EN, AT_ADDRESS_EN, VALUE_TEXT },
	{ PROJECT_PLANNED, AT_PLANNED, VALUE_MONEY },
	{ PROJECT_CONTRACTED, AT_CONTRACTED, VALUE_MONEY },
	{ PROJECT_PAID, AT_PAID, VALUE_MONEY },
	{ PROJECT_PROGRESS, AT_PROGRESS, VALUE_NUMBER },
	{ PROJECT_PLANNED_START, AT_PLANNED_START, VALUE_DAY },
	{ PROJECT_PLANNED_END, AT_PLANNED_END, VALUE_DAY },
	{ PROJECT_ACTUAL_START, AT_ACTUAL_START, VALUE_DAY },
	{ PROJECT_ACTUAL_END, AT_ACTUAL_END, VALUE_DAY },
	{ PROJECT_SOURCE, AT_SOURCE, VALUE_TEXT },
	{ PROJECT_AS_OF, AT_AS_OF, VALUE_DAY },
	{ PROJECT_DEMO, AT_DEMO, VALUE_BOOL },
};

/* Attributes that are the code of a number. */
static const struct {
	enum project_field field;
	int at;
	const struct codelist *codes;
} coded[] = {
	{ PROJECT_STATUS, AT_STATUS, &codes_status },
	{ PROJECT_CATEGORY, AT_CATEGORY, &codes_category },
	{ PROJECT_WORK_KIND, AT_WORK_KIND, &codes_work_kind },
	{ PROJECT_FACILITY_TYPE, AT_FACILITY_TYPE, &codes_facility_type },
	{ PROJECT_PRECISION, AT_PRECISION, &codes_precision },
};

static struct value text_value(enum value_type type, struct str text)
{
	struct value v = { .type = VALUE_NULL };

	if (text.data) {
		v.type = type;
		v.text = text;
	}
	return v;
}

static struct value plain_value(sqlite3_stmt *s, int at, enum value_type type)
{
	struct value v = { .type = VALUE_NULL };

	if (type == VALUE_TEXT || type == VALUE_LIST)
		return text_value(type, sql_text(s, at));
	if (sql_is_null(s, at))
		return v;
	v.type = type;
	if (type == VALUE_NUMBER)
		v.number = sql_double(s, at);
	else
		v.integer = sql_integer(s, at);
	return v;
}

static struct value code_value(
    sqlite3_stmt *s, int at, const struct codelist *list)
{
	int64_t number = sql_integer(s, at);

	if (sql_is_null(s, at) || number < 0 || (size_t)number >= list->n)
		return (struct value){ .type = VALUE_NULL };
	return text_value(VALUE_TEXT, str_from(list->codes[number].code));
}

static uint64_t get(const unsigned char *in, size_t bytes)
{
	uint64_t value = 0;

	while (bytes-- > 0)
		value = value << 8 | in[bytes];
	return value;
}

static bool read_lines(
    struct project *out, struct db *d, sqlite3_stmt *s, struct err *e)
{
	const unsigned char *in = sqlite3_column_blob(s, AT_YEAR_LINES);
	size_t size = (size_t)sqlite3_column_bytes(s, AT_YEAR_LINES);
	size_t n = size / YEAR_LINE_BYTES, i;
	struct year_line *lines;

	out->lines = NULL;
	out->n_lines = 0;
	if (n == 0)
		return true;
	if (n > YEAR_LINES_MAX || size % YEAR_LINE_BYTES != 0)
		return err_set(e, ERR_DAMAGED, "The database is damaged.");
	lines = arena_array(&d->row, n, sizeof(*lines));
	if (!lines)
		return err_no_memory(e);
	for (i = 0; i < n; i++, in += YEAR_LINE_BYTES)
		lines[i] = (struct year_line){
			.year = (uint16_t)get(in, 2),
			.planned = (int64_t)get(in + 4, 8),
			.contracted = (int64_t)get(in + 12, 8),
			.paid = (int64_t)get(in + 20, 8),
		};
	out->lines = lines;
	out->n_lines = n;
	return true;
}

static void read_facts(struct facts *f, sqlite3_stmt *s, int32_t today)
{
	*f = (struct facts){
		.planned = sql_money(s, AT_PLANNED),
		.contracted = sql_money(s, AT_CONTRACTED),
		.paid = sql_money(s, AT_PAID),
		.years = (uint64_t)sql_integer(s, AT_YEARS),
		.districts = (uint64_t)sql_integer(s, AT_DISTRICTS),
		.home = (uint8_t)sql_integer(s, AT_HOME),
		.status = (uint8_t)sql_integer(s, AT_STATUS),
		.category = (uint8_t)sql_integer(s, AT_CATEGORY),
		.work_kind = (uint8_t)sql_integer(s, AT_WORK_KIND),
		.levels = (uint8_t)sql_integer(s, AT_LEVELS),
		.days = { sql_day(s, AT_PLANNED_START),
		    sql_day(s, AT_PLANNED_END), sql_day(s, AT_ACTUAL_START),
		    sql_day(s, AT_ACTUAL_END) },
	};
	f->overdue = project_is_overdue(
	    f->status, f->days.planned_end, f->days.actual_end, today);
}

static struct value copy_list(struct arena *a, const char *text, size_t len)
{
	const char *copy = len ? arena_copy(a, text, len) : NULL;

	return text_value(VALUE_LIST, (struct str){ copy, copy ? len : 0 });
}

static struct value years_value(struct arena *a, uint64_t years)
{
	char text[PROJECT_YEARS_SIZE];

	return copy_list(a, text, project_years_text(years, text));
}

static struct value levels_value(struct arena *a, unsigned levels)
{
	char text[PROJECT_LEVELS_SIZE];

	return copy_list(a, text, project_levels_text(levels, text));
}

static void read_values(struct value *v, struct db *d, sqlite3_stmt *s,
    const struct lookup *l, const struct facts *f)
{
	const struct organisation *customer, *contractor;
	size_t i;

	for (i = 0; i < LENGTH(plain); i++)
		v[plain[i].field] = plain_value(s, plain[i].at, plain[i].type);
	for (i = 0; i < LENGTH(coded); i++)
		v[coded[i].field] = code_value(s, coded[i].at, coded[i].codes);
	v[PROJECT_DISTRICT] = text_value(VALUE_TEXT, lookup_kato(l, f->home));
	v[PROJECT_YEARS] = years_value(&d->row, f->years);
	v[PROJECT_BUDGET_LEVELS] = levels_value(&d->row, f->levels);
	v[PROJECT_OVERDUE] =
	    (struct value){ .type = VALUE_BOOL, .integer = f->overdue };
	customer = lookup_organisation(l, sql_integer(s, AT_CUSTOMER));
	contractor = lookup_organisation(l, sql_integer(s, AT_CONTRACTOR));
	if (customer) {
		v[PROJECT_CUSTOMER_BIN] = text_value(VALUE_TEXT, customer->bin);
		v[PROJECT_CUSTOMER_KK] =
		    text_value(VALUE_TEXT, customer->name_kk);
		v[PROJECT_CUSTOMER_RU] =
		    text_value(VALUE_TEXT, customer->name_ru);
	}
	if (contractor) {
		v[PROJECT_CONTRACTOR_BIN] =
		    text_value(VALUE_TEXT, contractor->bin);
		v[PROJECT_CONTRACTOR_KK] =
		    text_value(VALUE_TEXT, contractor->name_kk);
		v[PROJECT_CONTRACTOR_RU] =
		    text_value(VALUE_TEXT, contractor->name_ru);
	}
}

bool project_read(struct project *out, struct db *d, sqlite3_stmt *s,
    const struct lookup *l, int32_t today, struct err *e)
{
	const struct geom *geom;
	struct value *values;
	struct facts facts;

	arena_reset(&d->row);
	values = arena_array(&d->row, PROJECT_FIELDS, sizeof(*values));
	if (!values)
		return err_no_memory(e);
	if (!sql_geom(s, AT_GEOM, &d->row, &geom, e) ||
	    !read_lines(out, d, s, e))
		return false;
	read_facts(&facts, s, today);
	read_values(values, d, s, l, &facts);
	out->feature = (struct feature){
		.id = sql_integer(s, AT_ID),
		.public_id = sql_text(s, AT_PUBLIC_ID),
		.geom = geom,
		.schema = &project_schema,
		.values = values,
	};
	out->facts = facts;
	out->anchor = (struct position){ sql_double(s, AT_ANCHOR_LON),
		sql_double(s, AT_ANCHOR_LAT) };
	out->key = sql_integer(s, AT_KEY);
	out->change = sql_integer(s, AT_CHANGE);
	return true;
}
