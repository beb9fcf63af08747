#include "store/part_tables.h"

#include "base/array.h"

static const struct part_column record[] = {
	{ "description_kk", PART_TEXT },
	{ "description_ru", PART_TEXT },
	{ "description_en", PART_TEXT },
	{ "purpose_kk", PART_TEXT },
	{ "purpose_ru", PART_TEXT },
	{ "purpose_en", PART_TEXT },
	{ "substatus_kk", PART_TEXT },
	{ "substatus_ru", PART_TEXT },
	{ "substatus_en", PART_TEXT },
	{ "declared_district", PART_TEXT },
	{ "source_system", PART_TEXT },
	{ "source_ref", PART_TEXT },
	{ "facility", PART_TEXT },
	{ "facility_kk", PART_TEXT },
	{ "facility_ru", PART_TEXT },
	{ "facility_en", PART_TEXT },
	{ "first_planned_end", PART_TEXT },
	{ "end_reason_kk", PART_TEXT },
	{ "end_reason_ru", PART_TEXT },
	{ "end_reason_en", PART_TEXT },
	{ "budget_approved", PART_MONEY },
	{ "approval_date", PART_TEXT },
	{ "final_cost", PART_MONEY },
	{ "final_cost_reason_kk", PART_TEXT },
	{ "final_cost_reason_ru", PART_TEXT },
	{ "final_cost_reason_en", PART_TEXT },
	{ "final_scope_kk", PART_TEXT },
	{ "final_scope_ru", PART_TEXT },
	{ "final_scope_en", PART_TEXT },
	{ "capacity_planned", PART_NUMBER },
	{ "capacity_actual", PART_NUMBER },
	{ "capacity_unit", PART_TEXT },
	{ "customer_en", PART_TEXT },
	{ "contractor_en", PART_TEXT },
	{ "operator_bin", PART_TEXT },
	{ "operator_kk", PART_TEXT },
	{ "operator_ru", PART_TEXT },
	{ "operator_en", PART_TEXT },
	{ "responsible_title", PART_TEXT },
	{ "warranty_until", PART_TEXT },
	{ "parent", PART_TEXT },
};
static const char record_sql[] =
    "SELECT p.description_kk, p.description_ru, p.description_en, "
    "p.purpose_kk, p.purpose_ru, p.purpose_en, p.substatus_kk, "
    "p.substatus_ru, p.substatus_en, p.kato, p.source_system, p.source_ref, "
    "f.public_id, f.name_kk, f.name_ru, f.name_en, "
    "budgetmap_day(p.first_planned_end), p.end_reason_kk, p.end_reason_ru, "
    "p.end_reason_en, p.budget_approved, budgetmap_day(p.approval_date), "
    "p.final_cost, p.final_cost_reason_kk, p.final_cost_reason_ru, "
    "p.final_cost_reason_en, p.final_scope_kk, p.final_scope_ru, "
    "p.final_scope_en, p.capacity_planned, p.capacity_actual, "
    "p.capacity_unit, c.name_en, k.name_en, o.bin, o.name_kk, o.name_ru, "
    "o.name_en, p.responsible_title, budgetmap_day(p.warranty_until), "
    "q.public_id FROM project p "
    "LEFT JOIN facility f ON f.id = p.facility_id "
    "LEFT JOIN organisation c ON c.id = p.customer_id "
    "LEFT JOIN organisation k ON k.id = p.contractor_id "
    "LEFT JOIN organisation o ON o.id = p.operator_id "
    "LEFT JOIN project q ON q.id = p.parent_id AND q.state = 'published' "
    "WHERE p.id = ?";

static const struct part_column funding[] = {
	{ "fiscal_year", PART_INT },
	{ "budget_level", PART_TEXT },
	{ "budget_district", PART_TEXT },
	{ "func_group", PART_TEXT },
	{ "func_subgroup", PART_TEXT },
	{ "administrator", PART_TEXT },
	{ "programme", PART_TEXT },
	{ "subprogramme", PART_TEXT },
	{ "specific", PART_TEXT },
	{ "title_kk", PART_TEXT },
	{ "title_ru", PART_TEXT },
	{ "title_en", PART_TEXT },
	{ "planned", PART_MONEY },
	{ "adjusted", PART_MONEY },
	{ "contracted", PART_MONEY },
	{ "paid", PART_MONEY },
	{ "as_of", PART_TEXT },
	{ "source", PART_TEXT },
};
static const char funding_sql[] =
    "SELECT fiscal_year, budgetmap_level(budget_level), "
    "nullif(budget_kato, ''), nullif(func_group, ''), "
    "nullif(func_subgroup, ''), nullif(administrator, ''), "
    "nullif(programme, ''), nullif(subprogramme, ''), "
    "nullif(specific, ''), title_kk, title_ru, title_en, planned, "
    "adjusted, contracted, paid, budgetmap_day(as_of), source "
    "FROM funding_line "
    "WHERE project_id = ? "
    "ORDER BY fiscal_year, budget_level, id";

static const struct part_column contracts[] = {
	{ "contract_id", PART_TEXT },
	{ "external_no", PART_TEXT },
	{ "nature", PART_TEXT },
	{ "method", PART_TEXT },
	{ "published_on", PART_TEXT },
	{ "bids_due", PART_TEXT },
	{ "estimate", PART_MONEY },
	{ "bidders", PART_INT },
	{ "supplier_bin", PART_TEXT },
	{ "supplier_kk", PART_TEXT },
	{ "supplier_ru", PART_TEXT },
	{ "signed_on", PART_TEXT },
	{ "value_original", PART_MONEY },
	{ "value_current", PART_MONEY },
	{ "start_original", PART_TEXT },
	{ "end_original", PART_TEXT },
	{ "start_current", PART_TEXT },
	{ "end_current", PART_TEXT },
	{ "status", PART_TEXT },
	{ "final_value", PART_MONEY },
	{ "url", PART_TEXT },
	{ "as_of", PART_TEXT },
	{ "source", PART_TEXT },
};
static const char contracts_sql[] =
    "SELECT c.contract_id, c.external_no, c.nature, c.method, "
    "budgetmap_day(c.published_on), budgetmap_day(c.bids_due), c.estimate, "
    "c.bidders, "
    "(SELECT group_concat(o.bin, '; ') FROM contract_supplier s "
    "JOIN organisation o ON o.id = s.organisation_id "
    "WHERE s.contract_id = c.id), "
    "(SELECT group_concat(o.name_kk, '; ') FROM contract_supplier s "
    "JOIN organisation o ON o.id = s.organisation_id "
    "WHERE s.contract_id = c.id), "
    "(SELECT group_concat(o.name_ru, '; ') FROM contract_supplier s "
    "JOIN organisation o ON o.id = s.organisation_id "
    "WHERE s.contract_id = c.id), "
    "budgetmap_day(c.signed_on), c.value_original, c.value_current, "
    "budgetmap_day(c.start_original), budgetmap_day(c.end_original), "
    "budgetmap_day(c.start_current), budgetmap_day(c.end_current), "
    "c.status, c.final_value, c.url, budgetmap_day(c.as_of), c.source "
    "FROM contract c "
    "WHERE c.project_id = ? "
    "ORDER BY c.signed_on, c.contract_id";

static const struct part_column amendments[] = {
	{ "amendment_id", PART_TEXT },
	{ "contract_id", PART_TEXT },
	{ "date", PART_TEXT },
	{ "kind", PART_TEXT },
	{ "old_value", PART_MONEY },
	{ "new_value", PART_MONEY },
	{ "old_end", PART_TEXT },
	{ "new_end", PART_TEXT },
	{ "description_kk", PART_TEXT },
	{ "description_ru", PART_TEXT },
	{ "description_en", PART_TEXT },
	{ "rationale_kk", PART_TEXT },
	{ "rationale_ru", PART_TEXT },
	{ "rationale_en", PART_TEXT },
	{ "as_of", PART_TEXT },
	{ "source", PART_TEXT },
};
static const char amendments_sql[] =
    "SELECT a.amendment_id, c.contract_id, budgetmap_day(a.date), a.kind, "
    "a.old_value, a.new_value, budgetmap_day(a.old_end), "
    "budgetmap_day(a.new_end), a.description_kk, a.description_ru, "
    "a.description_en, a.rationale_kk, a.rationale_ru, a.rationale_en, "
    "budgetmap_day(a.as_of), a.source "
    "FROM contract c "
    "JOIN amendment a ON a.contract_id = c.id "
    "WHERE c.project_id = ? "
    "ORDER BY a.date, a.amendment_id";

static const struct part_column payments[] = {
	{ "payment_id", PART_TEXT },
	{ "contract_id", PART_TEXT },
	{ "date", PART_TEXT },
	{ "amount", PART_MONEY },
	{ "payer_bin", PART_TEXT },
	{ "payer_kk", PART_TEXT },
	{ "payer_ru", PART_TEXT },
	{ "payee_bin", PART_TEXT },
	{ "payee_kk", PART_TEXT },
	{ "payee_ru", PART_TEXT },
	{ "invoice_ref", PART_TEXT },
	{ "as_of", PART_TEXT },
	{ "source", PART_TEXT },
};
static const char payments_sql[] =
    "SELECT p.payment_id, c.contract_id, budgetmap_day(p.date), p.amount, "
    "x.bin, x.name_kk, x.name_ru, y.bin, y.name_kk, y.name_ru, "
    "p.invoice_ref, budgetmap_day(p.as_of), p.source "
    "FROM payment p "
    "LEFT JOIN contract c ON c.id = p.contract_id "
    "LEFT JOIN organisation x ON x.id = p.payer_id "
    "LEFT JOIN organisation y ON y.id = p.payee_id "
    "WHERE p.project_id = ? "
    "ORDER BY p.date, p.payment_id";

static const struct part_column milestones[] = {
	{ "milestone_id", PART_TEXT },
	{ "type", PART_TEXT },
	{ "code", PART_TEXT },
	{ "status", PART_TEXT },
	{ "due_original", PART_TEXT },
	{ "due_current", PART_TEXT },
	{ "met_on", PART_TEXT },
	{ "title_kk", PART_TEXT },
	{ "title_ru", PART_TEXT },
	{ "title_en", PART_TEXT },
	{ "as_of", PART_TEXT },
	{ "source", PART_TEXT },
};
static const char milestones_sql[] =
    "SELECT milestone_id, type, code, status, budgetmap_day(due_original), "
    "budgetmap_day(due_current), budgetmap_day(met_on), title_kk, "
    "title_ru, title_en, budgetmap_day(as_of), source "
    "FROM milestone "
    "WHERE project_id = ? "
    "ORDER BY due_current, milestone_id";

static const struct part_column documents[] = {
	{ "document_id", PART_TEXT },
	{ "document_type", PART_TEXT },
	{ "title_kk", PART_TEXT },
	{ "title_ru", PART_TEXT },
	{ "title_en", PART_TEXT },
	{ "url", PART_TEXT },
	{ "sha256", PART_TEXT },
	{ "bytes", PART_INT },
	{ "format", PART_TEXT },
	{ "language", PART_TEXT },
	{ "date_published", PART_TEXT },
	{ "as_of", PART_TEXT },
	{ "source", PART_TEXT },
};
static const char documents_sql[] =
    "SELECT document_id, document_type, title_kk, title_ru, title_en, url, "
    "sha256, bytes, format, language, budgetmap_day(date_published), "
    "budgetmap_day(as_of), source "
    "FROM document "
    "WHERE project_id = ? "
    "ORDER BY date_published, document_id";

static const struct part_column observations[] = {
	{ "metric", PART_TEXT },
	{ "kind", PART_TEXT },
	{ "date", PART_TEXT },
	{ "value", PART_NUMBER },
	{ "unit", PART_TEXT },
	{ "as_of", PART_TEXT },
	{ "source", PART_TEXT },
};
static const char observations_sql[] =
    "SELECT metric, kind, budgetmap_day(date), value, unit, "
    "budgetmap_day(as_of), source "
    "FROM observation "
    "WHERE project_id = ? "
    "ORDER BY metric, kind, date";

/* What changed, newest first: names of fields, not the values. */
static const struct part_column history[] = {
	{ "at", PART_TEXT },
	{ "version", PART_INT },
	{ "what", PART_TEXT },
	{ "entity", PART_TEXT },
	{ "key", PART_TEXT },
	{ "fields", PART_TEXT },
	{ "reason", PART_TEXT },
};
static const char history_sql[] =
    "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', b.at, 'unixepoch'), "
    "b.data_version, c.op, c.entity, c.key, "
    "(SELECT group_concat(j.key, ';') FROM json_each(c.body, '$.is') j), "
    "b.reason FROM journal_change c "
    "JOIN journal_batch b ON b.number = c.batch "
    "WHERE c.project_id = ? ORDER BY c.seq DESC LIMIT 1000";

#define TABLE(part)                                                            \
	{                                                                      \
#part, part, LENGTH(part), part##_sql                          \
	}

const struct part_table part_tables[PART_COUNT] = {
	[PART_RECORD] = TABLE(record),
	[PART_FUNDING] = TABLE(funding),
	[PART_CONTRACTS] = TABLE(contracts),
	[PART_AMENDMENTS] = TABLE(amendments),
	[PART_PAYMENTS] = TABLE(payments),
	[PART_MILESTONES] = TABLE(milestones),
	[PART_DOCUMENTS] = TABLE(documents),
	[PART_OBSERVATIONS] = TABLE(observations),
	[PART_HISTORY] = TABLE(history),
};
