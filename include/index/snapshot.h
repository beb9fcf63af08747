/* A snapshot: the immutable index of one data version of one collection. */
#ifndef BUDGETMAP_INDEX_SNAPSHOT_H
#define BUDGETMAP_INDEX_SNAPSHOT_H

#include "base/err.h"
#include "geo/rtree.h"
#include "query/project.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct snapshot;
struct snapshot_builder;

/* What a layer says of itself; no text is NULL. */
struct snapshot_about {
	const char *title[3]; /* kk, ru, en */
	const char *description[3];
	const char *licence, *source, *attribution;
	int32_t date; /* YYYYMMDD, 0: not told */
};

/* What a snapshot is of. Collections other than projects have zero facts. */
struct snapshot_info {
	const struct schema *schema;
	int64_t version; /* data version */
	int64_t published; /* its publication, seconds since 1970 UTC */
	int32_t day; /* overdue is as of this day, YYYYMMDD */
	const struct str
	    *katos; /* districts by number, DISTRICTS_MAX at most */
	size_t n_katos;
	const struct snapshot_about
	    *about; /* NULL: the program knows schema
		     * and titles; otherwise both go into the file,
		     * and the snapshot has its own copies */
};

/* Says that what a snapshot holds contradicts itself, ERR_DAMAGED: its file was
 * changed by somebody else. False always. */
bool snapshot_damaged(struct err *e);

/* Begins a snapshot. path is the final file: it is built beside it and renamed
 * over it by finish; NULL builds in memory only. Fragments of unchanged rows
 * are copied from previous (may be NULL), which stays the caller's. NULL on
 * failure. */
struct snapshot_builder *snapshot_build_begin(const char *path,
    const struct snapshot_info *info, const struct snapshot *previous,
    struct err *e);

/* Both fit project_known and project_visit; context is the builder. Projects
 * come in the order (key, id). One thread may ask while another one adds. */
bool snapshot_build_known(void *builder, int64_t id, int64_t change);
bool snapshot_build_add(void *builder, const struct project *p, struct err *e);

/* The bytes of what was added until now. */
size_t snapshot_build_bytes(const struct snapshot_builder *b);

/* Completes the snapshot and returns it opened (one reference); NULL on
 * failure. Either way the builder is gone, and no half-written file is left. */
struct snapshot *snapshot_build_finish(
    struct snapshot_builder *b, struct err *e);
void snapshot_build_abort(struct snapshot_builder *b);

/* Maps a file; schema NULL takes the one that lies in it. deep checks every
 * section's checksum, otherwise only header and directory, which is enough not
 * to crash on a damaged file that was checked once. ERR_DAMAGED when it is not
 * a whole snapshot of this schema, ERR_MISSING when there is none. */
struct snapshot *snapshot_open(
    const char *path, const struct schema *schema, bool deep, struct err *e);

/* References, atomic. The last one unmaps. */
struct snapshot *snapshot_ref(struct snapshot *s);
void snapshot_unref(struct snapshot *s);

/* Info as given at building; lives as long as the snapshot. */
const struct snapshot_info *snapshot_info_of(const struct snapshot *s);
uint32_t snapshot_count(const struct snapshot *s); /* features */
uint32_t snapshot_located(const struct snapshot *s); /* those with a place;
						      * they come first */

/* Rows are numbered 0 to count - 1 in the order (key, id). */
int64_t snapshot_id(const struct snapshot *s, uint32_t row);
struct str snapshot_public_id(const struct snapshot *s, uint32_t row);
int64_t snapshot_key(const struct snapshot *s, uint32_t row);
struct position snapshot_anchor(const struct snapshot *s, uint32_t row);
struct bbox snapshot_box(const struct snapshot *s, uint32_t row);
void snapshot_facts(const struct snapshot *s, uint32_t row, struct facts *out);
/* The row with that internal id; false when there is none. */
bool snapshot_find(const struct snapshot *s, int64_t id, uint32_t *row);

/* The GeoJSON fragments of count rows from first, one after another, each
 * beginning with a comma: skip the first byte for the first one. Lies in the
 * mapping. */
struct str snapshot_fragments(
    const struct snapshot *s, uint32_t first, uint32_t count);

/* The lengths of the values in a row's fragment, by field of the schema, as
 * fragment_measure tells them. Lies in the mapping. */
const uint8_t *snapshot_value_lengths(const struct snapshot *s, uint32_t row);

/* The texts that rows have in a field which projects are not filtered by, such
 * as a title. False when the snapshot is damaged. */
struct snapshot_texts {
	const uint32_t *numbers;
	struct str values;
};
bool snapshot_texts_open(struct snapshot_texts *out, const struct snapshot *s,
    size_t field) __attribute__((warn_unused_result));

/* What a row has; data is NULL where it has nothing. Lies in the mapping. */
struct str snapshot_text(const struct snapshot_texts *t, uint32_t row);

/* The box of all located features; bbox_is_empty when there are none. */
struct bbox snapshot_extent(const struct snapshot *s);

/* The days from the first to the last of all periods of work that are known; 0
 * where none is or one is open there. */
void snapshot_period(const struct snapshot *s, int32_t *first, int32_t *last);

/* A mark of what is within, for ETags: the collection, one home district
 * (number or DISTRICT_NONE), a box (located features only; of a large one the
 * z8 tiles that touch it). It differs after anything there was changed, added,
 * moved or withdrawn (a largest change number would not tell of what is gone);
 * marks have no order. What is overdue is in that of a box only: with others
 * add the day where it shows. */
int64_t snapshot_change(const struct snapshot *s);
int64_t snapshot_change_home(const struct snapshot *s, int home);
int64_t snapshot_change_box(const struct snapshot *s, const struct bbox *b);

#endif
