#include "base/utf8.h"

#include <utf8proc.h>

#include "base/array.h"
#include "base/mem.h"
#include "base/utf8_letters.h"
#include "base/utf8_points.h"

/* Latin letters with a stroke, which Unicode does not take apart. */
static const struct {
	int32_t letter, plain;
} stroked[] = {
	{ 0xD8, 'O' }, /* Ø */
	{ 0xF8, 'o' }, /* ø */
	{ 0x110, 'D' }, /* Đ */
	{ 0x111, 'd' }, /* đ */
	{ 0x126, 'H' }, /* Ħ */
	{ 0x127, 'h' }, /* ħ */
	{ 0x131, 'i' }, /* ı */
	{ 0x141, 'L' }, /* Ł */
	{ 0x142, 'l' }, /* ł */
	{ 0x166, 'T' }, /* Ŧ */
	{ 0x167, 't' }, /* ŧ */
};

enum { N_STROKED = LENGTH(stroked) };

/* Composes n points in place and appends them. */
static void add_composed(struct buf *out, int32_t *at, size_t n)
{
	utf8proc_ssize_t left = 0;

	if (n > 0)
		left = utf8proc_normalize_utf32(at, (utf8proc_ssize_t)n,
		    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	for (utf8proc_ssize_t i = 0; i < left; i++)
		utf8_add_point(out, at[i]);
}

/* Marks that Japanese syllables differ by. */
static bool is_voicing(int32_t point)
{
	return point == 0x3099 || point == 0x309A;
}

/* A letter of a decomposed text without what Unicode left on it. */
static int32_t plain_letter(int32_t point)
{
	int32_t small, plain;

	if (point < 0x80)
		return point;
	for (size_t i = 0; i < N_STROKED; i++)
		if (stroked[i].letter == point)
			return stroked[i].plain;
	small = utf8proc_tolower(point);
	plain = utf8_search_letter(small);
	if (plain == small)
		return point;
	return small == point ? plain : utf8proc_toupper(plain);
}

/* --- texts whose characters fold one by one --------------------------------
 */

int32_t utf8_caseless_letter(int32_t point)
{
	if (point >= 0x430 && point < 0x460)
		return point;
	if (point >= 0x410)
		return point < 0x430 ? point + 0x20 : utf8proc_tolower(point);
	return point + 0x50;
}

int32_t utf8_take_caseless(struct str *rest)
{
	const unsigned char *p = (const unsigned char *)rest->data;
	size_t len = p[0] < 0x80 ? 1 : p[0] < 0xE0 ? 2 : 3;
	int32_t point = p[0];

	if (len == 1 && point >= 'A' && point <= 'Z')
		point |= 0x20;
	if (len == 2)
		point = (p[0] & 0x1F) << 6 | (p[1] & 0x3F);
	if (len == 3)
		point =
		    (p[0] & 0x0F) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F);
	rest->data += len;
	rest->len -= len;
	return len == 2 && p[0] >= 0xD0 ? utf8_caseless_letter(point) : point;
}

/* What is left of a letter without its marks. */
int32_t utf8_unaccented_letter(int32_t point)
{
	utf8proc_int32_t parts[4];

	if (utf8proc_decompose_char(point, parts, 4,
		(utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE),
		NULL) < 1)
		return point;
	return plain_letter(parts[0]);
}

/* No character becomes longer. Unaccented capitals stay capitals. */
static void add_one_by_one(
    struct buf *out, struct str s, int32_t (*letter)(int32_t), bool small)
{
	char *to = buf_reserve(out, s.len);
	size_t n = 0;

	for (size_t i = 0; to && i < s.len;) {
		unsigned char c = (unsigned char)s.data[i++];
		int32_t point;

		if (c < 0xD0 || c > 0xD4) {
			bool capital = small && c >= 'A' && c <= 'Z';

			to[n++] = (char)(capital ? c | 0x20 : c);
			continue;
		}
		point = letter((c & 0x1F) << 6 | (s.data[i++] & 0x3F));
		n += (size_t)utf8proc_encode_char(
		    point, (utf8proc_uint8_t *)to + n);
	}
	if (to)
		out->len += n;
}

bool utf8_add_caseless(struct buf *out, struct str s)
{
	if (!utf8_valid(s) || out->failed)
		return false;
	if (utf8_is_plain(s))
		add_one_by_one(out, s, utf8_caseless_letter, true);
	else
		utf8_add_points(out, s,
		    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
	return !out->failed;
}

bool utf8_add_unaccented(struct buf *out, struct str s)
{
	struct utf8_points points;
	size_t n = 0;

	if (!utf8_valid(s) || out->failed)
		return false;
	if (utf8_is_plain(s)) {
		add_one_by_one(out, s, utf8_unaccented_letter, false);
		return !out->failed;
	}
	if (!utf8_points_make(
		&points, s, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE)) {
		out->failed = true;
		return false;
	}
	for (size_t i = 0; i < points.n; i++) {
		int32_t point = points.at[i];

		if (utf8proc_category(point) != UTF8PROC_CATEGORY_MN ||
		    is_voicing(point))
			points.at[n++] = plain_letter(point);
	}
	add_composed(out, points.at, n);
	mem_free(points.at);
	return !out->failed;
}
