#include "snapshots.h"

#include <malloc.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "store/districts.h"
#include "store/projects.h"

enum { ARENA_LIMIT = 256 * 1024 * 1024 };

static const char *const names[SHARED_COLLECTIONS] = { "projects",
	"districts" };

/* One file being made. */
struct making {
	struct snapshot_builder *builder;
	const volatile sig_atomic_t *stopping;
};

bool snapshots_path(
    char out[static SNAPSHOTS_PATH_SIZE], const char *folder, int collection)
{
	int n = snprintf(out, SNAPSHOTS_PATH_SIZE, "%s/%s.snapshot", folder,
	    names[collection]);

	return n > 0 && n < SNAPSHOTS_PATH_SIZE;
}

bool snapshots_exist(const struct snapshots *s)
{
	for (int i = 0; i < SHARED_COLLECTIONS; i++)
		if (access(s->paths[i], F_OK) != 0)
			return false;
	return true;
}

/* Not only the version counts: a restored database may have come to the same
 * number another way. */
bool snapshots_is_of(const struct snapshot *s, const struct snapshot_info *info)
{
	const struct snapshot_info *mine = snapshot_info_of(s);

	return mine->version == info->version &&
	       mine->published == info->published && mine->day == info->day;
}

static bool is_known(void *context, int64_t id, int64_t change)
{
	struct making *m = context;

	return snapshot_build_known(m->builder, id, change);
}

static bool add(void *context, const struct project *p, struct err *e)
{
	struct making *m = context;

	if (*m->stopping)
		return err_set(e, ERR_BUSY, "the service stops");
	return snapshot_build_add(m->builder, p, e);
}

static bool feed(
    struct making *m, int which, struct db *d, int32_t day, struct err *e)
{
	if (which == SHARED_DISTRICTS)
		return districts_each(d, is_known, add, m, e);
	return projects_each(d, day, is_known, add, m, e);
}

static void tell(struct snapshots *s, int which, const struct snapshot *made,
    int64_t nanoseconds)
{
	struct shared_snapshot *to = &s->shared->snapshots[which];
	const struct snapshot_info *info = snapshot_info_of(made);
	struct stat st;

	to->version = info->version;
	to->published = info->published;
	to->features = snapshot_count(made);
	to->built = clock_now();
	to->build_ns = nanoseconds;
	to->size = stat(s->paths[which], &st) == 0 ? (uint64_t)st.st_size : 0;
}

static struct snapshot *make_one(struct snapshots *s, int which, struct db *d,
    const struct snapshot_info *info, const struct snapshot *previous,
    struct err *e)
{
	int64_t began = clock_monotonic();
	struct making m = { snapshot_build_begin(
				s->paths[which], info, previous, e),
		s->stopping };
	struct snapshot *made;

	if (m.builder == NULL)
		return NULL;
	if (!feed(&m, which, d, info->day, e)) {
		snapshot_build_abort(m.builder);
		return NULL;
	}
	made = snapshot_build_finish(m.builder, e);
	if (made != NULL)
		tell(s, which, made, clock_monotonic() - began);
	return made;
}

static bool make_both(struct snapshots *s, struct db *d,
    struct snapshot_info *info, const struct snapshot_pair *previous,
    struct snapshot_pair *out, struct err *e)
{
	struct snapshot_pair p = { NULL, NULL };

	info->schema = &district_schema;
	p.districts =
	    make_one(s, SHARED_DISTRICTS, d, info, previous->districts, e);
	if (p.districts == NULL)
		return false;
	info->schema = &project_schema;
	p.projects =
	    make_one(s, SHARED_PROJECTS, d, info, previous->projects, e);
	if (p.projects == NULL) {
		pair_release(&p);
		return false;
	}
	*out = p;
	return true;
}

static bool list_katos(
    struct snapshot_info *info, struct db *d, struct arena *a, struct err *e)
{
	struct district *districts;
	struct str *katos;
	size_t n;

	if (!districts_list(d, a, &districts, &n, e))
		return false;
	katos = arena_array(a, n + 1, sizeof *katos);
	if (katos == NULL)
		return err_set(e, ERR_MEMORY, "out of memory");
	for (size_t i = 0; i < n; i++)
		katos[i] = districts[i].kato;
	info->katos = katos;
	info->n_katos = n;
	return true;
}

bool snapshots_make(struct snapshots *s, struct db *d,
    struct snapshot_info *info, const struct snapshot_pair *previous,
    struct snapshot_pair *out, struct err *e)
{
	struct arena a;
	bool good;

	arena_init(&a, ARENA_LIMIT);
	good = list_katos(info, d, &a, e) &&
	       make_both(s, d, info, previous, out, e);
	arena_free(&a);
	info->katos = NULL;
	info->n_katos = 0;
	/* A build takes much memory for a moment. */
	(void)malloc_trim(0);
	return good;
}

bool snapshots_take_up(struct snapshots *s, const struct snapshot_info *info,
    struct snapshot_pair *out)
{
	struct err why = { 0 };
	int64_t began = clock_monotonic();
	struct snapshot_pair p = {
		snapshot_open(
		    s->paths[SHARED_PROJECTS], &project_schema, true, &why),
		snapshot_open(
		    s->paths[SHARED_DISTRICTS], &district_schema, true, &why),
	};

	if (why.code != ERR_NONE && why.code != ERR_MISSING)
		log_line(LOG_LEVEL_WARN, "%s: %s", why.text, why.detail);
	if (p.projects == NULL || p.districts == NULL ||
	    !snapshots_is_of(p.projects, info) ||
	    !snapshots_is_of(p.districts, info)) {
		pair_release(&p);
		return false;
	}
	tell(s, SHARED_PROJECTS, p.projects, clock_monotonic() - began);
	tell(s, SHARED_DISTRICTS, p.districts, clock_monotonic() - began);
	*out = p;
	return true;
}
