#include "query/query.h"

#include "base/array.h"
#include "base/hash.h"
#include "query/cql2.h"

#include <string.h>

enum { CURSOR_BYTES = 32, CURSOR_TEXT = 43, FILTER_TEXT_MAX = 1 << 20 };

/* base64url without padding (RFC 4648 section 5). */
static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void query_init(struct query *q)
{
	memset(q, 0, sizeof(*q));
	q->min_planned = INT64_MIN;
	q->max_planned = INT64_MAX;
	q->overdue = -1;
	q->to = INT32_MAX;
	q->limit = QUERY_LIMIT_DEFAULT;
}

bool query_has_filter(const struct query *q)
{
	return q->districts || q->district_none || q->years || q->status ||
	       q->category || q->work_kind || q->levels ||
	       q->min_planned != INT64_MIN || q->max_planned != INT64_MAX ||
	       q->overdue >= 0 || query_has_period(q) || q->q.len > 0 ||
	       q->filter;
}

bool query_has_period(const struct query *q)
{
	return q->from > 0 || q->to < INT32_MAX;
}

bool query_meets_period(const struct query *q, int32_t first, int32_t last)
{
	return first <= q->to && (!last || last >= q->from);
}

static bool code_passes(uint32_t mask, uint8_t code)
{
	return !mask || (code < 32 && mask >> code & 1);
}

static bool district_passes(const struct query *q, const struct facts *f)
{
	if (!q->districts && !q->district_none)
		return true;
	return (q->districts & f->districts) ||
	       (q->district_none && f->home == DISTRICT_NONE);
}

static bool money_passes(const struct query *q, int64_t planned)
{
	if (q->min_planned == INT64_MIN && q->max_planned == INT64_MAX)
		return true;
	return planned != MONEY_UNKNOWN && planned >= q->min_planned &&
	       planned <= q->max_planned;
}

static bool period_passes(const struct query *q, const struct facts *f)
{
	int32_t first, last;

	project_period(&f->days, &first, &last);
	return query_meets_period(q, first, last);
}

bool query_matches(const struct query *q, const struct facts *f)
{
	return code_passes(q->status, f->status) &&
	       code_passes(q->category, f->category) &&
	       code_passes(q->work_kind, f->work_kind) &&
	       (!q->levels || (q->levels & f->levels)) &&
	       (!q->years || (q->years & f->years)) && district_passes(q, f) &&
	       money_passes(q, f->planned) &&
	       (q->overdue < 0 || (q->overdue > 0) == (f->overdue > 0)) &&
	       period_passes(q, f);
}

static void put_word(unsigned char *out, uint64_t word)
{
	for (int i = 0; i < 8; i++)
		out[i] = (unsigned char)(word >> 8 * i);
}

static uint64_t get_word(const unsigned char *in)
{
	uint64_t word = 0;

	for (int i = 7; i >= 0; i--)
		word = word << 8 | in[i];
	return word;
}

/* Adding zero makes one of both zeros, so that "-0" asks the same as "0". */
static uint64_t number_word(double value)
{
	uint64_t word;

	value += 0.0;
	memcpy(&word, &value, sizeof(word));
	return word;
}

/* By the canonical text, so that text and JSON of one filter are one. */
static uint64_t hash_filter(const struct cql2 *filter, uint64_t seed)
{
	struct buf b;

	if (!filter)
		return seed;
	buf_init(&b, FILTER_TEXT_MAX);
	cql2_print(&b, filter);
	seed = hash_bytes(b.data, b.len, seed + b.failed + 1);
	buf_free(&b);
	return seed;
}

static uint64_t hash_rules(const struct query *q, uint64_t seed)
{
	for (size_t i = 0; i < q->n_rules; i++) {
		unsigned char word[8];

		put_word(word, (uint64_t)(uint32_t)q->rules[i].field << 1 |
				   q->rules[i].descending);
		seed = hash_bytes(word, sizeof(word), seed);
	}
	return seed;
}

uint64_t query_hash(const struct query *q)
{
	const uint64_t words[] = {
		q->has_bbox,
		q->has_bbox ? number_word(q->bbox.west) : 0,
		q->has_bbox ? number_word(q->bbox.south) : 0,
		q->has_bbox ? number_word(q->bbox.east) : 0,
		q->has_bbox ? number_word(q->bbox.north) : 0,
		q->districts,
		q->district_none,
		q->years,
		(uint64_t)q->status << 32 | q->category,
		(uint64_t)q->work_kind << 32 | q->levels,
		(uint64_t)q->min_planned,
		(uint64_t)q->max_planned,
		(uint64_t)(int64_t)q->overdue,
		(uint64_t)q->place,
		(uint64_t)(uint32_t)q->from << 32 | (uint32_t)q->to,
	};
	enum { WORDS = LENGTH(words) };
	unsigned char bytes[WORDS * 8];
	uint64_t hash;

	for (size_t i = 0; i < WORDS; i++)
		put_word(bytes + i * 8, words[i]);
	hash = hash_bytes(bytes, sizeof(bytes), 0);
	hash = hash_bytes(q->q.data, q->q.len, hash);
	return hash_rules(q, hash_filter(q->filter, hash));
}

/* Binds a cursor to its query, so that one of another query is refused. */
static uint64_t cursor_check(const struct query *q, const unsigned char *bytes)
{
	return hash_bytes(bytes, CURSOR_BYTES - 8, query_hash(q));
}

void query_cursor_write(
    struct buf *out, const struct query *q, const struct query_cursor *c)
{
	unsigned char bytes[CURSOR_BYTES + 1] = { 0 };

	put_word(bytes, (uint64_t)c->version);
	put_word(bytes + 8, (uint64_t)c->key);
	put_word(bytes + 16, (uint64_t)c->id);
	put_word(bytes + 24, cursor_check(q, bytes));
	for (unsigned i = 0; i < CURSOR_TEXT; i++) {
		unsigned at = i * 6 / 8, shift = i * 6 % 8;
		unsigned pair = (unsigned)bytes[at] << 8 | bytes[at + 1];

		buf_add_char(out, digits[pair >> (10 - shift) & 63]);
	}
}

static bool decode(
    unsigned char bytes[static CURSOR_BYTES + 1], struct str text)
{
	unsigned held = 0, bits = 0;
	size_t at = 0;

	for (size_t i = 0; i < text.len; i++) {
		const char *digit = memchr(digits, text.data[i], 64);

		if (!digit)
			return false;
		held = held << 6 | (unsigned)(digit - digits);
		bits += 6;
		if (bits < 8)
			continue;
		bits -= 8;
		bytes[at++] = (unsigned char)(held >> bits);
		held &= (1U << bits) - 1;
	}
	return held == 0;
}

bool query_cursor_parse(struct query_cursor *out, const struct query *q,
    struct str text, struct err *e)
{
	unsigned char bytes[CURSOR_BYTES + 1] = { 0 };

	if (text.len != CURSOR_TEXT || !decode(bytes, text) ||
	    get_word(bytes + 24) != cursor_check(q, bytes))
		return err_set(
		    e, ERR_INPUT, "the cursor is not one of this query");
	*out = (struct query_cursor){
		.set = true,
		.version = (int64_t)get_word(bytes),
		.key = (int64_t)get_word(bytes + 8),
		.id = (int64_t)get_word(bytes + 16),
	};
	return true;
}
