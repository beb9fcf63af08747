#include "store/selection.h"

#include <stdio.h>

#include "query/project.h"

enum { EXPRESSION_SIZE = 128 };

#define DISTRICT                                                               \
	"(SELECT d.kato FROM district d WHERE d.valid_to IS NULL AND "         \
	"(SELECT count(*) FROM district o WHERE o.valid_to IS NULL AND "       \
	"o.kato < d.kato) = p.home)"

#define ORGANISATION(column, of)                                               \
	"(SELECT o." column " FROM organisation o WHERE o.id = p." of ")"

/* What the attributes are in SQL, of the same type and value as in a
 * snapshot. */
static const char *const columns[PROJECT_FIELDS] = {
	[PROJECT_TITLE_KK] = "p.title_kk",
	[PROJECT_TITLE_RU] = "p.title_ru",
	[PROJECT_TITLE_EN] = "p.title_en",
	[PROJECT_STATUS] = "budgetmap_code('status', p.status)",
	[PROJECT_CATEGORY] = "budgetmap_code('category', p.category)",
	[PROJECT_SECTOR] = "p.sector",
	[PROJECT_WORK_KIND] = "budgetmap_code('work_kind', p.work_kind)",
	[PROJECT_FACILITY_TYPE] =
	    "budgetmap_code('facility_type', p.facility_type)",
	[PROJECT_DISTRICT] = DISTRICT,
	[PROJECT_ADDRESS_KK] = "p.address_kk",
	[PROJECT_ADDRESS_RU] = "p.address_ru",
	[PROJECT_ADDRESS_EN] = "p.address_en",
	[PROJECT_PRECISION] =
	    "budgetmap_code('precision', p.location_precision)",
	[PROJECT_YEARS] = "budgetmap_years(p.years)",
	[PROJECT_BUDGET_LEVELS] = "budgetmap_levels(p.levels)",
	[PROJECT_PLANNED] = "p.planned",
	[PROJECT_CONTRACTED] = "p.contracted",
	[PROJECT_PAID] = "p.paid",
	[PROJECT_PROGRESS] = "p.progress",
	[PROJECT_OVERDUE] = NULL, /* depends on the day */
	[PROJECT_PLANNED_START] = "p.planned_start",
	[PROJECT_PLANNED_END] = "p.planned_end",
	[PROJECT_ACTUAL_START] = "p.actual_start",
	[PROJECT_ACTUAL_END] = "p.actual_end",
	[PROJECT_CUSTOMER_BIN] = ORGANISATION("bin", "customer_id"),
	[PROJECT_CUSTOMER_KK] = ORGANISATION("name_kk", "customer_id"),
	[PROJECT_CUSTOMER_RU] = ORGANISATION("name_ru", "customer_id"),
	[PROJECT_CONTRACTOR_BIN] = ORGANISATION("bin", "contractor_id"),
	[PROJECT_CONTRACTOR_KK] = ORGANISATION("name_kk", "contractor_id"),
	[PROJECT_CONTRACTOR_RU] = ORGANISATION("name_ru", "contractor_id"),
	[PROJECT_SOURCE] = "p.source",
	[PROJECT_AS_OF] = "p.as_of",
	[PROJECT_DEMO] = "p.demo",
};

static const char *column_of(void *context, int field)
{
	if (field == CQL2_ID)
		return "p.public_id";
	if (field == CQL2_GEOMETRY)
		return "p.geom";
	return field == PROJECT_OVERDUE ? context : columns[field];
}

static void put_overdue(char out[static EXPRESSION_SIZE], int32_t today)
{
	snprintf(out, EXPRESSION_SIZE,
	    "budgetmap_overdue(p.status, p.planned_end, p.actual_end, %d)",
	    (int)today);
}

void selection_add_column(struct buf *out, int field, int32_t today)
{
	char overdue[EXPRESSION_SIZE];

	put_overdue(overdue, today);
	buf_add_text(out, column_of(overdue, field));
}

bool selection_filter(struct cql2_sql *out, const struct cql2 *filter,
    int32_t today, int first, struct arena *a, struct err *e)
{
	char overdue[EXPRESSION_SIZE];
	const struct cql2_columns c = { column_of, overdue };

	put_overdue(overdue, today);
	return cql2_to_sql(out, filter, &c, first, a, e);
}
