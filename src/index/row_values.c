#include "index/row_values.h"

#include "index/value_columns.h"
#include "query/cql2.h"

/* --- columns of projects -------------------------------------------------- */

typedef void read_column(struct row_values *v, struct value *out);

static void set_text(struct value *out, struct str text)
{
	*out = (struct value){ .type = text.len ? VALUE_TEXT : VALUE_NULL };
	out->text = text;
}

static void set_code(
    struct value *out, const struct str codes[ROW_CODES_MAX], uint8_t code)
{
	set_text(out, code < ROW_CODES_MAX ? codes[code] : (struct str){ 0 });
}

static void read_status(struct row_values *v, struct value *out)
{
	set_code(out, v->status, v->snapshot->status[v->row]);
}

static void read_category(struct row_values *v, struct value *out)
{
	set_code(out, v->category, v->snapshot->category[v->row]);
}

static void read_work_kind(struct row_values *v, struct value *out)
{
	set_code(out, v->work_kind, v->snapshot->work_kind[v->row]);
}

static void read_district(struct row_values *v, struct value *out)
{
	const struct snapshot_info *info = &v->snapshot->info;
	uint8_t home = v->snapshot->home[v->row];

	set_text(
	    out, home < info->n_katos ? info->katos[home] : (struct str){ 0 });
}

static void set_list(struct value *out, const char *text, size_t len)
{
	*out = (struct value){ .type = len ? VALUE_LIST : VALUE_NULL };
	out->text = (struct str){ text, len };
}

static void read_years(struct row_values *v, struct value *out)
{
	uint64_t years = v->snapshot->years[v->row];

	set_list(out, v->years, project_years_text(years, v->years));
}

static void read_levels(struct row_values *v, struct value *out)
{
	unsigned levels = v->snapshot->levels[v->row];

	set_list(out, v->levels, project_levels_text(levels, v->levels));
}

static void set_money(struct value *out, int64_t tiyn)
{
	*out = (struct value){ .type = VALUE_MONEY, .integer = tiyn };
	if (tiyn == MONEY_UNKNOWN)
		out->type = VALUE_NULL;
}

static void read_planned(struct row_values *v, struct value *out)
{
	set_money(out, v->snapshot->planned[v->row]);
}

static void read_contracted(struct row_values *v, struct value *out)
{
	set_money(out, v->snapshot->contracted[v->row]);
}

static void read_paid(struct row_values *v, struct value *out)
{
	set_money(out, v->snapshot->paid[v->row]);
}

static void read_overdue(struct row_values *v, struct value *out)
{
	*out = (struct value){ .type = VALUE_BOOL,
		.integer = v->snapshot->overdue[v->row] > 0 };
}

static void set_day(struct value *out, int32_t day)
{
	*out = (struct value){ .type = day ? VALUE_DAY : VALUE_NULL,
		.integer = day };
}

static void read_planned_start(struct row_values *v, struct value *out)
{
	set_day(out, v->snapshot->days[v->row].planned_start);
}

static void read_planned_end(struct row_values *v, struct value *out)
{
	set_day(out, v->snapshot->days[v->row].planned_end);
}

static void read_actual_start(struct row_values *v, struct value *out)
{
	set_day(out, v->snapshot->days[v->row].actual_start);
}

static void read_actual_end(struct row_values *v, struct value *out)
{
	set_day(out, v->snapshot->days[v->row].actual_end);
}

static read_column *const columns[PROJECT_FIELDS] = {
	[PROJECT_STATUS] = read_status,
	[PROJECT_CATEGORY] = read_category,
	[PROJECT_WORK_KIND] = read_work_kind,
	[PROJECT_DISTRICT] = read_district,
	[PROJECT_YEARS] = read_years,
	[PROJECT_BUDGET_LEVELS] = read_levels,
	[PROJECT_PLANNED] = read_planned,
	[PROJECT_CONTRACTED] = read_contracted,
	[PROJECT_PAID] = read_paid,
	[PROJECT_OVERDUE] = read_overdue,
	[PROJECT_PLANNED_START] = read_planned_start,
	[PROJECT_PLANNED_END] = read_planned_end,
	[PROJECT_ACTUAL_START] = read_actual_start,
	[PROJECT_ACTUAL_END] = read_actual_end,
};

bool row_values_have_column(const struct schema *schema, size_t field)
{
	return schema == &project_schema && columns[field] != NULL;
}

static void read_id(struct row_values *v, struct value *out)
{
	*out = (struct value){ .type = v->id };
	if (v->id == VALUE_INT) {
		out->integer = v->snapshot->ids[v->row];
		return;
	}
	out->text = snapshot_public_id(v->snapshot, v->row);
	v->damaged = v->damaged || out->text.len == 0;
}

/* --- rows ----------------------------------------------------------------- */

static void list_codes(
    struct str out[ROW_CODES_MAX], const struct codelist *list)
{
	for (size_t i = 0; i < list->n && i < ROW_CODES_MAX; i++)
		out[i] = str_from(list->codes[i].code);
}

static bool open_others(struct row_values *v, struct err *e)
{
	const struct schema *schema = v->snapshot->info.schema;
	size_t column = 0;

	for (size_t i = 0; i < schema->n_fields; i++) {
		if (row_values_have_column(schema, i))
			continue;
		if (!value_column_open(&v->others[i], v->snapshot, column++,
			schema->fields[i].type))
			return snapshot_damaged(e);
	}
	return true;
}

bool row_values_open(struct row_values *v, const struct snapshot *s,
    enum value_type id, struct arena *a, struct err *e)
{
	*v = (struct row_values){ .snapshot = s, .id = id };
	list_codes(v->status, &codes_status);
	list_codes(v->category, &codes_category);
	list_codes(v->work_kind, &codes_work_kind);
	v->others =
	    arena_array(a, s->info.schema->n_fields + 1, sizeof(*v->others));
	if (!v->others)
		return err_no_room(e);
	return open_others(v, e);
}

void row_values_go(struct row_values *v, uint32_t row)
{
	v->row = row;
}

void row_values_read(struct row_values *v, int field, struct value *out)
{
	if (field == CQL2_ID)
		read_id(v, out);
	else if (!v->others[field].numbers)
		columns[field](v, out);
	else if (!value_column_read(&v->others[field], v->row, out))
		v->damaged = true;
}

static bool lies_in(struct str text, struct str all)
{
	return text.data >= all.data && text.data < all.data + all.len;
}

bool row_values_lasts(const struct row_values *v, const struct value *value)
{
	return (value->type != VALUE_TEXT && value->type != VALUE_LIST) ||
	       lies_in(value->text, v->snapshot->values) ||
	       lies_in(value->text, v->snapshot->public_ids);
}
