/* What readers of foreign files visit, as text to compare. */
#ifndef BUDGETMAP_TESTS_VISITS_H
#define BUDGETMAP_TESTS_VISITS_H

#include "base/buf.h"
#include "format/foreign.h"

/* Reads text with one of the readers, all hooks but visit left out; features
 * stay in the arena. */
typedef bool visits_reader(const struct foreign_file *file,
    const struct foreign_hooks *hooks, struct err *e);
bool visits_read(visits_reader *read, struct str text, size_t max_bytes,
    struct arena *a, foreign_visit *visit, void *context, struct err *e);

/* A foreign_visit whose context is a struct buf: appends a line such as
 * "1 [id] POINT (68 43) name=Мектеп capacity=600". */
bool visits_add(void *context, const struct foreign_feature *f, struct err *e);

/* Fails with ERR_CONFLICT, "stop", at the first feature. */
bool visits_stop(void *context, const struct foreign_feature *f, struct err *e);

#endif
