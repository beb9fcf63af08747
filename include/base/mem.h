/* Allocation with one hook, so that tests can make any allocation fail. */
#ifndef BUDGETMAP_BASE_MEM_H
#define BUDGETMAP_BASE_MEM_H

#include <stddef.h>

/* For a large local that is written before it is read: the compiler need not
 * fill it with zeros, as it is told to with all others. */
#ifdef __has_attribute
#if __has_attribute(uninitialized)
#define MEM_UNSET __attribute__((uninitialized))
#endif
#endif
#ifndef MEM_UNSET
#define MEM_UNSET
#endif

/* As malloc, realloc and free; NULL on failure and for a size of zero. Every
 * allocation of base, geo, format, query, index and http goes through here. */
void *mem_alloc(size_t size) __attribute__((warn_unused_result));
void *mem_realloc(void *p, size_t size) __attribute__((warn_unused_result));
void mem_free(void *p);

/* For tests: the allocation after count successful ones fails, and all later
 * ones too, until called with a negative count. Not thread-safe. */
void mem_fail_after(long count);

#endif
