/* The floor of every benchmark: the least a FastCGI program can do. It answers
 * REQUEST_URI ...i=K with the K-th stored answer, headers and all, written in
 * 64 KiB records by writev on the connection.
 *
 *   floor SOCKET FOLDER COUNT    FOLDER/0 ... FOLDER/COUNT-1 are the answers */
#include <fcgiapp.h>

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { THREADS = 16, RECORD = 65528, BATCH = 64, BACKLOG = 512 };

struct answer {
	char *data;
	size_t len;
};

struct floor {
	int socket;
	long count;
	struct answer *answers;
};

static bool write_all(int fd, struct iovec *iov, int n)
{
	while (n > 0) {
		ssize_t sent = writev(fd, iov, n);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0)
			return false;
		while (n > 0 && (size_t)sent >= iov->iov_len) {
			sent -= (ssize_t)iov->iov_len;
			iov++;
			n--;
		}
		if (n > 0) {
			iov->iov_base = (char *)iov->iov_base + sent;
			iov->iov_len -= (size_t)sent;
		}
	}
	return true;
}

/* FastCGI 1.0 section 3.3: version, type (6: stdout), request id, content
 * length, padding length, reserved. */
static void fill_header(uint8_t *h, int id, size_t len)
{
	h[0] = 1;
	h[1] = 6;
	h[2] = (uint8_t)(id >> 8);
	h[3] = (uint8_t)id;
	h[4] = (uint8_t)(len >> 8);
	h[5] = (uint8_t)len;
	h[6] = 0;
	h[7] = 0;
}

static void send_answer(FCGX_Request *r, const struct answer *a)
{
	struct iovec iov[2 * BATCH];
	uint8_t headers[BATCH][8];
	size_t done = 0;

	while (done < a->len) {
		int n = 0;

		for (; n < BATCH && done < a->len; n++) {
			size_t len = a->len - done;

			if (len > RECORD)
				len = RECORD;
			fill_header(headers[n], r->requestId, len);
			iov[2 * n] = (struct iovec){ headers[n], 8 };
			iov[2 * n + 1] = (struct iovec){ a->data + done, len };
			done += len;
		}
		if (!write_all(r->ipcFd, iov, 2 * n))
			return;
	}
}

static void *serve(void *context)
{
	const struct floor *f = context;
	FCGX_Request r;

	FCGX_InitRequest(&r, f->socket, 0);
	while (FCGX_Accept_r(&r) == 0) {
		const char *uri = FCGX_GetParam("REQUEST_URI", r.envp);
		const char *mark = uri ? strstr(uri, "i=") : NULL;
		long k = mark ? strtol(mark + 2, NULL, 10) : 0;

		send_answer(&r, &f->answers[k % f->count]);
		FCGX_Finish_r(&r);
	}
	return NULL;
}

static bool load(struct answer *a, const char *folder, long k)
{
	char path[1024];
	struct stat s;
	FILE *file;
	bool good;

	snprintf(path, sizeof(path), "%s/%ld", folder, k);
	file = fopen(path, "rb");
	if (!file)
		return false;
	good = fstat(fileno(file), &s) == 0 && s.st_size > 0;
	if (good) {
		a->len = (size_t)s.st_size;
		a->data = malloc(a->len);
		good = a->data && fread(a->data, 1, a->len, file) == a->len;
	}
	fclose(file);
	return good;
}

int main(int argc, char **argv)
{
	struct floor f;
	pthread_t threads[THREADS];

	if (argc != 4) {
		fprintf(stderr, "usage: floor SOCKET FOLDER COUNT\n");
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	f.count = strtol(argv[3], NULL, 10);
	if (f.count < 1)
		return 2;
	f.answers = calloc((size_t)f.count, sizeof(*f.answers));
	for (long k = 0; f.answers && k < f.count; k++) {
		if (!load(&f.answers[k], argv[2], k)) {
			fprintf(stderr, "floor: cannot read answer %ld\n", k);
			return 1;
		}
	}
	if (!f.answers || FCGX_Init() != 0)
		return 1;
	f.socket = FCGX_OpenSocket(argv[1], BACKLOG);
	if (f.socket < 0)
		return 1;
	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&threads[i], NULL, serve, &f) != 0)
			return 1;
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
