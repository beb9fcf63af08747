/* Ids of new projects: TKS-<year>-<6 digits>, never one that was used. */
#include "import_write.h"

#include "base/array.h"

#include <stdio.h>

enum { DAYS_A_YEAR = 10000, ID_MAX = 999999 };

/* The highest number of a year that is taken, stored or in the file. */
static bool last_number(struct import *i, int year, int64_t *out, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(i->db,
	    "SELECT max(coalesce((SELECT substr(max(public_id), 10) FROM "
	    "project WHERE public_id BETWEEN ?1 AND ?2), 0) + 0, "
	    "coalesce((SELECT substr(max(id), 10) FROM cells "
	    "WHERE id BETWEEN ?1 AND ?2), 0) + 0)",
	    e);
	char from[ID_SIZE], to[ID_SIZE];

	if (!s)
		return false;
	snprintf(from, sizeof(from), "TKS-%04d-000000", year);
	snprintf(to, sizeof(to), "TKS-%04d-999999", year);
	sql_bind_text(s, 1, str_from(from));
	sql_bind_text(s, 2, str_from(to));
	if (sql_step(i->db, s, e) != SQL_ROW)
		return false;
	*out = sql_integer(s, 0);
	sqlite3_reset(s);
	return true;
}

/* The year a project is of: that it was approved in, or begins in. */
static int year_of(const struct import *i, const struct import_pair *p)
{
	static const char *const days[] = { "approval_date", "planned_start",
		"actual_start" };

	for (size_t n = 0; n < LENGTH(days); n++) {
		int k = import_column_find(i->table, str_from(days[n]));

		if (p->is[k].type != VALUE_NULL)
			return (int)(p->is[k].integer / DAYS_A_YEAR);
	}
	return i->options.today / DAYS_A_YEAR;
}

bool id_make(struct id_maker *m, struct import *i, const struct import_pair *p,
    struct value *id, struct err *e)
{
	int year = year_of(i, p);
	int32_t *next = &m->next[year - ID_YEAR_MIN];
	int64_t last;

	if (*next == 0) {
		if (!last_number(i, year, &last, e))
			return false;
		*next = (int32_t)last + 1;
	}
	if (*next > ID_MAX)
		return err_set(e, ERR_LIMIT,
		    "There are no ids left for projects of %d.", year);
	snprintf(m->id, sizeof(m->id), "TKS-%04d-%06d", year, (int)*next);
	(*next)++;
	*id = (struct value){ .type = VALUE_TEXT, .text = str_from(m->id) };
	return import_report(i, IMPORT_NOTE, p->line, "id", m->id, e);
}
