/* One request on its way: what is asked, what answers it, what it may use. */
#ifndef BUDGETMAP_API_EXCHANGE_H
#define BUDGETMAP_API_EXCHANGE_H

#include "http/request.h"
#include "http/response.h"

#include <stddef.h>
#include <stdint.h>

struct collection;
struct db;
struct kml_looks;
struct proj;
struct snapshot;

/* What the configuration says to the public; lives as long as the process.
 * Texts are never NULL, but may be empty. */
struct site {
	const char *base_url; /* "https://host[/path]", no slash at the end */
	const char *title[3]; /* kk, ru, en */
	const char *attribution[3];
	const char *licence, *licence_url;
	const char *contact;
	const char *tile_url, *tile_attribution; /* the base map, may be "" */
	int cache_seconds; /* what browsers may keep an answer for */
	const struct kml_looks *looks; /* what begins KML; NULL: it is made for
					* each answer */
};

/* Everything stays valid until the answer is sent: bytes of the snapshots may
 * be cut into the response. */
struct exchange {
	const struct request *request;
	struct response *response; /* fresh */
	struct arena *arena; /* the request's, reset after sending */
	const struct site *site;
	struct db *db; /* read connection of this thread, outside of any
			* transaction, deadline set; NULL when the database
			* cannot be opened now: answer ERR_DAMAGED */
	struct proj *proj; /* of this thread */
	struct snapshot *projects, *districts; /* newest; NULL: answer by SQL */
	struct snapshot *projects_before,
	    *districts_before; /* the ones before,
				* for cursors, for five minutes; or NULL */
	const struct collection *layers; /* imported ones (api/collection.h),
					  * by id; NULL: answer by SQL */
	size_t n_layers;
	int64_t now; /* seconds UTC */
	int32_t today; /* YYYYMMDD in Asia/Almaty */
	int64_t deadline; /* clock_monotonic when to give up: ERR_BUSY */

	/* Set by api_handle. */
	const char *route; /* pattern of the row that matched, for log and
			    * metrics; NULL: none */
	unsigned allowed; /* HTTP_ bits of this path; 0: unknown path */
};

/* Answers x->request by filling x->response: status, media, etag, max_age,
 * gzip_ok, headers, body; failures by problem_write. HEAD is answered as GET
 * and OPTIONS of a known path by setting allowed only: the caller drops or
 * makes what is left. It also does If-None-Match, gzip, Vary, Allow, CORS,
 * Cache-Control, request id and Content-Length. Must not seal the response. */
void api_handle(struct exchange *x);

#endif
