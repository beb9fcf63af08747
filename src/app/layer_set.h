/* The imported layers of one moment, as collections; immutable and shared by
 * reference. */
#ifndef BUDGETMAP_APP_LAYER_SET_H
#define BUDGETMAP_APP_LAYER_SET_H

#include "api/collection.h"
#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct layer_set;

/* Opens the files of all layers of a folder. What of previous (may be NULL) is
 * of the same version is taken over; what is newer keeps it as the one before
 * until now + keep. damaged becomes how many files could not be read; of these
 * the previous ones stay. NULL when memory is exhausted. */
struct layer_set *layer_set_open(const char *folder, struct layer_set *previous,
    int64_t now, int64_t keep, int *damaged);

/* References, atomic; NULL is one too. */
struct layer_set *layer_set_ref(struct layer_set *s);
void layer_set_unref(struct layer_set *s);

/* When the first of those before is over; INT64_MAX: there are none. And a set
 * without those that are; NULL when memory is exhausted. */
int64_t layer_set_expires(const struct layer_set *s);
struct layer_set *layer_set_without(struct layer_set *s, int64_t now);

/* By id; lives as long as the set. */
const struct collection *layer_set_list(const struct layer_set *s, size_t *n);

/* The file of a layer in a folder; false when the path is too long. And the
 * name of the layer that a file of the folder is of; false when it is none. */
bool layer_file_path(
    char *out, size_t size, const char *folder, const char *name);
bool layer_file_name(char *out, size_t size, const char *file);

#endif
