/* JSON answers of the API, for tests; whatever is not there fails the test. */
#ifndef TEST_API_JSON_H
#define TEST_API_JSON_H

#include "api_fixture.h"

#include <jansson.h>

#define API_BASE "https://map.example.kz"

/* The answer to a GET, which has to be 200 and JSON; to be given back with
 * json_decref. */
json_t *api_json(struct fixture *f, const char *uri);

/* The status of a GET. */
int api_status(struct fixture *f, const char *uri);

/* A member: a text ("" without it), a whole number. */
const char *api_text(const json_t *object, const char *key);
int64_t api_number(const json_t *object, const char *key);

/* Path and query of the link with rel and type (NULL: any). */
const char *api_link(const json_t *object, const char *rel, const char *type);
bool api_has_link(const json_t *object, const char *rel);

/* numberMatched of a list. */
int64_t api_matched(struct fixture *f, const char *uri);

/* The last digits of the projects' ids, in the order of the list. */
void api_ids(struct fixture *f, const char *uri, char out[static 16]);

/* Fails unless the class is declared. */
void api_declared(struct fixture *f, const char *conformance_class);

#endif
