/* The options of one command, as a table. */
#ifndef BUDGETMAP_APP_FLAGS_H
#define BUDGETMAP_APP_FLAGS_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* An option: with a value (text is set) or without (on is set). */
struct flag {
	const char *name; /* without "--" */
	const char **text;
	bool *on;
};

/* Takes "--name value", "--name=value" and "--name" of the table out of argv
 * (up to "--", which goes too) and lowers *argc; the rest are the arguments.
 * ERR_INPUT on an unknown or repeated option and on a missing value. */
bool flags_take(const struct flag *flags, size_t n, int *argc, char **argv,
    struct err *e) __attribute__((warn_unused_result));

#endif
