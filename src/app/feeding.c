#include "feeding.h"

#include <pthread.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"

enum {
	BATCHES = 4, /* so many are on the way at the most */
	BATCH_ROWS = 256,
	BATCH_ENOUGH = 4 << 20, /* bytes after which it goes */
	BATCH_MEMORY = 512 << 20
};

struct batch {
	struct arena arena;
	struct project rows[BATCH_ROWS];
	size_t n;
};

struct feeding {
	struct snapshot_builder *builder;
	const volatile sig_atomic_t *stopping;
	pthread_t thread;
	pthread_mutex_t lock; /* of what follows up to failed */
	pthread_cond_t changed;
	size_t filled, emptied; /* batches so far */
	bool ended; /* no more come */
	bool failed; /* the builder takes no more */
	struct err why; /* of the thread that builds */
	struct batch batches[BATCHES];
};

/* --- the thread that builds -------------------------------------------------
 */

static struct batch *next_filled(struct feeding *f)
{
	struct batch *b = NULL;

	(void)pthread_mutex_lock(&f->lock);
	while (f->filled == f->emptied && !f->ended)
		(void)pthread_cond_wait(&f->changed, &f->lock);
	if (f->filled > f->emptied)
		b = &f->batches[f->emptied % BATCHES];
	(void)pthread_mutex_unlock(&f->lock);
	return b;
}

static void give_back(struct feeding *f, bool good)
{
	(void)pthread_mutex_lock(&f->lock);
	f->emptied++;
	f->failed = !good;
	(void)pthread_cond_signal(&f->changed);
	(void)pthread_mutex_unlock(&f->lock);
}

static void *build(void *context)
{
	struct feeding *f = context;
	struct batch *b;
	bool good = true;

	while ((b = next_filled(f)) != NULL) {
		for (size_t i = 0; good && i < b->n; i++)
			good = snapshot_build_add(
			    f->builder, &b->rows[i], &f->why);
		give_back(f, good);
	}
	return NULL;
}

/* --- the thread that reads --------------------------------------------------
 */

static struct batch *current(struct feeding *f)
{
	return &f->batches[f->filled % BATCHES];
}

/* Hands the batch on and waits for an empty one; false when the builder
 * failed. */
static bool hand_over(struct feeding *f)
{
	bool failed;

	(void)pthread_mutex_lock(&f->lock);
	f->filled++;
	(void)pthread_cond_signal(&f->changed);
	while (f->filled - f->emptied == BATCHES)
		(void)pthread_cond_wait(&f->changed, &f->lock);
	failed = f->failed;
	(void)pthread_mutex_unlock(&f->lock);
	arena_reset(&current(f)->arena);
	current(f)->n = 0;
	return !failed;
}

/* Only the reader asks, so that no lock is needed. */
static bool is_known(void *context, int64_t id, int64_t change)
{
	struct feeding *f = context;

	return snapshot_build_known(f->builder, id, change);
}

static bool add(void *context, const struct project *p, struct err *e)
{
	struct feeding *f = context;
	struct batch *b = current(f);

	if (*f->stopping)
		return err_set(e, ERR_BUSY, "the service stops");
	if (!project_copy(&b->rows[b->n], p, &b->arena))
		return err_no_memory(e);
	b->n++;
	if (b->n < BATCH_ROWS && b->arena.used < BATCH_ENOUGH)
		return true;
	/* What the builder says is told when it has ended. */
	return hand_over(f) || err_set(e, ERR_SYSTEM, "the builder failed");
}

static bool begin(struct feeding *f, struct err *e)
{
	for (int i = 0; i < BATCHES; i++)
		arena_init(&f->batches[i].arena, BATCH_MEMORY);
	(void)pthread_mutex_init(&f->lock, NULL);
	(void)pthread_cond_init(&f->changed, NULL);
	return pthread_create(&f->thread, NULL, build, f) == 0 ||
	       err_set(e, ERR_SYSTEM, "cannot start a thread");
}

static void end(struct feeding *f)
{
	(void)pthread_mutex_lock(&f->lock);
	f->filled += current(f)->n > 0;
	f->ended = true;
	(void)pthread_cond_signal(&f->changed);
	(void)pthread_mutex_unlock(&f->lock);
	(void)pthread_join(f->thread, NULL);
}

static void drop(struct feeding *f)
{
	for (int i = 0; i < BATCHES; i++)
		arena_free(&f->batches[i].arena);
	(void)pthread_mutex_destroy(&f->lock);
	(void)pthread_cond_destroy(&f->changed);
	mem_free(f);
}

static bool feed(
    struct feeding *f, feeding_read *read, const void *source, struct err *e)
{
	struct err why = { .code = ERR_NONE };
	bool done;

	if (!begin(f, e))
		return false;
	done = read(source, is_known, add, f, &why);
	end(f);
	if (f->why.code != ERR_NONE)
		why = f->why;
	if (why.code != ERR_NONE && e)
		*e = why;
	return done && why.code == ERR_NONE;
}

struct snapshot *feeding_build(struct snapshot_builder *b, feeding_read *read,
    const void *source, const volatile sig_atomic_t *stopping, struct err *e)
{
	struct feeding *f = mem_alloc(sizeof(*f));
	bool done = false;

	if (!f) {
		err_no_memory(e);
	} else {
		memset(f, 0, sizeof(*f));
		f->builder = b;
		f->stopping = stopping;
		done = feed(f, read, source, e);
		drop(f);
	}
	if (done)
		return snapshot_build_finish(b, e);
	snapshot_build_abort(b);
	return NULL;
}
