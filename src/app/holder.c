#include "holder.h"

#include <stddef.h>

#include "index/snapshot.h"
#include "layer_set.h"

void holder_init(struct holder *h)
{
	*h = (struct holder){ 0 };
	(void)pthread_mutex_init(&h->lock, NULL);
}

void holder_free(struct holder *h)
{
	pair_release(&h->now);
	pair_release(&h->before);
	layer_set_unref(h->layers);
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

void holder_take(struct holder *h, struct holding *out)
{
	(void)pthread_mutex_lock(&h->lock);
	out->now = reference(&h->now);
	out->before = reference(&h->before);
	out->layers = layer_set_ref(h->layers);
	(void)pthread_mutex_unlock(&h->lock);
}

void holding_release(struct holding *h)
{
	pair_release(&h->now);
	pair_release(&h->before);
	layer_set_unref(h->layers);
	h->layers = NULL;
}

struct layer_set *holder_layers(struct holder *h)
{
	struct layer_set *s;

	(void)pthread_mutex_lock(&h->lock);
	s = layer_set_ref(h->layers);
	(void)pthread_mutex_unlock(&h->lock);
	return s;
}

void holder_put_layers(struct holder *h, struct layer_set *fresh)
{
	struct layer_set *old;

	(void)pthread_mutex_lock(&h->lock);
	old = h->layers;
	h->layers = fresh;
	(void)pthread_mutex_unlock(&h->lock);
	layer_set_unref(old);
}

void holder_put(struct holder *h, struct snapshot_pair fresh, int64_t now)
{
	struct snapshot_pair old;

	(void)pthread_mutex_lock(&h->lock);
	old = h->before;
	h->before = h->now;
	h->before_until = now + holder_keep;
	h->now = fresh;
	(void)pthread_mutex_unlock(&h->lock);
	/* Outside of the lock: the last reference unmaps. */
	pair_release(&old);
}

static void expire_layers(struct holder *h, int64_t now)
{
	struct layer_set *s = holder_layers(h), *without;

	if (layer_set_expires(s) <= now) {
		without = layer_set_without(s, now);
		if (without != NULL)
			holder_put_layers(h, without);
	}
	layer_set_unref(s);
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
	expire_layers(h, now);
}
