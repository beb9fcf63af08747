/* RFC 9457 problem documents. */
#ifndef BUDGETMAP_HTTP_PROBLEM_H
#define BUDGETMAP_HTTP_PROBLEM_H

#include "base/err.h"
#include "http/request.h"
#include "http/response.h"

/* The HTTP status of a failure. */
int problem_status(enum err_code code);

/* Makes r the problem document of e: application/problem+json with type,
 * title, status, detail, code, request_id and, where known, parameter. Title
 * and detail are in the language of the request (kk, ru, en). Never cached, but for 404
 * and 410 a few seconds. */
void problem_write(
    struct response *r, const struct err *e, const struct request *q, int lang);

#endif
