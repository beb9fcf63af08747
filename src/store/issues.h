/* The lines of an import's report, in a temporary table. */
#ifndef BUDGETMAP_STORE_ISSUES_H
#define BUDGETMAP_STORE_ISSUES_H

#include "store/import.h"

/* What a line of the report comes from; comparing can be done anew. */
enum import_phase { PHASE_READ, PHASE_COMPARE, PHASE_APPLY };

/* Empties the table, making it where it is not there. */
bool issues_begin(struct db *d, struct err *e);

/* Forgets what comparing said. */
bool issues_forget_compared(struct db *d, struct err *e);

/* Adds one; late is set from the phase, texts are copied. */
bool issues_add(struct db *d, enum import_phase phase,
    const struct import_issue *issue, struct err *e);

#endif
