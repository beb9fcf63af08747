/* The file a snapshot is built in, beside its final place. */
#ifndef BUDGETMAP_SRC_INDEX_OUTPUT_H
#define BUDGETMAP_SRC_INDEX_OUTPUT_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct output {
	int file;
	char *path; /* final, NULL: in memory only */
	char *beside; /* where it is built */
	uint64_t offset; /* bytes written */
};

/* Opens a file beside path, or one in memory when path is NULL. Builders of
 * other processes are not disturbed; what a killed one left is taken over. */
bool output_open(struct output *o, const char *path, struct err *e);

/* Appends; zeros up to the next multiple of align. */
bool output_write(
    struct output *o, const void *data, size_t len, struct err *e);
bool output_align(struct output *o, size_t align, struct err *e);

/* Writes at the beginning, over what is there. */
bool output_write_first(
    struct output *o, const void *data, size_t len, struct err *e);

/* Renames it over path. */
bool output_publish(struct output *o, struct err *e);

/* Closes it; what was not published is removed. */
void output_close(struct output *o);

#endif
