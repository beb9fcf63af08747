/* Taking a layer in: features are checked one by one and staged in temporary
 * tables, compared with what is stored, then applied in one transaction. */
#ifndef BUDGETMAP_STORE_LAYER_IMPORT_H
#define BUDGETMAP_STORE_LAYER_IMPORT_H

#include "geo/feature.h"
#include "store/db.h"
#include "store/import.h"
#include "store/journal.h"

/* What a column of the file becomes. */
struct layer_mapping {
	struct str column;
	struct str field; /* of the layer; empty: left out; "source_id": what
			   * the source calls the feature */
	enum value_type type; /* VALUE_NULL: found out */
	struct str title[3]; /* empty: the column's own name */
};

struct layer_options {
	const char *name; /* [a-z][a-z0-9_]*, at most LAYER_NAME_MAX */
	/* NULL: as stored; for a new layer its name, or nothing. */
	const char *title[3];
	const char *licence, *source, *attribution;
	int32_t date; /* 0: as stored */
	bool replace; /* stored features that the file does not have go */
	bool swap; /* lon and lat are exchanged in the file */
	const struct layer_mapping *map;
	size_t n_map;
	/* As in struct import_options; may be NULL. */
	void (*progress)(
	    void *context, const char *what, int64_t done, int64_t total);
	void *context;
};

/* A feature of the file. Texts are NFC. */
struct layer_record {
	long number, line;
	int part, parts; /* of a geometry that was parted by kinds */
	struct str name, id; /* empty without */
	const struct geom *geom; /* NULL: without a place */
	const struct str *names, *values;
	const enum value_type *types; /* as the file tells; VALUE_NULL */
	size_t n;
	struct str style, rest; /* as they stand; empty without */
	const double *heights; /* of each position; NULL: all 0 or none */
	struct str altitude; /* what they mean; data NULL: not told */
};

struct layer_import;

/* ERR_INPUT when the name or the map cannot be. NULL on failure. */
struct layer_import *layer_import_open(
    struct db *d, const struct layer_options *o, struct err *e);
void layer_import_close(struct layer_import *i);

/* Checks and stages one feature. One that is refused is counted and reported;
 * false only when the whole file must be given up. */
bool layer_import_add(struct layer_import *i, const struct layer_record *r,
    struct err *e) __attribute__((warn_unused_result));

/* The number in the file of the feature that the reader speaks of next. */
void layer_import_call(struct layer_import *i, long number);

/* Something the reader says about a feature, or about the file (line 0). */
bool layer_import_tell(struct layer_import *i, enum import_level level,
    long line, struct str name, const char *text, struct err *e)
    __attribute__((warn_unused_result));

/* What the file has beside features: styles and the rest as they stand, titles
 * of columns. */
bool layer_import_document(struct layer_import *i, struct str style,
    struct str rest, const struct str *columns, const struct str *titles,
    size_t n, struct err *e) __attribute__((warn_unused_result));

/* After the last feature: finds out types, compares with what is stored. */
bool layer_import_compare(struct layer_import *i, struct import_counts *out,
    struct err *e) __attribute__((warn_unused_result));

/* Writes what was found, but the refused features, as one batch of the journal.
 * ERR_CONFLICT when the layer changed since the comparison. */
bool layer_import_apply(struct layer_import *i,
    const struct journal_batch *batch, struct import_counts *counts,
    int64_t *version, struct err *e) __attribute__((warn_unused_result));

/* The nth attribute as it will be and the column it comes from; false behind
 * the last one. After comparing. */
bool layer_import_field(const struct layer_import *i, size_t nth,
    const struct field **field, const char **column);

/* Takes a layer out with all its features. ERR_MISSING when there is none,
 * ERR_INPUT without a reason. */
bool layer_remove(struct db *d, const char *name,
    const struct journal_batch *batch, struct import_counts *counts,
    int64_t *version, struct err *e) __attribute__((warn_unused_result));

#endif
