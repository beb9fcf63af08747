/* The columns of projects.csv. */
#include "import_table.h"

enum { TITLE_MAX = 300, TEXT_MAX = 5000, SHORT_MAX = 100 };

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* OC4IDS projectSector, 0.9.5. */
static const char sectors[] =
    "education health energy energy.solar energy.wind energy.hydropower "
    "energy.biomass energy.geothermal communications waterAndWaste "
    "governance economy cultureSportsAndRecreation transport transport.air "
    "transport.water transport.rail transport.road transport.urban "
    "transport.lowCarbon socialHousing naturalResources "
    "naturalResources.floodProtection";

static const char capacity_units[] =
    "pupil_place bed visit_per_shift m2 km m3_day apartment";

/* A sole trader has no number to show: an empty cell beside the name that is
 * stored means the same organisation. */
static const char same_customer[] =
    "$ IS NULL AND EXISTS (SELECT 1 FROM organisation o WHERE "
    "o.id = t.customer_id AND o.bin IS NULL AND "
    "(o.name_kk = s.customer_kk OR o.name_ru = s.customer_ru))";
static const char same_contractor[] =
    "$ IS NULL AND EXISTS (SELECT 1 FROM organisation o WHERE "
    "o.id = t.contractor_id AND o.bin IS NULL AND "
    "(o.name_kk = s.contractor_kk OR o.name_ru = s.contractor_ru))";

/* What a project shows is the district around the place or around the okrug it
 * names; districts are numbered by their codes. */
static const char same_district[] =
    "(t.kato IS NULL OR substr(t.kato, 1, 4) = substr($, 1, 4)) AND "
    "$ IS (SELECT d.kato FROM district d WHERE d.valid_to IS NULL AND "
    "(SELECT count(*) FROM district o WHERE o.valid_to IS NULL AND "
    "o.kato < d.kato) = t.home)";

static const char contracts_sum[] =
    "(SELECT sum(value_current) FROM contract WHERE project_id = t.id "
    "AND status IN ('active', 'closed'))";
static const char payments_sum[] =
    "coalesce((SELECT sum(amount) FROM payment WHERE project_id = t.id), "
    "(SELECT sum(paid) FROM funding_line WHERE project_id = t.id))";

static const struct import_column columns[] = {
	{ .name = "id", .type = IMPORT_PUBLIC_ID, .target = "public_id" },
	{ .name = "source_system",
	    .type = IMPORT_TEXT,
	    .max = SHORT_MAX,
	    .target = "source_system" },
	{ .name = "source_ref",
	    .type = IMPORT_TEXT,
	    .max = SHORT_MAX,
	    .target = "source_ref" },
	{ .name = "title_kk",
	    .type = IMPORT_TEXT,
	    .max = TITLE_MAX,
	    .target = "title_kk" },
	{ .name = "title_ru",
	    .type = IMPORT_TEXT,
	    .max = TITLE_MAX,
	    .target = "title_ru" },
	{ .name = "title_en",
	    .type = IMPORT_TEXT,
	    .max = TITLE_MAX,
	    .target = "title_en" },
	{ .name = "description_kk",
	    .type = IMPORT_LINES,
	    .max = TEXT_MAX,
	    .target = "description_kk" },
	{ .name = "description_ru",
	    .type = IMPORT_LINES,
	    .max = TEXT_MAX,
	    .target = "description_ru" },
	{ .name = "description_en",
	    .type = IMPORT_LINES,
	    .max = TEXT_MAX,
	    .target = "description_en" },
	{ .name = "purpose_kk",
	    .type = IMPORT_LINES,
	    .max = TEXT_MAX,
	    .target = "purpose_kk" },
	{ .name = "purpose_ru",
	    .type = IMPORT_LINES,
	    .max = TEXT_MAX,
	    .target = "purpose_ru" },
	{ .name = "purpose_en",
	    .type = IMPORT_LINES,
	    .max = TEXT_MAX,
	    .target = "purpose_en" },
	{ .name = "status",
	    .type = IMPORT_CODE,
	    .flags = COLUMN_REQUIRED,
	    .codes = &codes_status,
	    .target = "status" },
	{ .name = "substatus_kk",
	    .type = IMPORT_TEXT,
	    .max = TITLE_MAX,
	    .target = "substatus_kk" },
	{ .name = "substatus_ru",
	    .type = IMPORT_TEXT,
	    .max = TITLE_MAX,
	    .target = "substatus_ru" },
	{ .name = "substatus_en",
	    .type = IMPORT_TEXT,
	    .max = TITLE_MAX,
	    .target = "substatus_en" },
	{ .name = "category",
	    .type = IMPORT_CODE,
	    .flags = COLUMN_REQUIRED,
	    .codes = &codes_category,
	    .target = "category" },
	{ .name = "sector",
	    .type = IMPORT_WORDS,
	    .words = sectors,
	    .target = "sector" },
	{ .name = "work_kind",
	    .type = IMPORT_CODE,
	    .flags = COLUMN_REQUIRED,
	    .codes = &codes_work_kind,
	    .target = "work_kind" },
	{ .name = "facility",
	    .type = IMPORT_FACILITY,
	    .target = "facility_id" },
	{ .name = "facility_type",
	    .type = IMPORT_CODE,
	    .codes = &codes_facility_type,
	    .target = "facility_type",
	    .same = "t.facility_type IS NULL AND $ IS (SELECT facility_type "
		    "FROM facility WHERE id = t.facility_id)" },
	{ .name = "district",
	    .type = IMPORT_DISTRICT,
	    .target = "kato",
	    .same = same_district },
	{ .name = "address_kk",
	    .type = IMPORT_TEXT,
	    .max = TITLE_MAX,
	    .target = "address_kk" },
	{ .name = "address_ru",
	    .type = IMPORT_TEXT,
	    .max = TITLE_MAX,
	    .target = "address_ru" },
	{ .name = "address_en",
	    .type = IMPORT_TEXT,
	    .max = TITLE_MAX,
	    .target = "address_en" },
	{ .name = "precision",
	    .type = IMPORT_CODE,
	    .codes = &codes_precision,
	    .target = "location_precision" },
	{ .name = "lon", .type = IMPORT_NUMBER, .min = -180, .max = 180 },
	{ .name = "lat", .type = IMPORT_NUMBER, .min = -90, .max = 90 },
	{ .name = "x", .type = IMPORT_NUMBER, .alias = "lon" },
	{ .name = "y", .type = IMPORT_NUMBER, .alias = "lat" },
	{ .name = "wkt", .type = IMPORT_WKT },
	{ .name = "geom",
	    .type = IMPORT_GEOM,
	    .flags = COLUMN_HIDDEN,
	    .target = "geom" },
	{ .name = "planned_start",
	    .type = IMPORT_DAY,
	    .target = "planned_start" },
	{ .name = "planned_end", .type = IMPORT_DAY, .target = "planned_end" },
	{ .name = "actual_start",
	    .type = IMPORT_DAY,
	    .target = "actual_start" },
	{ .name = "actual_end", .type = IMPORT_DAY, .target = "actual_end" },
	{ .name = "first_planned_end",
	    .type = IMPORT_DAY,
	    .flags = COLUMN_ALWAYS | COLUMN_FROZEN,
	    .target = "first_planned_end" },
	{ .name = "end_reason_kk",
	    .type = IMPORT_LINES,
	    .max = TEXT_MAX,
	    .target = "end_reason_kk" },
	{ .name = "end_reason_ru",
	    .type = IMPORT_LINES,
	    .max = TEXT_MAX,
	    .target = "end_reason_ru" },
	{ .name = "end_reason_en",
	    .type = IMPORT_LINES,
	    .max = TEXT_MAX,
	    .target = "end_reason_en" },
	{ .name = "budget_approved",
	    .type = IMPORT_MONEY,
	    .flags = COLUMN_MEDIAN,
	    .target = "budget_approved" },
	{ .name = "planned",
	    .type = IMPORT_MONEY,
	    .alias = "budget_approved",
	    .same = "$ IS t.planned" },
	{ .name = "approval_date",
	    .type = IMPORT_DAY,
	    .target = "approval_date" },
	{ .name = "contracted",
	    .type = IMPORT_MONEY,
	    .target = "contracted_summary",
	    .same = "$ IS t.contracted",
	    .wins = contracts_sum },
	{ .name = "paid",
	    .type = IMPORT_MONEY,
	    .target = "paid_summary",
	    .same = "$ IS t.paid",
	    .wins = payments_sum },
	{ .name = "final_cost", .type = IMPORT_MONEY, .target = "final_cost" },
	{ .name = "final_cost_reason_kk",
	    .type = IMPORT_LINES,
	    .max = TEXT_MAX,
	    .target = "final_cost_reason_kk" },
	{ .name = "final_cost_reason_ru",
	    .type = IMPORT_LINES,
	    .max = TEXT_MAX,
	    .target = "final_cost_reason_ru" },
	{ .name = "final_cost_reason_en",
	    .type = IMPORT_LINES,
	    .max = TEXT_MAX,
	    .target = "final_cost_reason_en" },
	{ .name = "final_scope_kk",
	    .type = IMPORT_LINES,
	    .max = TEXT_MAX,
	    .target = "final_scope_kk" },
	{ .name = "final_scope_ru",
	    .type = IMPORT_LINES,
	    .max = TEXT_MAX,
	    .target = "final_scope_ru" },
	{ .name = "final_scope_en",
	    .type = IMPORT_LINES,
	    .max = TEXT_MAX,
	    .target = "final_scope_en" },
	{ .name = "progress",
	    .type = IMPORT_NUMBER,
	    .max = 100,
	    .target = "progress" },
	{ .name = "customer_bin",
	    .type = IMPORT_ORGANISATION,
	    .target = "customer_id",
	    .same = same_customer },
	{ .name = "contractor_bin",
	    .type = IMPORT_ORGANISATION,
	    .target = "contractor_id",
	    .same = same_contractor },
	{ .name = "operator_bin",
	    .type = IMPORT_ORGANISATION,
	    .target = "operator_id" },
	{ .name = "responsible_title",
	    .type = IMPORT_TEXT,
	    .max = TITLE_MAX,
	    .target = "responsible_title" },
	{ .name = "parent", .type = IMPORT_PROJECT, .target = "parent_id" },
	{ .name = "years",
	    .type = IMPORT_YEARS,
	    .flags = COLUMN_EMPTY,
	    .target = "years_summary",
	    .same = "$ IS t.years" },
	{ .name = "budget_levels",
	    .type = IMPORT_CODES,
	    .flags = COLUMN_EMPTY,
	    .codes = &codes_budget_level,
	    .target = "levels_summary",
	    .same = "$ IS t.levels" },
	{ .name = "capacity_planned",
	    .type = IMPORT_NUMBER,
	    .max = 1e12,
	    .target = "capacity_planned" },
	{ .name = "capacity_actual",
	    .type = IMPORT_NUMBER,
	    .max = 1e12,
	    .target = "capacity_actual" },
	{ .name = "capacity_unit",
	    .type = IMPORT_WORD,
	    .words = capacity_units,
	    .target = "capacity_unit" },
	{ .name = "warranty_until",
	    .type = IMPORT_DAY,
	    .target = "warranty_until" },
	{ .name = "source",
	    .type = IMPORT_TEXT,
	    .flags = COLUMN_REQUIRED,
	    .max = TITLE_MAX,
	    .target = "source" },
	{ .name = "as_of",
	    .type = IMPORT_DAY,
	    .flags = COLUMN_REQUIRED,
	    .target = "as_of" },
	{ .name = "demo",
	    .type = IMPORT_BOOL,
	    .flags = COLUMN_EMPTY,
	    .target = "demo" },
	{ .name = "customer_kk",
	    .type = IMPORT_TEXT,
	    .flags = COLUMN_STAGED,
	    .max = TITLE_MAX },
	{ .name = "customer_ru",
	    .type = IMPORT_TEXT,
	    .flags = COLUMN_STAGED,
	    .max = TITLE_MAX },
	{ .name = "contractor_kk",
	    .type = IMPORT_TEXT,
	    .flags = COLUMN_STAGED,
	    .max = TITLE_MAX },
	{ .name = "contractor_ru",
	    .type = IMPORT_TEXT,
	    .flags = COLUMN_STAGED,
	    .max = TITLE_MAX },
	{ .name = "overdue", .type = IMPORT_DERIVED },
};

static const struct import_order orders[] = {
	{ "planned_start", "planned_end" },
	{ "actual_start", "actual_end" },
};

static const struct import_rule rules[] = {
	{ "SELECT s.n FROM stage s JOIN project p ON "
	  "p.source_system = s.source_system AND p.source_ref = s.source_ref "
	  "WHERE s.refused = 0 AND p.id IS NOT s.target",
	    "source_ref", "belongs to a project with another id" },
	{ "SELECT n FROM stage WHERE refused = 0 AND "
	  "(source_system IS NULL) <> (source_ref IS NULL)",
	    "source_ref", "source_system and source_ref go together" },
	{ "SELECT n FROM stage WHERE refused = 0 AND parent = id", "parent",
	    "is the project itself" },
};

/* The first end that is published stays for ever. */
static void merge(const struct import_table *t, struct value *is)
{
	int first = import_column_find(t, str_from("first_planned_end"));
	int end = import_column_find(t, str_from("planned_end"));

	if (is[first].type == VALUE_NULL)
		is[first] = is[end];
}

const struct import_table import_projects = {
	.name = "projects",
	.entity = "project",
	.columns = columns,
	.n_columns = LENGTH(columns),
	.keys = { { "id" }, { "source_system", "source_ref" } },
	.key_optional = true,
	.find = "CASE WHEN s.id IS NOT NULL THEN "
		"(SELECT id FROM project WHERE public_id = s.id) ELSE "
		"(SELECT id FROM project WHERE source_system = s.source_system "
		"AND source_ref = s.source_ref) END",
	.key = "t.public_id",
	.owner = "t.id",
	.gone = "t.state = 'withdrawn'",
	.merge = merge,
	.names = { "title_kk", "title_ru" },
	.orders = orders,
	.n_orders = LENGTH(orders),
	.rules = rules,
	.n_rules = LENGTH(rules),
	.kato = { "t.kato", "s.district" },
	.source = { "t.source", "s.source" },
};
