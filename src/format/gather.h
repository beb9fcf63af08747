/* The attributes of a foreign feature as a reader gathers them. */
#ifndef BUDGETMAP_FORMAT_GATHER_H
#define BUDGETMAP_FORMAT_GATHER_H

#include "format/foreign.h"

/* Text goes to the arena in NFC; the slices stand in bufs until the feature is
 * finished. */
struct gather {
	struct arena *arena;
	struct buf names, values; /* of struct str */
	struct buf types; /* of enum value_type */
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

/* type as in struct foreign_feature. ERR_LIMIT when the feature has too many
 * attributes. */
bool gather_add(struct gather *g, struct str name, struct str value,
    enum value_type type, struct err *e);

/* Whether an attribute of that name, whatever its case, is there with that very
 * value. */
bool gather_has(const struct gather *g, struct str name, struct str value);

/* Whether an attribute of that very name is there. */
bool gather_has_name(const struct gather *g, struct str name);

/* Whether any attribute has that very value. */
bool gather_has_value(const struct gather *g, struct str value);

/* Hands what was gathered to f. */
bool gather_finish(struct gather *g, struct foreign_feature *f, struct err *e);

/* Whether the feature of that number, from 1, may still be read: so many a file
 * has at most, and so long reading takes. */
bool gather_goes_on(
    const struct foreign_file *file, long number, struct err *e);

/* Notes of the file what there was, and how often; nothing for 0. */
bool gather_note_count(const struct foreign_hooks *hooks, long count,
    const char *what, struct err *e);

/* Visits the feature, which is finished, once for each kind of its geometry,
 * after notes on what was made of it. What is wrong with the geometry is a
 * failure with *visited false; what the hooks said is one with it true. */
struct shape;
bool gather_visit(struct gather *g, struct foreign_feature *f, struct shape *s,
    bool many, const struct foreign_hooks *hooks, bool *visited, struct err *e);

#endif
