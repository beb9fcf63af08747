/* An answer on its way out: FastCGI records around the response's pieces. */
#ifndef BUDGETMAP_HTTP_SENDER_H
#define BUDGETMAP_HTTP_SENDER_H

#include "http/response.h"
#include "record.h"

enum { SENDER_IOV = 128, SENDER_HEAD = 224 };

enum sender_state { SENDER_DONE, SENDER_AGAIN, SENDER_FAILED };

struct sender {
	struct response *response;
	uint16_t id;
	char head[SENDER_HEAD]; /* the first header lines */
	size_t n_head;
	uint64_t left; /* bytes of output not yet put into records */
	size_t record; /* of them what the open record still takes */
	size_t piece; /* the next bytes: head, headers, body pieces */
	size_t offset; /* in that piece */
	bool ended; /* the end of request is in iov */
	struct iovec iov[SENDER_IOV];
	size_t n_iov, sent_iov;
	uint8_t headers[SENDER_IOV][RECORD_HEADER];
	uint8_t end[RECORD_END_SIZE];
};

/* Begins to send a sealed response, which must stay where it is. */
void sender_begin(struct sender *s, struct response *r, uint16_t id);

/* Sends as much as the socket takes; SENDER_AGAIN when it takes no more now. */
enum sender_state sender_run(struct sender *s, int fd);

#endif
