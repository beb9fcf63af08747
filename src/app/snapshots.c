#include "snapshots.h"

#include <malloc.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "feeding.h"
#include "store/districts.h"
#include "store/projects.h"

enum { ARENA_LIMIT = 256 * 1024 * 1024 };

static const char *const names[SHARED_COLLECTIONS] = { "projects",
	"districts" };

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

/* What is read for a snapshot. */
struct origin {
	struct db *db;
	int32_t day;
};

static bool read_projects(const void *source, project_known *known,
    project_visit *visit, void *context, struct err *e)
{
	const struct origin *o = source;

	return projects_each(o->db, o->day, known, visit, context, e);
}

static bool read_districts(const void *source, project_known *known,
    project_visit *visit, void *context, struct err *e)
{
	const struct origin *o = source;

	return districts_each(o->db, known, visit, context, e);
}

static feeding_read *const readers[SHARED_COLLECTIONS] = {
	[SHARED_PROJECTS] = read_projects,
	[SHARED_DISTRICTS] = read_districts,
};

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
	const struct origin origin = { d, info->day };
	struct snapshot_builder *b =
	    snapshot_build_begin(s->paths[which], info, previous, e);
	struct snapshot *made;

	if (b == NULL)
		return NULL;
	made = feeding_build(b, readers[which], &origin, s->stopping, e);
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
		return err_no_memory(e);
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
