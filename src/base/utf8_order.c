#include "base/utf8.h"

#include <string.h>

#include "base/utf8_points.h"

enum { KEY_LIMIT = 1 << 26, TWO_BYTES = 0xC0, CYRILLIC = 0x400 };

/* What a character gives to a key. */
enum { WALK_SPACE = ' ', WALK_END = 0, WALK_OTHER = -1 };

struct walk {
	struct str rest;
	bool begun; /* a letter was given: a space before it is none */
};

/* Capital letters of the Kazakh and Russian alphabets as small ones; 0 for what
 * is neither. */
static int32_t small_cyrillic(int32_t point)
{
	static const uint8_t pairs[] = { 0x92, 0x9A, 0xA2, 0xAE, 0xB0, 0xBA,
		0xD8, 0xE8 };
	int32_t place = point - CYRILLIC;

	if (place >= 0x10 && place < 0x30)
		return point + 0x20;
	if (place >= 0x30 && place < 0x50)
		return point;
	if (place == 0x01 || place == 0x06)
		return point + 0x50;
	if (place == 0x51 || place == 0x56)
		return point;
	for (size_t i = 0; i < sizeof(pairs); i++)
		if (place == pairs[i] || place == pairs[i] + 1)
			return CYRILLIC + pairs[i] + 1;
	return 0;
}

/* The character that is next, small; WALK_OTHER when it takes Unicode's tables
 * to tell. */
static int32_t next_point(struct walk *w)
{
	const unsigned char *p = (const unsigned char *)w->rest.data;
	size_t len = p[0] < 0x80 ? 1 : 2;
	int32_t point = p[0];

	if (len == 2) {
		if (w->rest.len < 2 || (p[0] & 0xE0) != TWO_BYTES)
			return WALK_OTHER;
		point = small_cyrillic((p[0] & 0x1F) << 6 | (p[1] & 0x3F));
		if (!point)
			return WALK_OTHER;
	} else if (point >= 'A' && point <= 'Z') {
		point += 'a' - 'A';
	}
	w->rest.data += len;
	w->rest.len -= len;
	return point;
}

static bool is_letter(int32_t point)
{
	return point >= 0x80 || (point >= 'a' && point <= 'z') ||
	       (point >= '0' && point <= '9');
}

/* The next character of the key; what stands between words is one space. */
static int32_t next_of_key(struct walk *w)
{
	bool space = false;

	while (w->rest.len) {
		const struct str before = w->rest;
		int32_t point = next_point(w);

		if (point == WALK_OTHER)
			return WALK_OTHER;
		if (!is_letter(point)) {
			space = w->begun;
			continue;
		}
		if (space) {
			w->rest = before;
			w->begun = false;
			return WALK_SPACE;
		}
		w->begun = true;
		return utf8_key_letter(point);
	}
	return WALK_END;
}

static int compare_keys(struct str a, struct str b)
{
	struct buf keys[2];
	int order = 0;

	buf_init(&keys[0], KEY_LIMIT);
	buf_init(&keys[1], KEY_LIMIT);
	if (utf8_add_sort_key(&keys[0], a) && utf8_add_sort_key(&keys[1], b)) {
		size_t n =
		    keys[0].len < keys[1].len ? keys[0].len : keys[1].len;

		order = n ? memcmp(keys[0].data, keys[1].data, n) : 0;
		if (!order)
			order = (keys[0].len > keys[1].len) -
				(keys[0].len < keys[1].len);
	}
	buf_free(&keys[0]);
	buf_free(&keys[1]);
	return order;
}

/* How many bytes both begin with. */
static size_t common_bytes(struct str a, struct str b)
{
	size_t n = a.len < b.len ? a.len : b.len, i = 0;
	uint64_t x = 0, y = 0;

	while (n - i >= sizeof(x)) {
		memcpy(&x, a.data + i, sizeof(x));
		memcpy(&y, b.data + i, sizeof(y));
		if (x != y)
			break;
		i += sizeof(x);
	}
	while (i < n && a.data[i] == b.data[i])
		i++;
	return i;
}

static bool begins_letter(char c)
{
	unsigned char byte = (unsigned char)c;

	return byte < 0x80 ? is_letter(byte < 'A' ? byte : byte | 0x20)
			   : byte >= TWO_BYTES;
}

/* Where both can be compared from: at the last letter that they share, as what
 * stands before it gives the same to both keys. */
static size_t first_to_compare(struct str a, struct str b)
{
	size_t i = common_bytes(a, b);

	while (i > 0)
		if (begins_letter(a.data[--i]))
			return i;
	return 0;
}

static struct str rest_of(struct str s, size_t skip)
{
	return skip ? (struct str){ s.data + skip, s.len - skip } : s;
}

int utf8_compare(struct str a, struct str b)
{
	size_t skip = first_to_compare(a, b);
	struct walk x = { .rest = rest_of(a, skip) };
	struct walk y = { .rest = rest_of(b, skip) };

	for (;;) {
		int32_t left = next_of_key(&x), right = next_of_key(&y);

		if (left == WALK_OTHER || right == WALK_OTHER)
			return compare_keys(a, b);
		if (left != right || left == WALK_END)
			return (left > right) - (left < right);
	}
}
