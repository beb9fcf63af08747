/* The parts of the API's description, for programs and for people. */
#ifndef BUDGETMAP_API_OPENAPI_H
#define BUDGETMAP_API_OPENAPI_H

#include "api/call.h"
#include "format/json_write.h"

/* Whether a value is a list separated by commas. */
bool openapi_is_list(const struct param *p);

/* A parameter of an operation, or a reference to where it is described. */
void openapi_write_param(struct json *j, const struct param *p, int lang);

/* Member "parameters" of the components. */
void openapi_write_shared(struct json *j, int lang);

/* The schema of a {name} in a pattern: its members, within an open object. */
void openapi_write_path_param(struct json *j, struct str name);

/* Member "components". */
void openapi_write_components(struct json *j, int lang);

/* The parameters of an endpoint: items take their attributes too. NULL when
 * memory is exhausted. */
const struct param_table *openapi_params(
    struct call *c, const struct endpoint *e);

/* The media types of an endpoint's answers: NULL from the last on. i counts
 * from 0. */
const char *openapi_media(const struct endpoint *e, size_t i);

/* The component that describes a JSON answer of an endpoint; NULL: none. */
const char *openapi_component(const struct endpoint *e, const char *media);

/* How a request can fail: NULL text from the last on. */
struct openapi_failure {
	const char *status;
	const char *text[LANG_COUNT];
};
const struct openapi_failure *openapi_failure(
    const struct endpoint *e, size_t i);

/* The next {name} of a pattern from *at on, which moves behind it; false when
 * there is none. */
bool openapi_next_name(const char **at, struct str *name);

#endif
