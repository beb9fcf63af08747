#include "fcgi_peer.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { HEADER = 8, SHORT_MAX = 127, PARAMS = 65535, TIMEOUT_S = 5 };

int peer_connect(const char *path)
{
	static const struct timeval limit = { .tv_sec = TIMEOUT_S };
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || strlen(path) >= sizeof at.sun_path)
		return -1;
	memcpy(at.sun_path, path, strlen(path));
	if (connect(fd, (const struct sockaddr *)&at, sizeof at) != 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit)) {
		(void)close(fd);
		return -1;
	}
	return fd;
}

void peer_add_record(struct buf *b, int type, unsigned id, const void *content,
    size_t length, size_t padding)
{
	static const char zeros[256];
	const char header[HEADER] = { 1, (char)type, (char)(id >> 8), (char)id,
		(char)(length >> 8), (char)length, (char)padding, 0 };

	buf_add(b, header, sizeof header);
	buf_add(b, content, length);
	buf_add(b, zeros, padding);
}

void peer_add_begin(struct buf *b, unsigned id, unsigned role, bool keep)
{
	const char body[HEADER] = { (char)(role >> 8), (char)role, keep };

	peer_add_record(b, PEER_BEGIN, id, body, sizeof body, 0);
}

static void add_length(struct buf *b, size_t n)
{
	if (n > SHORT_MAX) {
		buf_add_char(b, (char)(n >> 24 | 0x80));
		buf_add_char(b, (char)(n >> 16));
		buf_add_char(b, (char)(n >> 8));
	}
	buf_add_char(b, (char)n);
}

void peer_add_param(struct buf *b, const char *name, const char *value)
{
	add_length(b, strlen(name));
	add_length(b, strlen(value));
	buf_add_text(b, name);
	buf_add_text(b, value);
}

void peer_add_request(struct buf *b, bool keep, const char *method,
    const char *uri, const char *name, const char *value)
{
	struct buf params;

	buf_init(&params, PARAMS);
	peer_add_param(&params, "REQUEST_METHOD", method);
	peer_add_param(&params, "REQUEST_URI", uri);
	if (name != NULL)
		peer_add_param(&params, name, value);
	peer_add_begin(b, 1, 1, keep);
	peer_add_record(b, PEER_PARAMS, 1, params.data, params.len, 0);
	peer_add_record(b, PEER_PARAMS, 1, NULL, 0, 0);
	peer_add_record(b, PEER_STDIN, 1, NULL, 0, 0);
	buf_free(&params);
}

bool peer_send(int fd, const struct buf *b)
{
	size_t at = 0;

	while (at < b->len) {
		ssize_t n = send(fd, b->data + at, b->len - at, MSG_NOSIGNAL);

		if (n <= 0)
			return false;
		at += (size_t)n;
	}
	return true;
}

static bool read_all(int fd, char *out, size_t n)
{
	while (n > 0) {
		ssize_t got = recv(fd, out, n, 0);

		if (got <= 0)
			return false;
		out += got;
		n -= (size_t)got;
	}
	return true;
}

bool peer_answer(int fd, struct buf *out)
{
	unsigned char h[HEADER];
	char skipped[256];

	while (read_all(fd, (char *)h, sizeof h)) {
		size_t length = (size_t)h[4] << 8 | h[5];
		struct buf other;
		struct buf *to = h[1] == PEER_STDOUT ? out : &other;
		char *room;
		bool good;

		buf_init(&other, PARAMS + 1);
		room = length > 0 ? buf_reserve(to, length) : skipped;
		good = room != NULL && read_all(fd, room, length) &&
		       read_all(fd, skipped, h[6]);
		to->len += length;
		buf_free(&other);
		if (!good)
			return false;
		if (h[1] == PEER_END)
			return true;
	}
	return false;
}

bool peer_is_closed(int fd)
{
	char byte;

	return recv(fd, &byte, 1, 0) == 0;
}
