#include "format/fragment.h"

#include <string.h>

#include "base/mem.h"
#include "base/scan.h"
#include "base/words.h"

static const char head[] = "{\"type\":\"Feature\"";
static const char id_key[] = ",\"id\":";
static const char geometry_key[] = ",\"geometry\":";
static const char properties_key[] = ",\"properties\":{";

/* U+FFFE and U+FFFF, which XML cannot hold, begin with it; of what is written
 * here hardly anything else does. */
enum { NONCHARACTER_LEAD = 0xEF };

static bool take(struct str *rest, const char *text, size_t len)
{
	if (rest->len < len || memcmp(rest->data, text, len) != 0)
		return false;
	rest->data += len;
	rest->len -= len;
	return true;
}

static inline bool take_key_text(struct str *rest, struct str key)
{
	if (rest->len < key.len || !words_equal(rest->data, key.data, key.len))
		return false;
	rest->data += key.len;
	rest->len -= key.len;
	return true;
}

static inline bool take_length(struct str *rest, size_t len, struct str *out)
{
	if (len == 0 || len > rest->len)
		return false;
	*out = (struct str){ rest->data, len };
	rest->data += len;
	rest->len -= len;
	return true;
}

/* The length of a quoted string at the beginning of s, 0 when it is none. A
 * quote inside is behind a backslash. */
static inline size_t string_length(struct str s, bool plain)
{
	const char *quote = memchr(s.data + 1, '"', s.len - 1);
	size_t len = quote ? (size_t)(quote + 1 - s.data) : 0;

	if (plain || len == 0 || !memchr(s.data, '\\', len))
		return len;
	for (size_t i = 1; i < s.len; i++) {
		if (s.data[i] == '\\')
			i++;
		else if (s.data[i] == '"')
			return i + 1;
	}
	return 0;
}

static size_t list_length(struct str s, bool plain)
{
	size_t i = 1;

	while (i < s.len && s.data[i] != ']') {
		struct str rest = { s.data + i, s.len - i };
		size_t len = 1;

		if (rest.data[0] == '"')
			len = string_length(rest, plain);
		if (len == 0)
			return 0;
		i += len;
	}
	return i < s.len ? i + 1 : 0;
}

/* A string, an array of strings, a number or a word. */
static inline size_t value_length(struct str s, bool plain)
{
	size_t i = 0;

	if (s.len == 0)
		return 0;
	if (s.data[0] == '"')
		return string_length(s, plain);
	if (s.data[0] == '[')
		return list_length(s, plain);
	while (i < s.len && s.data[i] != ',' && s.data[i] != '}')
		i++;
	return i;
}

static size_t id_length(struct str s)
{
	return s.len > 0 && s.data[0] == '"' ? string_length(s, false) : 0;
}

/* null, or an object without another one in it. */
static size_t geometry_length(struct str s)
{
	const char *end = memchr(s.data, '}', s.len);

	if (s.len > 4 && s.data[0] == 'n')
		return 4;
	return end ? (size_t)(end + 1 - s.data) : 0;
}

static bool take_id(struct fragment_parts *out, struct str *rest)
{
	if (!take(rest, head, sizeof(head) - 1))
		return false;
	return !take(rest, id_key, sizeof(id_key) - 1) ||
	       take_length(rest, id_length(*rest), &out->id);
}

static bool take_geometry(struct fragment_parts *out, struct str *rest)
{
	return take(rest, geometry_key, sizeof(geometry_key) - 1) &&
	       take_length(rest, geometry_length(*rest), &out->geometry) &&
	       take(rest, properties_key, sizeof(properties_key) - 1);
}

static bool is_plain(struct str text)
{
	return text.len == 0 ||
	       (!memchr(text.data, '\\', text.len) &&
		   !memchr(text.data, NONCHARACTER_LEAD, text.len));
}

static bool take_tail(struct str *rest)
{
	return take(rest, "}}", 2) && rest->len == 0;
}

/* "name": with a comma before it. */
static bool take_key(struct str *rest, const char *name, bool first)
{
	return (first || take(rest, ",", 1)) && take(rest, "\"", 1) &&
	       take(rest, name, strlen(name)) && take(rest, "\":", 2);
}

bool fragment_find_parts(struct fragment_parts *out, struct str *values,
    const struct schema *schema, size_t n, struct str text)
{
	struct fragment_parts parts = { .plain = false };
	struct str rest = text;

	if (!take_id(&parts, &rest))
		return false;
	if (n > 0 || schema->n_fields == 0) {
		/* Worth a look at the whole where the whole is read. */
		parts.plain = n == schema->n_fields && is_plain(text);
		if (!take_geometry(&parts, &rest))
			return false;
		for (size_t i = 0; i < n; i++)
			if (!take_key(&rest, schema->fields[i].name, i == 0) ||
			    !take_length(&rest, value_length(rest, parts.plain),
				&values[i]))
				return false;
	}
	*out = parts;
	return n < schema->n_fields || take_tail(&rest);
}

/* --- all values of a plain text ------------------------------------------- */

enum { QUOTES_MAX = 1024 };

/* Where all quotes of a text are, found many bytes at a time. */
struct quotes {
	uint32_t at[QUOTES_MAX];
	size_t n;
};

static inline void add_quotes(struct quotes *q, uint64_t bits, size_t begin)
{
	for (; bits != 0; bits &= bits - 1)
		q->at[q->n++] =
		    (uint32_t)(begin + (size_t)__builtin_ctzll(bits));
}

/* False when the text is not plain, or there are too many. */
static bool find_quotes(struct quotes *q, struct str text)
{
	char last[SCAN_BLOCK] = "";
	bool special = false;
	size_t i = 0;

	q->n = 0;
	if (text.len > UINT32_MAX)
		return false;
	for (; text.len - i >= SCAN_BLOCK; i += SCAN_BLOCK) {
		if (q->n > QUOTES_MAX - 2 * SCAN_BLOCK)
			return false;
		add_quotes(q,
		    scan_block(text.data + i, '"', '\\',
			(char)NONCHARACTER_LEAD, &special),
		    i);
	}
	memcpy(last, text.data + i, text.len - i);
	add_quotes(q,
	    scan_block(last, '"', '\\', (char)NONCHARACTER_LEAD, &special), i);
	return !special;
}

/* Where the list ends that begins before quote k, 0 when it does not. */
static size_t list_end(const struct quotes *q, size_t *k, struct str text)
{
	while (*k + 1 < q->n) {
		size_t end = q->at[*k + 1] + (size_t)1;

		*k += 2;
		if (end < text.len && text.data[end] == ']')
			return end + 1;
	}
	return 0;
}

/* Where the value at a place ends, 0 when it does not. Quotes from k on are not
 * passed yet. */
static inline size_t value_end(
    const struct quotes *q, size_t *k, struct str text, size_t at)
{
	char first = text.data[at];

	if (first == '"') {
		*k += 2;
		return *k <= q->n ? q->at[*k - 1] + (size_t)1 : 0;
	}
	if (first == '[' && *k < q->n && q->at[*k] == at + 1)
		return list_end(q, k, text);
	/* Up to the comma before the next key, or to the end. */
	return *k < q->n ? q->at[*k] - (size_t)1 : text.len - 2;
}

/* What the properties begin with is passed already. False when the text is not
 * plain, too. */
static bool find_plain(
    struct str *values, const struct str *keys, size_t n, struct str text)
{
	MEM_UNSET struct quotes q;
	size_t at = 0, k = 0;

	if (!find_quotes(&q, text))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct str key = keys[i];
		size_t end;

		if (text.len - at < key.len + 2 ||
		    !words_equal(text.data + at, key.data, key.len))
			return false;
		at += key.len;
		k += 2;
		end = value_end(&q, &k, text, at);
		if (end <= at || end >= text.len)
			return false;
		values[i] = (struct str){ text.data + at, end - at };
		at = end;
	}
	return k == q.n && text.len - at == 2 &&
	       memcmp(text.data + at, "}}", 2) == 0;
}

/* By their lengths. */
static bool cut_plain(struct str *values, const struct str *keys, size_t n,
    struct str text, const uint8_t *lengths)
{
	size_t at = 0;

	if (!lengths || n == 0 || lengths[0] == 0)
		return false;
	for (size_t i = 0; i < n; i++) {
		const size_t len = lengths[i];

		at += keys[i].len;
		if (text.len < at + len)
			return false;
		values[i] = (struct str){ text.data + at, len };
		at += len;
	}
	return text.len - at == 2;
}

bool fragment_find_values(struct fragment_parts *out, struct str *values,
    const struct str *keys, size_t n, struct str text)
{
	return fragment_cut_values(out, values, keys, n, text, NULL);
}

bool fragment_cut_values(struct fragment_parts *out, struct str *values,
    const struct str *keys, size_t n, struct str text, const uint8_t *lengths)
{
	struct fragment_parts parts = { .plain = false };

	if (!take_id(&parts, &text) || !take_geometry(&parts, &text))
		return false;
	if (cut_plain(values, keys, n, text, lengths)) {
		parts.plain = true;
		*out = parts;
		return true;
	}
	if (is_plain(parts.id) && find_plain(values, keys, n, text)) {
		parts.plain = true;
		*out = parts;
		return true;
	}
	for (size_t i = 0; i < n; i++)
		if (!take_key_text(&text, keys[i]) ||
		    !take_length(&text, value_length(text, false), &values[i]))
			return false;
	*out = parts;
	return take_tail(&text);
}

void fragment_measure(uint8_t *lengths, struct str *values,
    const struct str *keys, size_t n, struct str text)
{
	struct fragment_parts parts = { .plain = false };
	bool fit = take_id(&parts, &text) && take_geometry(&parts, &text) &&
		   is_plain(parts.id) && find_plain(values, keys, n, text);

	for (size_t i = 0; fit && i < n; i++)
		fit = values[i].len <= UINT8_MAX;
	for (size_t i = 0; i < n; i++)
		lengths[i] = fit ? (uint8_t)values[i].len : 0;
}

void fragment_add_key(struct buf *b, const struct schema *schema, size_t field)
{
	buf_add_text(b, field ? ",\"" : "\"");
	buf_add_text(b, schema->fields[field].name);
	buf_add_text(b, "\":");
}
