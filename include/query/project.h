/* A project as the map sees it: attributes for the wire, facts for filters. */
#ifndef BUDGETMAP_QUERY_PROJECT_H
#define BUDGETMAP_QUERY_PROJECT_H

#include "geo/feature.h"

#include <stdbool.h>
#include <stdint.h>

/* An amount that is not published; never counted as zero. */
static const int64_t MONEY_UNKNOWN = INT64_MIN;

enum { YEAR_FIRST = 2000, YEAR_LAST = 2063, DISTRICTS_MAX = 64 };

/* The home district of a project that has none. */
enum { DISTRICT_NONE = 255 };

/* The days of a work, YYYYMMDD; 0: unknown. */
struct days {
	int32_t planned_start, planned_end, actual_start, actual_end;
};

/* What filters, sums and clusters need of one project. */
struct facts {
	int64_t planned, contracted, paid; /* tiyn or MONEY_UNKNOWN */
	uint64_t years;     /* bit year - YEAR_FIRST: has a funding line of it */
	uint64_t districts; /* bit of each district the filter district= finds
	                     * it in, numbered as in the districts' list */
	struct days days;
	uint8_t home;       /* number of the home district or DISTRICT_NONE */
	uint8_t status, category, work_kind; /* numbers of their code lists */
	uint8_t levels;     /* bit of each budget level it has a line of */
	uint8_t overdue;    /* 0 or 1, on the day it was read for */
};

/* The sums of a project's funding lines of one year and budget level. */
struct year_line {
	uint16_t year;
	int64_t planned, contracted, paid; /* tiyn or MONEY_UNKNOWN */
};

struct project {
	struct feature feature;
	struct facts facts;
	struct position anchor;        /* its mark; unused without a place */
	int64_t key;                   /* Hilbert code or HILBERT_NOWHERE */
	int64_t change;                /* data version it last changed in */
	const struct year_line *lines; /* by year */
	size_t n_lines;
};

/* Copies what p points at, but the schema, into the arena. False when memory is
 * exhausted. */
struct arena;
bool project_copy(struct project *out, const struct project *p,
    struct arena *a) __attribute__((warn_unused_result));

/* Called for one project after another in the order (key, id); what it is given
 * lives until it returns. False ends the walk. */
struct err;
typedef bool project_visit(void *context, const struct project *p,
    struct err *e);

/* Asked before a project is read in full: true when the caller holds it as of
 * that change already; the visit then gets only id, key and change, with
 * feature.values NULL. */
typedef bool project_known(void *context, int64_t id, int64_t change);

/* The attributes of a project in GeoJSON, CSV and KML, in this order; its
 * public id goes before them as "id". */
enum project_field {
	PROJECT_TITLE_KK,
	PROJECT_TITLE_RU,
	PROJECT_TITLE_EN,
	PROJECT_STATUS,
	PROJECT_CATEGORY,
	PROJECT_SECTOR,
	PROJECT_WORK_KIND,
	PROJECT_FACILITY_TYPE,
	PROJECT_DISTRICT,
	PROJECT_ADDRESS_KK,
	PROJECT_ADDRESS_RU,
	PROJECT_ADDRESS_EN,
	PROJECT_PRECISION,
	PROJECT_YEARS,
	PROJECT_BUDGET_LEVELS,
	PROJECT_PLANNED,
	PROJECT_CONTRACTED,
	PROJECT_PAID,
	PROJECT_PROGRESS,
	PROJECT_OVERDUE,
	PROJECT_PLANNED_START,
	PROJECT_PLANNED_END,
	PROJECT_ACTUAL_START,
	PROJECT_ACTUAL_END,
	PROJECT_CUSTOMER_BIN,
	PROJECT_CUSTOMER_KK,
	PROJECT_CUSTOMER_RU,
	PROJECT_CONTRACTOR_BIN,
	PROJECT_CONTRACTOR_KK,
	PROJECT_CONTRACTOR_RU,
	PROJECT_SOURCE,
	PROJECT_AS_OF,
	PROJECT_DEMO,
	PROJECT_FIELDS
};
extern const struct schema project_schema;

/* The codes that a text or list attribute is made of; NULL: any text. */
struct codelist;
const struct codelist *project_codes(int field);

/* The attributes of a district. */
enum district_field {
	DISTRICT_KATO,
	DISTRICT_NAME_KK,
	DISTRICT_NAME_RU,
	DISTRICT_NAME_EN,
	DISTRICT_PARENT,
	DISTRICT_LABEL_LON,
	DISTRICT_LABEL_LAT,
	DISTRICT_AREA,        /* km2 */
	DISTRICT_GENERALISED, /* not for legal use */
	DISTRICT_SOURCE,
	DISTRICT_AS_OF,
	DISTRICT_FIELDS
};
extern const struct schema district_schema;

/* overdue on a day (YYYYMMDD, Asia/Almaty): planned_end before it, no
 * actual_end, status in preparation, implementation, suspended. 0: no day. */
bool project_is_overdue(int status, int32_t planned_end, int32_t actual_end,
    int32_t today);

/* The period of work: what is actual goes before what is planned, an end that is
 * unknown is open (0). Days of which the last lies before the first, as of a
 * work that began after its planned end, mean the time between them. */
void project_period(const struct days *d, int32_t *first, int32_t *last);

/* The years of the bits, "2024;2025", and the codes of budget levels as lists;
 * return their length. */
enum { PROJECT_YEARS_SIZE = 320, PROJECT_LEVELS_SIZE = 128 };
size_t project_years_text(uint64_t years, char out[static PROJECT_YEARS_SIZE]);
size_t project_levels_text(
    unsigned levels, char out[static PROJECT_LEVELS_SIZE]);

#endif
