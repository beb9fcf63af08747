/* The code lists: what a code is called and which number columns hold. */
#ifndef BUDGETMAP_QUERY_CODES_H
#define BUDGETMAP_QUERY_CODES_H

#include "base/str.h"

#include <stddef.h>

enum { LANG_KK, LANG_RU, LANG_EN, LANG_COUNT };

/* "kk", "ru", "en" in that order. */
extern const char *const lang_codes[LANG_COUNT];

/* The number of a language code, -1 when unknown. */
int lang_find(struct str code);

struct code {
	const char *code;
	const char *title[LANG_COUNT];
};

/* A code's number is its place in the list; stored in columns, never changed:
 * new codes go to the end. */
struct codelist {
	const char *name;
	const struct code *codes;
	size_t n;
};

/* status: identification preparation implementation completion maintenance
 * decommissioning decommissioned cancelled suspended
 * category: education health energy communications waterAndWaste governance
 * economy cultureSportsAndRecreation transport socialHousing naturalResources
 * work_kind: new_build reconstruction capital_repair current_repair expansion
 * replacement upkeep equipment design landscaping demolition
 * budget_level: national_fund republican oblast district_city okrug
 * quasi_state private donor
 * facility_type, precision (exact street settlement district): civic lists */
extern const struct codelist codes_status, codes_category, codes_work_kind,
    codes_budget_level, codes_facility_type, codes_precision;

/* The number of a code, -1 when the list has none. Exact, case-sensitive. */
int codes_find(const struct codelist *list, struct str code);

/* The enum order above, where code depends on it. */
enum {
	STATUS_IDENTIFICATION,
	STATUS_PREPARATION,
	STATUS_IMPLEMENTATION,
	STATUS_COMPLETION,
	STATUS_MAINTENANCE,
	STATUS_DECOMMISSIONING,
	STATUS_DECOMMISSIONED,
	STATUS_CANCELLED,
	STATUS_SUSPENDED
};

#endif
