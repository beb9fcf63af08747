/* Parameters of an endpoint: one table checks them and describes them. */
#ifndef BUDGETMAP_QUERY_PARAMS_H
#define BUDGETMAP_QUERY_PARAMS_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "query/codes.h"
#include "query/query.h"

#include <stdbool.h>
#include <stddef.h>

enum param_type {
	PARAM_BBOX, /* 4 or 6 numbers; params_to_query wants degrees */
	PARAM_INT, /* whole number, min to max; CLAMP lowers to max */
	PARAM_NUMBER, /* finite number, min to max */
	PARAM_MONEY, /* tenge, at most two decimals, not negative */
	PARAM_CODES, /* codes of a list, separated by commas */
	PARAM_CHOICE, /* one code of a list */
	PARAM_DISTRICT, /* KATO codes (9 digits), separated by commas; "none" */
	PARAM_YEARS, /* years, separated by commas */
	PARAM_BOOL, /* true or false */
	PARAM_DATETIME, /* a day, a time or an interval of them (RFC 3339,
			 * OGC API - Features Part 1 section 7.15.4) */
	PARAM_DAY, /* a day, YYYY-MM-DD */
	PARAM_TIME, /* a time in UTC, RFC 3339 */
	PARAM_FILTER, /* text for programs, at most max bytes, any character */
	PARAM_TEXT, /* text for people, at most max bytes, valid UTF-8 */
	PARAM_TOKEN, /* [A-Za-z0-9_-], at most max bytes */
	PARAM_NAMES /* names, separated by commas, at most max bytes */
};

enum {
	PARAM_REQUIRED = 1,
	PARAM_CLAMP = 2,
	PARAM_EMPTY = 4, /* given empty is as not given */
	PARAM_PROPERTY = 8, /* of an attribute of that name */
	PARAM_SIGNED = 16, /* a name may have a plus or a minus before it */
	PARAM_MEMBER = 32 /* the attribute is a list, this one of its members */
};

/* One row. text is what it means, in kk, ru, en. */
struct param {
	const char *name;
	enum param_type type;
	int flags;
	double min, max; /* numbers; max also bounds lengths */
	const struct codelist *codes; /* PARAM_CODES and PARAM_CHOICE */
	const char *fallback; /* default as text, NULL: none */
	const char *text[LANG_COUNT];
};

struct param_table {
	const struct param *const *rows;
	size_t n;
};

enum { PARAMS_MAX = 320, PARAMS_QUERY_MAX = 8192 };

/* The values given, one place a row of the table: data NULL where not given.
 * Percent-decoded, '+' is a space, checked against its row. */
struct params {
	const struct param_table *table;
	struct str values[PARAMS_MAX];
};

/* What is passed over in silence. */
enum params_mode {
	PARAMS_STRICT, /* nothing */
	PARAMS_FORM, /* empty ones: a form sends its empty fields too */
	PARAMS_PAGE /* unknown ones too: pages ignore utm_source */
};

/* Splits and checks a raw query string. Unknown, repeated, missing, empty or
 * malformed parameters, broken UTF-8 and NUL give ERR_INPUT with the
 * parameter's name (only when it is one of the table) in e->param. */
bool params_parse(struct params *out, const struct param_table *table,
    struct str raw, enum params_mode mode, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

/* The checked value of a parameter by name, its fallback where it was not
 * given; data NULL when there is neither. */
struct str params_text(const struct params *p, const char *name);
bool params_has(const struct params *p, const char *name);
int64_t params_int(const struct params *p, const char *name);
double params_number(const struct params *p, const char *name);

/* Fills a query from those of bbox, district, status, category, work_kind,
 * year, budget_level, min_planned, max_planned, overdue, datetime, place, q,
 * limit, offset and cursor that stand in the table. out is as query_init made
 * it; a filter that was put there stays and binds the cursor. katos lists the
 * known districts by number; an unknown KATO is ERR_INPUT. limit=0 marks stay:
 * see query.h. */
bool params_to_query(struct query *out, const struct params *p,
    const struct str *katos, size_t n_katos, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

/* Appends the query string of exactly these parameters, rows in the order of
 * the table, values percent-encoded, without '?'; skip names one to leave out
 * (may be NULL). It is the normalised request of caches and links. */
void params_write(struct buf *out, const struct params *p, const char *skip);

/* The rows shared by endpoints, for their tables. */
extern const struct param param_bbox, param_district, param_status,
    param_category, param_work_kind, param_year, param_budget_level,
    param_min_planned, param_max_planned, param_overdue, param_datetime,
    param_place, param_q, param_limit, param_offset, param_cursor, param_lang;

#endif
