/* A bar on a terminal, nothing elsewhere. */
#ifndef BUDGETMAP_APP_PROGRESS_H
#define BUDGETMAP_APP_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
	bool shown; /* standard error is a terminal */
	const char *what; /* drawn last, NULL: nothing stands there */
	int64_t next; /* clock_monotonic before which nothing is drawn */
};

void progress_init(struct progress *p);

/* So much of total is done (total 0: not known). Draws ten times a second at
 * most; cheap enough to be called for each record. */
void progress_show(
    struct progress *p, const char *what, int64_t done, int64_t total);

/* Wipes the bar, before other text is printed. */
void progress_end(struct progress *p);

#endif
