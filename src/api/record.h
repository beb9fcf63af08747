/* The full record of a project: its parts, as JSON. */
#ifndef BUDGETMAP_API_RECORD_H
#define BUDGETMAP_API_RECORD_H

#include "api/call.h"
#include "format/json_write.h"
#include "store/projects.h"

/* Writes the object of all parts of a project within the read transaction that
 * is open on the call's connection. */
bool record_write(struct json *j, struct call *c, int64_t id, struct err *e)
    __attribute__((warn_unused_result));

#endif
