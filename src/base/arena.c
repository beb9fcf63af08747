#include "base/arena.h"

#include <stdalign.h>
#include <string.h>

#include "base/mem.h"

/* Under AddressSanitizer what is not handed out is poisoned, and a gap parts
 * neighbours, so that overruns and use after a reset are reported as on the
 * heap. */
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONS 1
#endif
#endif

#ifdef ARENA_POISONS
#include <sanitizer/asan_interface.h>
#define poison(p, size) ASAN_POISON_MEMORY_REGION(p, size)
#define unpoison(p, size) ASAN_UNPOISON_MEMORY_REGION(p, size)
enum { GAP = 16 };
#else
#define poison(p, size) ((void)(p), (void)(size))
#define unpoison(p, size) ((void)(p), (void)(size))
enum { GAP = 0 };
#endif

enum { ALIGN = alignof(max_align_t), FIRST_SIZE = 4096, MOST_SIZE = 1 << 20 };

struct arena_block {
	struct arena_block *next;
	size_t size; /* bytes of data */
	size_t used; /* of them handed out, gaps counted */
	alignas(max_align_t) unsigned char data[];
};

static struct arena_block *block_new(size_t size)
{
	struct arena_block *block;

	if (size > SIZE_MAX - sizeof(*block))
		return NULL;
	block = mem_alloc(sizeof(*block) + size);
	if (!block)
		return NULL;
	block->next = NULL;
	block->size = size;
	block->used = 0;
	poison(block->data, size);
	return block;
}

static void block_free(struct arena_block *block)
{
	unpoison(block->data, block->size);
	mem_free(block);
}

static void blocks_free(struct arena_block *block)
{
	while (block) {
		struct arena_block *next = block->next;

		block_free(block);
		block = next;
	}
}

/* Blocks double up to MOST_SIZE. What is larger than half a block gets one of
 * its own behind the newest, whose room stays in use. */
static struct arena_block *block_add(struct arena *a, size_t need)
{
	struct arena_block *newest = a->blocks;
	struct arena_block *block;
	size_t size = FIRST_SIZE;

	if (newest && newest->size <= MOST_SIZE / 2)
		size =
		    newest->size < FIRST_SIZE ? FIRST_SIZE : newest->size * 2;
	else if (newest)
		size = MOST_SIZE;
	if (need > size / 2) {
		block = block_new(need);
		if (!block)
			return NULL;
		if (!newest) {
			a->blocks = block;
			return block;
		}
		block->next = newest->next;
		newest->next = block;
		return block;
	}
	block = block_new(size);
	if (!block)
		return NULL;
	block->next = newest;
	a->blocks = block;
	return block;
}

/* The part of need bytes that is really asked for is unpoisoned. */
static void *block_take(struct arena_block *block, size_t size, size_t need)
{
	unsigned char *p = block->data + block->used;

	block->used += need;
	unpoison(p, size);
	memset(p, 0, size);
	return p;
}

void arena_init(struct arena *a, size_t limit)
{
	*a = (struct arena){ .limit = limit };
}

void arena_reset(struct arena *a)
{
	struct arena_block *kept = NULL;
	struct arena_block **link = &a->blocks;

	while (*link && (*link)->size > MOST_SIZE)
		link = &(*link)->next;
	if (*link) {
		kept = *link;
		*link = kept->next;
		kept->next = NULL;
		kept->used = 0;
		poison(kept->data, kept->size);
	}
	blocks_free(a->blocks);
	a->blocks = kept;
	a->used = 0;
}

void arena_free(struct arena *a)
{
	blocks_free(a->blocks);
	a->blocks = NULL;
	a->used = 0;
}

void *arena_alloc(struct arena *a, size_t size)
{
	struct arena_block *block = a->blocks;
	size_t need;

	if (size == 0)
		size = 1;
	if (a->used > a->limit || size > a->limit - a->used ||
	    size > SIZE_MAX / 2)
		return NULL;
	need = (size + GAP + ALIGN - 1) / ALIGN * ALIGN;
	if (!block || need > block->size - block->used)
		block = block_add(a, need);
	if (!block)
		return NULL;
	a->used += size;
	return block_take(block, size, need);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(count, size, &total))
		return NULL;
	return arena_alloc(a, total);
}

char *arena_copy(struct arena *a, const char *data, size_t len)
{
	char *copy;

	if (len == SIZE_MAX)
		return NULL;
	copy = arena_alloc(a, len + 1);
	if (copy && len > 0)
		memcpy(copy, data, len);
	return copy;
}
