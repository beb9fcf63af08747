/* What the parts of importing a layer share. */
#ifndef BUDGETMAP_STORE_LAYER_PRIVATE_H
#define BUDGETMAP_STORE_LAYER_PRIVATE_H

#include "geo/geos.h"
#include "issues.h"
#include "layer_fields.h"
#include "sql.h"
#include "store/layer_import.h"

struct layer_import {
	struct db *db;
	struct layer_options options;
	struct layer stored; /* the layer as it is; id 0: it is new */
	const char *fields; /* its attributes as JSON */
	struct arena life; /* as long as the import */
	struct arena record; /* as long as one feature */
	struct buf scratch, text;
	struct layer_fields columns;
	struct geos *geos;
	struct str style, rest; /* of the whole file; data NULL: not told */
	int64_t n; /* of the last feature */
	long number; /* of the feature the report speaks of, in its file */
	int64_t located, swapped; /* features; those that seem exchanged */
	int64_t rounded; /* numbers that are not kept to the last digit */
	struct import_counts counts;
	enum import_phase phase;
};

/* A line of the report. */
bool layer_report(struct layer_import *i, enum import_level level, long line,
    struct str name, const char *field, const char *reason, struct err *e);

/* The place of a feature: exchanged back, rounded, repaired. good becomes false
 * when it is refused; the failure is then reported. told is as the file has it,
 * exchanged and rounded: its heights are of these positions. */
bool layer_place(struct layer_import *i, const struct layer_record *r,
    const struct geom **out, const struct geom **told, bool *good,
    struct err *e);

/* What is kept of the heights of a feature whose place told became is: in the
 * record's arena, as in struct layer_staged. Lost ones are reported. */
bool layer_heights(struct layer_import *i, const struct layer_record *r,
    const struct geom *told, const struct geom *is, struct str *out,
    struct err *e);

/* --- layer_stage.c: the temporary tables -----------------------------------
 */

/* What a feature becomes. */
enum layer_fate { LAYER_REFUSED, LAYER_UNCHANGED, LAYER_CREATE, LAYER_CHANGE };

struct layer_staged {
	int64_t n;
	long line, number; /* in the file */
	struct str name, source_id; /* data NULL: none */
	int64_t own; /* id that our own export gave it, 0: none */
	struct str attributes; /* packed, see layer_stage.c */
	struct str style, rest; /* data NULL: the file does not tell */
	struct str heights; /* format/heights.h, without words where they are
			     * not told; data NULL: nothing is told */
	struct str geom; /* blob; data NULL: none */
	int64_t key;
	struct position anchor;
};

bool layer_stage_open(struct layer_import *i, struct err *e);
void layer_stage_close(struct layer_import *i);

/* Packs one attribute into b; takes the next one out of packed. */
void layer_pack(struct buf *b, int field, struct str value);
bool layer_unpack(struct str *packed, int *field, struct str *value);

bool layer_stage_add(
    struct layer_import *i, const struct layer_staged *s, struct err *e);

/* The line of a feature with that source id; 0: there is none. */
bool layer_stage_find(
    struct layer_import *i, struct str source_id, long *line, struct err *e);

/* Features by number; target, fate and next are what was set. */
typedef bool layer_staged_visit(struct layer_import *i,
    const struct layer_staged *s, int64_t target, enum layer_fate fate,
    struct str next, void *context, struct err *e);
bool layer_stage_each(struct layer_import *i, layer_staged_visit *visit,
    void *context, struct err *e);

/* Sets what a feature becomes: which stored one, and its attributes as JSON. */
bool layer_stage_settle(struct layer_import *i, int64_t n, int64_t target,
    enum layer_fate fate, struct str next, struct err *e);

/* --- layer_match.c ----------------------------------------------------------
 */

/* Finds the stored feature of each staged one: by what the source calls it, by
 * our own id, by name and place. */
bool layer_match(struct layer_import *i, struct err *e);

/* --- layer_row.c: stored features -------------------------------------------
 */

/* The columns of a feature that are compared and journaled. */
enum {
	LAYER_ROW_SOURCE_ID,
	LAYER_ROW_NAME,
	LAYER_ROW_ATTRIBUTES,
	LAYER_ROW_STYLE,
	LAYER_ROW_REST,
	LAYER_ROW_GEOM,
	LAYER_ROW_HEIGHTS,
	LAYER_ROW_FIELDS
};
extern const char *const layer_row_names[LAYER_ROW_FIELDS];

/* Reads a stored feature into values (VALUE_NULL, VALUE_TEXT; the geometry is
 * its blob) that live until the statement *s is reset, which is the caller's.
 * ERR_MISSING when it is not there. */
bool layer_row_read(struct db *d, int64_t id,
    struct value values[static LAYER_ROW_FIELDS], sqlite3_stmt **s,
    struct err *e);

/* Writes one and journals it. id 0: a new one, which becomes *id. */
struct layer_place {
	int64_t key;
	bool located;
	struct position anchor;
};
bool layer_row_write(struct db *d, struct journal *j, const struct layer *l,
    int64_t *id, const struct value was[static LAYER_ROW_FIELDS],
    const struct value is[static LAYER_ROW_FIELDS],
    const struct layer_place *place, struct arena *a, struct err *e);

/* Puts one that was taken out back under its id. */
bool layer_row_restore(struct db *d, struct journal *j, const struct layer *l,
    int64_t id, const struct value is[static LAYER_ROW_FIELDS],
    const struct layer_place *place, struct arena *a, struct err *e);

/* Takes one out and journals it. */
bool layer_row_remove(struct db *d, struct journal *j, const struct layer *l,
    int64_t id, struct arena *a, struct err *e);

/* The columns of a layer that are compared and journaled; text, day and int. */
enum {
	LAYER_HEAD_TITLE_KK,
	LAYER_HEAD_TITLE_RU,
	LAYER_HEAD_TITLE_EN,
	LAYER_HEAD_LICENCE,
	LAYER_HEAD_SOURCE,
	LAYER_HEAD_ATTRIBUTION,
	LAYER_HEAD_DATE,
	LAYER_HEAD_FIELDS_JSON,
	LAYER_HEAD_STYLE,
	LAYER_HEAD_REST,
	LAYER_HEAD_FIELDS
};
extern const char *const layer_head_names[LAYER_HEAD_FIELDS];

/* Values of the layer with that name; *found false: there is none. They live in
 * the arena. */
bool layer_head_read(struct db *d, struct str name, struct arena *a,
    bool *found, struct value values[static LAYER_HEAD_FIELDS], struct err *e);

/* Writes them and journals it where they differ; was NULL: a new one. *id
 * becomes its id. */
bool layer_head_write(struct db *d, struct journal *j, struct str name,
    int64_t *id, const struct value *was,
    const struct value is[static LAYER_HEAD_FIELDS], struct err *e);

/* Takes out a layer that has no features any more. */
bool layer_head_remove(
    struct db *d, struct journal *j, struct str name, struct err *e);

/* Something of the layer changed in this batch. */
bool layer_head_touch(struct db *d, int64_t id, int64_t version, struct err *e);

#endif
