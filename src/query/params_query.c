#include "query/params_check.h"

#include "base/array.h"
#include "base/utf8.h"

#include <string.h>

/* What a setter fills, and what it needs to know. */
struct filling {
	struct query *q;
	const struct str *katos;
	size_t n_katos;
	struct arena *arena;
};

typedef bool setter(struct filling *to, const struct param *row,
    struct str value, struct err *e);

static bool set_bbox(struct filling *to, const struct param *row,
    struct str value, struct err *e)
{
	(void)row;
	to->q->has_bbox = true;
	return bbox_parse(&to->q->bbox, value, e);
}

static bool set_district(struct filling *to, const struct param *row,
    struct str value, struct err *e)
{
	while (value.len) {
		struct str code = str_cut(&value, ',');
		size_t i = 0;

		if (str_is(code, "none")) {
			to->q->district_none = true;
			continue;
		}
		while (i < to->n_katos && !str_equal(code, to->katos[i]))
			i++;
		if (i == to->n_katos || i >= DISTRICTS_MAX)
			return err_set(e, ERR_INPUT,
			    "%s names a district that is not in force",
			    row->name);
		to->q->districts |= (uint64_t)1 << i;
	}
	return true;
}

static uint32_t code_bits(const struct param *row, struct str list)
{
	uint32_t bits = 0;

	while (list.len) {
		int code = codes_find(row->codes, str_cut(&list, ','));

		if (code >= 0)
			bits |= (uint32_t)1 << code;
	}
	return bits;
}

static bool set_status(struct filling *to, const struct param *row,
    struct str value, struct err *e)
{
	(void)e;
	to->q->status = code_bits(row, value);
	return true;
}

static bool set_category(struct filling *to, const struct param *row,
    struct str value, struct err *e)
{
	(void)e;
	to->q->category = code_bits(row, value);
	return true;
}

static bool set_work_kind(struct filling *to, const struct param *row,
    struct str value, struct err *e)
{
	(void)e;
	to->q->work_kind = code_bits(row, value);
	return true;
}

static bool set_levels(struct filling *to, const struct param *row,
    struct str value, struct err *e)
{
	(void)e;
	to->q->levels = code_bits(row, value);
	return true;
}

static bool set_years(struct filling *to, const struct param *row,
    struct str value, struct err *e)
{
	while (value.len) {
		int64_t year;

		if (!str_to_int64(str_cut(&value, ','), &year) ||
		    year < YEAR_FIRST || year > YEAR_LAST)
			return err_set(
			    e, ERR_INPUT, "%s is out of range", row->name);
		to->q->years |= (uint64_t)1 << (year - YEAR_FIRST);
	}
	return true;
}

static bool set_min(struct filling *to, const struct param *row,
    struct str value, struct err *e)
{
	return param_money(value, &to->q->min_planned) ||
	       err_set(e, ERR_INPUT, "%s is out of range", row->name);
}

static bool set_max(struct filling *to, const struct param *row,
    struct str value, struct err *e)
{
	return param_money(value, &to->q->max_planned) ||
	       err_set(e, ERR_INPUT, "%s is out of range", row->name);
}

static bool set_overdue(struct filling *to, const struct param *row,
    struct str value, struct err *e)
{
	(void)row;
	(void)e;
	to->q->overdue = str_is(value, "true");
	return true;
}

static bool set_datetime(struct filling *to, const struct param *row,
    struct str value, struct err *e)
{
	return param_datetime_days(value, &to->q->from, &to->q->to) ||
	       err_set(e, ERR_INPUT, "%s is malformed", row->name);
}

static bool set_place(struct filling *to, const struct param *row,
    struct str value, struct err *e)
{
	(void)e;
	to->q->place = (enum query_place)codes_find(row->codes, value);
	return true;
}

static bool set_q(struct filling *to, const struct param *row, struct str value,
    struct err *e)
{
	struct buf folded;
	const char *copy = NULL;

	buf_init(&folded, (size_t)QUERY_TEXT_MAX * 8);
	if (!utf8_add_folded(&folded, value))
		err_no_room(e);
	else if (!folded.len)
		err_set(
		    e, ERR_INPUT, "%s holds no letter and no digit", row->name);
	else if (!(copy = arena_copy(to->arena, folded.data, folded.len)))
		err_no_room(e);
	if (copy)
		to->q->q = (struct str){ copy, folded.len };
	buf_free(&folded);
	return copy != NULL;
}

static bool set_limit(struct filling *to, const struct param *row,
    struct str value, struct err *e)
{
	int64_t limit;

	if (!str_to_int64(value, &limit) || limit < 0 ||
	    limit > QUERY_LIMIT_MAX)
		return err_set(e, ERR_INPUT, "%s is out of range", row->name);
	to->q->limit = (uint32_t)limit;
	return true;
}

static bool set_offset(struct filling *to, const struct param *row,
    struct str value, struct err *e)
{
	int64_t offset;

	if (!str_to_int64(value, &offset) || offset < 0 ||
	    offset > QUERY_OFFSET_MAX)
		return err_set(e, ERR_INPUT, "%s is out of range", row->name);
	to->q->offset = (uint32_t)offset;
	return true;
}

static const struct {
	const struct param *row;
	setter *set;
} setters[] = {
	{ &param_bbox, set_bbox },
	{ &param_district, set_district },
	{ &param_status, set_status },
	{ &param_category, set_category },
	{ &param_work_kind, set_work_kind },
	{ &param_year, set_years },
	{ &param_budget_level, set_levels },
	{ &param_min_planned, set_min },
	{ &param_max_planned, set_max },
	{ &param_overdue, set_overdue },
	{ &param_datetime, set_datetime },
	{ &param_place, set_place },
	{ &param_q, set_q },
	{ &param_limit, set_limit },
	{ &param_offset, set_offset },
};

/* An attribute of that name is another thing. */
static struct str common_text(const struct params *p, const char *name)
{
	for (size_t i = 0; i < p->table->n; i++)
		if (p->table->rows[i]->flags & PARAM_PROPERTY &&
		    !strcmp(p->table->rows[i]->name, name))
			return (struct str){ 0 };
	return params_text(p, name);
}

static bool reversed(const struct query *q, struct err *e)
{
	if (q->min_planned <= q->max_planned)
		return false;
	err_set(e, ERR_INPUT, "min_planned is above max_planned");
	err_param(e, param_min_planned.name);
	return true;
}

bool params_to_query(struct query *out, const struct params *p,
    const struct str *katos, size_t n_katos, struct arena *a, struct err *e)
{
	struct query q = *out;
	struct filling to = { &q, katos, n_katos, a };
	struct str cursor = params_text(p, param_cursor.name);

	for (size_t i = 0; i < LENGTH(setters); i++) {
		const struct param *row = setters[i].row;
		struct str value = common_text(p, row->name);

		if (value.data && !setters[i].set(&to, row, value, e))
			return err_param(e, row->name);
	}
	if (reversed(&q, e))
		return false;
	if (cursor.data && q.offset) {
		err_set(e, ERR_INPUT,
		    "offset and cursor both say where the page begins");
		return err_param(e, param_offset.name);
	}
	/* The cursor comes last: it is checked against all the others. */
	if (cursor.data && !query_cursor_parse(&q.after, &q, cursor, e))
		return err_param(e, param_cursor.name);
	*out = q;
	return true;
}
