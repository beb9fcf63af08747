/* Allocation with one hook, so that tests can make any allocation fail. */
#ifndef BUDGETMAP_BASE_MEM_H
#define BUDGETMAP_BASE_MEM_H

#include <stddef.h>

/* As malloc, realloc and free; NULL on failure and for a size of zero. Every
 * allocation of base, geo, format, query, index and http goes through here. */
void *mem_alloc(size_t size) __attribute__((warn_unused_result));
void *mem_realloc(void *p, size_t size) __attribute__((warn_unused_result));
void mem_free(void *p);

/* For tests: the allocation after count successful ones fails, and all later
 * ones too, until called with a negative count. Not thread-safe. */
void mem_fail_after(long count);

#endif
