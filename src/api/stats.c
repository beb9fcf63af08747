#include "api/stats.h"

#include "api/answer.h"
#include "api/media.h"
#include "api/names.h"
#include "api/source.h"
#include "api/text.h"
#include "base/array.h"
#include "base/clock.h"

enum { SHARE_DIGITS = 4, YEAR_TEXT_SIZE = 8 };

static const char none[] = "none";

/* In the order of enum search_group. */
static const struct code groups[] = {
	{ "none", { "Топтамай", "Без групп", "No groups" } },
	{ "district", { "Аудан", "Район", "District" } },
	{ "category", { "Сала", "Отрасль", "Sector" } },
	{ "status", { "Күйі", "Статус", "Status" } },
	{ "work_kind", { "Жұмыс түрі", "Вид работ", "Kind of work" } },
	{ "year", { "Жыл", "Год", "Year" } },
};
const struct codelist codes_group = { "group", groups, LENGTH(groups) };

static const struct codelist *const lists[] = {
	[GROUP_CATEGORY] = &codes_category,
	[GROUP_STATUS] = &codes_status,
	[GROUP_WORK_KIND] = &codes_work_kind,
	[GROUP_YEAR] = NULL,
};

static void write_count(struct json *j, const char *key, uint64_t n)
{
	json_key(j, key);
	json_int(j, (int64_t)n);
}

static void write_money(struct json *j, const char *key, int64_t tiyn)
{
	json_key(j, key);
	json_money(j, tiyn);
}

void stats_write_sums(struct json *j, const struct search_sums *s)
{
	write_count(j, "count", s->count);
	write_count(j, "located", s->located);
	write_count(j, "unlocated", s->count - s->located);
	write_money(j, "planned", s->planned);
	write_money(j, "contracted", s->contracted);
	write_money(j, "paid", s->paid);
	json_key(j, "missing");
	json_open(j, '{');
	write_count(j, "planned", s->missing_planned);
	write_count(j, "contracted", s->missing_contracted);
	write_count(j, "paid", s->missing_paid);
	json_close(j, '}');
	json_key(j, "overdue");
	json_open(j, '{');
	write_count(j, "count", s->overdue);
	write_money(j, "planned", s->overdue_planned);
	json_close(j, '}');
	json_key(j, "paid_share");
	if (s->planned_with_paid > 0)
		json_double(j,
		    (double)s->paid_of_planned / (double)s->planned_with_paid,
		    SHARE_DIGITS);
	else
		json_null(j);
}

/* What a row of groups is called. */
struct label {
	struct str key;
	struct str title[LANG_COUNT];
};

static struct label label_of(const char *key, const char *const *title)
{
	struct label l = { .key = str_from(key) };

	for (int i = 0; i < LANG_COUNT; i++)
		l.title[i] = str_from(title[i]);
	return l;
}

/* What a group is not told of: "none" among the keys. */
static struct label label_of_none(enum text_id title)
{
	struct label l = { .key = str_from(none) };

	for (int i = 0; i < LANG_COUNT; i++)
		l.title[i] = str_from(text_of(title, i));
	return l;
}

static void write_group(
    struct json *j, const struct label *label, const struct search_sums *sums)
{
	json_open(j, '{');
	json_key(j, "key");
	json_str(j, label->key);
	json_key(j, "title");
	json_open(j, '{');
	for (int i = 0; i < LANG_COUNT; i++) {
		json_key(j, lang_codes[i]);
		json_str(j, label->title[i]);
	}
	json_close(j, '}');
	stats_write_sums(j, sums);
	json_close(j, '}');
}

/* Every district has its row, and those without one. */
static void write_districts(struct json *j, const struct source *s,
    const struct search_sums *sums, const struct names *names)
{
	struct label label;

	for (size_t i = 0; i < s->info->n_katos; i++) {
		label.key = s->info->katos[i];
		for (int k = 0; k < LANG_COUNT; k++)
			label.title[k] = names_title(names, label.key, k);
		write_group(j, &label, &sums[i]);
	}
	label = label_of_none(TEXT_NO_DISTRICT);
	write_group(j, &label, &sums[s->info->n_katos]);
}

static void write_codes(
    struct json *j, const struct codelist *list, const struct search_sums *sums)
{
	for (size_t i = 0; i < list->n; i++) {
		struct label label =
		    label_of(list->codes[i].code, list->codes[i].title);

		write_group(j, &label, &sums[i]);
	}
}

/* Only years that have something. */
static void write_years(struct json *j, const struct search_sums *sums)
{
	enum { YEARS = YEAR_LAST - YEAR_FIRST + 1 };
	struct label label;

	for (int i = 0; i < YEARS; i++) {
		char text[YEAR_TEXT_SIZE];
		int year = YEAR_FIRST + i;

		if (!sums[i].count)
			continue;
		for (int k = 3; k >= 0; k--, year /= 10)
			text[k] = (char)('0' + year % 10);
		text[4] = '\0';
		label = label_of(text, (const char *[]){ text, text, text });
		write_group(j, &label, &sums[i]);
	}
	label = label_of_none(TEXT_NO_YEAR);
	write_group(j, &label, &sums[YEARS]);
}

static void write_groups(struct json *j, const struct source *s,
    enum search_group by, const struct search_sums *sums,
    const struct names *names)
{
	if (by == GROUP_DISTRICT)
		write_districts(j, s, sums, names);
	else if (by == GROUP_YEAR)
		write_years(j, sums);
	else if (by != GROUP_NONE)
		write_codes(j, lists[by], sums);
}

static void write_answer(struct call *c, const struct source *s,
    enum search_group by, const struct search_sums *total,
    const struct search_sums *sums, const struct names *names)
{
	char day[CLOCK_DAY_SIZE];
	struct json j;

	clock_day_text(s->info->day, day);
	json_init(&j, call_text(c));
	json_open(&j, '{');
	answer_version(&j, s->info->version, s->info->published);
	json_key(&j, "day");
	json_text(&j, day);
	json_key(&j, "group");
	json_text(&j, by == GROUP_NONE ? NULL : groups[by].code);
	if (by == GROUP_YEAR) {
		json_key(&j, "counts_may_repeat");
		json_bool(&j, true);
	}
	answer_source(&j, c);
	json_key(&j, "total");
	json_open(&j, '{');
	stats_write_sums(&j, total);
	json_close(&j, '}');
	json_key(&j, "groups");
	json_open(&j, '[');
	write_groups(&j, s, by, sums, names);
	json_close(&j, ']');
	json_close(&j, '}');
	buf_add_char(call_text(c), '\n');
}

static enum search_group group_of(const struct params *p)
{
	int group = codes_find(&codes_group, params_text(p, "group"));

	return group < 0 ? GROUP_NONE : (enum search_group)group;
}

bool stats_get(struct call *c, struct err *e)
{
	enum search_group by = group_of(&c->params);
	struct source s;
	struct query q;
	struct search_sums total, *sums;
	struct names names = { 0 };

	if (!source_projects(&s, c, SOURCE_ALL, e))
		return false;
	if (answer_begin(c, MEDIA_JSON, s.info->version, s.info->day))
		return true;
	sums = arena_array(
	    c->x->arena, search_group_count(s.snapshot, by) + 1, sizeof(*sums));
	if (!sums)
		return err_no_room(e);
	q = source_filter(&s);
	/* A sum over a box is of what lies in it. */
	if (q.has_bbox && !params_has(&c->params, param_place.name))
		q.place = PLACE_LOCATED;
	if (!search_sum(&total, sums, by, s.snapshot, &q, source_text(&s),
		c->x->arena, e))
		return false;
	if (by == GROUP_DISTRICT && !names_read(&names, c, e))
		return false;
	write_answer(c, &s, by, &total, sums, &names);
	return true;
}
