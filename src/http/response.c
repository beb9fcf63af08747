#include "http/response.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"

enum { PIECES_FIRST = 32, HEADER_VALUE_MAX = 2048 };

struct response_hold {
	struct response_hold *next;
	void (*release)(void *held);
	void *held;
};

void response_init(struct response *r, struct arena *a)
{
	*r = (struct response){ .status = 200, .arena = a };
	buf_init(&r->headers, RESPONSE_HEADERS_MAX);
	buf_init(&r->text, RESPONSE_BODY_MAX);
	r->pieces = r->few;
	r->size_pieces = RESPONSE_FEW;
}

void response_free(struct response *r)
{
	struct response_hold *h;

	while ((h = r->holds) != NULL) {
		r->holds = h->next;
		h->release(h->held);
	}
	buf_free(&r->headers);
	buf_free(&r->text);
	r->pieces = r->few;
	r->n_pieces = 0;
}

static bool is_header_text(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c < 0x20 || c == 0x7f)
			return false;
	}
	return true;
}

void response_header(
    struct response *r, const char *name, const char *value, ...)
{
	char text[HEADER_VALUE_MAX];
	va_list ap;
	int n;

	va_start(ap, value);
	n = vsnprintf(text, sizeof text, value, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof text ||
	    !is_header_text(text, (size_t)n)) {
		r->failed = true;
		return;
	}
	buf_add_text(&r->headers, name);
	buf_add(&r->headers, ": ", 2);
	buf_add(&r->headers, text, (size_t)n);
	buf_add(&r->headers, "\r\n", 2);
}

static bool grow_pieces(struct response *r)
{
	size_t size =
	    r->size_pieces < PIECES_FIRST ? PIECES_FIRST : r->size_pieces * 2;
	struct iovec *p = arena_array(r->arena, size, sizeof *p);

	if (p == NULL)
		return false;
	memcpy(p, r->pieces, r->n_pieces * sizeof *p);
	r->pieces = p;
	r->size_pieces = size;
	return true;
}

static void add_piece(struct response *r, const char *data, size_t len)
{
	if (r->n_pieces == r->size_pieces && !grow_pieces(r)) {
		r->failed = true;
		return;
	}
	/* An iovec only lends its bytes to writev, which reads them. */
	r->pieces[r->n_pieces++] = (struct iovec){
		.iov_base = (void *)(uintptr_t)data,
		.iov_len = len,
	};
}

static void cut_text(struct response *r)
{
	if (r->text.len > r->text_cut)
		add_piece(r, NULL, r->text.len - r->text_cut);
	r->text_cut = r->text.len;
}

void response_add_mapped(struct response *r, struct str bytes)
{
	struct iovec *last;

	if (bytes.len == 0)
		return;
	cut_text(r);
	last = r->n_pieces > 0 ? &r->pieces[r->n_pieces - 1] : NULL;
	if (last != NULL && last->iov_base != NULL &&
	    (char *)last->iov_base + last->iov_len == bytes.data)
		last->iov_len += bytes.len;
	else
		add_piece(r, bytes.data, bytes.len);
}

void response_stream(struct response *r, response_part *next, void *context)
{
	r->next_part = next;
	r->part_context = context;
}

bool response_fill(struct response *r, size_t size, struct err *e)
{
	bool more = true;

	while (r->next_part && r->text.len < size) {
		if (!r->next_part(r->part_context, &r->text, &more, e)) {
			r->next_part = NULL;
			return false;
		}
		if (!more || r->text.failed)
			r->next_part = NULL;
	}
	return true;
}

bool response_next_part(struct response *r)
{
	struct err e = { .code = ERR_NONE };

	if (!r->next_part)
		return false;
	buf_reset(&r->text);
	r->n_pieces = 0;
	r->text_cut = 0;
	if (response_fill(r, RESPONSE_PART, &e) && response_seal(r, &e))
		return true;
	log_line(LOG_LEVEL_ERROR, "an answer was cut off: %s", e.text);
	return false;
}

bool response_hold(struct response *r, void (*release)(void *held), void *held)
{
	struct response_hold *h = arena_alloc(r->arena, sizeof *h);

	if (h == NULL) {
		release(held);
		r->failed = true;
		return false;
	}
	*h = (struct response_hold){ r->holds, release, held };
	r->holds = h;
	return true;
}

void response_etag(struct response *r, uint64_t hash)
{
	(void)snprintf(
	    r->etag, sizeof r->etag, "\"%016llx\"", (unsigned long long)hash);
}

/* A buf does not tell why it failed. What stops short of its limit by more than
 * half ran out of memory. */
static bool seal_failure(const struct response *r, struct err *e)
{
	if (r->text.len > r->text.limit / 2)
		return err_set(e, ERR_LIMIT, "the answer would be too large");
	return err_no_memory(e);
}

bool response_seal(struct response *r, struct err *e)
{
	const char *text;
	uint64_t length = 0;

	cut_text(r);
	if (r->failed || r->text.failed || r->headers.failed)
		return seal_failure(r, e);
	text = r->text.data;
	for (size_t i = 0; i < r->n_pieces; i++) {
		struct iovec *p = &r->pieces[i];

		if (p->iov_base == NULL) {
			p->iov_base = (void *)(uintptr_t)text;
			text += p->iov_len;
		}
		length += p->iov_len;
	}
	if (length > RESPONSE_BODY_MAX)
		return err_set(e, ERR_LIMIT, "the answer would be too large");
	r->length = length;
	return true;
}

void response_clear(struct response *r)
{
	buf_reset(&r->headers);
	buf_reset(&r->text);
	r->n_pieces = 0;
	r->text_cut = 0;
	r->length = 0;
	r->status = 200;
	r->media = NULL;
	r->etag[0] = '\0';
	r->max_age = 0;
	r->gzip_ok = false;
	r->vary = 0;
	r->next_part = NULL;
	r->unmeasured = false;
	r->failed = false;
}
