#include "sender.h"

#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>

enum {
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
	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
		if (reasons[i].status == status)
			return reasons[i].reason;
	return "Unknown";
}

static bool has_length(int status)
{
	return status != 204 && status != 304;
}

void sender_begin(struct sender *s, const struct response *r, uint16_t id)
{
	const char *media = r->media != NULL ? r->media : "text/plain";
	uint64_t body = 0;
	int n;

	s->response = r;
	s->id = id;
	if (has_length(r->status))
		n = snprintf(s->head, sizeof s->head,
		    "Status: %d %s\r\nContent-Type: %.100s\r\n"
		    "Content-Length: %llu\r\n",
		    r->status, reason_of(r->status), media,
		    (unsigned long long)r->length);
	else
		n = snprintf(s->head, sizeof s->head, "Status: %d %s\r\n",
		    r->status, reason_of(r->status));
	s->n_head = n > 0 ? (size_t)n : 0;
	for (size_t i = 0; i < r->n_pieces; i++)
		body += r->pieces[i].iov_len;
	s->left = s->n_head + r->headers.len + 2 + body;
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

/* Fills iov with what comes next. */
static void refill(struct sender *s)
{
	s->n_iov = 0;
	s->sent_iov = 0;
	while (s->left > 0 && s->n_iov + 2 <= SENDER_IOV) {
		if (s->record == 0)
			open_record(s);
		push_piece(s);
	}
	if (s->left == 0 && !s->ended && s->n_iov < SENDER_IOV) {
		push(s, s->end, RECORD_END_SIZE);
		s->ended = true;
	}
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
			refill(s);
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
