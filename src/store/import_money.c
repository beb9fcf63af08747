/* The columns of funding.csv, contracts.csv, amendments.csv, payments.csv. */
#include "import_columns.h"

#include "base/array.h"
#include "query/project.h"

enum { TITLE_MAX = 300, TEXT_MAX = 5000, ID_MAX = 100, CODE_MAX = 10 };
enum { BIDDERS_MAX = 1000, URL_MAX = 1000 };

/* Parts of a project belong where it does. */
#define PART_SCOPES                                                            \
	.kato = { "(SELECT kato FROM project WHERE id = t.project_id)",        \
		"(SELECT kato FROM project WHERE public_id = s.project)" },    \
	.source = { "t.source", "s.source" }

static const struct import_column funding_columns[] = {
	{ .name = "project",
	    .type = IMPORT_PROJECT,
	    .flags = COLUMN_REQUIRED,
	    .target = "project_id" },
	{ .name = "fiscal_year",
	    .type = IMPORT_INT,
	    .flags = COLUMN_REQUIRED,
	    .min = YEAR_FIRST,
	    .max = YEAR_LAST,
	    .target = "fiscal_year" },
	{ .name = "budget_level",
	    .type = IMPORT_CODE,
	    .flags = COLUMN_REQUIRED,
	    .codes = &codes_budget_level,
	    .target = "budget_level" },
	{ .name = "budget_district",
	    .type = IMPORT_KATO,
	    .flags = COLUMN_EMPTY,
	    .target = "budget_kato" },
	{ .name = "func_group",
	    .type = IMPORT_TOKEN,
	    .flags = COLUMN_EMPTY,
	    .max = CODE_MAX,
	    .target = "func_group" },
	{ .name = "func_subgroup",
	    .type = IMPORT_TOKEN,
	    .flags = COLUMN_EMPTY,
	    .max = CODE_MAX,
	    .target = "func_subgroup" },
	{ .name = "administrator",
	    .type = IMPORT_TOKEN,
	    .flags = COLUMN_EMPTY,
	    .max = CODE_MAX,
	    .target = "administrator" },
	{ .name = "programme",
	    .type = IMPORT_TOKEN,
	    .flags = COLUMN_EMPTY,
	    .max = CODE_MAX,
	    .target = "programme" },
	{ .name = "subprogramme",
	    .type = IMPORT_TOKEN,
	    .flags = COLUMN_EMPTY,
	    .max = CODE_MAX,
	    .target = "subprogramme" },
	{ .name = "specific",
	    .type = IMPORT_TOKEN,
	    .flags = COLUMN_EMPTY,
	    .max = CODE_MAX,
	    .target = "specific" },
	IMPORT_THREE("title", IMPORT_TEXT, TITLE_MAX),
	{ .name = "planned",
	    .type = IMPORT_MONEY,
	    .flags = COLUMN_MEDIAN,
	    .target = "planned" },
	{ .name = "adjusted", .type = IMPORT_MONEY, .target = "adjusted" },
	{ .name = "contracted", .type = IMPORT_MONEY, .target = "contracted" },
	{ .name = "paid", .type = IMPORT_MONEY, .target = "paid" },
	IMPORT_AS_OF,
	IMPORT_SOURCE,
};

#define FUNDING_KEY                                                            \
	"fiscal_year", "budget_level", "budget_district", "func_group",        \
	    "func_subgroup", "administrator", "programme", "subprogramme",     \
	    "specific"

const struct import_table import_funding = {
	.name = "funding",
	.entity = "funding_line",
	.columns = funding_columns,
	.n_columns = LENGTH(funding_columns),
	.keys = { { "project", FUNDING_KEY } },
	.find = "(SELECT f.id FROM funding_line f WHERE f.project_id = "
		"(SELECT id FROM project WHERE public_id = s.project) "
		"AND f.fiscal_year = s.fiscal_year "
		"AND f.budget_level = s.budget_level "
		"AND f.budget_kato = s.budget_district "
		"AND f.func_group = s.func_group "
		"AND f.func_subgroup = s.func_subgroup "
		"AND f.administrator = s.administrator "
		"AND f.programme = s.programme "
		"AND f.subprogramme = s.subprogramme "
		"AND f.specific = s.specific)",
	.key = "(SELECT public_id FROM project WHERE id = t.project_id) "
	       "|| '/' || t.fiscal_year || '/' || t.id",
	.owner = "t.project_id",
	PART_SCOPES,
};

static const struct import_column contract_columns[] = {
	{ .name = "contract_id",
	    .type = IMPORT_TEXT,
	    .flags = COLUMN_REQUIRED,
	    .max = ID_MAX,
	    .target = "contract_id" },
	{ .name = "project",
	    .type = IMPORT_PROJECT,
	    .flags = COLUMN_REQUIRED,
	    .target = "project_id" },
	{ .name = "external_no",
	    .type = IMPORT_TEXT,
	    .max = ID_MAX,
	    .target = "external_no" },
	{ .name = "nature",
	    .type = IMPORT_WORD,
	    .words = "design construction supervision equipment expertise",
	    .target = "nature" },
	{ .name = "method",
	    .type = IMPORT_WORD,
	    .words = "open selective limited direct",
	    .target = "method" },
	{ .name = "published_on",
	    .type = IMPORT_DAY,
	    .target = "published_on" },
	{ .name = "bids_due", .type = IMPORT_DAY, .target = "bids_due" },
	{ .name = "estimate", .type = IMPORT_MONEY, .target = "estimate" },
	{ .name = "bidders",
	    .type = IMPORT_INT,
	    .max = BIDDERS_MAX,
	    .target = "bidders" },
	{ .name = "supplier_bin",
	    .type = IMPORT_ORGANISATIONS,
	    .flags = COLUMN_STAGED },
	{ .name = "signed_on", .type = IMPORT_DAY, .target = "signed_on" },
	{ .name = "value_original",
	    .type = IMPORT_MONEY,
	    .target = "value_original" },
	{ .name = "value_current",
	    .type = IMPORT_MONEY,
	    .flags = COLUMN_MEDIAN,
	    .target = "value_current" },
	{ .name = "start_original",
	    .type = IMPORT_DAY,
	    .target = "start_original" },
	{ .name = "end_original",
	    .type = IMPORT_DAY,
	    .target = "end_original" },
	{ .name = "start_current",
	    .type = IMPORT_DAY,
	    .target = "start_current" },
	{ .name = "end_current", .type = IMPORT_DAY, .target = "end_current" },
	{ .name = "status",
	    .type = IMPORT_WORD,
	    .flags = COLUMN_REQUIRED,
	    .words = "pre-award active closed",
	    .target = "status" },
	{ .name = "final_value",
	    .type = IMPORT_MONEY,
	    .target = "final_value" },
	{ .name = "url", .type = IMPORT_URL, .max = URL_MAX, .target = "url" },
	IMPORT_AS_OF,
	IMPORT_SOURCE,
};

static const struct import_order contract_orders[] = {
	{ "published_on", "bids_due" },
	{ "start_original", "end_original" },
	{ "start_current", "end_current" },
};

const struct import_table import_contracts = {
	.name = "contracts",
	.entity = "contract",
	.columns = contract_columns,
	.n_columns = LENGTH(contract_columns),
	.keys = { { "contract_id" } },
	.find = "(SELECT id FROM contract WHERE contract_id = s.contract_id)",
	.key = "t.contract_id",
	.owner = "t.project_id",
	.orders = contract_orders,
	.n_orders = LENGTH(contract_orders),
};

static const struct import_column amendment_columns[] = {
	{ .name = "amendment_id",
	    .type = IMPORT_TEXT,
	    .flags = COLUMN_REQUIRED,
	    .max = ID_MAX,
	    .target = "amendment_id" },
	{ .name = "contract_id",
	    .type = IMPORT_CONTRACT,
	    .flags = COLUMN_REQUIRED,
	    .target = "contract_id" },
	{ .name = "date",
	    .type = IMPORT_DAY,
	    .flags = COLUMN_REQUIRED,
	    .target = "date" },
	{ .name = "kind",
	    .type = IMPORT_WORD,
	    .flags = COLUMN_REQUIRED,
	    .words = "duration value scope",
	    .target = "kind" },
	{ .name = "old_value", .type = IMPORT_MONEY, .target = "old_value" },
	{ .name = "new_value",
	    .type = IMPORT_MONEY,
	    .flags = COLUMN_MEDIAN,
	    .target = "new_value" },
	{ .name = "old_end", .type = IMPORT_DAY, .target = "old_end" },
	{ .name = "new_end", .type = IMPORT_DAY, .target = "new_end" },
	IMPORT_THREE("description", IMPORT_LINES, TEXT_MAX),
	IMPORT_THREE("rationale", IMPORT_LINES, TEXT_MAX),
	IMPORT_AS_OF,
	IMPORT_SOURCE,
};

const struct import_table import_amendments = {
	.name = "amendments",
	.entity = "amendment",
	.columns = amendment_columns,
	.n_columns = LENGTH(amendment_columns),
	.keys = { { "amendment_id" } },
	.find = "(SELECT id FROM amendment WHERE "
		"amendment_id = s.amendment_id)",
	.key = "t.amendment_id",
	.owner = "(SELECT project_id FROM contract WHERE id = t.contract_id)",
	.kato = { "(SELECT p.kato FROM project p JOIN contract c "
		  "ON c.project_id = p.id WHERE c.id = t.contract_id)",
	    "(SELECT p.kato FROM project p JOIN contract c "
	    "ON c.project_id = p.id WHERE c.contract_id = s.contract_id)" },
	.source = { "t.source", "s.source" },
};

static const struct import_column payment_columns[] = {
	{ .name = "payment_id",
	    .type = IMPORT_TEXT,
	    .flags = COLUMN_REQUIRED,
	    .max = ID_MAX,
	    .target = "payment_id" },
	{ .name = "project",
	    .type = IMPORT_PROJECT,
	    .flags = COLUMN_REQUIRED,
	    .target = "project_id" },
	{ .name = "contract_id",
	    .type = IMPORT_CONTRACT,
	    .target = "contract_id" },
	{ .name = "date",
	    .type = IMPORT_DAY,
	    .flags = COLUMN_REQUIRED,
	    .target = "date" },
	{ .name = "amount",
	    .type = IMPORT_MONEY,
	    .flags = COLUMN_REQUIRED | COLUMN_MEDIAN | COLUMN_NEGATIVE,
	    .target = "amount" },
	{ .name = "payer_bin",
	    .type = IMPORT_ORGANISATION,
	    .target = "payer_id" },
	{ .name = "payee_bin",
	    .type = IMPORT_ORGANISATION,
	    .target = "payee_id" },
	{ .name = "invoice_ref",
	    .type = IMPORT_TEXT,
	    .max = ID_MAX,
	    .target = "invoice_ref" },
	IMPORT_AS_OF,
	IMPORT_SOURCE,
};

static const struct import_rule payment_rules[] = {
	{ "SELECT s.n FROM stage s JOIN contract c ON "
	  "c.contract_id = s.contract_id JOIN project p ON "
	  "p.public_id = s.project "
	  "WHERE s.refused = 0 AND c.project_id <> p.id",
	    "contract_id", "is a contract of another project" },
};

const struct import_table import_payments = {
	.name = "payments",
	.entity = "payment",
	.columns = payment_columns,
	.n_columns = LENGTH(payment_columns),
	.keys = { { "payment_id" } },
	.find = "(SELECT id FROM payment WHERE payment_id = s.payment_id)",
	.key = "t.payment_id",
	.owner = "t.project_id",
	.rules = payment_rules,
	.n_rules = LENGTH(payment_rules),
	PART_SCOPES,
};
