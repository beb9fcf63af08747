#include "store/projects.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "geo/hilbert.h"
#include "query/codes.h"
#include "store/districts.h"
#include "store/figures.h"
#include "store/sql.h"
#include "store/withdraw.h"
#include "tools/store_file.h"

enum { TODAY = 20250601, MAX = 16, TEXT = 4096 };

struct state {
	struct store_file file;
	struct db *db; /* writes */
	int64_t school, road, placeless;
};

static void add_details(struct db *d)
{
	store_sql(d,
	    "INSERT INTO organisation (id, bin, kind, name_kk, name_ru, "
	    "name_en, change) VALUES (1, '150140000002', 'state_body', "
	    "'Білім бөлімі', 'Отдел образования', 'Education', 1), "
	    "(2, '150140000305', 'company', 'Құрылыс ЖШС', NULL, NULL, 1);"
	    "INSERT INTO organisation (id, external_id, is_person, kind, "
	    "name_kk, change) VALUES (3, 'IP-1', 1, "
	    "'individual_entrepreneur', 'ЖК Шебер', 1);"
	    "UPDATE project SET customer_id = 1, contractor_id = 3, "
	    "sector = 'education;health', facility_type = 0, "
	    "location_precision = 1, progress = 12.5, planned_start = "
	    "20230101, demo = 1, description_ru = 'Описание' WHERE id = 1;"
	    "INSERT INTO funding_line (project_id, fiscal_year, budget_level, "
	    "planned, adjusted, contracted, paid, as_of, source, change) "
	    "VALUES (1, 2024, 1, 100, 150, NULL, 40, 20250101, 's', 1), "
	    "(1, 2023, 2, 200, NULL, 7, NULL, 20250101, 's', 1), "
	    "(1, 2024, 2, 300, NULL, NULL, 60, 20250101, 's', 1);"
	    "INSERT INTO contract (id, contract_id, project_id, status, "
	    "value_original, value_current, signed_on, as_of, source, change) "
	    "VALUES (1, 'C-1', 1, 'active', 400, 450, 20230501, 20250101, "
	    "'s', 1), (2, 'C-2', 1, 'pre-award', 9, 9, NULL, 20250101, 's', "
	    "1), (3, 'C-3', 1, 'closed', NULL, 50, 20230601, 20250101, 's', "
	    "1);"
	    "INSERT INTO contract_supplier VALUES (1, 2), (1, 3);"
	    "INSERT INTO amendment (amendment_id, contract_id, date, kind, "
	    "old_value, new_value, as_of, source, change) VALUES ('A-1', 1, "
	    "20240101, 'value', 400, 450, 20250101, 's', 1);"
	    "INSERT INTO payment (payment_id, project_id, contract_id, date, "
	    "amount, payer_id, payee_id, as_of, source, change) VALUES "
	    "('P-1', 1, 1, 20240201, 300, 1, 2, 20250101, 's', 1), "
	    "('P-2', 1, NULL, 20240301, -20, NULL, NULL, 20250101, 's', 1);"
	    "INSERT INTO milestone (milestone_id, project_id, status, as_of, "
	    "source, change) VALUES ('M-1', 1, 'met', 20250101, 's', 1);"
	    "INSERT INTO document (document_id, project_id, document_type, "
	    "bytes, as_of, source, change) VALUES ('D-1', 1, 'contractSigned', "
	    "77, 20250101, 's', 1);"
	    "INSERT INTO observation (project_id, metric, kind, date, value, "
	    "unit, as_of, source, change) VALUES (1, 'physicalProgress', "
	    "'actual', 20250101, 12.5, '%', 20250101, 's', 1);");
}

static int setup(void **state)
{
	static struct state s;
	struct journal *j;

	store_file_make(&s.file, STORE_CURRENT);
	s.db = store_file_write(&s.file);
	j = store_begin(s.db);
	store_add_district(
	    s.db, 1000000, (struct bbox){ 68, 42, 69, 43 }, false);
	store_add_district(
	    s.db, 1600000, (struct bbox){ 69, 42, 70, 43 }, false);
	s.school = store_add_project(s.db, j,
	    &(struct store_sample){ .title = "Мектеп",
		.wkt = "POINT(68.5 42.5)",
		.status = STATUS_IMPLEMENTATION,
		.planned_end = 20250531 });
	s.road = store_add_project(s.db, j,
	    &(struct store_sample){ .title = "Жол",
		.wkt = "LINESTRING(68.9 42.5,69.1 42.5)",
		.status = STATUS_MAINTENANCE,
		.category = 8,
		.work_kind = 3,
		.district = 1600000,
		.budget = 12345 });
	s.placeless = store_add_project(s.db, j,
	    &(struct store_sample){
		.title = "Бағдарлама", .district = 1630100 });
	add_details(s.db);
	store_commit(j);
	*state = &s;
	return 0;
}

static int teardown(void **state)
{
	struct state *s = *state;

	db_close(s->db);
	store_file_remove(&s->file);
	return 0;
}

/* What a visit saw, as text: "field=value;" of all attributes. */
struct seen {
	int n;
	int64_t ids[MAX], keys[MAX], changes[MAX];
	bool in_full[MAX];
	struct facts facts[MAX];
	struct position anchors[MAX];
	struct year_line lines[MAX];
	size_t n_lines;
	char text[TEXT];
};

static void add_value(char *out, const char *name, const struct value *v)
{
	size_t at = strlen(out);

	if (v->type == VALUE_TEXT || v->type == VALUE_LIST)
		snprintf(out + at, TEXT - at, "%s=%.*s\n", name,
		    (int)v->text.len, v->text.data);
	else if (v->type == VALUE_NUMBER)
		snprintf(out + at, TEXT - at, "%s=%g\n", name, v->number);
	else if (v->type != VALUE_NULL)
		snprintf(out + at, TEXT - at, "%s=%lld\n", name,
		    (long long)v->integer);
}

static bool see(void *context, const struct project *p, struct err *e)
{
	struct seen *s = context;
	size_t i;

	(void)e;
	assert_true(s->n < MAX);
	s->ids[s->n] = p->feature.id;
	s->keys[s->n] = p->key;
	s->changes[s->n] = p->change;
	s->in_full[s->n] = p->feature.values != NULL;
	s->facts[s->n] = p->facts;
	s->anchors[s->n] = p->anchor;
	s->n_lines = p->n_lines;
	if (p->n_lines)
		memcpy(s->lines, p->lines, p->n_lines * sizeof(*p->lines));
	s->n++;
	s->text[0] = '\0';
	for (i = 0; p->feature.values && i < p->feature.schema->n_fields; i++)
		add_value(s->text, p->feature.schema->fields[i].name,
		    &p->feature.values[i]);
	return true;
}

static void reads_every_attribute(void **state)
{
	static const char expected[] =
	    "title_kk=Мектеп\ntitle_ru=Мектеп\ntitle_en=Мектеп\n"
	    "status=implementation\ncategory=education\n"
	    "sector=education;health\nwork_kind=new_build\n"
	    "facility_type=school\ndistrict=611000000\nprecision=street\n"
	    "years=2023;2024\nbudget_levels=republican;oblast\nplanned=650\n"
	    "contracted=500\npaid=280\nprogress=12.5\noverdue=1\n"
	    "planned_start=20230101\nplanned_end=20250531\n"
	    "customer_bin=150140000002\ncustomer_kk=Білім бөлімі\n"
	    "customer_ru=Отдел образования\ncontractor_kk=ЖК Шебер\n"
	    "source=test\nas_of=20250101\ndemo=1\n";
	struct state *s = *state;
	struct err e = { .code = ERR_NONE };
	struct seen seen = { .n = 0 };

	assert_true(projects_get(s->db, s->school, TODAY, see, &seen, &e));
	assert_string_equal(seen.text, expected);
	assert_int_equal(seen.facts[0].overdue, 1);
	assert_int_equal(seen.facts[0].home, 0);
	assert_int_equal(seen.facts[0].levels, 2 | 4);
	assert_int_equal(seen.keys[0], hilbert_of(68.5, 42.5));
	seen.n = 0;
	assert_true(projects_get(s->db, s->school, 20250531, see, &seen, &e));
	assert_int_equal(seen.facts[0].overdue, 0);
}

static void reads_lines_by_year(void **state)
{
	struct state *s = *state;
	struct err e = { .code = ERR_NONE };
	struct seen seen = { .n = 0 };

	assert_true(projects_get(s->db, s->school, TODAY, see, &seen, &e));
	assert_int_equal(seen.n_lines, 2);
	assert_int_equal(seen.lines[0].year, 2023);
	assert_int_equal(seen.lines[0].planned, 200);
	assert_int_equal(seen.lines[0].contracted, 7);
	assert_true(seen.lines[0].paid == MONEY_UNKNOWN);
	assert_int_equal(seen.lines[1].year, 2024);
	assert_int_equal(seen.lines[1].planned, 450);
	assert_true(seen.lines[1].contracted == MONEY_UNKNOWN);
	assert_int_equal(seen.lines[1].paid, 100);
}

/* A road through two districts is found in both, its declared one is home; a
 * project without a place counts in the district of its okrug's code. */
static void places_projects(void **state)
{
	struct state *s = *state;
	struct err e = { .code = ERR_NONE };
	struct seen seen = { .n = 0 };

	assert_true(projects_get(s->db, s->road, TODAY, see, &seen, &e));
	assert_int_equal(seen.facts[0].home, 1);
	assert_int_equal(seen.facts[0].districts, 3);
	assert_int_equal(seen.facts[0].planned, 12345);
	assert_true(seen.facts[0].paid == MONEY_UNKNOWN);
	assert_true(projects_get(s->db, s->placeless, TODAY, see, &seen, &e));
	assert_int_equal(seen.facts[1].home, 1);
	assert_int_equal(seen.facts[1].districts, 2);
	assert_true(seen.keys[1] == HILBERT_NOWHERE);
}

static bool know_school(void *context, int64_t id, int64_t change)
{
	(void)context;
	return id == 1 && change == 1;
}

static void each_is_in_order(void **state)
{
	struct state *s = *state;
	struct err e = { .code = ERR_NONE };
	struct seen seen = { .n = 0 };
	int i;

	assert_true(projects_each(s->db, TODAY, know_school, see, &seen, &e));
	assert_int_equal(seen.n, 3);
	for (i = 1; i < seen.n; i++)
		assert_true(seen.keys[i - 1] < seen.keys[i] ||
			    (seen.keys[i - 1] == seen.keys[i] &&
				seen.ids[i - 1] < seen.ids[i]));
	assert_int_equal(seen.ids[2], s->placeless);
	for (i = 0; i < seen.n; i++)
		assert_true(seen.in_full[i] == (seen.ids[i] != s->school));
}

static bool refuse(void *context, const struct project *p, struct err *e)
{
	(void)context;
	(void)p;
	return err_set(e, ERR_LIMIT, "full");
}

static void visit_can_end_the_walk(void **state)
{
	struct state *s = *state;
	struct err e = { .code = ERR_NONE };
	struct seen seen = { .n = 0 };

	assert_false(projects_each(s->db, TODAY, NULL, refuse, NULL, &e));
	assert_int_equal(e.code, ERR_LIMIT);
	err_clear(&e);
	assert_true(projects_each(s->db, TODAY, NULL, see, &seen, &e));
	assert_int_equal(seen.n, 3);
}

static void finds_by_public_id(void **state)
{
	static const struct {
		const char *id;
		enum err_code code;
	} cases[] = {
		{ "TKS-2025-000001", ERR_NONE },
		{ "TKS-2025-000002", ERR_GONE },
		{ "TKS-2025-000003", ERR_MISSING },
		{ "TKS-2025-000004", ERR_MISSING },
		{ "", ERR_MISSING },
		{ "TKS-2025-000001' OR 1", ERR_MISSING },
	};
	struct state *s = *state;
	struct journal *j = store_begin(s->db);
	struct seen seen = { .n = 0 };
	struct err e = { .code = ERR_NONE };
	int64_t id;
	size_t i;

	assert_true(withdraw_project(
	    s->db, j, s->road, str_from("дубликат"), TODAY, &e));
	store_commit(j);
	store_sql(s->db, "UPDATE project SET state = 'draft' WHERE id = 3");
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		err_clear(&e);
		id = -1;
		assert_true(projects_find(s->db, str_from(cases[i].id), &id,
				&e) == (cases[i].code == ERR_NONE));
		assert_int_equal(e.code, cases[i].code);
	}
	err_clear(&e);
	assert_false(projects_get(s->db, s->road, TODAY, see, &seen, &e));
	assert_int_equal(e.code, ERR_MISSING);
	assert_int_equal(seen.n, 0);
}

struct part_text {
	enum project_part part;
	char text[TEXT];
};

static bool see_row(void *context, const struct part_cell *cells, struct err *e)
{
	struct part_text *t = context;
	size_t n, i, at = strlen(t->text);
	const struct part_column *c = project_part_columns(t->part, &n);

	(void)e;
	for (i = 0; i < n; i++) {
		if (cells[i].null)
			continue;
		if (c[i].type == PART_TEXT)
			at += (size_t)snprintf(t->text + at, TEXT - at,
			    "%s=%.*s ", c[i].name, (int)cells[i].text.len,
			    cells[i].text.data);
		else if (c[i].type == PART_NUMBER)
			at += (size_t)snprintf(t->text + at, TEXT - at,
			    "%s=%g ", c[i].name, cells[i].number);
		else
			at += (size_t)snprintf(t->text + at, TEXT - at,
			    "%s=%lld ", c[i].name, (long long)cells[i].integer);
	}
	snprintf(t->text + at, TEXT - at, "\n");
	return true;
}

static void reads_full_record(void **state)
{
	static const char *const expected[PART_COUNT] = {
		[PART_RECORD] = "description_ru=Описание customer_en=Education "
				"\n",
		[PART_FUNDING] =
		    "fiscal_year=2023 budget_level=oblast planned=200 "
		    "contracted=7 as_of=2025-01-01 source=s \n"
		    "fiscal_year=2024 budget_level=republican planned=100 "
		    "adjusted=150 paid=40 as_of=2025-01-01 source=s \n"
		    "fiscal_year=2024 budget_level=oblast planned=300 paid=60 "
		    "as_of=2025-01-01 source=s \n",
		[PART_CONTRACTS] =
		    "contract_id=C-2 value_original=9 value_current=9 "
		    "status=pre-award as_of=2025-01-01 source=s \n"
		    "contract_id=C-1 supplier_bin=150140000305 "
		    "supplier_kk=Құрылыс ЖШС; ЖК Шебер signed_on=2023-05-01 "
		    "value_original=400 value_current=450 status=active "
		    "as_of=2025-01-01 source=s \n"
		    "contract_id=C-3 signed_on=2023-06-01 value_current=50 "
		    "status=closed as_of=2025-01-01 source=s \n",
		[PART_AMENDMENTS] =
		    "amendment_id=A-1 contract_id=C-1 date=2024-01-01 "
		    "kind=value old_value=400 new_value=450 as_of=2025-01-01 "
		    "source=s \n",
		[PART_PAYMENTS] =
		    "payment_id=P-1 contract_id=C-1 date=2024-02-01 "
		    "amount=300 payer_bin=150140000002 payer_kk=Білім бөлімі "
		    "payer_ru=Отдел образования payee_bin=150140000305 "
		    "payee_kk=Құрылыс ЖШС as_of=2025-01-01 source=s \n"
		    "payment_id=P-2 date=2024-03-01 amount=-20 "
		    "as_of=2025-01-01 source=s \n",
		[PART_MILESTONES] = "milestone_id=M-1 status=met "
				    "as_of=2025-01-01 source=s \n",
		[PART_DOCUMENTS] =
		    "document_id=D-1 document_type=contractSigned bytes=77 "
		    "as_of=2025-01-01 source=s \n",
		[PART_OBSERVATIONS] =
		    "metric=physicalProgress kind=actual date=2025-01-01 "
		    "value=12.5 unit=% as_of=2025-01-01 source=s \n",
	};
	struct state *s = *state;
	struct err e = { .code = ERR_NONE };
	int part;

	for (part = 0; part < PART_HISTORY; part++) {
		struct part_text t = { .part = (enum project_part)part };

		assert_true(
		    projects_part(s->db, s->school, t.part, see_row, &t, &e));
		assert_string_equal(t.text, expected[part]);
	}
}

static void reads_history(void **state)
{
	struct state *s = *state;
	struct err e = { .code = ERR_NONE };
	struct part_text t = { .part = PART_HISTORY };
	struct journal *j = store_begin(s->db);

	assert_true(withdraw_project(
	    s->db, j, s->school, str_from("қайталанған"), TODAY, &e));
	store_commit(j);
	assert_true(projects_part(s->db, s->school, t.part, see_row, &t, &e));
	assert_non_null(strstr(t.text,
	    "version=2 what=withdraw entity=project key=TKS-2025-000001 "
	    "fields=state;withdrawn_on;withdrawn_reason"));
	assert_non_null(strstr(t.text,
	    "version=1 what=create entity=project key=TKS-2025-000001 "
	    "fields=title_kk"));
	assert_string_equal(project_part_name(PART_HISTORY), "history");
}

/* A name of an organisation is read anew with the version that changed it. */
static void names_follow_the_version(void **state)
{
	struct state *s = *state;
	struct err e = { .code = ERR_NONE };
	struct db *reader = store_file_read(&s->file);
	struct seen seen = { .n = 0 };
	struct journal *j;
	const struct journal_field field = { "name_ru",
		{ .type = VALUE_TEXT, .text = str_from("Отдел образования") },
		{ .type = VALUE_TEXT, .text = str_from("Управление") } };
	const struct journal_record record = { "organisation",
		str_from("150140000002"), 0, JOURNAL_CHANGE, &field, 1 };
	bool changed;

	assert_true(projects_get(reader, s->school, TODAY, see, &seen, &e));
	assert_non_null(strstr(seen.text, "customer_ru=Отдел образования"));
	j = store_begin(s->db);
	store_sql(s->db,
	    "UPDATE organisation SET name_ru = 'Управление' WHERE id = 1");
	assert_true(journal_change(j, &record, &changed, &e));
	assert_true(figures_touch_organisation(s->db, 1, &e));
	assert_int_equal(store_commit(j), 2);
	assert_true(projects_get(reader, s->school, TODAY, see, &seen, &e));
	assert_non_null(strstr(seen.text, "customer_ru=Управление"));
	assert_int_equal(seen.changes[1], 2);
	assert_true(projects_get(reader, s->road, TODAY, see, &seen, &e));
	assert_int_equal(seen.changes[2], 1);
	db_close(reader);
}

static void lists_districts(void **state)
{
	struct state *s = *state;
	struct err e = { .code = ERR_NONE };
	struct seen seen = { .n = 0 };
	struct district *list;
	struct arena a;
	size_t n;

	arena_init(&a, 1 << 20);
	store_sql(s->db,
	    "INSERT INTO district (kato, name_kk, name_ru, label_lon, "
	    "label_lat, valid_to, sort_key, source, as_of, change) VALUES "
	    "('610900000', 'ескі', 'старый', 68, 42, 20210101, 1, 's', "
	    "20210101, 1)");
	assert_true(districts_list(s->db, &a, &list, &n, &e));
	assert_int_equal(n, 2);
	assert_true(str_is(list[0].kato, "611000000"));
	assert_true(str_is(list[1].kato, "611600000"));
	assert_int_equal(list[1].number, 1);
	assert_true(str_is(list[1].name[LANG_RU], "Аудан 1600000"));
	assert_true(geom_has_point(list[1].geom, 69.5, 42.5));
	assert_false(geom_has_point(list[1].geom, 68.5, 42.5));
	assert_true(districts_each(s->db, NULL, see, &seen, &e));
	assert_int_equal(seen.n, 2);
	assert_true(seen.keys[0] <= seen.keys[1]);
	assert_non_null(strstr(seen.text, "parent=610000000\n"));
	assert_non_null(strstr(seen.text, "generalised=0\n"));
	arena_free(&a);
}

static bool read_everything(const char *path, struct err *e)
{
	struct db *d = db_open_read(path, e);
	struct seen seen = { .n = 0 };
	struct district *list;
	const int64_t *ids;
	struct query q;
	struct arena a;
	size_t n;
	bool done;

	query_init(&q);
	q.q = str_from("мек");
	arena_init(&a, 1 << 22);
	done = d && projects_each(d, TODAY, NULL, see, &seen, e) &&
	       projects_select(d, &q, TODAY, see, &seen, e) &&
	       projects_search(d, q.q, &a, &ids, &n, e) &&
	       districts_list(d, &a, &list, &n, e) &&
	       districts_each(d, NULL, see, &seen, e);
	arena_free(&a);
	db_close(d);
	return done;
}

/* Whichever allocation of ours fails, reading says so and leaves nothing. */
static void every_allocation_may_fail(void **state)
{
	struct state *s = *state;
	bool done = false;
	long n;

	for (n = 0; !done && n < 10000; n++) {
		struct err e = { .code = ERR_NONE };

		mem_fail_after(n);
		done = read_everything(s->file.path, &e);
		mem_fail_after(-1);
		if (!done && e.code != ERR_MEMORY && e.code != ERR_LIMIT)
			fail_msg("allocation %ld gives failure %d: %s", n,
			    (int)e.code, e.text);
	}
	assert_true(done && n > 5);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reads_every_attribute),
		TEST(reads_lines_by_year),
		TEST(places_projects),
		TEST(each_is_in_order),
		TEST(visit_can_end_the_walk),
		TEST(finds_by_public_id),
		TEST(reads_full_record),
		TEST(reads_history),
		TEST(names_follow_the_version),
		TEST(lists_districts),
		TEST(every_allocation_may_fail),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
