#include "base/utf8.h"

#include <utf8proc.h>

#include "base/mem.h"
#include "base/utf8_letters.h"
#include "base/utf8_points.h"

enum {
	LEAD_TWO = 0xC2, /* the least lead byte that is no overlong form */
	SPACE = ' ',
	CYRILLIC_SIZE = 256
};

/* Kazakh letters by the Russian ones that people type instead, and ё; the
 * index is the code point less 0x400. 0: itself. */
static const uint16_t search_letters[CYRILLIC_SIZE] = {
	[0x51] = 0x435, /* ё е */
	[0x56] = 0x438, /* і и */
	[0x93] = 0x433, /* ғ г */
	[0x9B] = 0x43A, /* қ к */
	[0xA3] = 0x43D, /* ң н */
	[0xAF] = 0x443, /* ү у */
	[0xB1] = 0x443, /* ұ у */
	[0xBB] = 0x445, /* һ х */
	[0xD9] = 0x430, /* ә а */
	[0xE9] = 0x43E, /* ө о */
};

/* The place, from 1, of each small letter in the Kazakh alphabet; the index is
 * the code point less 0x400. */
static const uint8_t alphabet[CYRILLIC_SIZE] = {
	[0x30] = 1, /* а */
	[0xD9] = 2, /* ә */
	[0x31] = 3, /* б */
	[0x32] = 4, /* в */
	[0x33] = 5, /* г */
	[0x93] = 6, /* ғ */
	[0x34] = 7, /* д */
	[0x35] = 8, /* е */
	[0x51] = 9, /* ё */
	[0x36] = 10, /* ж */
	[0x37] = 11, /* з */
	[0x38] = 12, /* и */
	[0x39] = 13, /* й */
	[0x3A] = 14, /* к */
	[0x9B] = 15, /* қ */
	[0x3B] = 16, /* л */
	[0x3C] = 17, /* м */
	[0x3D] = 18, /* н */
	[0xA3] = 19, /* ң */
	[0x3E] = 20, /* о */
	[0xE9] = 21, /* ө */
	[0x3F] = 22, /* п */
	[0x40] = 23, /* р */
	[0x41] = 24, /* с */
	[0x42] = 25, /* т */
	[0x43] = 26, /* у */
	[0xB1] = 27, /* ұ */
	[0xAF] = 28, /* ү */
	[0x44] = 29, /* ф */
	[0x45] = 30, /* х */
	[0xBB] = 31, /* һ */
	[0x46] = 32, /* ц */
	[0x47] = 33, /* ч */
	[0x48] = 34, /* ш */
	[0x49] = 35, /* щ */
	[0x4A] = 36, /* ъ */
	[0x4B] = 37, /* ы */
	[0x56] = 38, /* і */
	[0x4C] = 39, /* ь */
	[0x4D] = 40, /* э */
	[0x4E] = 41, /* ю */
	[0x4F] = 42, /* я */
};

/* Sort keys are UTF-8 text: digits stay, then come the Kazakh alphabet and the
 * Latin one as ASCII characters, then everything else as itself. */
enum { KEY_ALPHABET = '9', KEY_LATIN = KEY_ALPHABET + 43 };

static bool is_tail(const unsigned char *p)
{
	return (*p & 0xC0) == 0x80;
}

/* The length of the character at p (Unicode table 3-7), 0 when it is none. */
static size_t character_length(const unsigned char *p, size_t rest)
{
	if (p[0] < 0x80)
		return p[0] != 0;
	if (p[0] < LEAD_TWO || rest < 2 || !is_tail(p + 1))
		return 0;
	if (p[0] < 0xE0)
		return 2;
	if (rest < 3 || !is_tail(p + 2))
		return 0;
	if (p[0] < 0xF0) {
		if ((p[0] == 0xE0 && p[1] < 0xA0) ||
		    (p[0] == 0xED && p[1] > 0x9F))
			return 0;
		return 3;
	}
	if (rest < 4 || !is_tail(p + 3) || p[0] > 0xF4 ||
	    (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
		return 0;
	return 4;
}

/* Whether every character is of those that NFC never changes whatever stands
 * beside them: below U+0300, the letters of U+0400 to U+052F, dashes and quotes
 * of U+2002 to U+203F, the numero sign. */
static bool is_plainly_nfc(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.data;

	for (size_t i = 0; i < s.len; i++) {
		if (p[i] < 0xCC || is_tail(p + i))
			continue;
		if (p[i] == 0xE2 && ((p[i + 1] == 0x80 && p[i + 2] >= 0x82) ||
					(p[i + 1] == 0x84 && p[i + 2] == 0x96)))
			continue;
		if (p[i] < 0xD0 || p[i] > 0xD4)
			return false;
		if (p[i] == 0xD2 && p[i + 1] < 0x8A) /* combining marks */
			return false;
		if (p[i] == 0xD4 && p[i + 1] > 0xAF)
			return false;
	}
	return true;
}

bool utf8_points_make(struct utf8_points *out, struct str s, int options)
{
	const utf8proc_uint8_t *text = (const utf8proc_uint8_t *)s.data;
	utf8proc_ssize_t len = (utf8proc_ssize_t)s.len;
	utf8proc_ssize_t n =
	    utf8proc_decompose(text, len, NULL, 0, (utf8proc_option_t)options);

	*out = (struct utf8_points){ NULL, 0 };
	if (n <= 0)
		return n == 0;
	out->at = mem_alloc((size_t)n * sizeof(*out->at));
	if (!out->at)
		return false;
	utf8proc_decompose(text, len, out->at, n, (utf8proc_option_t)options);
	n = utf8proc_normalize_utf32(out->at, n, (utf8proc_option_t)options);
	out->n = n > 0 ? (size_t)n : 0;
	return true;
}

void utf8_add_point(struct buf *out, int32_t point)
{
	utf8proc_uint8_t text[4];

	buf_add(out, text, (size_t)utf8proc_encode_char(point, text));
}

void utf8_add_points(struct buf *out, struct str s, int options)
{
	struct utf8_points points;

	if (!utf8_points_make(&points, s, options)) {
		out->failed = true;
		return;
	}
	for (size_t i = 0; i < points.n; i++)
		utf8_add_point(out, points.at[i]);
	mem_free(points.at);
}

/* What a character is in a search form. */
enum kind { KIND_LETTER, KIND_MARK, KIND_OTHER };

static enum kind kind_of(int32_t point)
{
	switch (utf8proc_category(point)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return KIND_LETTER;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_CF:
		return KIND_MARK;
	default:
		return KIND_OTHER;
	}
}

int32_t utf8_search_letter(int32_t point)
{
	uint32_t place = (uint32_t)point - 0x400;

	if (place < CYRILLIC_SIZE && search_letters[place])
		return search_letters[place];
	return point;
}

int32_t utf8_key_letter(int32_t point)
{
	uint32_t place = (uint32_t)point - 0x400;

	if (place < CYRILLIC_SIZE && alphabet[place])
		return KEY_ALPHABET + alphabet[place];
	if (point >= 'a' && point <= 'z')
		return KEY_LATIN + (point - 'a');
	return point;
}

/* A search form or sort key in the making. */
struct words {
	struct buf *out;
	size_t before; /* its length at the beginning */
	int32_t (*letter)(int32_t);
	bool space; /* one is due before the next letter */
};

/* Marks that stayed apart (an accent of stress) and invisible characters (a
 * soft hyphen) part no word. */
static void add_folded_point(struct words *w, int32_t point)
{
	enum kind kind = kind_of(point);

	if (kind == KIND_OTHER)
		w->space = w->out->len > w->before;
	if (kind != KIND_LETTER)
		return;
	if (w->space)
		buf_add_char(w->out, SPACE);
	w->space = false;
	utf8_add_point(w->out, w->letter(point));
}

/* Appends the letters and digits of s, folded and each given to letter; what
 * stands between them becomes one space. */
static bool add_words(struct buf *out, struct str s, int32_t (*letter)(int32_t))
{
	struct words w = { out, out->len, letter, false };
	struct utf8_points points;

	if (!utf8_valid(s) || out->failed)
		return false;
	if (utf8_is_plain(s)) {
		while (s.len > 0)
			add_folded_point(&w, utf8_take_caseless(&s));
		return !out->failed;
	}
	if (!utf8_points_make(&points, s,
		UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD)) {
		out->failed = true;
		return false;
	}
	for (size_t i = 0; i < points.n; i++)
		add_folded_point(&w, points.at[i]);
	mem_free(points.at);
	return !out->failed;
}

bool utf8_valid(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.data;
	size_t i = 0;

	while (i < s.len) {
		size_t len = character_length(p + i, s.len - i);

		if (len == 0)
			return false;
		i += len;
	}
	return true;
}

size_t utf8_first(struct str s)
{
	if (s.len == 0)
		return 0;
	return character_length((const unsigned char *)s.data, s.len);
}

size_t utf8_plain_run(struct str s, const uint64_t special[2],
    bool (*is_special)(struct str rest))
{
	const unsigned char *p = (const unsigned char *)s.data;
	size_t i = 0, len;

	for (; i < s.len; i += len) {
		struct str rest = { s.data + i, s.len - i };

		len = 1;
		if (p[i] < 0x80) {
			if (special[p[i] >> 6] >> (p[i] & 63) & 1)
				break;
			continue;
		}
		/* Cyrillic, the usual case, without a call. */
		len = 2;
		if (p[i] >= 0xD0 && p[i] < 0xD4 && rest.len > 1 &&
		    is_tail(p + i + 1))
			continue;
		len = utf8_first(rest);
		if (len == 0 || is_special(rest))
			break;
	}
	return i;
}

size_t utf8_length(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.data;
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += !is_tail(p + i);
	return n;
}

bool utf8_add_nfc(struct buf *out, struct str s)
{
	if (!utf8_valid(s) || out->failed)
		return false;
	if (is_plainly_nfc(s)) {
		buf_add_str(out, s);
		return !out->failed;
	}
	utf8_add_points(out, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	return !out->failed;
}

bool utf8_add_folded(struct buf *out, struct str s)
{
	return add_words(out, s, utf8_search_letter);
}

bool utf8_add_sort_key(struct buf *out, struct str s)
{
	return add_words(out, s, utf8_key_letter);
}
