/* The pyramid of KML files, followed as Google Earth follows it. */
#include "api_fixture.h"
#include "kml_order.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "api/kml_looks.h"
#include "base/mem.h"
#include "geo/hilbert.h"
#include "index/pyramid.h"
#include "query/project.h"
#include "sample.h"
#include "tools/dataset.h"

enum { PROJECTS = 4000, CROWD = 1201, FILES_MAX = 400, URI_SIZE = 400 };

static struct fixture fixture;

/* --- reading -------------------------------------------------------------- */

static const char *name_of(xmlNodePtr n)
{
	return (const char *)n->name;
}

static xmlNodePtr child(xmlNodePtr parent, const char *name)
{
	for (xmlNodePtr n = parent ? parent->children : NULL; n; n = n->next)
		if (n->type == XML_ELEMENT_NODE && !strcmp(name_of(n), name))
			return n;
	return NULL;
}

/* Text of a child into out; empty where there is none. */
static void text_of_child(
    xmlNodePtr parent, const char *name, char *out, size_t size)
{
	xmlNodePtr n = child(parent, name);
	xmlChar *text = n ? xmlNodeGetContent(n) : NULL;

	snprintf(out, size, "%s", text ? (const char *)text : "");
	xmlFree(text);
}

static long number_of(xmlNodePtr parent, const char *name)
{
	char text[40];

	text_of_child(parent, name, text, sizeof(text));
	return strtol(text, NULL, 10);
}

/* --- the walk ------------------------------------------------------------- */

struct totals {
	uint64_t count, missing_planned;
	int64_t planned; /* tiyn */
};

/* What one file holds. */
struct file {
	struct totals features, groups;
	int n_placemarks;
};

struct walk {
	struct fixture *fixture;
	char queue[FILES_MAX][URI_SIZE];
	uint64_t wanted[FILES_MAX]; /* how many a link said there are; 0 */
	int n, done;
	struct totals features; /* in the lowest files */
	char (*ids)[24];
	size_t n_ids;
	int groups; /* files of marks */
};

static void add_totals(struct totals *to, const struct totals *t)
{
	to->count += t->count;
	to->planned += t->planned;
	to->missing_planned += t->missing_planned;
}

/* Reads SimpleData; money becomes tiyn. */
static bool data_of(xmlNodePtr placemark, const char *name, double *out)
{
	xmlNodePtr data = child(child(placemark, "ExtendedData"), "SchemaData");

	for (xmlNodePtr n = data->children; n; n = n->next) {
		xmlChar *own = n->type == XML_ELEMENT_NODE
				   ? xmlGetProp(n, (const xmlChar *)"name")
				   : NULL;
		bool found = own && !strcmp((const char *)own, name);

		xmlFree(own);
		if (!found)
			continue;
		own = xmlNodeGetContent(n);
		*out = strtod((const char *)own, NULL);
		xmlFree(own);
		return true;
	}
	return false;
}

static void read_group(struct file *f, xmlNodePtr placemark)
{
	double count = 0, planned = 0, missing = 0;

	assert_true(data_of(placemark, "count", &count));
	data_of(placemark, "planned", &planned);
	data_of(placemark, "missing_planned", &missing);
	assert_non_null(child(placemark, "LookAt"));
	add_totals(&f->groups, &(struct totals){ (uint64_t)count,
				   (uint64_t)missing, llround(planned * 100) });
}

static void read_feature(struct walk *w, struct file *f, xmlNodePtr placemark)
{
	xmlChar *id = xmlGetProp(placemark, (const xmlChar *)"id");
	double planned = 0;
	bool known = data_of(placemark, "planned", &planned);

	assert_non_null(id);
	snprintf(w->ids[w->n_ids++], sizeof(w->ids[0]), "%s", (char *)id);
	xmlFree(id);
	add_totals(&f->features,
	    &(struct totals){ 1, known ? 0 : 1, llround(planned * 100) });
}

static void read_placemark(struct walk *w, struct file *f, xmlNodePtr n)
{
	xmlNodePtr data = child(child(n, "ExtendedData"), "SchemaData");
	xmlChar *schema = xmlGetProp(data, (const xmlChar *)"schemaUrl");

	f->n_placemarks++;
	if (!strcmp((const char *)schema, "#schema-groups"))
		read_group(f, n);
	else
		read_feature(w, f, n);
	xmlFree(schema);
}

/* The number behind the colon of a name. */
static uint64_t counted_of(const char *name)
{
	const char *at = strstr(name, ": ");
	uint64_t n = 0;

	for (; at && *at; at++)
		if (*at >= '0' && *at <= '9')
			n = n * 10 + (uint64_t)(*at - '0');
	return n;
}

static void check_region(xmlNodePtr link)
{
	xmlNodePtr region = child(link, "Region");
	xmlNodePtr lod = child(region, "Lod");
	char mode[40];

	text_of_child(child(link, "Link"), "viewRefreshMode", mode, 40);
	if (!region) {
		assert_int_equal(number_of(link, "visibility"), 0);
		assert_string_equal(mode, "");
		return;
	}
	assert_int_equal(number_of(lod, "minLodPixels"), 128);
	assert_int_equal(number_of(lod, "maxLodPixels"), -1);
	assert_string_equal(mode, "onRegion");
}

static void read_link(struct walk *w, xmlNodePtr n)
{
	const char *base = w->fixture->site.base_url;
	char href[URI_SIZE], name[200];

	text_of_child(child(n, "Link"), "href", href, sizeof(href));
	text_of_child(n, "name", name, sizeof(name));
	check_region(n);
	assert_int_equal(strncmp(href, base, strlen(base)), 0);
	assert_true(w->n < FILES_MAX);
	w->wanted[w->n] = counted_of(name);
	snprintf(
	    w->queue[w->n++], sizeof(w->queue[0]), "%s", href + strlen(base));
}

/* A folder of marks shows exactly while its link does not. */
static void check_folder(xmlNodePtr folder, xmlNodePtr link)
{
	xmlNodePtr far = child(folder, "Region"), near = child(link, "Region");
	xmlChar *a = xmlNodeGetContent(child(far, "LatLonAltBox"));
	xmlChar *b = xmlNodeGetContent(child(near, "LatLonAltBox"));

	assert_string_equal((char *)a, (char *)b);
	assert_int_equal(number_of(child(far, "Lod"), "minLodPixels"), 0);
	assert_int_equal(number_of(child(far, "Lod"), "maxLodPixels"),
	    number_of(child(near, "Lod"), "minLodPixels"));
	xmlFree(a);
	xmlFree(b);
}

static void read_container(struct walk *w, struct file *f, xmlNodePtr parent)
{
	for (xmlNodePtr n = parent->children; n; n = n->next) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (!strcmp(name_of(n), "Placemark"))
			read_placemark(w, f, n);
		else if (!strcmp(name_of(n), "NetworkLink"))
			read_link(w, n);
		else if (!strcmp(name_of(n), "Folder"))
			read_container(w, f, n);
		if (!strcmp(name_of(n), "Folder") && child(n, "Region"))
			check_folder(n, xmlNextElementSibling(n));
	}
}

static void read_file(struct walk *w, int number)
{
	struct file f = { 0 };
	struct answer a;
	xmlDocPtr doc;
	int before = w->n;

	fixture_get(w->fixture, w->queue[number], &a);
	if (a.status != 200)
		fail_msg("%s: %d %s", w->queue[number], a.status, a.body);
	assert_string_equal(a.media, "application/vnd.google-earth.kml+xml");
	kml_order_check((struct str){ a.body, a.len });
	doc = xmlReadMemory(a.body, (int)a.len, NULL, NULL, XML_PARSE_NONET);
	read_container(w, &f, child(xmlDocGetRootElement(doc), "Document"));
	xmlFreeDoc(doc);
	answer_free(&a);
	assert_true(f.n_placemarks <= PYRAMID_ROWS);
	if (w->n > before)
		w->groups++;
	else
		add_totals(&w->features, &f.features);
	if (w->wanted[number] && f.n_placemarks > 0)
		assert_int_equal(
		    f.features.count + f.groups.count, w->wanted[number]);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* Follows every link from the root. */
static void walk_all(struct walk *w, struct fixture *f, const char *root)
{
	memset(w, 0, sizeof(*w));
	w->fixture = f;
	w->ids = calloc(PROJECTS + CROWD, sizeof(*w->ids));
	snprintf(w->queue[w->n++], sizeof(w->queue[0]), "%s", root);
	while (w->done < w->n)
		read_file(w, w->done++);
	assert_int_equal(w->n_ids, w->features.count);
	qsort(w->ids, w->n_ids, sizeof(*w->ids), by_text);
	for (size_t i = 1; i < w->n_ids; i++)
		assert_string_not_equal(w->ids[i - 1], w->ids[i]);
	free(w->ids);
}

/* --- what it has to come to ----------------------------------------------- */

static struct totals stats_of(struct fixture *f, const char *query)
{
	struct totals t = { 0 };
	struct answer a;
	char uri[URI_SIZE];
	const char *total;
	double planned = 0;

	snprintf(uri, sizeof(uri), "/api/stats?%s", query);
	fixture_get(f, uri, &a);
	assert_int_equal(a.status, 200);
	total = strstr(a.body, "\"total\":");
	assert_non_null(total);
	sscanf(strstr(total, "\"count\":"), "\"count\":%" SCNu64, &t.count);
	sscanf(strstr(total, "\"planned\":"), "\"planned\":%lf", &planned);
	sscanf(strstr(total, "\"missing\":"),
	    "\"missing\":{\"planned\":%" SCNu64, &t.missing_planned);
	t.planned = llround(planned * 100);
	answer_free(&a);
	return t;
}

static void compare(struct fixture *f, const char *query)
{
	struct totals wanted = stats_of(f, query);
	struct walk w;
	char root[URI_SIZE];

	snprintf(root, sizeof(root), "/kml/projects.kml?lang=en&%s", query);
	walk_all(&w, f, root);
	assert_int_equal(w.features.count, wanted.count);
	assert_int_equal(w.features.planned, wanted.planned);
	assert_int_equal(w.features.missing_planned, wanted.missing_planned);
}

static void use_projects(struct fixture *f, struct snapshot *s)
{
	assert_non_null(s);
	snapshot_unref(f->projects);
	f->projects = s;
}

static void test_every_project_once(void **state)
{
	static const char *const queries[] = { "", "status=implementation",
		"overdue=true&category=education,health",
		"district=611600000,612000000", "district=none",
		"min_planned=100000000", "place=none", "place=located",
		"datetime=2025-01-01/2025-06-30",
		"place=located&bbox=68,42,69.2,43.5",
		"filter=planned%3E300000000%20AND%20NOT%20overdue",
		"status=implementation&filter=geometry%20IS%20NULL%20OR%20"
		"paid%3C100000000" };
	struct fixture *f = *state;
	struct dataset d;

	dataset_init(&d, DATASET_OBLAST, 21, PROJECTS);
	use_projects(f, dataset_build(&d, NULL, NULL, NULL));
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++)
		compare(f, queries[i]);
	dataset_free(&d);
}

/* Many projects without an exact place stand in one. */
static struct snapshot *build_crowd(bool placed)
{
	const struct snapshot_info info = { .schema = &project_schema,
		.version = 3 };
	struct snapshot_builder *b =
	    snapshot_build_begin(NULL, &info, NULL, NULL);
	struct value values[PROJECT_FIELDS];
	struct arena a;

	memset(values, 0, sizeof(values));
	arena_init(&a, 1 << 20);
	for (int i = 0; i < CROWD; i++) {
		struct project p = { .facts.home = DISTRICT_NONE };
		char id[24];

		snprintf(id, sizeof(id), "TKS-2026-%06d", i + 1);
		values[PROJECT_PLANNED] =
		    (struct value){ .type = VALUE_MONEY, .integer = i * 100 };
		p.facts.planned = i * 100;
		p.facts.contracted = p.facts.paid = MONEY_UNKNOWN;
		p.feature = (struct feature){ .id = i + 1,
			.public_id = str_from(id),
			.schema = &project_schema,
			.values = values };
		p.key = HILBERT_NOWHERE;
		if (placed) {
			p.feature.geom = geom_point(&a, 68.25, 43.3, NULL);
			p.anchor = (struct position){ 68.25, 43.3 };
			p.key = hilbert_of(68.25, 43.3);
		}
		assert_true(snapshot_build_add(b, &p, NULL));
		arena_reset(&a);
	}
	arena_free(&a);
	return snapshot_build_finish(b, NULL);
}

static void test_crowds_have_pages(void **state)
{
	struct fixture *f = *state;

	for (int placed = 0; placed < 2; placed++) {
		struct walk w;

		use_projects(f, build_crowd(placed));
		walk_all(&w, f, "/kml/projects.kml?lang=ru");
		assert_int_equal(w.features.count, CROWD);
		assert_int_equal(w.n, 1 + 1 + 3);
		compare(f, "min_planned=100");
	}
}

static void test_districts(void **state)
{
	struct walk w;

	walk_all(&w, *state, "/kml/districts.kml?lang=kk");
	assert_int_equal(w.features.count, 3);
	assert_int_equal(w.n, 2);
}

/* --- requests ------------------------------------------------------------- */

static const struct {
	const char *uri;
	int status;
	const char *holds, *lacks;
} cases[] = {
	{ "/kml/projects.kml", 200, "<name>Жобалар</name>", "BBOX" },
	{ "/kml/projects.kml?BBOX=", 200, "minRefreshPeriod", "BBOX" },
	{ "/kml/projects.kml?BBOX=-180,-90,180,90", 200, "NetworkLink",
	    "BBOX" },
	{ "/kml/projects.kml?bbox=", 200, "Жобалар: 8", "bbox" },
	{ "/kml/projects.kml?bbox=68,42,68.9,43&place=located&lang=en", 200,
	    "bbox=68,42,68.9,43", "none.kml" },
	{ "/kml/projects.kml?status=implementation&lang=ru", 200,
	    "status=implementation&amp;lang=ru", NULL },
	{ "/kml/projects.kml?lang=en", 200, "/img/legend-en.png", NULL },
	{ "/kml/projects.kml?q=xyz", 200, "<Document>", "NetworkLink>" },
	{ "/kml/projects.kml?q=%D0%BC%D0%B5%D0%BA%D1%82%D0%B5%D0%BF", 200,
	    "q=%D0%BC%D0%B5%D0%BA%D1%82%D0%B5%D0%BF", NULL },
	{ "/kml/districts.kml", 200, "NetworkLink", "ScreenOverlay" },
	{ "/kml/projects/none.kml?lang=en", 200, "TKS-2026-000008", NULL },
	{ "/kml/projects/0/0/0.kml?lang=en", 200, "West district (3)",
	    "NetworkLink>" },
	{ "/kml/projects/0/0/0.kml?lang=en", 200,
	    "district-611000000-completion", NULL },
	{ "/kml/projects/3/0/0.kml", 200, "Жобалар: 0", "Placemark" },
	{ "/kml/projects.kmz?colour=1", 400, NULL, NULL },
	{ "/kml/nothing.kmz", 404, NULL, NULL },
	{ "/kml/projects/0/0/0.kml?page=2", 404, NULL, NULL },
	{ "/kml/projects/0/0/0.kml?page=0", 400, NULL, NULL },
	{ "/kml/projects/0/0/0.kml?page=x", 400, NULL, NULL },
	{ "/kml/projects/0/1/0.kml", 404, NULL, NULL },
	{ "/kml/projects/23/0/0.kml", 404, NULL, NULL },
	{ "/kml/projects/a/0/0.kml", 400, NULL, NULL },
	{ "/kml/projects.kml?BBOX=1,2,3", 400, NULL, NULL },
	{ "/kml/projects.kml?BBOX=a,b,c,d", 400, NULL, NULL },
	{ "/kml/projects.kml?limit=5", 400, NULL, NULL },
	{ "/kml/projects.kml?utm_source=x", 400, NULL, NULL },
	{ "/kml/projects.kml?lang=de", 400, NULL, NULL },
	{ "/kml/projects.kml?status=", 400, NULL, NULL },
	{ "/kml/projects.kml?lang=kk&lang=ru", 400, NULL, NULL },
	{ "/kml/districts.kml?status=implementation", 400, NULL, NULL },
	{ "/kml/nothing.kml", 404, NULL, NULL },
	{ "/kml/nothing/0/0/0.kml", 404, NULL, NULL },
	{ "/kml/projects", 404, NULL, NULL },
	{ "/kml/", 404, NULL, NULL },
};

static void test_requests(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct answer a;

		fixture_get(*state, cases[i].uri, &a);
		if (a.status != cases[i].status)
			fail_msg("%s: %d %s", cases[i].uri, a.status, a.body);
		if (cases[i].holds && !strstr(a.body, cases[i].holds))
			fail_msg("%s: no %s in\n%s", cases[i].uri,
			    cases[i].holds, a.body);
		if (cases[i].lacks && strstr(a.body, cases[i].lacks))
			fail_msg("%s: %s in\n%s", cases[i].uri, cases[i].lacks,
			    a.body);
		if (a.status == 200)
			kml_order_check((struct str){ a.body, a.len });
		else
			assert_string_equal(
			    a.media, "application/problem+json");
		answer_free(&a);
	}
}

/* What the site has ready is what would be made. */
static void test_ready(void **state)
{
	static const char *const uris[] = {
		"/kml/projects/8/176/94.kml?lang=kk",
		"/kml/projects/8/176/94.kml?lang=ru",
		"/kml/projects/8/176/94.kml?lang=en",
		"/kml/districts/0/0/0.kml?lang=ru",
		"/api/collections/projects/items?f=kml&lang=en",
		"/api/collections/districts/items?f=kml&lang=kk",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(uris) / sizeof(uris[0]); i++) {
		struct answer ready, made;

		fixture_get(f, uris[i], &ready);
		f->site.looks = NULL;
		fixture_get(f, uris[i], &made);
		f->site.looks = f->looks;
		assert_int_equal(ready.status, 200);
		assert_string_equal(ready.body, made.body);
		answer_free(&ready);
		answer_free(&made);
	}
}

static void test_no_memory(void **state)
{
	struct kml_looks *l = NULL;

	(void)state;
	for (long i = 0; !l; i++) {
		struct err e = { .code = ERR_NONE };

		mem_fail_after(i);
		l = kml_looks_make("https://map.example.kz", &e);
		mem_fail_after(-1);
		assert_int_equal(e.code, l ? ERR_NONE : ERR_MEMORY);
	}
	kml_looks_free(l);
}

/* Files without filters keep their tag until something near them changes. */
static void test_tags(void **state)
{
	static const struct {
		const char *uri;
		bool kept;
	} files[] = {
		{ "/kml/projects.kml?lang=ru", false },
		{ "/kml/projects/8/176/94.kml?lang=ru", true },
		{ "/kml/projects/8/177/93.kml?lang=ru", false },
	};
	struct fixture *f = *state;
	struct answer before[3], after;

	for (int i = 0; i < 3; i++)
		fixture_get(f, files[i].uri, &before[i]);
	/* TKS-2026-000006 lies at 69.5, 43.5. */
	fixture_import(f, "projects",
	    "id,title_kk,status,work_kind\n"
	    "TKS-2026-000006,Жаңа атау,completion,new_build\n");
	fixture_rebuild(f);
	for (int i = 0; i < 3; i++) {
		fixture_get(f, files[i].uri, &after);
		assert_int_equal(after.status, 200);
		if (strcmp(before[i].etag, after.etag) == 0)
			assert_true(files[i].kept);
		else
			assert_false(files[i].kept);
		answer_free(&before[i]);
		f->if_none_match = after.etag;
		fixture_get(f, files[i].uri, &before[i]);
		assert_int_equal(before[i].len, 0);
		f->if_none_match = NULL;
		answer_free(&before[i]);
		answer_free(&after);
	}
}

static int open_fixture(void **state)
{
	fixture_open(&fixture);
	*state = &fixture;
	return 0;
}

static int close_fixture(void **state)
{
	fixture_close(*state);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_requests),
		cmocka_unit_test(test_districts),
		cmocka_unit_test(test_ready),
		cmocka_unit_test(test_no_memory),
		cmocka_unit_test(test_tags),
		cmocka_unit_test(test_every_project_once),
		cmocka_unit_test(test_crowds_have_pages),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
