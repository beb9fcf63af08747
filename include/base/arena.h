/* Memory that lives as long as one request, record or command. */
#ifndef BUDGETMAP_BASE_ARENA_H
#define BUDGETMAP_BASE_ARENA_H

#include "base/str.h"

#include <stddef.h>

struct arena_block;

/* Zero-initialised by arena_init; not thread-safe. */
struct arena {
	struct arena_block *blocks; /* newest first */
	size_t used;                /* bytes handed out */
	size_t limit;               /* hard limit of used */
};

/* An empty arena that never hands out more than limit bytes. */
void arena_init(struct arena *a, size_t limit);

/* Gives everything back; the arena is empty and usable again. One block is
 * kept for reuse. */
void arena_reset(struct arena *a);

/* Gives everything back, the kept block too. */
void arena_free(struct arena *a);

/* size bytes, zeroed, aligned for any type; NULL when memory or the limit is
 * exhausted. */
void *arena_alloc(struct arena *a, size_t size)
    __attribute__((warn_unused_result));

/* count * size bytes with the multiplication checked; otherwise the same. */
void *arena_array(struct arena *a, size_t count, size_t size)
    __attribute__((warn_unused_result));

/* A copy of len bytes with a terminating NUL; NULL as above. */
char *arena_copy(struct arena *a, const char *data, size_t len)
    __attribute__((warn_unused_result));

#endif
