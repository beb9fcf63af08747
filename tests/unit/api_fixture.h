/* A small database of invented districts and projects, and requests to it
 * without a server. */
#ifndef TEST_API_FIXTURE_H
#define TEST_API_FIXTURE_H

#include "api/collection.h"
#include "api/exchange.h"
#include "index/snapshot.h"
#include "store/db.h"

/* Where the answers come from. */
enum answer_from {
	FROM_SNAPSHOT,
	FROM_SQL, /* no snapshot is there */
	FROM_NOTHING /* no database either */
};

struct fixture {
	char folder[64], path[1024];
	bool kept; /* the database is not ours */
	struct db *db;
	struct proj *proj;
	struct snapshot *projects, *districts, *projects_before;
	const struct collection *layers; /* the test's own */
	size_t n_layers;
	struct site site;
	struct kml_looks *looks; /* the site's */
	int32_t today;
	enum answer_from from;
	size_t body_limit; /* of written text; 0: as always */
	bool may_fail; /* a body that cannot be had gives status 503 */
	const char *accept, *accept_language, *if_none_match;
	struct arena arena;
};

struct answer {
	int status;
	char media[64], etag[40];
	char *headers, *body; /* terminated; freed by answer_free */
	size_t len;
	unsigned allowed;
};

/* Makes the database; fails the test when it cannot. */
void fixture_open(struct fixture *f);
/* Reads a database that is there; it stays when the fixture is closed. */
void fixture_open_file(struct fixture *f, const char *path);
void fixture_close(struct fixture *f);

/* Takes a CSV table in, as one batch; the snapshots become those before. */
void fixture_import(struct fixture *f, const char *table, const char *csv);

/* Withdraws a project and builds the snapshots anew. */
void fixture_withdraw(struct fixture *f, const char *public_id);

/* Builds the snapshots of the data as it is; the old ones stay as those
 * before. */
void fixture_rebuild(struct fixture *f);

/* Answers one request. A path that request_make refuses gives status 0. */
void fixture_ask(
    struct fixture *f, const char *method, const char *uri, struct answer *out);
void fixture_get(struct fixture *f, const char *uri, struct answer *out);
void answer_free(struct answer *a);

#endif
