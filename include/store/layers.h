/* Imported layers: reading. */
#ifndef BUDGETMAP_STORE_LAYERS_H
#define BUDGETMAP_STORE_LAYERS_H

#include "base/arena.h"
#include "query/project.h"
#include "store/db.h"

enum { LAYER_FIELDS_MAX = 256, LAYER_NAME_MAX = 63, LAYERS_MAX = 256 };

/* One layer; texts are never NULL. */
struct layer {
	int64_t id;
	const char *name; /* [a-z][a-z0-9_]* */
	const char *title[3]; /* kk, ru, en */
	const char *licence, *source, *attribution; /* may be empty */
	int32_t date; /* 0: not told */
	bool is_public;
	int64_t change; /* data version of its last change */
	int64_t published; /* when that was, seconds UTC */
	struct schema schema; /* its first field is source_id */
	struct str style, rest; /* KML as it stood in the file */
};

/* A type by its name in files, "int"; VALUE_NULL when there is none. And
 * back. */
enum value_type layer_type_find(struct str name);
const char *layer_type_name(enum value_type type);

/* Public layers, by name; everything in the arena. */
bool layers_list(struct db *d, struct arena *a, struct layer **out, size_t *n,
    struct err *e) __attribute__((warn_unused_result));

/* Any layer by name. ERR_MISSING when there is none. */
bool layers_find(struct db *d, struct str name, struct arena *a,
    struct layer *out, struct err *e) __attribute__((warn_unused_result));

/* Its features in the order (key, id), for a snapshot: facts are zero. known
 * may be NULL. */
bool layer_each(struct db *d, const struct layer *l, project_known *known,
    project_visit *visit, void *context, struct err *e)
    __attribute__((warn_unused_result));

/* What a feature has of KML as it stood in the file; empty without. */
struct layer_kept {
	struct str style, rest;
	struct str heights; /* format/heights.h */
};
bool layer_kept(struct db *d, int64_t feature, struct arena *a,
    struct layer_kept *out, struct err *e) __attribute__((warn_unused_result));

#endif
