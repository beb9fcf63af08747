#include "record.h"

#include "base/array.h"

#include <string.h>

/* FastCGI specification 1.0, section 8. */
enum {
	VERSION = 1,
	TYPE_BEGIN = 1,
	TYPE_ABORT = 2,
	TYPE_END = 3,
	TYPE_PARAMS = 4,
	TYPE_STDIN = 5,
	TYPE_STDOUT = 6,
	TYPE_GET_VALUES = 9,
	TYPE_GET_VALUES_RESULT = 10,
	TYPE_UNKNOWN = 11,
	ROLE_RESPONDER = 1,
	FLAG_KEEP = 1,
	BODY_SIZE = 8, /* of begin, end and unknown type */
	LENGTH_LONG = 0x80 /* a length of four bytes follows */
};

struct record {
	uint8_t type;
	uint16_t id;
	const uint8_t *content;
	size_t length;
	size_t whole; /* with header and padding */
};

/* The record at bytes; false when it is not complete. */
static bool read_record(struct record *out, const uint8_t *bytes, size_t n)
{
	if (n < RECORD_HEADER)
		return false;
	out->type = bytes[1];
	out->id = (uint16_t)(bytes[2] << 8 | bytes[3]);
	out->length = (size_t)bytes[4] << 8 | bytes[5];
	out->content = bytes + RECORD_HEADER;
	out->whole = RECORD_HEADER + out->length + bytes[6];
	return n >= out->whole;
}

static bool take_begin(struct record_scan *s, const struct record *r)
{
	unsigned role;

	if (s->id != 0 || r->length != BODY_SIZE)
		return false;
	role = (unsigned)r->content[0] << 8 | r->content[1];
	if (role != ROLE_RESPONDER)
		return false;
	s->id = r->id;
	s->keep = (r->content[2] & FLAG_KEEP) != 0;
	return true;
}

static bool take_params(struct record_scan *s, const struct record *r)
{
	if (s->params_end)
		return false;
	if (s->n_params == 0)
		s->params = s->at;
	s->n_params += r->length;
	s->params_end = r->length == 0;
	return s->n_params <= RECORD_PARAMS_MAX;
}

/* Takes in one record; false when it must not come here. Records of a request
 * that has not begun are passed over (section 3.3). */
static bool take(struct record_scan *s, const struct record *r)
{
	if (r->type == TYPE_BEGIN)
		return take_begin(s, r);
	if (r->id != s->id)
		return true;
	if (r->type == TYPE_PARAMS)
		return take_params(s, r);
	if (r->type == TYPE_STDIN) {
		s->input_end = r->length == 0;
		return s->params_end;
	}
	return r->type != TYPE_ABORT;
}

enum record_found record_scan(
    struct record_scan *s, const uint8_t *bytes, size_t n)
{
	struct record r;

	while (n > s->at) {
		if (bytes[s->at] != VERSION)
			return RECORD_BAD;
		if (!read_record(&r, bytes + s->at, n - s->at))
			break;
		if (r.id == 0 && s->id == 0) {
			s->query = r.type;
			s->at += r.whole;
			return RECORD_QUERY;
		}
		if (!take(s, &r))
			return RECORD_BAD;
		s->at += r.whole;
		if (s->params_end && s->input_end)
			return RECORD_WHOLE;
	}
	return n >= RECORD_INPUT_MAX ? RECORD_BAD : RECORD_MORE;
}

/* --- parameters -------------------------------------------------------------
 */

static const struct {
	const char *name;
	size_t field;
} wanted[] = {
	{ "REQUEST_METHOD", offsetof(struct record_params, method) },
	{ "REQUEST_URI", offsetof(struct record_params, uri) },
	{ "HTTP_ACCEPT", offsetof(struct record_params, accept) },
	{ "HTTP_ACCEPT_LANGUAGE",
	    offsetof(struct record_params, accept_language) },
	{ "HTTP_ACCEPT_ENCODING",
	    offsetof(struct record_params, accept_encoding) },
	{ "HTTP_IF_NONE_MATCH", offsetof(struct record_params, if_none_match) },
};

static void keep_param(
    struct record_params *out, struct str name, struct str value)
{
	for (size_t i = 0; i < LENGTH(wanted); i++)
		if (str_is(name, wanted[i].name))
			memcpy((char *)out + wanted[i].field, &value,
			    sizeof value);
}

/* A length of one or four bytes (section 3.4). */
static bool read_length(size_t *out, struct str *rest)
{
	const uint8_t *p = (const uint8_t *)rest->data;
	size_t used = 1;

	if (rest->len < 1)
		return false;
	*out = p[0];
	if (p[0] & LENGTH_LONG) {
		used = 4;
		if (rest->len < used)
			return false;
		*out = (size_t)(p[0] & ~LENGTH_LONG) << 24 |
		       (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
	}
	rest->data += used;
	rest->len -= used;
	return true;
}

static bool read_pair(struct record_params *out, struct str *rest)
{
	struct str name, value;

	if (!read_length(&name.len, rest) || !read_length(&value.len, rest))
		return false;
	/* Both are below 2^31, so the sum cannot wrap. */
	if (name.len + value.len > rest->len)
		return false;
	name.data = rest->data;
	value.data = name.data + name.len;
	rest->data = value.data + value.len;
	rest->len -= name.len + value.len;
	keep_param(out, name, value);
	return true;
}

/* The parameters as one run: where they lie when they came in one record, else
 * gathered. */
static struct str gather(
    const struct record_scan *s, const uint8_t *bytes, struct arena *a)
{
	struct str all = { NULL, s->n_params };
	size_t at = s->params, copied = 0;
	struct record r;
	char *copy;

	if (s->n_params == 0 || !read_record(&r, bytes + at, s->at - at))
		return (struct str){ "", 0 };
	if (r.length == s->n_params)
		return (struct str){ (const char *)r.content, r.length };
	copy = arena_alloc(a, s->n_params);
	if (copy == NULL)
		return all;
	while (
	    copied < s->n_params && read_record(&r, bytes + at, s->at - at)) {
		if (r.type == TYPE_PARAMS && r.id == s->id) {
			memcpy(copy + copied, r.content, r.length);
			copied += r.length;
		}
		at += r.whole;
	}
	all.data = copy;
	return all;
}

bool record_params(struct record_params *out, const struct record_scan *s,
    const uint8_t *bytes, struct arena *a)
{
	struct record_params p = { 0 };
	struct str rest = gather(s, bytes, a);

	if (rest.data == NULL)
		return false;
	while (rest.len > 0)
		if (!read_pair(&p, &rest))
			return false;
	*out = p;
	return true;
}

/* --- out --------------------------------------------------------------------
 */

static void put_header(uint8_t *out, uint8_t type, uint16_t id, size_t content)
{
	out[0] = VERSION;
	out[1] = type;
	out[2] = (uint8_t)(id >> 8);
	out[3] = (uint8_t)id;
	out[4] = (uint8_t)(content >> 8);
	out[5] = (uint8_t)content;
	out[6] = 0;
	out[7] = 0;
}

void record_header(
    uint8_t out[static RECORD_HEADER], uint16_t id, size_t content)
{
	put_header(out, TYPE_STDOUT, id, content);
}

void record_end(uint8_t out[static RECORD_END_SIZE], uint16_t id)
{
	memset(out, 0, RECORD_END_SIZE);
	put_header(out, TYPE_STDOUT, id, 0);
	put_header(out + RECORD_HEADER, TYPE_END, id, BODY_SIZE);
}

size_t record_reply(
    uint8_t out[static RECORD_REPLY_SIZE], const struct record_scan *s)
{
	static const char values[] = "\x0f\x01"
				     "FCGI_MPXS_CONNS0";

	memset(out, 0, RECORD_REPLY_SIZE);
	if (s->query == TYPE_GET_VALUES) {
		put_header(out, TYPE_GET_VALUES_RESULT, 0, sizeof values - 1);
		memcpy(out + RECORD_HEADER, values, sizeof values - 1);
		return RECORD_HEADER + sizeof values - 1;
	}
	put_header(out, TYPE_UNKNOWN, 0, BODY_SIZE);
	out[RECORD_HEADER] = s->query;
	return RECORD_HEADER + BODY_SIZE;
}
