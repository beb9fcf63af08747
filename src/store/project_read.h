/* One row of the table project as the map sees it. */
#ifndef BUDGETMAP_STORE_PROJECT_READ_H
#define BUDGETMAP_STORE_PROJECT_READ_H

#include "query/project.h"
#include "store/lookup.h"
#include "store/sql.h"

/* The columns project_read wants, first in the statement. */
#define PROJECT_COLUMNS                                                        \
	"p.id, p.sort_key, p.change, p.public_id, p.geom, p.anchor_lon, "      \
	"p.anchor_lat, p.home, p.districts, p.planned, p.contracted, p.paid, " \
	"p.years, p.levels, p.status, p.category, p.work_kind, "               \
	"p.customer_id, p.contractor_id, p.year_lines, p.facility_type, "      \
	"p.location_precision, p.planned_end, p.actual_end, p.title_kk, "      \
	"p.title_ru, p.title_en, p.sector, p.address_kk, p.address_ru, "       \
	"p.address_en, p.progress, p.planned_start, p.actual_start, "          \
	"p.source, p.as_of, p.demo"

/* Fills out, of which nothing outlives the statement's next step and the
 * connection's row arena, which is emptied here. */
bool project_read(struct project *out, struct db *d, sqlite3_stmt *s,
    const struct lookup *l, int32_t today, struct err *e)
    __attribute__((warn_unused_result));

#endif
