/* What readers of foreign files visit, as text to compare. */
#ifndef BUDGETMAP_TESTS_VISITS_H
#define BUDGETMAP_TESTS_VISITS_H

#include "base/buf.h"
#include "format/foreign.h"

/* A foreign_visit whose context is a struct buf: appends a line such as
 * "1 [id] POINT (68 43) name=Мектеп capacity=600". */
bool visits_add(
    void *context, const struct foreign_feature *f, long number, struct err *e);

/* Fails with ERR_CONFLICT, "stop", at the first feature. */
bool visits_stop(
    void *context, const struct foreign_feature *f, long number, struct err *e);

#endif
