#include "http/finish.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/array.h"
#include "http/negotiate.h"
#include "http/problem.h"

enum { ALLOW_SIZE = 64, EARLY_NS = 150 * 1000 * 1000 };

static const char gzip_suffix[] = "-gz\"";

static const struct {
	enum http_method method;
	const char *name;
} methods[] = {
	{ HTTP_GET, "GET" },
	{ HTTP_HEAD, "HEAD" },
	{ HTTP_OPTIONS, "OPTIONS" },
	{ HTTP_POST, "POST" },
};

static bool only_reads(enum http_method m)
{
	return m == HTTP_GET || m == HTTP_HEAD || m == HTTP_OPTIONS;
}

static void allow_text(char out[static ALLOW_SIZE], unsigned allowed)
{
	size_t n = 0;

	out[0] = '\0';
	for (size_t i = 0; i < LENGTH(methods); i++) {
		int added;

		if (!(allowed & methods[i].method))
			continue;
		added = snprintf(out + n, ALLOW_SIZE - n, "%s%s",
		    n > 0 ? ", " : "", methods[i].name);
		n += added > 0 ? (size_t)added : 0;
	}
}

static void answer_options(struct response *r, unsigned allowed)
{
	char allow[ALLOW_SIZE];

	response_clear(r);
	r->status = 204;
	r->max_age = -1;
	allow_text(allow, allowed);
	response_header(r, "Access-Control-Allow-Methods", "%s", allow);
	response_header(r, "Access-Control-Allow-Headers",
	    "Accept, Accept-Language, If-None-Match");
	response_header(r, "Access-Control-Max-Age", "86400");
}

static void mark_etag_gzip(struct response *r)
{
	size_t n = strlen(r->etag);

	if (n > 1 && n + sizeof gzip_suffix - 1 <= sizeof r->etag)
		memcpy(r->etag + n - 1, gzip_suffix, sizeof gzip_suffix);
}

/* The body as one run for the compressor, which takes no pieces. */
static const char *gather(struct response *r, struct buf *joined)
{
	if (r->n_pieces == 1)
		return r->pieces[0].iov_base;
	if (buf_reserve(joined, (size_t)r->length) == NULL)
		return NULL;
	for (size_t i = 0; i < r->n_pieces; i++)
		buf_add(joined, r->pieces[i].iov_base, r->pieces[i].iov_len);
	return joined->data;
}

/* Puts the compressed body in place of the plain one. On failure the plain one
 * stays. */
static bool compress(struct response *r, struct gzip *gzip)
{
	struct buf joined, packed;
	const char *plain;
	bool good;

	buf_init(&joined, RESPONSE_BODY_MAX);
	buf_init(&packed, RESPONSE_BODY_MAX);
	plain = gather(r, &joined);
	good = plain != NULL &&
	       gzip_add(gzip, &packed, plain, (size_t)r->length) &&
	       packed.len < r->length;
	buf_free(&joined);
	if (!good) {
		buf_free(&packed);
		return false;
	}
	buf_free(&r->text);
	r->text = packed;
	r->pieces[0] = (struct iovec){ packed.data, packed.len };
	r->n_pieces = 1;
	r->length = packed.len;
	return true;
}

/* Writes what decides how it goes out: all of what is to be compressed, enough
 * of the rest to see whether it is short. */
static bool fill(struct response *r, const struct request *q,
    const struct gzip *gzip, struct err *e)
{
	bool packed = gzip && r->gzip_ok && negotiate_gzip(q->accept_encoding);

	return response_fill(
	    r, packed ? FINISH_GZIP_MAX + 1 : RESPONSE_PART, e);
}

static bool is_worth_gzip(const struct response *r, const struct request *q)
{
	return r->gzip_ok && r->length >= FINISH_GZIP_MIN &&
	       r->length <= FINISH_GZIP_MAX && !r->next_part &&
	       negotiate_gzip(q->accept_encoding);
}

/* Chooses the coding and the validator, and drops the body where the client
 * has it already. */
static void choose_body(
    struct response *r, const struct request *q, struct gzip *gzip)
{
	bool packed = gzip != NULL && is_worth_gzip(r, q);
	char plain_etag[RESPONSE_ETAG_SIZE];

	memcpy(plain_etag, r->etag, sizeof plain_etag);
	if (packed)
		mark_etag_gzip(r);
	if ((r->status == 200 || r->status == 204) && r->etag[0] != '\0' &&
	    only_reads(q->method) &&
	    negotiate_none_match(q->if_none_match, r->etag)) {
		r->status = 304;
		r->n_pieces = 0;
		r->length = 0;
		r->next_part = NULL;
		return;
	}
	if (packed && compress(r, gzip))
		response_header(r, "Content-Encoding", "gzip");
	else
		memcpy(r->etag, plain_etag, sizeof plain_etag);
}

static void add_vary(struct response *r)
{
	static const char *const lines[] = { "Vary: Accept-Encoding\r\n",
		"Vary: Accept, Accept-Encoding\r\n",
		"Vary: Accept-Language, Accept-Encoding\r\n",
		"Vary: Accept, Accept-Language, Accept-Encoding\r\n" };
	unsigned bits =
	    r->vary & (RESPONSE_VARY_ACCEPT | RESPONSE_VARY_LANGUAGE);

	buf_add_text(&r->headers, lines[bits]);
}

/* The second until whose end nginx may answer from its cache. It counts whole
 * seconds only: what it stores early in one is held for nearly all of it, and
 * with the time that a change takes to be noticed that would be more than a
 * second. So there the answer counts as old at once, as it does while newer
 * data is on its way: nginx asks each time and mostly gets 304. */
static long long fresh_until(const struct response *r)
{
	struct timespec now;
	bool early;

	(void)clock_gettime(CLOCK_REALTIME, &now);
	early = now.tv_nsec < EARLY_NS;
	return (long long)now.tv_sec - (early || r->unsettled ? 1 : 0);
}

/* A body that is written while it is sent can be of any size: it has no place
 * in nginx's cache, where it would drive everything else out. */
static bool is_for_nginx(const struct response *r)
{
	bool good = r->status == 200 || r->status == 204 || r->status == 304;

	return good && r->max_age >= 0 && r->etag[0] != '\0' && !r->next_part;
}

/* What browsers may keep, and what nginx may. nginx obeys the first line of
 * the two. */
static void add_caching(struct response *r)
{
	if (is_for_nginx(r))
		response_header(r, "X-Accel-Expires", "@%lld", fresh_until(r));
	else
		buf_add_text(&r->headers, "X-Accel-Expires: 0\r\n");
	if (r->max_age > 0)
		response_header(
		    r, "Cache-Control", "public, max-age=%d", r->max_age);
	else
		buf_add_text(&r->headers, r->max_age == 0
					      ? "Cache-Control: no-cache\r\n"
					      : "Cache-Control: no-store\r\n");
	if (r->etag[0] != '\0')
		response_header(r, "ETag", "%s", r->etag);
}

static void add_lines(
    struct response *r, const struct request *q, unsigned allowed)
{
	static const char cors[] =
	    "Access-Control-Allow-Origin: *\r\n"
	    "Access-Control-Expose-Headers: Content-Crs, ETag, Link, "
	    "OATiles-hint, OGC-NumberMatched, OGC-NumberReturned, "
	    "X-Request-Id, X-Tile-Thinned\r\n";
	char allow[ALLOW_SIZE];

	add_caching(r);
	add_vary(r);
	if (allowed != 0 && (r->status == 405 || q->method == HTTP_OPTIONS)) {
		allow_text(allow, allowed);
		response_header(r, "Allow", "%s", allow);
	}
	if (only_reads(q->method))
		buf_add_text(&r->headers, cors);
	buf_add_text(&r->headers, "X-Content-Type-Options: nosniff\r\n");
	response_header(r, "X-Request-Id", "%s", q->id);
}

void finish_response(struct response *r, const struct request *q,
    unsigned allowed, struct gzip *gzip, int lang)
{
	struct err e = { 0 };

	if (q->method == HTTP_OPTIONS && allowed != 0)
		answer_options(r, allowed);
	if (fill(r, q, gzip, &e) && response_seal(r, &e))
		choose_body(r, q, gzip);
	add_lines(r, q, allowed);
	if (e.code == ERR_NONE && (r->failed || r->headers.failed))
		err_no_memory(&e);
	if (e.code != ERR_NONE) {
		problem_write(r, &e, q, lang);
		add_lines(r, q, allowed);
		/* Without memory for these lines the answer is cut off: the
		 * server closes the connection. */
		if (!response_seal(r, &e))
			r->failed = true;
	}
	r->unmeasured = r->next_part != NULL;
	if (q->method == HTTP_HEAD) {
		r->n_pieces = 0;
		r->next_part = NULL;
	}
}
