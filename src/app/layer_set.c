#include "layer_set.h"

#include <dirent.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "index/snapshot.h"
#include "store/layers.h"

enum { PATH_SIZE = 1024 };

static const char prefix[] = "layer-";
static const char suffix[] = ".snapshot";

struct layer_set {
	atomic_uint references;
	size_t n;
	struct collection list[LAYERS_MAX];
	int64_t until[LAYERS_MAX]; /* of the one before */
};

bool layer_file_path(
    char *out, size_t size, const char *folder, const char *name)
{
	int n = snprintf(out, size, "%s/%s%s%s", folder, prefix, name, suffix);

	return n > 0 && (size_t)n < size;
}

bool layer_file_name(char *out, size_t size, const char *file)
{
	size_t len = strlen(file), around = strlen(prefix) + strlen(suffix);

	if (len <= around || len - around >= size ||
	    strncmp(file, prefix, strlen(prefix)) != 0 ||
	    strcmp(file + len - strlen(suffix), suffix) != 0)
		return false;
	memcpy(out, file + strlen(prefix), len - around);
	out[len - around] = '\0';
	return true;
}

static struct layer_set *make_set(void)
{
	struct layer_set *s = mem_alloc(sizeof(*s));

	if (s != NULL) {
		memset(s, 0, sizeof(*s));
		atomic_init(&s->references, 1);
	}
	return s;
}

struct layer_set *layer_set_ref(struct layer_set *s)
{
	if (s != NULL)
		atomic_fetch_add_explicit(
		    &s->references, 1, memory_order_relaxed);
	return s;
}

void layer_set_unref(struct layer_set *s)
{
	if (s == NULL || atomic_fetch_sub_explicit(
			     &s->references, 1, memory_order_acq_rel) != 1)
		return;
	for (size_t i = 0; i < s->n; i++) {
		snapshot_unref(s->list[i].snapshot);
		snapshot_unref(s->list[i].before);
	}
	mem_free(s);
}

/* What the snapshot says of itself. */
static struct collection describe(struct snapshot *s)
{
	const struct snapshot_info *info = snapshot_info_of(s);
	const struct snapshot_about *a = info->about;
	struct collection k = { .id = info->schema->name,
		.schema = info->schema,
		.snapshot = s,
		.licence = a->licence,
		.source = a->source,
		.attribution = a->attribution,
		.date = a->date };

	for (int i = 0; i < 3; i++) {
		k.title[i] = a->title[i];
		k.description[i] = a->description[i];
	}
	return k;
}

static size_t find(const struct layer_set *s, const char *name)
{
	for (size_t i = 0; s != NULL && i < s->n; i++)
		if (strcmp(s->list[i].id, name) == 0)
			return i;
	return SIZE_MAX;
}

/* Takes an entry over as it is. */
static void add_same(
    struct layer_set *s, const struct layer_set *from, size_t i)
{
	struct collection k = from->list[i];

	snapshot_ref(k.snapshot);
	if (k.before != NULL)
		snapshot_ref(k.before);
	s->until[s->n] = from->until[i];
	s->list[s->n++] = k;
}

static bool is_same(const struct snapshot *a, const struct snapshot *b)
{
	const struct snapshot_info *x = snapshot_info_of(a);
	const struct snapshot_info *y = snapshot_info_of(b);

	return x->version == y->version && x->published == y->published;
}

/* fresh becomes the set's. */
static void add_fresh(struct layer_set *s, struct snapshot *fresh,
    const struct layer_set *previous, int64_t until)
{
	struct collection k = describe(fresh);
	size_t i = find(previous, k.id);

	if (i != SIZE_MAX && is_same(fresh, previous->list[i].snapshot)) {
		snapshot_unref(fresh);
		add_same(s, previous, i);
		return;
	}
	if (i != SIZE_MAX) {
		k.before = snapshot_ref(previous->list[i].snapshot);
		s->until[s->n] = until;
	}
	s->list[s->n++] = k;
}

/* False when it cannot be read. */
static bool add_file(struct layer_set *s, const char *folder, const char *name,
    const struct layer_set *previous, int64_t until)
{
	char path[PATH_SIZE];
	struct err e = { 0 };
	struct snapshot *fresh = NULL;
	size_t i = find(previous, name);

	if (layer_file_path(path, sizeof path, folder, name))
		fresh = snapshot_open(path, NULL, false, &e);
	if (fresh != NULL &&
	    strcmp(snapshot_info_of(fresh)->schema->name, name) == 0) {
		add_fresh(s, fresh, previous, until);
		return true;
	}
	snapshot_unref(fresh);
	if (e.code == ERR_MISSING)
		return true; /* just taken away */
	log_line(LOG_LEVEL_WARN, "layer %s: %s: %s", name, e.text, e.detail);
	if (i != SIZE_MAX)
		add_same(s, previous, i);
	return false;
}

/* Both lists side by side, by the names of layers. */
struct entry {
	struct collection k;
	int64_t until;
};

static int by_id(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return strcmp(x->k.id, y->k.id);
}

static bool sort(struct layer_set *s)
{
	struct entry *entries = mem_alloc((s->n + 1) * sizeof(*entries));

	if (entries == NULL)
		return false;
	for (size_t i = 0; i < s->n; i++)
		entries[i] = (struct entry){ s->list[i], s->until[i] };
	qsort(entries, s->n, sizeof(*entries), by_id);
	for (size_t i = 0; i < s->n; i++) {
		s->list[i] = entries[i].k;
		s->until[i] = entries[i].until;
	}
	mem_free(entries);
	return true;
}

struct layer_set *layer_set_open(const char *folder, struct layer_set *previous,
    int64_t now, int64_t keep, int *damaged)
{
	struct layer_set *s = make_set();
	DIR *d = opendir(folder);
	const struct dirent *entry;
	char name[LAYER_NAME_MAX + 1];

	*damaged = 0;
	while (s != NULL && d != NULL && s->n < LAYERS_MAX &&
	       (entry = readdir(d)) != NULL)
		if (layer_file_name(name, sizeof name, entry->d_name) &&
		    !add_file(s, folder, name, previous, now + keep))
			(*damaged)++;
	if (d != NULL)
		(void)closedir(d);
	if (s != NULL && !sort(s)) {
		layer_set_unref(s);
		return NULL;
	}
	return s;
}

int64_t layer_set_expires(const struct layer_set *s)
{
	int64_t first = INT64_MAX;

	for (size_t i = 0; s != NULL && i < s->n; i++)
		if (s->list[i].before != NULL && s->until[i] < first)
			first = s->until[i];
	return first;
}

struct layer_set *layer_set_without(struct layer_set *s, int64_t now)
{
	struct layer_set *made = make_set();

	for (size_t i = 0; made != NULL && i < s->n; i++) {
		add_same(made, s, i);
		if (made->list[i].before == NULL || made->until[i] > now)
			continue;
		snapshot_unref(made->list[i].before);
		made->list[i].before = NULL;
	}
	return made;
}

const struct collection *layer_set_list(const struct layer_set *s, size_t *n)
{
	*n = s != NULL ? s->n : 0;
	return s != NULL ? s->list : NULL;
}
