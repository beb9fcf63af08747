/* The snapshot files of imported layers, as the builder makes them. */
#ifndef BUDGETMAP_APP_LAYER_FILES_H
#define BUDGETMAP_APP_LAYER_FILES_H

#include "store/db.h"
#include "store/layers.h"

#include <signal.h>
#include <stdbool.h>

struct layer_files {
	const char *folder;
	const volatile sig_atomic_t *stopping; /* gives up when set */
	char names[LAYERS_MAX]
		  [LAYER_NAME_MAX + 1]; /* of those that are there */
	size_t n;
};

/* Makes, within the read transaction of d, the files of layers that changed or
 * are missing (all, when anew), and takes away those of layers that are gone. A
 * layer that cannot be made is said to the log and left as it was; false when
 * nothing can be read. */
bool layer_files_make(struct layer_files *f, struct db *d, bool anew,
    struct err *e) __attribute__((warn_unused_result));

/* Whether all files are there. */
bool layer_files_exist(const struct layer_files *f);

#endif
