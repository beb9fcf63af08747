#include "base/utf8_letters.h"

#include <string.h>

#include "base/array.h"
#include "base/utf8_points.h"

/* Sixteen bytes at a time. */
typedef uint8_t vector __attribute__((vector_size(16)));
enum { WIDTH = sizeof(vector) };

enum {
	CYRILLIC_FIRST = 0x400,
	CYRILLIC_LETTERS = 0x130, /* those that fold one by one */
	LEAD_SIGN = 0xE2
};

static vector load(const unsigned char *p)
{
	vector v;

	memcpy(&v, p, sizeof(v));
	return v;
}

static vector all(uint8_t c)
{
	return (vector){ c, c, c, c, c, c, c, c, c, c, c, c, c, c, c, c };
}

static bool is_any(vector v)
{
	uint64_t halves[2];

	memcpy(halves, &v, sizeof(halves));
	return (halves[0] | halves[1]) != 0;
}

/* --- plain text ----------------------------------------------------------- */

/* Whether p begins one of the signs of three bytes that neither fold nor
 * decompose nor compose: dashes and quotes, the tenge and the numero sign. */
static bool is_sign(const unsigned char *p)
{
	if (p[1] == 0x80)
		return p[2] >= 0x82;
	return (p[1] == 0x82 && p[2] == 0xB8) || (p[1] == 0x84 && p[2] == 0x96);
}

/* The length of a plain character; of those of Latin-1 the micro sign folds,
 * and of Cyrillic marks are no letters. 0: it is none. */
static size_t plain_length(const unsigned char *p, size_t rest)
{
	if (p[0] < 0x80)
		return 1;
	if (p[0] == LEAD_SIGN)
		return rest > 2 && is_sign(p) ? 3 : 0;
	if (rest < 2)
		return 0;
	if (p[0] == 0xC2)
		return p[1] == 0xB5 ? 0 : 2;
	return p[0] >= 0xD0 && p[0] <= 0xD4 && (p[0] != 0xD2 || p[1] >= 0x8A) &&
		       (p[0] != 0xD4 || p[1] <= 0xAF)
		   ? 2
		   : 0;
}

static bool is_plain_bytewise(const unsigned char *p, size_t len)
{
	size_t i = 0, n;

	for (; i < len; i += n) {
		n = plain_length(p + i, len - i);
		if (n == 0)
			return false;
	}
	return true;
}

static bool are_signs(const unsigned char *p, size_t len)
{
	for (size_t i = 0; i < WIDTH && i + 2 < len; i++)
		if (p[i] == LEAD_SIGN && !is_sign(p + i))
			return false;
	return true;
}

/* The same of sixteen bytes that one more follows. */
static bool is_plain_vector(const unsigned char *p, size_t len)
{
	const vector b = load(p), next = load(p + 1);
	const vector odd = (vector)((b > all(0xC2)) & (b < all(0xD0))) |
			   (vector)((b > all(0xD4)) & (b != all(LEAD_SIGN))) |
			   (vector)((b == all(0xD2)) & (next < all(0x8A))) |
			   (vector)((b == all(0xD4)) & (next > all(0xAF))) |
			   (vector)((b == all(0xC2)) & (next == all(0xB5)));

	if (is_any(odd))
		return false;
	return !is_any((vector)(b == all(LEAD_SIGN))) || are_signs(p, len);
}

/* A short text by its first and its last eight bytes, which may be the same. */
static bool is_ascii(const unsigned char *p, size_t len)
{
	uint64_t first, last;

	if (len < sizeof(first))
		return false;
	memcpy(&first, p, sizeof(first));
	memcpy(&last, p + len - sizeof(last), sizeof(last));
	return ((first | last) & 0x8080808080808080) == 0;
}

/* The last bytes are looked at twice rather than one by one; the very last one
 * of valid text begins nothing. */
bool utf8_is_plain(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.data;
	size_t i = 0;

	if (s.len <= WIDTH)
		return is_ascii(p, s.len) || is_plain_bytewise(p, s.len);
	for (; i + WIDTH < s.len; i += WIDTH)
		if (!is_plain_vector(p + i, s.len - i))
			return false;
	i = s.len - WIDTH - 1;
	return is_plain_vector(p + i, s.len - i);
}

/* --- letters -------------------------------------------------------------- */

static void set_point(uint8_t out[2], int32_t point)
{
	out[0] = (uint8_t)(0xC0 | point >> 6);
	out[1] = (uint8_t)(0x80 | (point & 0x3F));
}

static int32_t point_of(const uint8_t letter[2])
{
	return (letter[0] & 0x1F) << 6 | (letter[1] & 0x3F);
}

void utf8_letters_init(struct utf8_letters *l)
{
	for (int i = 0; i < 0x80; i++)
		l->latin[i] = (uint8_t)i;
	for (int i = 0; i < UTF8_CYRILLIC; i++)
		set_point(l->cyrillic[i], CYRILLIC_FIRST + i);
}

static void fold(struct utf8_letters *l, int32_t (*letter)(int32_t))
{
	for (int i = 0; i < CYRILLIC_LETTERS; i++)
		set_point(l->cyrillic[i], letter(point_of(l->cyrillic[i])));
}

void utf8_letters_caseless(struct utf8_letters *l)
{
	for (int i = 0; i < 0x80; i++)
		if (l->latin[i] >= 'A' && l->latin[i] <= 'Z')
			l->latin[i] |= 0x20;
	fold(l, utf8_caseless_letter);
}

void utf8_letters_unaccented(struct utf8_letters *l)
{
	fold(l, utf8_unaccented_letter);
}

/* --- comparing ------------------------------------------------------------ */

/* What the character at p becomes, and its length; of signs byte by byte. */
static const uint8_t *letter_at(const struct utf8_letters *l,
    const unsigned char *p, size_t rest, size_t *len)
{
	*len = 1;
	if (p[0] < 0x80)
		return &l->latin[p[0]];
	if (p[0] < 0xD0 || p[0] > 0xD4 || rest < 2)
		return p;
	*len = 2;
	return l->cyrillic[point_of(p) - CYRILLIC_FIRST];
}

/* How many bytes both have in common, up to a character. */
static size_t common(
    const struct utf8_letters *l, struct str text, struct str other)
{
	const unsigned char *p = (const unsigned char *)text.data;
	const size_t most = text.len < other.len ? text.len : other.len;
	size_t i = 0, len;

	for (; i < most; i += len) {
		const uint8_t *is = letter_at(l, p + i, text.len - i, &len);

		if (is[0] != (uint8_t)other.data[i] ||
		    (len > 1 &&
			(i + 1 == most || is[1] != (uint8_t)other.data[i + 1])))
			return i;
	}
	return i;
}

static int compare_bytes(const void *a, size_t n, const void *b, size_t m)
{
	const size_t least = n < m ? n : m;
	int order = least > 0 ? memcmp(a, b, least) : 0;

	if (order != 0)
		return order < 0 ? -1 : 1;
	return (n > m) - (n < m);
}

int utf8_letters_compare(
    const struct utf8_letters *l, struct str text, struct str other)
{
	size_t at, len = 0;
	const uint8_t *is;

	if (!l)
		return compare_bytes(
		    text.data, text.len, other.data, other.len);
	at = common(l, text, other);
	if (at == text.len || at == other.len)
		return (text.len > other.len) - (text.len < other.len);
	is = letter_at(
	    l, (const unsigned char *)text.data + at, text.len - at, &len);
	return compare_bytes(is, len, other.data + at, other.len - at);
}

bool utf8_letters_begin(
    const struct utf8_letters *l, struct str text, struct str other)
{
	if (other.len > text.len || other.len == 0)
		return other.len == 0;
	if (!l)
		return memcmp(text.data, other.data, other.len) == 0;
	return common(l, text, other) == other.len;
}

/* --- searching ------------------------------------------------------------ */

static void add_byte(struct utf8_needle *n, uint8_t byte)
{
	if (n->n <= UTF8_ANCHOR_BYTES && memchr(n->bytes, byte, n->n))
		return;
	if (n->n < UTF8_ANCHOR_BYTES)
		n->bytes[n->n] = byte;
	n->n++;
}

/* The last bytes of all that becomes the character, and its own. */
static void add_sources(struct utf8_needle *n, const struct utf8_letters *l,
    const unsigned char *p, size_t len)
{
	add_byte(n, p[len - 1]);
	for (int i = 0; l && len == 1 && i < 0x80; i++)
		if (l->latin[i] == p[0])
			add_byte(n, (uint8_t)i);
	for (int i = 0; l && len == 2 && i < CYRILLIC_LETTERS; i++)
		if (l->cyrillic[i][0] == p[0] && l->cyrillic[i][1] == p[1])
			add_byte(n, (uint8_t)(0x80 | (i & 0x3F)));
}

/* How often it will be met: letters that are common in Kazakh and Russian, and
 * the space, are more often than their ways of writing tell. */
static size_t frequency(const struct utf8_needle *n, struct str character)
{
	static const char *const common_ones[] = { " ", "а", "е", "и", "о", "ы",
		"н", "р", "т", "с", "л", "к", "e", "a", "i", "o" };

	for (size_t i = 0; i < LENGTH(common_ones); i++)
		if (str_is(character, common_ones[i]))
			return n->n + UTF8_ANCHOR_BYTES;
	return n->n;
}

static size_t character_length(const unsigned char *p, size_t rest)
{
	size_t len = 1;

	while (len < rest && (p[len] & 0xC0) == 0x80)
		len++;
	return len;
}

void utf8_needle_init(
    struct utf8_needle *n, struct str text, const struct utf8_letters *l)
{
	const unsigned char *p = (const unsigned char *)text.data;
	size_t least = SIZE_MAX, len;

	*n = (struct utf8_needle){ .text = text };
	for (size_t i = 0; i < text.len; i += len) {
		struct utf8_needle one = { .text = text };

		len = character_length(p + i, text.len - i);
		one.anchor = i + len - 1;
		add_sources(&one, l, p + i, len);
		if (one.n > UTF8_ANCHOR_BYTES ||
		    frequency(&one, (struct str){ text.data + i, len }) >=
			least)
			continue;
		least = frequency(&one, (struct str){ text.data + i, len });
		*n = one;
	}
}

static bool stands_at(const struct utf8_needle *n, const struct utf8_letters *l,
    struct str text, size_t at)
{
	return utf8_letters_begin(
	    l, (struct str){ text.data + at, text.len - at }, n->text);
}

/* Where an anchor may be in sixteen bytes. */
static vector find_bytes(const struct utf8_needle *n, const unsigned char *p)
{
	const vector b = load(p);
	vector found = (vector)(b == all(n->bytes[0]));

	for (size_t k = 1; k < n->n; k++)
		found |= (vector)(b == all(n->bytes[k]));
	return found;
}

/* The first place, from one on, that the needle stands at so that its anchor is
 * among the sixteen bytes from base on. */
static size_t find_in(const struct utf8_needle *n, const struct utf8_letters *l,
    struct str text, size_t base, size_t from)
{
	vector found = find_bytes(n, (const unsigned char *)text.data + base);

	if (!is_any(found))
		return SIZE_MAX;
	for (size_t k = 0; k < WIDTH; k++) {
		size_t at = base + k - n->anchor;

		if (found[k] && base + k >= from + n->anchor &&
		    stands_at(n, l, text, at))
			return at;
	}
	return SIZE_MAX;
}

static size_t find_bytewise(const struct utf8_needle *n,
    const struct utf8_letters *l, struct str text, size_t from)
{
	for (size_t at = from; at + n->text.len <= text.len; at++)
		if ((n->n == 0 ||
			memchr(n->bytes, text.data[at + n->anchor], n->n)) &&
		    stands_at(n, l, text, at))
			return at;
	return SIZE_MAX;
}

/* The last bytes are looked at twice, as above. */
size_t utf8_needle_find(const struct utf8_needle *n,
    const struct utf8_letters *l, struct str text, size_t from)
{
	size_t base = from + n->anchor, at = SIZE_MAX;

	if (text.len < from || text.len - from < n->text.len)
		return SIZE_MAX;
	if (n->n == 0 || text.len < WIDTH)
		return find_bytewise(n, l, text, from);
	for (; base + WIDTH <= text.len && at == SIZE_MAX; base += WIDTH)
		at = find_in(n, l, text, base, from);
	if (at == SIZE_MAX && base < text.len)
		at = find_in(n, l, text, text.len - WIDTH, from);
	return at;
}
