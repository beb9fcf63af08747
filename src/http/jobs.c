#include "serve.h"

#include <string.h>

#include "base/mem.h"

enum { SPARE_MAX = 8, WAITING_MAX = 64 };

void jobs_init(struct jobs *p, size_t arena_limit)
{
	*p = (struct jobs){ .arena_limit = arena_limit };
	(void)pthread_mutex_init(&p->lock, NULL);
}

static void job_free(struct job *j)
{
	arena_free(&j->arena);
	mem_free(j);
}

void jobs_free(struct jobs *p)
{
	struct job *j;

	while ((j = p->spare) != NULL) {
		p->spare = j->next;
		job_free(j);
	}
	(void)pthread_mutex_destroy(&p->lock);
}

struct job *jobs_take(struct jobs *p)
{
	struct job *j;

	(void)pthread_mutex_lock(&p->lock);
	j = p->spare;
	if (j != NULL) {
		p->spare = j->next;
		p->n_spare--;
	}
	(void)pthread_mutex_unlock(&p->lock);
	if (j != NULL)
		return j;
	j = mem_alloc(sizeof *j);
	if (j == NULL)
		return NULL;
	memset(j, 0, sizeof *j);
	arena_init(&j->arena, p->arena_limit);
	return j;
}

void jobs_give(struct jobs *p, struct job *j)
{
	bool kept;

	(void)pthread_mutex_lock(&p->lock);
	kept = p->n_spare < SPARE_MAX;
	if (kept) {
		j->next = p->spare;
		p->spare = j;
		p->n_spare++;
	}
	(void)pthread_mutex_unlock(&p->lock);
	if (!kept)
		job_free(j);
}

bool jobs_may_wait(struct jobs *p)
{
	bool may;

	(void)pthread_mutex_lock(&p->lock);
	may = p->n_waiting < WAITING_MAX;
	if (may)
		p->n_waiting++;
	(void)pthread_mutex_unlock(&p->lock);
	return may;
}

void jobs_waited(struct jobs *p)
{
	(void)pthread_mutex_lock(&p->lock);
	p->n_waiting--;
	(void)pthread_mutex_unlock(&p->lock);
}
