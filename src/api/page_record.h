/* The parts of a full record as tables for people. */
#ifndef BUDGETMAP_API_PAGE_RECORD_H
#define BUDGETMAP_API_PAGE_RECORD_H

#include "api/page.h"

/* Writes what the record says of the project itself and no feature carries, as
 * facts; the same holds as below. */
bool page_record_facts(struct call *c, int64_t id, struct err *e)
    __attribute__((warn_unused_result));

/* Writes a table for each part that has rows, within the read transaction that
 * is open on the call's connection. */
bool page_record(struct call *c, int64_t id, struct err *e)
    __attribute__((warn_unused_result));

#endif
