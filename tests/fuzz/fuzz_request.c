/* A request's address and headers, one a line. */
#include "fuzz/fuzz.h"

#include <stdlib.h>

#include "http/negotiate.h"
#include "http/request.h"
#include "http/router.h"

enum { LIMIT = 1 << 20, OFFERS = 3 };

static const char *const types[OFFERS] = { "application/json", "text/html",
	"application/geo+json" };
static const char *const languages[OFFERS] = { "kk", "ru", "en" };

static const struct route routes[] = {
	{ "/", HTTP_GET, NULL },
	{ "/api/collections/{c}/items/{id}", HTTP_GET, NULL },
	{ "/tiles/{c}/{z}/{x}/{y}.geojson", HTTP_GET, NULL },
	{ "/d/", HTTP_GET, NULL },
};

static void route(const struct request *q)
{
	struct route_match m = { 0 };
	struct err e = { 0 };
	const char *end = q->path.data + q->path.len;

	if (!router_find(&m, routes, sizeof routes / sizeof routes[0], q, &e))
		return;
	for (int i = 0; i < ROUTE_VARS && m.vars[i].data != NULL; i++)
		if (m.vars[i].data < q->path.data || m.vars[i].len == 0 ||
		    m.vars[i].data + m.vars[i].len > end)
			abort();
}

static void negotiate(struct str rest)
{
	int type = negotiate_type(str_cut(&rest, '\n'), types, OFFERS);
	int lang = negotiate_language(str_cut(&rest, '\n'), languages, OFFERS);

	if (type < -1 || type >= OFFERS || lang < -1 || lang >= OFFERS)
		abort();
	(void)negotiate_gzip(str_cut(&rest, '\n'));
	(void)negotiate_none_match(rest, "\"0123456789abcdef\"");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = { (const char *)data, size };
	struct str line = str_cut(&rest, '\n');
	struct request q;
	struct err e = { 0 };
	struct arena a;
	const char *uri;

	arena_init(&a, LIMIT);
	uri = arena_copy(&a, line.data, line.len);
	if (uri != NULL && request_make(&q, &a, "GET", uri, &e))
		route(&q);
	negotiate(rest);
	arena_free(&a);
	return 0;
}
