#include "config.h"

#include "api_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "api/kml_looks.h"
#include "format/csv_read.h"
#include "geo/proj.h"
#include "http/problem.h"
#include "query/project.h"
#include "store/districts.h"
#include "store/import.h"
#include "store/migrate.h"
#include "store/projects.h"
#include "store/sql.h"
#include "store/withdraw.h"

enum { ARENA = 64 << 20, TODAY = 20260701 };

/* Three squares: two beside each other, one above them. */
static const char districts_sql[] =
    "INSERT INTO district (kato, name_kk, name_ru, name_en, label_lon, "
    "label_lat, area, generalised, sort_key, source, as_of, change, geom) "
    "VALUES "
    "('611000000', 'Батыс ауданы', 'Западный район', 'West district', "
    "68.5, 42.5, 9000, 1, 0, 'Сынақ', 20260101, 1, "
    "GeomFromText('MULTIPOLYGON(((68 42,69 42,69 43,68 43,68 42)))', 4326)), "
    "('612000000', 'Шығыс ауданы', 'Восточный район', NULL, "
    "69.5, 42.5, 9000, 1, 1, 'Сынақ', 20260101, 1, "
    "GeomFromText('MULTIPOLYGON(((69 42,70 42,70 43,69 43,69 42)))', 4326)), "
    "('613000000', 'Солтүстік қаласы', 'город Северный', 'North city', "
    "69, 43.5, 18000, 1, 2, 'Сынақ', 20260101, 1, "
    "GeomFromText('MULTIPOLYGON(((68 43,70 43,70 44,68 44,68 43)))', 4326));";

static const char organisations[] =
    "bin,kind,name_kk,name_ru,name_en,district\n"
    "150140000012,state_body,Білім басқармасы,Управление образования,"
    "Education department,611000000\n"
    "150240000036,company,\"\"\"Құрылыс\"\" ЖШС\",\"ТОО \"\"Құрылыс\"\"\",,"
    "612000000\n";

static const char projects[] =
    "id,title_kk,title_ru,title_en,status,category,sector,work_kind,"
    "facility_type,district,address_ru,precision,lon,lat,wkt,planned_start,"
    "planned_end,actual_start,actual_end,planned,contracted,paid,progress,"
    "customer_bin,contractor_bin,years,budget_levels,source,as_of,demo\n"
    "TKS-2024-000001,Мектеп салу,Строительство школы,School,implementation,"
    "education,education,new_build,school,611000000,ул. Абая 1,exact,"
    "68.5,42.5,,2024-03-01,2026-05-30,2024-03-10,,500000000,450000000,"
    "200000000.5,40,150140000012,150240000036,2024;2025,republican;oblast,"
    "Сынақ,2026-06-01,true\n"
    "TKS-2024-000002,Аурухана жөндеу,Ремонт больницы,,completion,health,,"
    "capital_repair,hospital,611000000,,street,68.51,42.51,,2024-01-01,"
    "2024-12-31,2024-01-10,2024-12-20,120000000,110000000,110000000,100,"
    "150140000012,,2024,oblast,Сынақ,2026-06-01,true\n"
    "TKS-2025-000003,\"<b>Жол</b> & \"\"көпір\"\"\",Дорога и мост,"
    "Road & bridge,preparation,transport,transport.road,reconstruction,road,"
    ",,exact,,,\"LINESTRING(68.8 42.2,69.2 42.3)\",2025-04-01,2026-12-31,,,"
    "90000000,,,,,,2025,district_city,Сынақ,2026-06-01,true\n"
    "TKS-2025-000004,Саябақ,Парк,Park,identification,"
    "cultureSportsAndRecreation,,landscaping,park,612000000,,exact,,,"
    "\"POLYGON((69.4 42.4,69.6 42.4,69.6 42.6,69.4 42.6,69.4 42.4))\",,,,,,,"
    ",,,,,,Сынақ,2026-06-01,false\n"
    "TKS-2025-000005,Су құбыры,Водопровод,Water pipe,suspended,waterAndWaste,"
    ",new_build,water,613000000,,district,,,,2025-01-01,2025-12-31,2025-02-01"
    ",,70000000,60000000,10000000,15,,,2025;2026,okrug,Сынақ,2026-06-01,"
    "true\n"
    "TKS-2026-000006,=1+1 Балабақша,=Детский сад,Kindergarten,implementation"
    ",education,,new_build,kindergarten,613000000,,exact,69.5,43.5,,"
    "2026-01-01,2027-01-01,2026-01-15,,300000000,280000000,,5,,,2026,"
    "national_fund,Сынақ,2026-06-01,true\n"
    "TKS-2026-000007,Мектеп жөндеу,Ремонт школы,School repair,cancelled,"
    "education,,current_repair,school,613000000,,exact,69.5,43.5,,,,,,"
    "1000000,,0,,,,2026,okrug,Сынақ,2026-06-01,true\n"
    "TKS-2026-000008,Белгісіз жерде,Неизвестно где,Nowhere,preparation,"
    "economy,,design,,,,,,,,,,,,,,,,,,,,Сынақ,2026-06-01,true\n";

static const char funding[] =
    "project,fiscal_year,budget_level,budget_district,administrator,"
    "programme,title_kk,title_ru,planned,adjusted,contracted,paid,as_of,"
    "source\n"
    "TKS-2024-000001,2024,republican,611000000,261,025,Мектеп,Школа,"
    "200000000,210000000,200000000,150000000,2026-06-01,Сынақ\n"
    "TKS-2024-000001,2025,oblast,611000000,261,025,Мектеп,Школа,"
    "300000000,290000000,250000000,50000000.5,2026-06-01,Сынақ\n";

static const char contracts[] =
    "contract_id,project,external_no,nature,method,supplier_bin,signed_on,"
    "value_original,value_current,end_original,end_current,status,url,as_of,"
    "source\n"
    "C-1,TKS-2024-000001,2024-1,construction,open,150240000036,2024-03-01,"
    "430000000,450000000,2025-12-31,2026-05-30,active,"
    "https://example.org/c1,2026-06-01,Сынақ\n"
    "C-2,TKS-2024-000001,2024-2,supervision,direct,150240000036,2024-03-05,"
    "5000000,5000000,2025-12-31,2025-12-31,pre-award,,2026-06-01,Сынақ\n";

static const char amendments[] =
    "amendment_id,contract_id,date,kind,old_value,new_value,rationale_kk,"
    "as_of,source\n"
    "A-1,C-1,2025-05-01,value,430000000,450000000,Бағаның өсуі,2026-06-01,"
    "Сынақ\n";

static const char places[] =
    "place_id,name_kk,name_ru,name_en,kind,district,lon,lat,population,"
    "source\n"
    "P-1,Батыс,Запад,West,city,611000000,68.5,42.5,100000,Сынақ\n"
    "P-2,Бұлақ,Булак,,village,612000000,69.5,42.5,900,Сынақ\n";

static void check(bool done, const struct err *e, const char *what)
{
	if (!done)
		fail_msg("%s: %s %s", what, e->text, e->detail);
}

/* Not known to the journal: only what a test needs to stand. */
static void write_districts(struct fixture *f)
{
	struct err e = { 0 };
	struct db *d = db_open_write(f->path, &e);

	check(d != NULL, &e, "open");
	check(db_write_begin(d, &e), &e, "begin");
	check(sql_exec(d, districts_sql, &e), &e, "districts");
	check(db_write_commit(d, &e), &e, "commit");
	db_close(d);
}

/* One moment of publication, so that answers can be compared with files. */
static void fix_time(struct fixture *f)
{
	struct err e = { 0 };
	struct db *d = db_open_write(f->path, &e);

	check(d != NULL, &e, "open");
	check(sql_exec(d, "UPDATE meta SET published = 1782864000", &e), &e,
	    "time");
	db_close(d);
}

static bool complain(void *context, const struct import_issue *s, struct err *e)
{
	(void)context;
	(void)e;
	if (s->level == IMPORT_REFUSED)
		print_error("line %ld: %.*s: %.*s\n", s->line,
		    (int)s->field.len, s->field.data, (int)s->reason.len,
		    s->reason.data);
	return true;
}

static void add_records(struct import *i, struct csv_reader *r)
{
	struct err e = { 0 };
	const struct str *fields;

	while (csv_next(r, &fields, &e) == CSV_RECORD)
		check(import_add(i, csv_line(r), fields, &e), &e, "add");
}

void fixture_import(struct fixture *f, const char *table, const char *csv)
{
	const struct import_options options = { .unit = IMPORT_TENGE,
		.today = TODAY };
	const struct journal_batch batch = { .actor = "test",
		.command = "import" };
	struct err e = { 0 };
	FILE *file = fmemopen((void *)(uintptr_t)csv, strlen(csv), "r");
	struct csv_reader *r = csv_open(file, &e);
	struct db *d = db_open_write(f->path, &e);
	struct import_counts counts;
	struct import *i;
	int64_t version;
	const struct str *columns;
	size_t n;

	check(r && d, &e, table);
	columns = csv_columns(r, &n);
	i = import_open(d, import_table_find(table), &options, columns, n, &e);
	check(i != NULL, &e, table);
	add_records(i, r);
	check(import_compare(i, &counts, &e), &e, table);
	check(import_issues(d, complain, NULL, &e), &e, table);
	assert_int_equal(counts.refused, 0);
	check(import_apply(i, &batch, &counts, &version, &e), &e, table);
	import_close(i);
	csv_close(r);
	fclose(file);
	db_close(d);
	fix_time(f);
}

static struct snapshot *build(struct fixture *f, const struct schema *schema)
{
	struct err e = { 0 };
	struct snapshot_info info = { .schema = schema, .day = TODAY };
	struct snapshot_builder *b;
	struct snapshot *s;
	struct district *list;
	struct str katos[DISTRICTS_MAX];
	struct arena a;
	bool done;

	arena_init(&a, ARENA);
	check(db_read_begin(f->db, &e), &e, "read");
	check(db_version(f->db, &info.version, &info.published, &e), &e,
	    "version");
	check(districts_list(f->db, &a, &list, &info.n_katos, &e), &e, "list");
	for (size_t i = 0; i < info.n_katos; i++)
		katos[i] = list[i].kato;
	info.katos = katos;
	b = snapshot_build_begin(NULL, &info, NULL, &e);
	check(b != NULL, &e, "build");
	if (schema == &project_schema)
		done = projects_each(
		    f->db, TODAY, NULL, snapshot_build_add, b, &e);
	else
		done = districts_each(f->db, NULL, snapshot_build_add, b, &e);
	check(done, &e, "each");
	s = snapshot_build_finish(b, &e);
	check(s != NULL, &e, "finish");
	db_read_end(f->db);
	arena_free(&a);
	return s;
}

static void drop(struct snapshot *s)
{
	if (s)
		snapshot_unref(s);
}

void fixture_rebuild(struct fixture *f)
{
	drop(f->projects_before);
	drop(f->districts);
	f->projects_before = f->projects;
	f->projects = build(f, &project_schema);
	f->districts = build(f, &district_schema);
}

void fixture_withdraw(struct fixture *f, const char *public_id)
{
	const struct journal_batch batch = {
		.actor = "test", .command = "withdraw", .reason = "A test."
	};
	const struct journal_counts counts = { .withdrawn = 1 };
	struct err e = { 0 };
	struct db *d = db_open_write(f->path, &e);
	struct journal *j;
	int64_t id, version;

	check(d != NULL, &e, "open");
	j = journal_begin(d, &batch, &e);
	check(j != NULL, &e, "begin");
	check(projects_find(d, str_from(public_id), &id, &e) &&
		  withdraw_project(d, j, id, str_from("A test."), TODAY, &e),
	    &e, "withdraw");
	check(journal_commit(j, &counts, &version, &e), &e, "commit");
	db_close(d);
	fixture_rebuild(f);
}

static void prepare(struct fixture *f)
{
	*f = (struct fixture){ .folder = "/tmp/budgetmap-test-XXXXXX",
		.today = TODAY };
	f->site = (struct site){ .base_url = "https://map.example.kz",
		.title = { "Бюджет картасы", "Карта бюджета", "Budget map" },
		.attribution = { "Облыс әкімдігі", "Акимат области",
		    "Oblast administration" },
		.licence = "CC BY 4.0",
		.licence_url = "https://creativecommons.org/licenses/by/4.0/",
		.contact = "map@example.kz",
		.tile_url = "",
		.tile_attribution = "",
		.cache_seconds = 10 };
	f->looks = kml_looks_make(f->site.base_url, NULL);
	assert_non_null(f->looks);
	f->site.looks = f->looks;
	arena_init(&f->arena, ARENA);
	db_library_init();
	f->proj = proj_open();
	assert_non_null(f->proj);
}

static void read_on(struct fixture *f)
{
	struct err e = { 0 };

	f->db = db_open_read(f->path, &e);
	check(f->db != NULL, &e, "open");
	fixture_rebuild(f);
}

void fixture_open_file(struct fixture *f, const char *path)
{
	prepare(f);
	f->kept = true;
	snprintf(f->path, sizeof(f->path), "%s", path);
	read_on(f);
}

void fixture_open(struct fixture *f)
{
	struct err e = { 0 };
	int from;

	prepare(f);
	assert_non_null(mkdtemp(f->folder));
	snprintf(f->path, sizeof(f->path), "%s/db.sqlite", f->folder);
	check(migrate_database(f->path, migrate_current(), &from, &e), &e,
	    "migrate");
	write_districts(f);
	fixture_import(f, "organisations", organisations);
	fixture_import(f, "projects", projects);
	fixture_import(f, "funding", funding);
	fixture_import(f, "contracts", contracts);
	fixture_import(f, "amendments", amendments);
	fixture_import(f, "places", places);
	read_on(f);
}

void fixture_close(struct fixture *f)
{
	static const char *const tails[] = { "", "-wal", "-shm" };
	char path[sizeof(f->path) + 8];

	drop(f->projects);
	drop(f->projects_before);
	drop(f->districts);
	db_close(f->db);
	arena_free(&f->arena);
	proj_close(f->proj);
	kml_looks_free(f->looks);
	if (f->kept)
		return;
	for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
		snprintf(path, sizeof(path), "%s%s", f->path, tails[i]);
		unlink(path);
	}
	rmdir(f->folder);
}

static char *copy_text(struct str s)
{
	char *text = calloc(1, s.len + 1);

	assert_non_null(text);
	if (s.len)
		memcpy(text, s.data, s.len);
	return text;
}

static void take(struct answer *out, struct response *r, bool may_fail)
{
	struct err e = { 0 };
	size_t at = 0;

	if (!response_fill(r, SIZE_MAX, &e) || !response_seal(r, &e)) {
		check(may_fail, &e, "seal");
		out->status = problem_status(e.code);
		return;
	}
	*out = (struct answer){ .status = r->status };
	snprintf(
	    out->media, sizeof(out->media), "%s", r->media ? r->media : "");
	snprintf(out->etag, sizeof(out->etag), "%s", r->etag);
	out->headers = copy_text(buf_str(&r->headers));
	out->len = r->length;
	out->body = calloc(1, out->len + 1);
	assert_non_null(out->body);
	for (size_t i = 0; i < r->n_pieces; i++) {
		memcpy(out->body + at, r->pieces[i].iov_base,
		    r->pieces[i].iov_len);
		at += r->pieces[i].iov_len;
	}
	assert_int_equal(at, out->len);
}

void fixture_ask(
    struct fixture *f, const char *method, const char *uri, struct answer *out)
{
	bool snapshots = f->from == FROM_SNAPSHOT;
	struct request q;
	struct response r;
	struct exchange x = { .request = &q,
		.response = &r,
		.arena = &f->arena,
		.site = &f->site,
		.db = f->from == FROM_NOTHING ? NULL : f->db,
		.proj = f->proj,
		.projects = snapshots ? f->projects : NULL,
		.districts = snapshots ? f->districts : NULL,
		.projects_before = snapshots ? f->projects_before : NULL,
		.layers = snapshots ? f->layers : NULL,
		.n_layers = snapshots ? f->n_layers : 0,
		.now = 1782900000,
		.today = TODAY };

	arena_reset(&f->arena);
	*out = (struct answer){ 0 };
	if (!request_make(&q, &f->arena, method, uri, NULL))
		return;
	q.accept = str_from(f->accept);
	q.accept_language = str_from(f->accept_language);
	q.if_none_match = str_from(f->if_none_match);
	memcpy(q.id, "0123456789abcdef", REQUEST_ID_SIZE);
	response_init(&r, &f->arena);
	if (f->body_limit)
		r.text.limit = f->body_limit;
	api_handle(&x);
	take(out, &r, f->may_fail);
	out->allowed = x.allowed;
	response_free(&r);
}

void fixture_get(struct fixture *f, const char *uri, struct answer *out)
{
	fixture_ask(f, "GET", uri, out);
}

void answer_free(struct answer *a)
{
	free(a->headers);
	free(a->body);
}
