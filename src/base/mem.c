#include "base/mem.h"

#include <stdlib.h>

/* Successful allocations left before failure; negative: no test asks for one.
 * Written by tests only, so that reading it from many threads is no race. */
static long left = -1;

static int must_fail(void)
{
	if (left < 0)
		return 0;
	if (left == 0)
		return 1;
	left--;
	return 0;
}

void *mem_alloc(size_t size)
{
	if (size == 0 || must_fail())
		return NULL;
	return malloc(size);
}

void *mem_realloc(void *p, size_t size)
{
	if (size == 0 || must_fail())
		return NULL;
	return realloc(p, size);
}

void mem_free(void *p)
{
	free(p);
}

void mem_fail_after(long count)
{
	left = count;
}
