#include "holder.h"

#include <stddef.h>

#include "index/snapshot.h"

static const int64_t keep = HOLDER_KEEP_SECONDS * 1000000000LL;

void holder_init(struct holder *h)
{
	*h = (struct holder){ 0 };
	(void)pthread_mutex_init(&h->lock, NULL);
}

void holder_free(struct holder *h)
{
	pair_release(&h->now);
	pair_release(&h->before);
	(void)pthread_mutex_destroy(&h->lock);
}

static struct snapshot_pair reference(const struct snapshot_pair *p)
{
	if (p->projects == NULL)
		return (struct snapshot_pair){ NULL, NULL };
	return (struct snapshot_pair){ snapshot_ref(p->projects),
		snapshot_ref(p->districts) };
}

void pair_release(struct snapshot_pair *p)
{
	if (p->projects != NULL)
		snapshot_unref(p->projects);
	if (p->districts != NULL)
		snapshot_unref(p->districts);
	*p = (struct snapshot_pair){ NULL, NULL };
}

void holder_take(
    struct holder *h, struct snapshot_pair *now, struct snapshot_pair *before)
{
	(void)pthread_mutex_lock(&h->lock);
	*now = reference(&h->now);
	*before = reference(&h->before);
	(void)pthread_mutex_unlock(&h->lock);
}

void holder_put(struct holder *h, struct snapshot_pair fresh, int64_t now)
{
	struct snapshot_pair old;

	(void)pthread_mutex_lock(&h->lock);
	old = h->before;
	h->before = h->now;
	h->before_until = now + keep;
	h->now = fresh;
	(void)pthread_mutex_unlock(&h->lock);
	/* Outside of the lock: the last reference unmaps. */
	pair_release(&old);
}

void holder_expire(struct holder *h, int64_t now)
{
	struct snapshot_pair old = { NULL, NULL };

	(void)pthread_mutex_lock(&h->lock);
	if (now >= h->before_until) {
		old = h->before;
		h->before = (struct snapshot_pair){ NULL, NULL };
	}
	(void)pthread_mutex_unlock(&h->lock);
	pair_release(&old);
}
