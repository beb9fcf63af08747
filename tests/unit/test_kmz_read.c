/* Archives: what is found in them, and what is refused. */
#include "format/kmz_read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tools/zip_file.h"
#include "visits.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define ROWS_MAX 4
#define KML(text) "<kml xmlns=\"http://www.opengis.net/kml/2.2\">" text "</kml>"
#define POINT(name)                                                            \
	"<Placemark><name>" name "</name><Point><coordinates>68,43"            \
	"</coordinates></Point></Placemark>"
#define LINK(href)                                                             \
	"<NetworkLink><Link><href>" href "</href></Link></NetworkLink>"

/* What hooks are told, as text. */
static bool tell(void *context, const struct foreign_place *at,
    const char *text, struct err *e)
{
	struct buf *b = context;

	(void)e;
	buf_add_format(b, "! %s%s%s\n", at->name.len > 0 ? "placemark" : "",
	    at->name.len > 0 ? ": " : "", text);
	return true;
}

static bool document(
    void *context, const struct foreign_feature *f, struct err *e)
{
	struct buf *b = context;

	(void)e;
	if (f->rest.len > 0)
		buf_add_format(b, "rest %zu\n", f->rest.len);
	return true;
}

static bool read_bytes(struct str text, struct buf *seen, struct err *e)
{
	const struct foreign_hooks hooks = { .visit = visits_add,
		.refuse = tell,
		.note = tell,
		.document = document,
		.context = seen };
	struct arena a;
	struct foreign_file file = {
		.text = text, .max_bytes = SIZE_MAX, .arena = &a
	};
	bool good;

	arena_init(&a, SIZE_MAX);
	good = kmz_read_features(&file, &hooks, e);
	arena_free(&a);
	return good;
}

static bool read_entries(
    const struct zip_entry *entries, size_t n, struct buf *seen, struct err *e)
{
	struct str text;
	char *data = zip_file_make(entries, n, &text.len);
	bool good;

	text.data = data;
	good = read_bytes(text, seen, e);
	free(data);
	return good;
}

struct row {
	const char *name, *text;
};

static size_t fill(struct zip_entry out[static ROWS_MAX],
    const struct row rows[static ROWS_MAX])
{
	size_t n = 0;

	for (; n < ROWS_MAX && rows[n].name; n++)
		out[n] =
		    (struct zip_entry){ rows[n].name, str_from(rows[n].text) };
	return n;
}

static const struct {
	struct row rows[ROWS_MAX];
	const char *out;
} good[] = {
	{ { { "doc.kml", KML(POINT("a")) } }, "1 [] POINT (68 43) name=a\n" },
	{ { { "map.KML", KML(POINT("a")) } }, "1 [] POINT (68 43) name=a\n" },
	/* doc.kml goes before others; what lies beside it is counted */
	{ { { "a.kml", KML(POINT("no")) }, { "doc.kml", KML(POINT("a")) },
	      { "files/i.png", "x" } },
	    "1 [] POINT (68 43) name=a\n"
	    "! other files of the archive are left out: 2\n" },
	/* a folder that was packed whole, a separator of Windows */
	{ { { "__MACOSX/a/._doc.kml", "x" }, { "a/b.kml", KML(POINT("no")) },
	      { "a/doc.kml", KML(POINT("a")) }, { "a\\i.png", "x" } },
	    "1 [] POINT (68 43) name=a\n"
	    "! other files of the archive are left out: 3\n" },
	{ { { "a/doc.kml", KML(LINK("b.kml")) },
	      { "a/b.kml", KML(POINT("b")) } },
	    "1 [] POINT (68 43) name=b\n" },
	{ { { "a/b.kml", KML(POINT("no")) }, { "b.kml", KML(POINT("b")) },
	      { "a.kml", KML(POINT("no")) } },
	    "! the archive has several KML files, and none is doc.kml: b.kml "
	    "is read\n1 [] POINT (68 43) name=b\n"
	    "! other files of the archive are left out: 2\n" },
	/* as browsers and Windows write a link */
	{ { { "doc.kml", KML(LINK("files/%d0%B1%20c.kml") LINK("files\\d.kml")
				 LINK("%2e%2e/files/d.kml")) },
	      { "files/\xD0\xB1 c.kml", KML(POINT("a")) },
	      { "files/d.kml", KML(POINT("b")) } },
	    "! a link out of the archive is kept, but not followed: "
	    "%2e%2e/files/d.kml\n"
	    "1 [] POINT (68 43) name=a\n"
	    "1 [] POINT (68 43) name=b\n" },
	/* in letters of another case only what is not there otherwise */
	{ { { "doc.kml", KML(LINK("FILES/A.kml") LINK("files/B.kml")) },
	      { "files/a.kml", KML(POINT("a")) },
	      { "files/b.kml", KML(POINT("b")) },
	      { "files/B.kml", KML(POINT("B")) } },
	    "1 [] POINT (68 43) name=a\n1 [] POINT (68 43) name=B\n"
	    "! other files of the archive are left out: 1\n" },
	/* links into the archive, from folders too, each file once; ".." leads
	 * out, whatever it would mean */
	{ { { "doc.kml", KML(LINK("files/a.kml") LINK("./files/a.kml")) },
	      { "files/a.kml", KML(POINT("a") LINK("b.kml")) },
	      { "files/b.kml", KML(POINT("b") LINK("../doc.kml")) } },
	    "1 [] POINT (68 43) name=a\n1 [] POINT (68 43) name=b\n"
	    "! a link out of the archive is kept, but not followed: "
	    "../doc.kml\nrest 63\n" },
	{ { { "doc.kml", KML(LINK("http://10.0.0.1/x.kml") POINT("a")) } },
	    "! a link out of the archive is kept, but not followed: "
	    "http://10.0.0.1/x.kml\n"
	    "1 [] POINT (68 43) name=a\nrest 74\n" },
	{ { { "doc.kml", KML(LINK("a.kml")) },
	      { "a.kml", KML("<Placemark><name>b</name><Point><coordinates>"
			     "x</coordinates></Point></Placemark>") } },
	    "! placemark: in a.kml: the coordinates are not "
	    "longitude,latitude with spaces between\n" },
};

static void test_good_archives(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		struct err e = { .code = ERR_NONE };
		struct zip_entry entries[ROWS_MAX];
		size_t n = fill(entries, good[i].rows);
		struct buf seen;

		buf_init(&seen, SIZE_MAX);
		if (!read_entries(entries, n, &seen, &e))
			fail_msg("%zu: %s", i, e.text);
		buf_add_char(&seen, '\0');
		assert_string_equal(seen.data, good[i].out);
		buf_free(&seen);
	}
}

static const struct {
	struct row rows[ROWS_MAX];
	enum err_code code;
	const char *problem;
} bad[] = {
	{ { { "a.txt", "x" } }, ERR_INPUT, "the archive has no KML file" },
	{ { { "__MACOSX/._doc.kml", "x" } }, ERR_INPUT,
	    "the archive has no KML file" },
	{ { { "doc.kml", KML("") }, { "a\\..\\..\\evil", "x" } }, ERR_INPUT,
	    "an entry of the archive has a name that leads out of it" },
	{ { { "doc.kml", KML("") }, { "\\evil", "x" } }, ERR_INPUT,
	    "an entry of the archive has a name that leads out of it" },
	{ { { "doc.kml", KML("") }, { "../evil", "x" } }, ERR_INPUT,
	    "an entry of the archive has a name that leads out of it" },
	{ { { "doc.kml", KML("") }, { "a/../../evil", "x" } }, ERR_INPUT,
	    "an entry of the archive has a name that leads out of it" },
	{ { { "doc.kml", KML("") }, { "/etc/passwd", "x" } }, ERR_INPUT,
	    "an entry of the archive has a name that leads out of it" },
	{ { { "doc.kml", KML("") }, { "C:\\evil", "x" } }, ERR_INPUT,
	    "an entry of the archive has a name that leads out of it" },
	{ { { "doc.kml", KML("") }, { "inner.kmz", "x" } }, ERR_INPUT,
	    "an archive lies in the archive" },
	{ { { "doc.kml", "" } }, ERR_INPUT, "the file is empty" },
	{ { { "doc.kml", "<kml>" } }, ERR_INPUT,
	    "the file is not valid XML at line 1" },
	{ { { "doc.kml", "<!DOCTYPE a><kml/>" } }, ERR_INPUT,
	    "a document type declaration (DOCTYPE) is not allowed, line 1" },
};

static void test_bad_archives(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct err e = { .code = ERR_NONE };
		struct zip_entry entries[ROWS_MAX];
		size_t n = fill(entries, bad[i].rows);
		struct buf seen;

		buf_init(&seen, SIZE_MAX);
		assert_false(read_entries(entries, n, &seen, &e));
		assert_int_equal(e.code, bad[i].code);
		assert_string_equal(e.text, bad[i].problem);
		buf_free(&seen);
	}
}

/* Wherever it is cut or a byte is changed it is read or refused. */
static void test_damage(void **state)
{
	const struct zip_entry entry = { "doc.kml", str_from(KML(POINT("a"))) };
	struct str text;
	char *data = zip_file_make(&entry, 1, &text.len);
	struct buf seen;

	(void)state;
	buf_init(&seen, SIZE_MAX);
	for (size_t n = 0; n < text.len; n++) {
		struct err e = { .code = ERR_NONE };

		assert_false(read_bytes((struct str){ data, n }, &seen, &e));
		assert_int_equal(e.code, ERR_INPUT);
	}
	text.data = data;
	for (size_t n = 0; n < text.len; n++) {
		struct err e = { .code = ERR_NONE };

		data[n] = (char)(data[n] ^ 0x55);
		assert_true(
		    read_bytes(text, &seen, &e) == (e.code == ERR_NONE));
		data[n] = (char)(data[n] ^ 0x55);
	}
	buf_free(&seen);
	free(data);
}

static void assert_limit(
    const struct zip_entry *entries, size_t n, const char *problem)
{
	struct err e = { .code = ERR_NONE };
	struct buf seen;

	buf_init(&seen, SIZE_MAX);
	assert_false(read_entries(entries, n, &seen, &e));
	assert_int_equal(e.code, ERR_LIMIT);
	assert_string_equal(e.text, problem);
	buf_free(&seen);
}

/* A bomb is left after the first mebibytes of it. */
static void test_bomb(void **state)
{
	enum { SIZE = 64 << 20 };
	char *zeros = calloc(1, SIZE);
	const struct zip_entry entry = { "doc.kml", { zeros, SIZE } };

	(void)state;
	assert_non_null(zeros);
	memset(zeros, ' ', SIZE);
	assert_limit(&entry, 1,
	    "a file of the archive is more than 200 times as large as it is "
	    "packed");
	free(zeros);
}

static void test_entries(void **state)
{
	enum { N = KMZ_ENTRIES_MAX + 1, NAME_SIZE = 16 };
	struct zip_entry *entries = calloc(N, sizeof(*entries));
	char(*names)[NAME_SIZE] = calloc(N, NAME_SIZE);

	(void)state;
	assert_true(entries && names);
	for (int i = 0; i < N; i++) {
		snprintf(names[i], NAME_SIZE, "%d", i);
		entries[i] = (struct zip_entry){ names[i], { "", 0 } };
	}
	assert_limit(entries, N, "the archive has more than 10000 entries");
	free(names);
	free(entries);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good_archives),
		cmocka_unit_test(test_bad_archives),
		cmocka_unit_test(test_damage),
		cmocka_unit_test(test_bomb),
		cmocka_unit_test(test_entries),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
