/* The attributes of a foreign feature as a reader gathers them. */
#ifndef BUDGETMAP_FORMAT_GATHER_H
#define BUDGETMAP_FORMAT_GATHER_H

#include "format/foreign.h"

/* Text goes to the arena in NFC; the slices stand in bufs until the feature is
 * finished. */
struct gather {
	struct arena *arena;
	struct buf names, values; /* of struct str */
	struct buf scratch;
	size_t n;
};

void gather_init(struct gather *g, struct arena *a);
void gather_free(struct gather *g);
void gather_reset(struct gather *g);

/* A copy of text in NFC, in the arena. ERR_INPUT when it is not UTF-8,
 * ERR_LIMIT when it is longer than FOREIGN_TEXT_MAX. */
bool gather_copy(
    struct gather *g, struct str *out, struct str text, struct err *e);

/* ERR_LIMIT when the feature has too many attributes. */
bool gather_add(
    struct gather *g, struct str name, struct str value, struct err *e);

/* Hands what was gathered to f. */
bool gather_finish(struct gather *g, struct foreign_feature *f, struct err *e);

#endif
