#include "sender.h"

#include "base/array.h"

#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>

enum {
	LENGTH_SIZE = 48,
	RECORD_SIZE = RECORD_CONTENT_MAX / 8 * 8,
	PIECE_HEAD = 0,
	PIECE_HEADERS = 1,
	PIECE_BLANK = 2,
	PIECE_BODY = 3
};

static const struct {
	int status;
	const char *reason;
} reasons[] = {
	{ 200, "OK" },
	{ 204, "No Content" },
	{ 303, "See Other" },
	{ 304, "Not Modified" },
	{ 400, "Bad Request" },
	{ 404, "Not Found" },
	{ 405, "Method Not Allowed" },
	{ 406, "Not Acceptable" },
	{ 409, "Conflict" },
	{ 410, "Gone" },
	{ 413, "Content Too Large" },
	{ 500, "Internal Server Error" },
	{ 503, "Service Unavailable" },
};

static const char *reason_of(int status)
{
	for (size_t i = 0; i < LENGTH(reasons); i++)
		if (reasons[i].status == status)
			return reasons[i].reason;
	return "Unknown";
}

static bool has_length(int status)
{
	return status != 204 && status != 304;
}

static size_t body_length(const struct response *r)
{
	size_t len = 0;

	for (size_t i = 0; i < r->n_pieces; i++)
		len += r->pieces[i].iov_len;
	return len;
}

/* The first header lines. */
static size_t write_head(char out[static SENDER_HEAD], const struct response *r)
{
	const char *media = r->media != NULL ? r->media : "text/plain";
	char length[LENGTH_SIZE] = "";
	int n;

	if (!r->unmeasured)
		(void)snprintf(length, sizeof length,
		    "Content-Length: %llu\r\n", (unsigned long long)r->length);
	if (has_length(r->status))
		n = snprintf(out, SENDER_HEAD,
		    "Status: %d %s\r\nContent-Type: %.100s\r\n%s", r->status,
		    reason_of(r->status), media, length);
	else
		n = snprintf(out, SENDER_HEAD, "Status: %d %s\r\n", r->status,
		    reason_of(r->status));
	return n > 0 ? (size_t)n : 0;
}

void sender_begin(struct sender *s, struct response *r, uint16_t id)
{
	s->response = r;
	s->id = id;
	s->n_head = write_head(s->head, r);
	s->left = s->n_head + r->headers.len + 2 + body_length(r);
	s->record = 0;
	s->piece = PIECE_HEAD;
	s->offset = 0;
	s->ended = false;
	s->n_iov = 0;
	s->sent_iov = 0;
	record_end(s->end, id);
}

static struct iovec piece_at(struct sender *s)
{
	static const char blank[] = "\r\n";
	const struct response *r = s->response;

	switch (s->piece) {
	case PIECE_HEAD:
		return (struct iovec){ s->head, s->n_head };
	case PIECE_HEADERS:
		return (struct iovec){ r->headers.data, r->headers.len };
	case PIECE_BLANK:
		return (struct iovec){ (void *)(uintptr_t)blank, 2 };
	default:
		return r->pieces[s->piece - PIECE_BODY];
	}
}

static void push(struct sender *s, void *data, size_t len)
{
	s->iov[s->n_iov++] = (struct iovec){ data, len };
}

static void open_record(struct sender *s)
{
	uint8_t *header = s->headers[s->n_iov];

	s->record = s->left < RECORD_SIZE ? (size_t)s->left : RECORD_SIZE;
	record_header(header, s->id, s->record);
	push(s, header, RECORD_HEADER);
}

static void push_piece(struct sender *s)
{
	struct iovec p = piece_at(s);
	size_t len = p.iov_len - s->offset;

	if (len > s->record)
		len = s->record;
	if (len > 0)
		push(s, (char *)p.iov_base + s->offset, len);
	s->record -= len;
	s->left -= len;
	s->offset += len;
	if (s->offset == p.iov_len) {
		s->piece++;
		s->offset = 0;
	}
}

/* All of the part before was sent: the next one takes its memory. */
static bool take_part(struct sender *s)
{
	if (!response_next_part(s->response))
		return false;
	s->left = body_length(s->response);
	s->piece = PIECE_BODY;
	s->offset = 0;
	return true;
}

/* Fills iov with what comes next; false when that cannot be written. */
static bool refill(struct sender *s)
{
	s->n_iov = 0;
	s->sent_iov = 0;
	if (s->left == 0 && s->response->next_part && !take_part(s))
		return false;
	while (s->left > 0 && s->n_iov + 2 <= SENDER_IOV) {
		if (s->record == 0)
			open_record(s);
		push_piece(s);
	}
	if (s->left == 0 && !s->response->next_part && s->n_iov < SENDER_IOV) {
		push(s, s->end, RECORD_END_SIZE);
		s->ended = true;
	}
	return true;
}

static void skip(struct sender *s, size_t n)
{
	while (n > 0) {
		struct iovec *v = &s->iov[s->sent_iov];
		size_t cut = n < v->iov_len ? n : v->iov_len;

		v->iov_base = (char *)v->iov_base + cut;
		v->iov_len -= cut;
		n -= cut;
		if (v->iov_len == 0)
			s->sent_iov++;
	}
}

enum sender_state sender_run(struct sender *s, int fd)
{
	for (;;) {
		struct msghdr m = { 0 };
		ssize_t n;

		if (s->sent_iov == s->n_iov) {
			if (s->ended)
				return SENDER_DONE;
			if (!refill(s))
				return SENDER_FAILED;
		}
		m.msg_iov = s->iov + s->sent_iov;
		m.msg_iovlen = s->n_iov - s->sent_iov;
		n = sendmsg(fd, &m, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN ? SENDER_AGAIN : SENDER_FAILED;
		skip(s, (size_t)n);
		/* The socket blocks for its time limit before it takes less. */
		if (s->sent_iov < s->n_iov)
			return SENDER_AGAIN;
	}
}
