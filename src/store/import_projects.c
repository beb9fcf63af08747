/* The columns of projects.csv. */
#include "import_columns.h"

#include "base/array.h"

enum { TITLE_MAX = 300, TEXT_MAX = 5000, SHORT_MAX = 100 };

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
	IMPORT_THREE("title", IMPORT_TEXT, TITLE_MAX),
	IMPORT_THREE("description", IMPORT_LINES, TEXT_MAX),
	IMPORT_THREE("purpose", IMPORT_LINES, TEXT_MAX),
	{ .name = "status",
	    .type = IMPORT_CODE,
	    .flags = COLUMN_REQUIRED,
	    .codes = &codes_status,
	    .target = "status" },
	IMPORT_THREE("substatus", IMPORT_TEXT, TITLE_MAX),
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
	IMPORT_THREE("address", IMPORT_TEXT, TITLE_MAX),
	{ .name = "precision",
	    .type = IMPORT_CODE,
	    .codes = &codes_precision,
	    .target = "location_precision" },
	IMPORT_WHERE,
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
	IMPORT_THREE("end_reason", IMPORT_LINES, TEXT_MAX),
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
	IMPORT_THREE("final_cost_reason", IMPORT_LINES, TEXT_MAX),
	IMPORT_THREE("final_scope", IMPORT_LINES, TEXT_MAX),
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
	IMPORT_SOURCE,
	IMPORT_AS_OF,
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
