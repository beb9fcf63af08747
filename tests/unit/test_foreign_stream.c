/* Files that come piece by piece are the same files, in memory that does not
 * grow with them. */
#include "format/json_read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "format/kml_read.h"
#include "golden.h"
#include "visits.h"

enum {
	PATH_SIZE = 200,
	PIECE_MAX = 4096,
	JSON_PIECE = 65536, /* that the reader takes at a time */
	MANY = 200000
};

/* A text that is given in pieces. */
struct pieces {
	struct str rest;
	size_t piece;
};

static ptrdiff_t give(void *from, char *to, size_t n, struct err *e)
{
	struct pieces *p = from;

	(void)e;
	if (n > p->piece)
		n = p->piece;
	if (n > p->rest.len)
		n = p->rest.len;
	if (n > 0)
		memcpy(to, p->rest.data, n);
	p->rest.data += n;
	p->rest.len -= n;
	return (ptrdiff_t)n;
}

/* What reading gives, and why it ended. */
static void read_in(
    visits_reader *read, struct str text, size_t piece, struct buf *out)
{
	struct pieces p = { text, piece };
	struct arena a;
	const struct foreign_file file = {
		.text = text,
		.read = piece > 0 ? give : NULL,
		.from = &p,
		.max_bytes = SIZE_MAX,
		.arena = &a,
	};
	const struct foreign_hooks hooks = { .visit = visits_add,
		.context = out };
	struct err e = { .code = ERR_NONE };

	arena_init(&a, SIZE_MAX);
	(void)read(&file, &hooks, &e);
	buf_add_format(out, "%d %s", (int)e.code, e.text);
	arena_free(&a);
}

static void check_same(visits_reader *read, struct str text)
{
	static const size_t sizes[] = { 1, 2, 3, 5, 61, PIECE_MAX };
	struct buf whole, parts;

	buf_init(&whole, SIZE_MAX);
	buf_init(&parts, SIZE_MAX);
	read_in(read, text, 0, &whole);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		buf_reset(&parts);
		read_in(read, text, sizes[i], &parts);
		assert_true(str_equal(buf_str(&whole), buf_str(&parts)));
	}
	buf_free(&whole);
	buf_free(&parts);
}

static void test_kml(void **state)
{
	static const char *const files[] = { "arcgis", "bom", "google_earth",
		"heights", "html", "links", "my_maps", "prefixed", "qgis",
		"rings", "track", "utf16", "windows1251" };

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		char path[PATH_SIZE];
		struct str text;
		char *data;

		snprintf(path, sizeof(path), "../data/kml/%s.kml", files[i]);
		data = golden_read(path, &text.len);
		text.data = data;
		check_same(kml_read_features, text);
		/* Cut at every byte it ends the same way, too. */
		for (size_t len = 0; len < text.len; len += 197)
			check_same(
			    kml_read_features, (struct str){ data, len });
		mem_free(data);
	}
}

static const char *const json_files[] = {
	"\xEF\xBB\xBF {\"features\":[{\"type\":\"Feature\",\"id\":1,"
	"\"properties\":{\"a\\\"b\":\"\\\\\",\"c\":[1,{}]},"
	"\"geometry\":{\"type\":\"Point\",\"coordinates\":[68,43,5]}}\n"
	", {\"type\":\"Feature\",\"geometry\":null}],"
	"\"name\":\"late\",\"type\":\"FeatureCollection\"}\n",
	"{\"type\":\"Feature\",\"properties\":{\"a\":1}}\n\n"
	"{\"type\":\"Feature\",\"properties\":{\"a\":2}}\r\n{broken\n"
	"{\"type\":\"Feature\",\"properties\":{\"a\":3}}",
	"\x1E{\"type\":\"Feature\",\n\"properties\":{\"a\":1}}\n\x1E"
	"{\"type\":\"Feature\",\"properties\":{\"a\":2}}\n",
	"{\"type\":\"Feature\",\"features\":[1],\"id\":\"x\"}",
	"{\"features\":[],\"type\":\"Feature\",\"id\":\"x\"}",
};

enum { N_JSON = sizeof(json_files) / sizeof(json_files[0]) };

static void test_json(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_JSON; i++) {
		struct str text = str_from(json_files[i]);

		for (; text.len > 0; text.len--)
			check_same(json_read_features, text);
		check_same(json_read_features, text);
	}
}

/* The text with white space behind its first brace, so that byte at is the
 * first of a new piece. */
static void pad(struct buf *out, struct str text, size_t at)
{
	size_t brace = (size_t)(strchr(text.data, '{') - text.data) + 1;

	buf_reset(out);
	buf_add(out, text.data, brace);
	while (out->len + (at - brace) < JSON_PIECE)
		buf_add_char(out, ' ');
	buf_add(out, text.data + brace, text.len - brace);
}

static void check_end_of_piece(struct str text)
{
	size_t brace = (size_t)(strchr(text.data, '{') - text.data) + 1;
	struct buf whole, padded, parts;

	buf_init(&whole, SIZE_MAX);
	buf_init(&padded, SIZE_MAX);
	buf_init(&parts, SIZE_MAX);
	read_in(json_read_features, text, 0, &whole);
	for (size_t at = brace; at < text.len; at++) {
		pad(&padded, text, at);
		buf_reset(&parts);
		read_in(json_read_features, buf_str(&padded), 0, &parts);
		assert_true(str_equal(buf_str(&whole), buf_str(&parts)));
	}
	buf_free(&whole);
	buf_free(&padded);
	buf_free(&parts);
}

/* Wherever a piece ends. */
static void test_pieces(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_JSON; i++)
		if (!strstr(json_files[i], "broken"))
			check_end_of_piece(str_from(json_files[i]));
}

/* --- a file that ends too early --------------------------------------------
 */

static enum err_code read_cut(visits_reader *read, struct str text)
{
	struct err e = { .code = ERR_NONE };
	struct arena a;
	struct buf b;

	arena_init(&a, SIZE_MAX);
	buf_init(&b, SIZE_MAX);
	(void)visits_read(read, text, SIZE_MAX, &a, visits_add, &b, &e);
	arena_free(&a);
	buf_free(&b);
	return e.code;
}

/* At whatever byte it is cut. */
static void test_cut(void **state)
{
	static const struct {
		visits_reader *read;
		const char *text;
	} cases[] = {
		{ kml_read_features,
		    "\xEF\xBB\xBF<?xml version='1.0'?><!-- x --><kml "
		    "xmlns='http://www.opengis.net/kml/2.2'><Document>"
		    "<Placemark id='a'><name><![CDATA[a]]>&amp;</name>"
		    "<Point><coordinates>68,43</coordinates></Point>"
		    "</Placemark></Document></kml>" },
		{ json_read_features,
		    "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":"
		    "\"Feature\",\"id\":1,\"properties\":{\"a\":\"\\u0431\"},"
		    "\"geometry\":{\"type\":\"Point\",\"coordinates\":"
		    "[68,43]}}]}" },
		{ json_read_features,
		    "{\"type\":\"Feature\",\"properties\":{\"a\":[1,{}]},"
		    "\"geometry\":null}" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str text = str_from(cases[i].text);

		assert_int_equal(read_cut(cases[i].read, text), ERR_NONE);
		while (text.len-- > 0)
			assert_int_equal(
			    read_cut(cases[i].read, text), ERR_INPUT);
	}
}

/* --- a file without end ----------------------------------------------------
 */

/* Gives head, then body again and again, then tail. */
struct endless {
	const char *head, *body, *tail, *at;
	long left; /* bodies */
};

static ptrdiff_t give_endless(void *from, char *to, size_t n, struct err *e)
{
	struct endless *s = from;
	size_t len;

	(void)e;
	if (!s->at)
		s->at = s->head;
	if (!*s->at && s->left >= 0)
		s->at = s->left-- > 0 ? s->body : s->tail;
	len = strlen(s->at);
	if (n > len)
		n = len;
	memcpy(to, s->at, n);
	s->at += n;
	return (ptrdiff_t)n;
}

static bool count(void *context, const struct foreign_feature *f, struct err *e)
{
	long *n = context;

	(void)e;
	assert_int_equal(f->at.line, f->at.number);
	++*n;
	return true;
}

static enum err_code read_endless(
    visits_reader *read, struct endless *from, long *n)
{
	struct arena a;
	const struct foreign_file file = { .read = give_endless,
		.from = from,
		.max_bytes = SIZE_MAX,
		.arena = &a };
	const struct foreign_hooks hooks = { .visit = count, .context = n };
	struct err e = { .code = ERR_NONE };

	arena_init(&a, 1 << 20);
	(void)read(&file, &hooks, &e);
	arena_free(&a);
	return e.code;
}

static void test_many(void **state)
{
	struct endless kml = { "<kml>",
		"<Placemark><Point><coordinates>1,2</coordinates></Point>"
		"</Placemark>\n",
		"</kml>", NULL, MANY };
	struct endless json = { "",
		"{\"type\":\"Feature\",\"geometry\":null}\n", "", NULL, MANY };
	long n = 0;

	(void)state;
	assert_int_equal(read_endless(kml_read_features, &kml, &n), ERR_NONE);
	assert_int_equal(n, MANY);
	n = 0;
	assert_int_equal(read_endless(json_read_features, &json, &n), ERR_NONE);
	assert_int_equal(n, MANY);
}

/* One value that does not end is given up. */
static void test_long(void **state)
{
	struct endless json = {
		"{\"type\":\"FeatureCollection\",\"features\":[{\"",
		"a long name without an end that goes on for very many bytes",
		"\":1}]}", NULL, 1000000
	};
	struct endless kml = { "<kml><Placemark><name>",
		"a long name without an end that goes on for very many bytes",
		"</name></Placemark></kml>", NULL, 1000000 };
	long n = 0;

	(void)state;
	assert_int_equal(
	    read_endless(json_read_features, &json, &n), ERR_LIMIT);
	assert_int_equal(read_endless(kml_read_features, &kml, &n), ERR_LIMIT);
	assert_int_equal(n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kml),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_long),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
