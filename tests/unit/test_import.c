#include "store/import.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "format/csv_read.h"
#include "tools/store_file.h"

enum { REPORT = 4096, WEST_KATO = 1000000, EAST_KATO = 2000000 };

/* A database with two districts, side by side, and what an import said. */
struct state {
	struct store_file file;
	struct db *db;
	char report[REPORT]; /* "line field reason" a line */
	struct import_counts counts;
	struct err error;
	struct import_options options;
};

static int setup(void **state)
{
	static struct state s;

	memset(&s, 0, sizeof(s));
	store_file_make(&s.file, STORE_CURRENT);
	s.db = store_file_write(&s.file);
	store_add_district(
	    s.db, WEST_KATO, (struct bbox){ 68, 43, 69, 44 }, false);
	store_add_district(
	    s.db, EAST_KATO, (struct bbox){ 69, 43, 70, 44 }, false);
	s.options = (struct import_options){ .unit = IMPORT_TENGE,
		.source = "test",
		.as_of = 20260101,
		.today = 20260315 };
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

static bool note(void *context, const struct import_issue *issue, struct err *e)
{
	struct state *s = context;
	size_t len = strlen(s->report);

	(void)e;
	snprintf(s->report + len, REPORT - len, "%ld %.*s %.*s\n", issue->line,
	    (int)issue->field.len, issue->field.len ? issue->field.data : "",
	    (int)issue->reason.len, issue->reason.data);
	return true;
}

static bool read_all(struct state *s, struct import *i, struct csv_reader *csv)
{
	const struct str *fields;
	enum csv_result result;
	struct err why = { .code = ERR_NONE };

	while ((result = csv_next(csv, &fields, &why)) != CSV_END) {
		bool done =
		    result == CSV_RECORD
			? import_add(i, csv_line(csv), fields, &s->error)
			: import_refuse(i, csv_line(csv), why.text, &s->error);

		err_clear(&why);
		if (!done)
			return false;
	}
	return import_compare(i, &s->counts, &s->error);
}

/* As the command does it; false with s->error set when the file as a whole
 * cannot be taken. */
static bool take(
    struct state *s, const char *kind, const char *text, bool skip_refused)
{
	static const struct journal_batch batch = { .actor = "test",
		.command = "import" };
	char copy[8192];
	FILE *file;
	struct csv_reader *csv;
	struct import *i = NULL;
	const struct str *columns;
	size_t n;
	int64_t version;
	bool done = false;

	snprintf(copy, sizeof(copy), "%s", text);
	s->report[0] = '\0';
	s->counts = (struct import_counts){ .records = 0 };
	err_clear(&s->error);
	file = fmemopen(copy, strlen(copy), "r");
	csv = csv_open(file, &s->error);
	if (csv) {
		columns = csv_columns(csv, &n);
		i = import_open(s->db, import_table_find(kind), &s->options,
		    columns, n, &s->error);
	}
	done = i && read_all(s, i, csv);
	if (done && (s->counts.refused == 0 || skip_refused))
		done = import_apply(i, &batch, &s->counts, &version, &s->error);
	if (done)
		assert_true(import_issues(s->db, note, s, &s->error));
	import_close(i);
	csv_close(csv);
	fclose(file);
	return done;
}

static void must_take(struct state *s, const char *kind, const char *text)
{
	if (!take(s, kind, text, false) || s->counts.refused > 0)
		fail_msg("%s %s %s", s->error.text, s->error.detail, s->report);
}

#define HEAD "id,title_ru,status,category,work_kind"
#define BODY(id) id ",Школа,preparation,education,new_build"

/* What one record of projects.csv says: counts and what the report has. */
static const struct {
	const char *columns, *cells; /* after those of HEAD */
	int refused, warnings;
	const char *said; /* part of the report, NULL: nothing */
} records[] = {
	{ "", "", 0, 0, NULL },
	{ ",planned", ",100", 0, 1, "0 planned the unit" },
	{ ",planned", ",-100000000", 1, 0, "2 planned is" },
	{ ",planned", ",1.234", 1, 0, "at most two decimals" },
	{ ",planned_start,planned_end", ",2026-02-01,2026-01-01", 1, 0,
	    "2 planned_end is before planned_start" },
	{ ",planned_start,planned_end", ",2026-01-01,2026-01-01", 0, 0, NULL },
	{ ",planned_end", ",2026-02-30", 1, 0, "2 planned_end is not" },
	{ ",district", ",611000000", 0, 0, NULL },
	{ ",district", ",611010000", 0, 0, NULL },
	{ ",district", ",610000000", 0, 0, NULL },
	{ ",district", ",619900000", 1, 0, "2 district is not" },
	{ ",district", ",511000000", 1, 0, "61 now" },
	{ ",district", ",61100000", 1, 0, "nine digits" },
	{ ",lon,lat", ",68.5,43.5", 0, 0, NULL },
	{ ",lon,lat", ",43.5,68.5", 1, 0, "exchanged" },
	{ ",X,Y", ",43.5,68.5", 1, 0, "exchanged" }, /* as GDAL calls them */
	{ ",LON,Lat", ",43.5,68.5", 1, 0, "exchanged" },
	{ ",X,Y", ",east,43.5", 1, 0, "2 x is not" },
	{ ",x,lat", ",68.5,43.5", 0, 0, NULL },
	{ ",WKT", ",\"LINESTRING (68.5 43.5)\"", 1, 0, "2 wkt is not" },
	{ ",planned_start", ",2026/02/30", 1, 0, "2 planned_start is not" },
	{ ",years,Planned_End", ",\"(2:2026,2027)\",2026/01/31", 0, 0, NULL },
	{ ",lon,lat", ",168.5,43.5", 0, 1, "lies in no district" },
	{ ",lon,lat", ",168.5,93.5", 1, 0, "2 lat is not from" },
	{ ",lon,lat", ",68.5,", 1, 0, "2 lat is missing" },
	{ ",lon", ",68.5", 1, 0, "go together" },
	{ ",lon,lat,wkt", ",68.5,43.5,POINT (68.5 43.5)", 1, 0,
	    "give one of them" },
	{ ",lon,lat,district", ",68.5,43.5,611000000", 0, 0, NULL },
	{ ",lon,lat,district", ",69.5,43.5,611000000", 0, 1,
	    "2 district contradicts the place, which is 40." },
	{ ",wkt", ",\"LINESTRING (68.5 43.5, 69.5 43.5)\"", 0, 0, NULL },
	{ ",wkt", ",\"LINESTRING (68.5 43.5)\"", 1, 0, "2 wkt is not" },
	{ ",wkt",
	    ",\"POLYGON ((68.1 43.1, 68.2 43.2, 68.2 43.1, "
	    "68.1 43.2, 68.1 43.1))\"",
	    1, 0, "not a valid geometry: Self-intersection" },
	{ ",customer_bin", ",150140000002", 1, 0,
	    "2 customer_bin is not among" },
	{ ",customer_bin", ",900101300007", 1, 0, "person" },
	{ ",facility", ",F-1", 1, 0, "2 facility is not among" },
	{ ",description_ru", ",тел. 900101300007", 1, 0, "person" },
	{ ",years,budget_levels", ",2026;2027,oblast", 0, 0, NULL },
	{ ",planned", ",900101300007", 1, 0, "2 planned holds a p" },
	{ ",planned", ",900 101 300 007", 1, 0, "person" },
	{ ",planned", ",900101300008", 0, 1, "0 planned the unit" },
	{ ",capacity_planned", ",900101300007", 1, 0, "person" },
	{ ",lon,lat", ",68.900101300007,43.5", 0, 0, NULL },
	{ ",progress", ",101", 1, 0, "2 progress is not from" },
	{ ",overdue,customer_kk", ",true,Мектеп", 0, 0, NULL },
};

static void projects_are_checked(void **state)
{
	struct state *s = *state;

	for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++) {
		char text[1000];

		snprintf(text, sizeof(text),
		    HEAD "%s\n" BODY("TKS-2026-%06zu") "%s\n",
		    records[i].columns, i + 1, records[i].cells);
		if (!take(s, "projects", text, false))
			fail_msg("%s: %s", text, s->error.text);
		if (s->counts.refused != records[i].refused ||
		    s->counts.warnings != records[i].warnings ||
		    (records[i].said && !strstr(s->report, records[i].said)))
			fail_msg("%s%s", text, s->report);
		assert_int_equal(s->counts.created, !records[i].refused);
		assert_null(strstr(s->report, "900101300007"));
	}
}

/* A cell that is refused is not said to be missing besides. */
static void what_is_wrong_is_told_once(void **state)
{
	struct state *s = *state;

	assert_true(take(s, "projects",
	    HEAD ",lon,lat\n" BODY("TKS-2026-1") ",68.5,43.5\n" BODY(
		"TKS-2026-000001") ",68.5,north\n",
	    false));
	assert_string_equal(s->report,
	    "2 id is not an id like TKS-2026-000123\n"
	    "3 lat is not a number\n");
}

/* Among records of the right unit one of a wrong one is told. */
static void a_thousandfold_is_told(void **state)
{
	struct state *s = *state;
	static const struct {
		const char *planned, *said;
	} cases[] = {
		{ "50000000", NULL },
		{ "50000000000", "2 planned is a thousand times what" },
		{ "50000000", "2 planned is a thousandth of what" },
		{ "50001000", NULL },
		{ "0", NULL },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[200];

		snprintf(text, sizeof(text),
		    HEAD ",planned\n" BODY("TKS-2026-000001") ",%s\n",
		    cases[i].planned);
		must_take(s, "projects", text);
		if (cases[i].said ? !strstr(s->report, cases[i].said)
				  : !!strstr(s->report, "thousand times"))
			fail_msg("%s%s", text, s->report);
	}
}

static void whole_files_are_refused(void **state)
{
	struct state *s = *state;
	static const struct {
		const char *kind, *text, *said;
		int64_t unit;
	} cases[] = {
		{ "projects", HEAD ",colour\n", "no column \"colour\"", 100 },
		{ "projects", HEAD ",900101300007\n", "Column 6", 100 },
		{ "projects", HEAD ",geom\n", "geom", 100 },
		{ "projects", HEAD ",lon,LON,lat\n", "\"lon\" stands twice",
		    100 },
		{ "projects", HEAD ",planned\n" BODY("TKS-2026-000001") ",5\n",
		    "say --unit", 0 },
		{ "contracts", "project\n", "\"contract_id\" is missing", 100 },
		{ "places", "name_kk\n", "\"place_id\" is missing", 100 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		s->options.unit = cases[i].unit;
		assert_false(take(s, cases[i].kind, cases[i].text, false));
		assert_int_equal(s->error.code, ERR_INPUT);
		if (!strstr(s->error.text, cases[i].said))
			fail_msg("%s", s->error.text);
	}
	s->options.unit = 0;
	must_take(
	    s, "projects", HEAD ",planned\n" BODY("TKS-2026-000001") ",\n");
}

static void nothing_is_applied_when_one_is_refused(void **state)
{
	struct state *s = *state;
	static const char text[] = HEAD "\n" BODY("TKS-2026-000001") "\n" BODY(
	    "TKS-2026-000001") "\n"
			       "TKS-2026-000003,,preparation,education,new_"
			       "build\n"
			       "TKS-2026-000004,Школа,nonsense,education,new_"
			       "build\n"
			       "TKS-2026-000005,Школа,preparation\n" BODY(
				   "TKS-2026-000006") "\n";

	assert_true(take(s, "projects", text, false));
	assert_int_equal(s->counts.records, 6);
	assert_int_equal(s->counts.refused, 4);
	assert_int_equal(s->counts.created, 2);
	assert_non_null(strstr(s->report, "3 id is a record that stands in "
					  "line 2 already"));
	assert_non_null(strstr(s->report, "4 title_kk is missing"));
	assert_non_null(strstr(s->report, "5 status is not one"));
	assert_non_null(strstr(s->report, "6  "));
	assert_int_equal(
	    store_number(s->db, "SELECT count(*) FROM project"), 0);
	assert_int_equal(
	    store_number(s->db, "SELECT data_version FROM meta"), 0);
	assert_true(take(s, "projects", text, true));
	assert_int_equal(
	    store_number(s->db, "SELECT count(*) FROM project"), 2);
	assert_int_equal(
	    store_number(s->db, "SELECT refused FROM journal_batch"), 4);
}

static void only_what_changed_is_written(void **state)
{
	struct state *s = *state;
	static const char first[] =
	    HEAD ",title_kk,planned_end,district,lon,lat,planned\n" BODY(
		"TKS-2026-000001") ",Мектеп,2026-12-31,611000000,68.5,43.5,"
				   "50000000\n" BODY(
				       "TKS-2026-000002") ",Мектеп,,,,,\n";

	must_take(s, "projects", first);
	assert_int_equal(s->counts.created, 2);
	must_take(s, "projects", first);
	assert_int_equal(s->counts.unchanged, 2);
	assert_int_equal(
	    store_number(s->db, "SELECT count(*) FROM journal_batch"), 1);
	/* columns that the file does not have stay; so do other records */
	must_take(s, "projects",
	    "id,status,planned_end\nTKS-2026-000001,implementation,"
	    "2027-06-30\n");
	assert_int_equal(s->counts.changed, 1);
	assert_int_equal(store_number(s->db,
			     "SELECT count(*) FROM project WHERE "
			     "public_id = 'TKS-2026-000001' AND status = 2 AND "
			     "title_kk = 'Мектеп' AND planned_end = 20270630 "
			     "AND first_planned_end = 20261231 AND "
			     "planned = 5000000000 AND change = 2"),
	    1);
	assert_int_equal(
	    store_number(s->db, "SELECT count(*) FROM journal_change WHERE "
				"body LIKE '%planned_end%2027%2026%' AND "
				"body NOT LIKE '%title%'"),
	    1);
	/* an empty cell takes away, but not the first end */
	must_take(s, "projects",
	    "id,planned_end,first_planned_end,planned\n"
	    "TKS-2026-000001,,2027-01-01,\n");
	assert_non_null(
	    strstr(s->report, "2 first_planned_end stays as it was"));
	assert_int_equal(store_number(s->db,
			     "SELECT count(*) FROM project WHERE planned_end "
			     "IS NULL AND first_planned_end = 20261231 AND "
			     "planned IS NULL AND public_id LIKE '%1'"),
	    1);
}

static void ids_are_found_or_made(void **state)
{
	struct state *s = *state;

	must_take(s, "projects", HEAD "\n" BODY("TKS-2026-000041") "\n");
	must_take(s, "projects",
	    "source_system,source_ref,title_ru,status,category,work_kind,"
	    "approval_date\n"
	    "gp,7,Школа,preparation,education,new_build,\n"
	    "gp,8,Школа,preparation,education,new_build,2025-05-05\n"
	    ",,Школа,preparation,education,new_build,\n");
	assert_int_equal(s->counts.created, 3);
	assert_non_null(strstr(s->report, "2 id TKS-2026-000042"));
	assert_non_null(strstr(s->report, "3 id TKS-2025-000001"));
	assert_non_null(strstr(s->report, "4 id TKS-2026-000043"));
	assert_non_null(strstr(s->report, "0 id some records have neither"));
	must_take(s, "projects",
	    "source_system,source_ref,status\ngp,7,completion\n");
	assert_int_equal(s->counts.changed, 1);
	/* one key, two records */
	assert_true(take(s, "projects",
	    "id,source_system,source_ref,status\n"
	    "TKS-2026-000041,gp,7,completion\n"
	    "TKS-2026-000043,x,,completion\n",
	    false));
	assert_non_null(strstr(
	    s->report, "2 source_ref belongs to a project with another id"));
	assert_non_null(
	    strstr(s->report, "3 source_ref source_system and source_ref go"));
	/* id and reference name the same record */
	assert_true(take(s, "projects",
	    "id,source_system,source_ref,status\n"
	    "TKS-2026-000042,,,completion\n,gp,7,preparation\n",
	    false));
	assert_non_null(
	    strstr(s->report, "3 id is the record of an earlier line"));
}

static void withdrawn_ids_stay_withdrawn(void **state)
{
	struct state *s = *state;
	static const char one[] = "id,status\nTKS-2026-000001,completion\n";

	must_take(s, "projects",
	    HEAD ",district\n" BODY("TKS-2026-000001") ",611000000\n" BODY(
		"TKS-2026-000002") ",611000000\n" BODY("TKS-2026-000003") ",612"
									  "0000"
									  "00"
									  "\n");
	s->options.replace = IMPORT_REPLACE_KATO;
	must_take(s, "projects",
	    "id,district,status\nTKS-2026-000002,611000000,preparation\n");
	assert_int_equal(s->counts.withdrawn, 1);
	assert_int_equal(s->counts.unchanged, 1);
	s->options.replace = IMPORT_KEEP;
	assert_int_equal(store_number(s->db,
			     "SELECT count(*) FROM project WHERE "
			     "state = 'withdrawn' AND withdrawn_on = 20260315 "
			     "AND public_id = 'TKS-2026-000001'"),
	    1);
	assert_true(take(s, "projects", one, false));
	assert_non_null(strstr(s->report, "2 id is withdrawn"));
	assert_true(take(s, "documents",
	    "document_id,project,document_type\n"
	    "d,TKS-2026-000001,contractSigned\n",
	    false));
	assert_non_null(strstr(s->report, "2 project is withdrawn"));
	s->options.restore = true;
	must_take(s, "projects", one);
	assert_int_equal(
	    store_number(s->db, "SELECT count(*) FROM project WHERE "
				"state = 'published'"),
	    3);
}

static void scopes_need_clean_files(void **state)
{
	struct state *s = *state;
	static const char text[] =
	    HEAD ",source\n" BODY("TKS-2026-000001") ",a\n" BODY(
		"TKS-2026-000002") ",a\n" BODY("TKS-2026-000003") ",b\n";

	must_take(s, "projects", text);
	s->options.replace = IMPORT_REPLACE_SOURCE;
	assert_false(take(
	    s, "projects", "id,source\nTKS-2026-000001,a\nTKS-x,a\n", true));
	assert_non_null(strstr(s->error.text, "cannot be told"));
	must_take(s, "projects", "id,source\nTKS-2026-000001,a\n");
	assert_int_equal(s->counts.withdrawn, 1);
	assert_false(take(s, "organisations",
	    "bin,kind,name_ru\n150140000002,company,А\n", false));
	assert_non_null(strstr(s->error.text, "never withdrawn"));
	s->options.replace = IMPORT_REPLACE_KATO;
	assert_false(take(s, "projects", "id\nTKS-2026-000001\n", false));
	assert_non_null(strstr(s->error.text, "column \"district\""));
}

static void sole_traders_lose_their_number(void **state)
{
	struct state *s = *state;
	static const char text[] =
	    "bin,kind,name_ru,external_id\n"
	    "150140000002,company,ТОО А,\n"
	    "900101300007,individual_entrepreneur,ИП Б,IP-1\n"
	    "900101300007,individual_entrepreneur,ИП В,\n";

	must_take(s, "organisations", text);
	assert_int_equal(s->counts.created, 3);
	assert_int_equal(s->counts.warnings, 2);
	assert_int_equal(
	    store_number(s->db, "SELECT count(*) FROM organisation WHERE "
				"is_person = 1 AND bin IS NULL"),
	    2);
	must_take(s, "organisations", text);
	assert_int_equal(s->counts.unchanged, 3);
	assert_true(take(s, "organisations",
	    "bin,kind,name_ru\n900101300007,company,ТОО Г\n", false));
	assert_int_equal(s->counts.refused, 1);
	must_take(s, "projects",
	    HEAD ",contractor_bin\n" BODY("TKS-2026-000001") ",IP-1\n");
	/* what the service exports of it: no number, a name */
	must_take(s, "projects",
	    "id,contractor_bin,contractor_ru\nTKS-2026-000001,,ИП Б\n");
	assert_int_equal(s->counts.unchanged, 1);
	must_take(s, "projects",
	    "id,contractor_bin,contractor_ru\nTKS-2026-000001,,\n");
	assert_int_equal(s->counts.changed, 1);
	assert_int_equal(
	    store_number(s->db, "SELECT count(*) FROM journal_change WHERE "
				"body LIKE '%900101300007%'"),
	    0);
}

static void tables_win_over_summaries(void **state)
{
	struct state *s = *state;
	static const char sums[] =
	    "id,contracted,paid\nTKS-2026-000001,500000000,400000000\n";

	must_take(s, "projects", HEAD "\n" BODY("TKS-2026-000001") "\n");
	must_take(s, "projects", sums);
	must_take(s, "contracts",
	    "contract_id,project,status,value_current\n"
	    "c1,TKS-2026-000001,active,600000000\n");
	assert_non_null(
	    strstr(s->report, "0 contracted of project TKS-2026-000001"));
	assert_int_equal(
	    store_number(s->db, "SELECT contracted FROM project"), 60000000000);
	must_take(s, "projects", sums);
	assert_int_equal(s->counts.unchanged, 1);
	assert_non_null(strstr(s->report, "2 contracted differs from the sum"));
	/* what is shown, read back, changes nothing */
	must_take(s, "projects",
	    "id,contracted,paid\nTKS-2026-000001,600000000,400000000\n");
	assert_int_equal(s->counts.unchanged, 1);
	assert_int_equal(s->counts.warnings, 0);
}

static void parts_belong_to_their_project(void **state)
{
	struct state *s = *state;

	must_take(s, "organisations",
	    "bin,kind,name_ru\n150140000002,company,А\n"
	    "150140000305,company,Б\n");
	must_take(s, "projects",
	    HEAD
	    "\n" BODY("TKS-2026-000001") "\n" BODY("TKS-2026-000002") "\n");
	must_take(s, "funding",
	    "project,fiscal_year,budget_level,planned\n"
	    "TKS-2026-000001,2026,oblast,100000000\n"
	    "TKS-2026-000001,2027,oblast,100000000\n");
	must_take(s, "funding",
	    "project,fiscal_year,budget_level,planned\n"
	    "TKS-2026-000001,2026,oblast,150000000\n");
	assert_int_equal(s->counts.changed, 1);
	assert_int_equal(
	    store_number(s->db, "SELECT planned FROM project WHERE id = 1"),
	    25000000000);
	must_take(s, "contracts",
	    "contract_id,project,status,value_current,supplier_bin\n"
	    "c1,TKS-2026-000001,active,600000000,"
	    "150140000305;150140000002\n");
	assert_int_equal(
	    store_number(s->db, "SELECT count(*) FROM contract_supplier"), 2);
	must_take(
	    s, "contracts", "contract_id,supplier_bin\nc1,150140000002\n");
	assert_int_equal(
	    store_number(s->db, "SELECT count(*) FROM contract_supplier"), 1);
	assert_true(take(s, "payments",
	    "payment_id,project,contract_id,date,amount\n"
	    "p1,TKS-2026-000002,c1,2026-05-05,100000000\n"
	    "p2,TKS-2026-000001,c1,2026-05-05,-100000000\n"
	    "p3,TKS-2026-000001,c9,2026-05-05,1\n",
	    false));
	assert_non_null(strstr(
	    s->report, "2 contract_id is a contract of another project"));
	assert_non_null(strstr(s->report, "4 contract_id is not among"));
	assert_int_equal(s->counts.refused, 2);
	/* the money moves with the contract */
	must_take(s, "contracts", "contract_id,project\nc1,TKS-2026-000002\n");
	assert_int_equal(
	    store_number(s->db, "SELECT coalesce(contracted, -1) FROM project "
				"WHERE id = 1"),
	    -1);
	assert_int_equal(
	    store_number(s->db, "SELECT contracted FROM project WHERE id = 2"),
	    60000000000);
}

static void parts_can_be_replaced(void **state)
{
	struct state *s = *state;

	must_take(s, "projects", HEAD "\n" BODY("TKS-2026-000001") "\n");
	must_take(s, "funding",
	    "project,fiscal_year,budget_level,planned\n"
	    "TKS-2026-000001,2026,oblast,100000000\n"
	    "TKS-2026-000001,2027,oblast,100000000\n");
	s->options.replace = IMPORT_REPLACE_SOURCE;
	must_take(s, "funding",
	    "project,fiscal_year,budget_level,planned\n"
	    "TKS-2026-000001,2027,oblast,100000000\n");
	assert_int_equal(s->counts.withdrawn, 1);
	assert_int_equal(
	    store_number(s->db, "SELECT planned FROM project"), 10000000000);
	assert_int_equal(
	    store_number(s->db, "SELECT count(*) FROM journal_change WHERE "
				"op = 'withdraw' AND body LIKE '%2026%'"),
	    1);
}

static void wrong_units_are_noticed(void **state)
{
	struct state *s = *state;
	char text[4000] = HEAD ",planned\n";

	for (int i = 0; i < 20; i++) {
		size_t len = strlen(text);

		snprintf(text + len, sizeof(text) - len,
		    BODY("TKS-2026-%06d") ",%d00000000\n", i + 1, i + 1);
	}
	must_take(s, "projects", text);
	assert_int_equal(s->counts.warnings, 0);
	must_take(s, "projects", "id,planned\nTKS-2026-000001,1200000\n");
	assert_non_null(strstr(s->report, "are they in thousands of tenge?"));
	s->options.unit = IMPORT_THOUSAND_TENGE;
	must_take(s, "projects", "id,planned\nTKS-2026-000001,900000000\n");
	assert_non_null(strstr(s->report, "are they in tenge?"));
	must_take(s, "projects", "id,planned\nTKS-2026-000001,950000\n");
	assert_int_equal(s->counts.warnings, 0);
}

/* What the whole record says of a project's end, and of whom it belongs to. */
static void projects_tell_how_they_ended(void **state)
{
	struct state *s = *state;
	static const char file[] =
	    HEAD ",purpose_ru,substatus_kk,end_reason_ru,final_cost,"
		 "final_cost_reason_ru,final_scope_kk,operator_bin,"
		 "responsible_title,parent\n" BODY(
		     "TKS-2026-000002") ",Зачем,"
					"Тексерілуде,Погода,7000000.50,Цены,"
					"180 орын,150140000002,"
					"Начальник отдела,TKS-2026-000001\n";

	must_take(
	    s, "organisations", "bin,kind,name_ru\n150140000002,company,А\n");
	must_take(s, "projects", HEAD "\n" BODY("TKS-2026-000001") "\n");
	must_take(s, "projects", file);
	assert_int_equal(s->counts.created, 1);
	must_take(s, "projects", file);
	assert_int_equal(s->counts.unchanged, 1);
	assert_int_equal(
	    store_number(s->db,
		"SELECT final_cost FROM project WHERE purpose_ru = 'Зачем' "
		"AND substatus_kk = 'Тексерілуде' AND end_reason_ru = "
		"'Погода' AND final_cost_reason_ru = 'Цены' AND "
		"final_scope_kk = '180 орын' AND operator_id = 1 AND "
		"parent_id = 1 AND responsible_title = 'Начальник отдела'"),
	    700000050);
	assert_true(take(s, "projects",
	    "id,parent\nTKS-2026-000001,TKS-2026-000001\n", true));
	assert_non_null(strstr(s->report, "2 parent is the project itself"));
	assert_true(take(
	    s, "projects", "id,parent\nTKS-2026-000001,TKS-2026-9\n", true));
	assert_int_equal(s->counts.refused, 1);
}

/* A connection that may only look compares, but writes nothing. */
static void a_preview_writes_nothing(void **state)
{
	struct state *s = *state;
	struct db *mine = s->db;
	struct err e = { .code = ERR_NONE };

	s->db = db_open_preview(s->file.path, &e);
	assert_non_null(s->db);
	assert_false(
	    take(s, "projects", HEAD "\n" BODY("TKS-2026-000001") "\n", false));
	assert_int_equal(s->counts.created, 1);
	assert_int_equal(s->error.code, ERR_SYSTEM);
	db_close(s->db);
	s->db = mine;
	assert_int_equal(
	    store_number(s->db, "SELECT count(*) FROM project"), 0);
}

/* Somebody else publishes between the report and the writing: where somebody
 * said yes to the report nothing is written. */
static void check_meanwhile(struct state *s, bool exact)
{
	static const struct journal_batch batch = { .actor = "test",
		.command = "import" };
	static const struct str columns[] = { { "id", 2 }, { "title_ru", 8 },
		{ "status", 6 }, { "category", 8 }, { "work_kind", 9 } };
	static const struct str cells[] = { { "TKS-2026-000001", 15 },
		{ "A", 1 }, { "preparation", 11 }, { "education", 9 },
		{ "new_build", 9 } };
	struct db *other = store_file_write(&s->file), *mine = s->db;
	struct import *i;
	int64_t version;

	s->options.exact = exact;
	i = import_open(mine, import_table_find("projects"), &s->options,
	    columns, 5, &s->error);
	assert_non_null(i);
	assert_true(import_add(i, 2, cells, &s->error));
	assert_true(import_compare(i, &s->counts, &s->error));
	assert_int_equal(s->counts.created, 1);
	s->db = other;
	must_take(s, "projects", HEAD "\n" BODY("TKS-2026-000001") "\n");
	assert_int_equal(
	    import_apply(i, &batch, &s->counts, &version, &s->error), !exact);
	assert_int_equal(s->error.code, exact ? ERR_CONFLICT : ERR_NONE);
	assert_int_equal(s->counts.created, 0);
	assert_int_equal(s->counts.changed, 1);
	import_close(i);
	assert_int_equal(store_number(other, "SELECT data_version FROM meta"),
	    exact ? 1 : 2);
	db_close(other);
	s->db = mine;
}

static void changes_meanwhile_are_seen(void **state)
{
	check_meanwhile(*state, false);
}

static void changes_meanwhile_need_a_new_report(void **state)
{
	check_meanwhile(*state, true);
}

/* Whichever allocation fails, nothing is applied by halves. A buffer does not
 * tell want of memory from its limit. */
static void memory_runs_out(void **state)
{
	struct state *s = *state;
	static const char text[] = HEAD
	    ",lon,lat,years\n" BODY("TKS-2026-000001") ",68.5,43.5,2026\n" BODY(
		"TKS-2026-000002") ",,,\n";
	long failed = 0;
	bool done = false;

	/* statements and lists that stay with the connection */
	must_take(s, "projects", HEAD "\n" BODY("TKS-2026-000009") "\n");
	while (!done) {
		mem_fail_after(failed);
		done = take(s, "projects", text, false);
		mem_fail_after(-1);
		if (!done)
			if (s->error.code != ERR_MEMORY &&
			    s->error.code != ERR_LIMIT)
				fail_msg("%ld: %s", failed, s->error.text);
		assert_int_equal(
		    store_number(s->db, "SELECT count(*) FROM project"),
		    done ? 3 : 1);
		failed++;
	}
	assert_true(failed > 10);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(projects_are_checked),
		TEST(what_is_wrong_is_told_once),
		TEST(a_thousandfold_is_told),
		TEST(whole_files_are_refused),
		TEST(nothing_is_applied_when_one_is_refused),
		TEST(only_what_changed_is_written),
		TEST(ids_are_found_or_made),
		TEST(withdrawn_ids_stay_withdrawn),
		TEST(scopes_need_clean_files),
		TEST(sole_traders_lose_their_number),
		TEST(tables_win_over_summaries),
		TEST(parts_belong_to_their_project),
		TEST(parts_can_be_replaced),
		TEST(wrong_units_are_noticed),
		TEST(projects_tell_how_they_ended),
		TEST(a_preview_writes_nothing),
		TEST(changes_meanwhile_are_seen),
		TEST(changes_meanwhile_need_a_new_report),
		TEST(memory_runs_out),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
