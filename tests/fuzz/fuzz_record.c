/* FastCGI records: found alike however they are cut, then taken apart. */
#include "fuzz/fuzz.h"

#include <stdlib.h>

#include "http/record.h"
#include "http/request.h"

enum { LIMIT = 1 << 20, TEXT = 4096 };

/* A scan that sees the bytes grow by step. */
static enum record_found scan_by(
    struct record_scan *s, const uint8_t *data, size_t size, size_t step)
{
	enum record_found found = RECORD_MORE;

	*s = (struct record_scan){ 0 };
	for (size_t n = 0; n < size && found == RECORD_MORE;) {
		n = size - n < step ? size : n + step;
		found = record_scan(s, data, n);
	}
	return found;
}

static void check_request(const struct record_params *p, struct arena *a)
{
	const char *uri = arena_copy(a, p->uri.data, p->uri.len);
	struct request q;
	struct err e = { 0 };

	if (uri == NULL || !request_make(&q, a, "GET", uri, &e))
		return;
	if (q.path.len == 0 || q.path.data[0] != '/')
		abort();
	for (size_t i = 0; i < q.path.len; i++)
		if (q.path.data[i] == '\0' || (i > 0 && q.path.data[i] == '/' &&
						  q.path.data[i - 1] == '/'))
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct record_scan whole, cut;
	struct record_params p;
	struct arena a;
	enum record_found found = scan_by(&whole, data, size, size);
	enum record_found again = scan_by(&cut, data, size, size / 8 + 1);

	if (found != again || (found == RECORD_WHOLE && whole.at != cut.at) ||
	    whole.at > size)
		abort();
	if (found != RECORD_WHOLE)
		return 0;
	arena_init(&a, LIMIT);
	if (record_params(&p, &whole, data, &a) && p.uri.len < TEXT)
		check_request(&p, &a);
	arena_free(&a);
	return 0;
}
