/* Comparing and searching folded text where it stands gives what folding it
 * first would give, on thousands of random texts. */
#include "base/utf8_letters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "tools/random.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { TEXTS = 4000, CHARACTERS_MAX = 60, CHAINS = 5 };

static const char *const signs[] = { "«", "»", "—", "–", "№", "₸", "§", "°",
	"“", "…" };
static const char *const others[] = { "µ", "é", "ß", "ſ", "ẞ", "İ", "\xCC\x88",
	"ᲀ", "漢", "😀", "€", "\xD2\x88", "\xD4\xB1", "ѐ\xCC\x81" };
static const char *const common[] = { "а", "е", "и", "қ", "Қ", "т", "Т", "э",
	" ", "5", "a", "A", "й" };

static const char *const chains[CHAINS] = { "", "c", "a", "ca", "ac" };

static void add_point(struct buf *b, uint32_t point)
{
	buf_add_char(b, (char)(0xC0 | point >> 6));
	buf_add_char(b, (char)(0x80 | (point & 0x3F)));
}

static void add_any(struct buf *b, uint64_t *seed, bool plain)
{
	switch (random_below(seed, plain ? 5 : 6)) {
	case 0:
		buf_add_char(b, (char)(1 + random_below(seed, 0x7F)));
		break;
	case 1:
		add_point(b, 0x48A + random_below(seed, 0x530 - 0x48A));
		break;
	case 2:
		add_point(b, 0x400 + random_below(seed, 0x80));
		break;
	case 3:
		buf_add_text(b, signs[random_below(seed, COUNT(signs))]);
		break;
	case 4:
		buf_add_text(b, common[random_below(seed, COUNT(common))]);
		break;
	default:
		buf_add_text(b, others[random_below(seed, COUNT(others))]);
	}
}

static void make(struct buf *b, uint64_t *seed, bool plain)
{
	uint32_t n = random_below(seed, CHARACTERS_MAX);

	buf_reset(b);
	for (uint32_t i = 0; i < n; i++)
		add_any(b, seed, plain);
}

/* Folds as the chain says, from its first letter on. */
static void fold(struct buf *out, struct str text, const char *chain)
{
	struct buf b;

	buf_init(&b, SIZE_MAX);
	buf_reset(out);
	buf_add_str(out, text);
	for (; *chain; chain++) {
		buf_reset(&b);
		assert_true(*chain == 'c'
				? utf8_add_caseless(&b, buf_str(out))
				: utf8_add_unaccented(&b, buf_str(out)));
		buf_reset(out);
		buf_add_str(out, buf_str(&b));
	}
	buf_free(&b);
}

static const struct utf8_letters *letters_of(
    struct utf8_letters *l, const char *chain)
{
	utf8_letters_init(l);
	for (const char *c = chain; *c; c++) {
		if (*c == 'c')
			utf8_letters_caseless(l);
		else
			utf8_letters_unaccented(l);
	}
	return *chain ? l : NULL;
}

static int sign_of(int n)
{
	return (n > 0) - (n < 0);
}

static int order_of(struct str a, struct str b)
{
	size_t least = a.len < b.len ? a.len : b.len;
	int order = least > 0 ? memcmp(a.data, b.data, least) : 0;

	return order ? sign_of(order) : (a.len > b.len) - (a.len < b.len);
}

static bool holds(struct str text, const char *what)
{
	size_t len = strlen(what);

	for (size_t i = 0; i + len <= text.len; i++)
		if (memcmp(text.data + i, what, len) == 0)
			return true;
	return false;
}

static bool is_start(struct str s, size_t i)
{
	return i == s.len || ((unsigned char)s.data[i] & 0xC0) != 0x80;
}

/* A text is plain unless it holds one of the others. */
static void test_plain(void **state)
{
	uint64_t seed = 1;
	struct buf b;
	int plain = 0;

	(void)state;
	buf_init(&b, SIZE_MAX);
	for (int i = 0; i < TEXTS; i++) {
		bool wanted = true;

		make(&b, &seed, i % 3 == 0);
		if (i % 3 == 1)
			buf_add_text(
			    &b, others[random_below(&seed, COUNT(others))]);
		for (size_t k = 0; k < COUNT(others); k++)
			wanted = wanted && !holds(buf_str(&b), others[k]);
		if (utf8_is_plain(buf_str(&b)) != wanted)
			fail_msg("%.*s", (int)b.len, b.data);
		plain += wanted;
	}
	assert_true(plain > TEXTS / 3 && plain < TEXTS * 2 / 3);
	assert_true(utf8_is_plain((struct str){ NULL, 0 }));
	buf_free(&b);
}

static void test_compares(void **state)
{
	struct buf text, other, folded;
	uint64_t seed = 2;
	int equal = 0;

	(void)state;
	buf_init(&text, SIZE_MAX);
	buf_init(&other, SIZE_MAX);
	buf_init(&folded, SIZE_MAX);
	for (int i = 0; i < TEXTS; i++) {
		const char *chain = chains[i % CHAINS];
		struct utf8_letters own;
		const struct utf8_letters *l = letters_of(&own, chain);
		struct str a, b;
		size_t cut;

		make(&text, &seed, true);
		fold(&folded, buf_str(&text), chain);
		assert_int_equal(folded.len, text.len);
		buf_reset(&other);
		cut = folded.len - random_below(&seed, 2) * (folded.len / 2);
		while (!is_start(buf_str(&folded), cut))
			cut--;
		buf_add(&other, folded.data, cut);
		if (random_below(&seed, 2))
			add_any(&other, &seed, false);
		a = buf_str(&folded);
		b = buf_str(&other);
		assert_int_equal(
		    utf8_letters_compare(l, buf_str(&text), b), order_of(a, b));
		assert_int_equal(utf8_letters_begin(l, buf_str(&text), b),
		    b.len <= a.len &&
			(b.len == 0 || !memcmp(a.data, b.data, b.len)));
		equal += order_of(a, b) == 0;
	}
	assert_true(equal > TEXTS / 20);
	buf_free(&text);
	buf_free(&other);
	buf_free(&folded);
}

static size_t find_simply(struct str text, struct str what, size_t from)
{
	for (size_t i = from; i + what.len <= text.len; i++)
		if (memcmp(text.data + i, what.data, what.len) == 0)
			return i;
	return SIZE_MAX;
}

/* A piece of a text, from one character to another; not empty. */
static struct str piece_of(struct str s, uint64_t *seed)
{
	size_t from = random_below(seed, (uint32_t)s.len);
	size_t to = from + 1 + random_below(seed, 24);

	to = to < s.len ? to : s.len;
	while (!is_start(s, from))
		from--;
	while (!is_start(s, to))
		to++;
	return (struct str){ s.data + from, to - from };
}

static void test_finds(void **state)
{
	struct buf text, folded;
	uint64_t seed = 3;
	int found = 0, tried = 0;

	(void)state;
	buf_init(&text, SIZE_MAX);
	buf_init(&folded, SIZE_MAX);
	for (int i = 0; i < TEXTS; i++) {
		const char *chain = chains[i % CHAINS];
		struct utf8_letters own;
		const struct utf8_letters *l = letters_of(&own, chain);
		struct utf8_needle needle;
		size_t from, at;
		char *copy;

		make(&text, &seed, true);
		if (text.len == 0)
			continue;
		fold(&folded, buf_str(&text), chain);
		needle.text = piece_of(buf_str(&folded), &seed);
		copy = malloc(needle.text.len);
		assert_non_null(copy);
		memcpy(copy, needle.text.data, needle.text.len);
		/* Now and then one that hardly is there. */
		if (i % 4 == 0)
			copy[needle.text.len - 1] ^= 1;
		utf8_needle_init(
		    &needle, (struct str){ copy, needle.text.len }, l);
		from = random_below(&seed, 2) *
		       random_below(&seed, (uint32_t)text.len + 1);
		at = find_simply(buf_str(&folded), needle.text, from);
		assert_int_equal(
		    utf8_needle_find(&needle, l, buf_str(&text), from), at);
		assert_int_equal(
		    utf8_needle_find(&needle, NULL, buf_str(&folded), from),
		    at);
		found += at != SIZE_MAX;
		tried++;
		free(copy);
	}
	assert_true(found > tried / 2 && found < tried);
	buf_free(&text);
	buf_free(&folded);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_compares),
		cmocka_unit_test(test_finds),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
