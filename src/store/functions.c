#include "store/functions.h"

#include "base/array.h"
#include "base/clock.h"
#include "geo/geom.h"
#include "query/codes.h"
#include "query/query.h"
#include "store/connection.h"
#include "store/functions_filter.h"
#include "store/sql.h"

static void intersects(sqlite3_context *c, int n, sqlite3_value **v)
{
	struct db *d = sqlite3_user_data(c);
	struct err e = { .code = ERR_NONE };
	const struct geom *g;
	const void *data = sqlite3_value_blob(v[0]);
	const struct bbox box = {
		.west = sqlite3_value_double(v[1]),
		.south = sqlite3_value_double(v[2]),
		.east = sqlite3_value_double(v[3]),
		.north = sqlite3_value_double(v[4]),
	};

	(void)n;
	if (!data)
		return;
	arena_reset(&d->probe);
	g = geom_from_blob(
	    &d->probe, data, (size_t)sqlite3_value_bytes(v[0]), &e);
	if (g)
		sqlite3_result_int(c, geom_intersects_bbox(g, &box));
	else if (e.code == ERR_MEMORY)
		sqlite3_result_error_nomem(c);
	else
		sqlite3_result_error_code(c, SQLITE_CORRUPT);
}

static void overdue(sqlite3_context *c, int n, sqlite3_value **v)
{
	(void)n;
	sqlite3_result_int(c,
	    project_is_overdue(sqlite3_value_int(v[0]), sqlite3_value_int(v[1]),
		sqlite3_value_int(v[2]), sqlite3_value_int(v[3])));
}

static void period(sqlite3_context *c, int n, sqlite3_value **v)
{
	const struct days days = { sqlite3_value_int(v[0]),
		sqlite3_value_int(v[1]), sqlite3_value_int(v[2]),
		sqlite3_value_int(v[3]) };
	int32_t first, last;
	struct query q;

	(void)n;
	query_init(&q);
	q.from = sqlite3_value_int(v[4]);
	q.to = sqlite3_value_int(v[5]);
	project_period(&days, &first, &last);
	sqlite3_result_int(c, query_meets_period(&q, first, last));
}

static void day(sqlite3_context *c, int n, sqlite3_value **v)
{
	char text[CLOCK_DAY_SIZE];

	(void)n;
	if (sqlite3_value_type(v[0]) == SQLITE_NULL)
		return;
	clock_day_text(sqlite3_value_int(v[0]), text);
	sqlite3_result_text(c, text, -1, SQLITE_TRANSIENT);
}

static void level(sqlite3_context *c, int n, sqlite3_value **v)
{
	int64_t number = sqlite3_value_int64(v[0]);

	(void)n;
	if (number >= 0 && (size_t)number < codes_budget_level.n)
		sqlite3_result_text(c, codes_budget_level.codes[number].code,
		    -1, SQLITE_STATIC);
}

/* The code of a number of a list. */
static void code(sqlite3_context *c, int n, sqlite3_value **v)
{
	static const struct codelist *const lists[] = { &codes_status,
		&codes_category, &codes_work_kind, &codes_facility_type,
		&codes_precision };
	struct str name = str_from((const char *)sqlite3_value_text(v[0]));
	int64_t number = sqlite3_value_int64(v[1]);

	(void)n;
	if (sqlite3_value_type(v[1]) == SQLITE_NULL || number < 0)
		return;
	for (size_t i = 0; i < LENGTH(lists); i++)
		if (str_is(name, lists[i]->name) &&
		    (size_t)number < lists[i]->n)
			sqlite3_result_text(
			    c, lists[i]->codes[number].code, -1, SQLITE_STATIC);
}

static void years(sqlite3_context *c, int n, sqlite3_value **v)
{
	char text[PROJECT_YEARS_SIZE];
	size_t len =
	    project_years_text((uint64_t)sqlite3_value_int64(v[0]), text);

	(void)n;
	if (len)
		sqlite3_result_text(c, text, (int)len, SQLITE_TRANSIENT);
}

static void levels(sqlite3_context *c, int n, sqlite3_value **v)
{
	char text[PROJECT_LEVELS_SIZE];
	size_t len =
	    project_levels_text((unsigned)sqlite3_value_int(v[0]), text);

	(void)n;
	if (len)
		sqlite3_result_text(c, text, (int)len, SQLITE_TRANSIENT);
}

static const struct {
	const char *name;
	int arguments;
	void (*run)(sqlite3_context *c, int n, sqlite3_value **v);
} functions[] = {
	{ "budgetmap_intersects", 5, intersects },
	{ "budgetmap_overdue", 4, overdue },
	{ "budgetmap_period", 6, period },
	{ "budgetmap_day", 1, day },
	{ "budgetmap_level", 1, level },
	{ "budgetmap_code", 2, code },
	{ "budgetmap_years", 1, years },
	{ "budgetmap_levels", 1, levels },
};

bool functions_add(struct db *d, struct err *e)
{
	size_t i;

	for (i = 0; i < LENGTH(functions); i++) {
		if (sqlite3_create_function_v2(d->handle, functions[i].name,
			functions[i].arguments,
			SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
			d, functions[i].run, NULL, NULL, NULL) != SQLITE_OK)
			return sql_fail(d, e);
	}
	return functions_add_filter(d->handle) || sql_fail(d, e);
}
