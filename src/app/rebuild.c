#include "rebuild.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "holder.h"
#include "index/snapshot.h"
#include "store/districts.h"
#include "store/projects.h"

enum {
	TICK_MS = 50,
	RETRY_MS = 2000,
	PATH_SIZE = 1024,
	ARENA_LIMIT = 256 * 1024 * 1024
};

static const int64_t millisecond = 1000000;

const char *const rebuild_names[SHARED_COLLECTIONS] = { "projects",
	"districts" };

static volatile sig_atomic_t stopping;

struct rebuild {
	const struct config *config;
	struct shared *shared;
	struct db *db;
	dev_t device;
	ino_t inode; /* of the database file that is open */
	char paths[SHARED_COLLECTIONS][PATH_SIZE];
	struct snapshot_pair made; /* the newest; NULL: none of this file */
	int64_t counter; /* of commits, when last looked */
	uint32_t refused; /* shared->refused, when last looked */
	int64_t rest_until; /* no build before (clock_monotonic) */
	bool force; /* build whatever the version is */
	bool failing; /* said so already */
};

static void on_term(int sig)
{
	(void)sig;
	stopping = 1;
}

bool rebuild_path(char *out, size_t size, const char *folder, const char *name)
{
	int n = snprintf(out, size, "%s/%s.snapshot", folder, name);

	return n > 0 && (size_t)n < size;
}

static void sleep_ms(int milliseconds)
{
	struct timespec t = { milliseconds / 1000,
		milliseconds % 1000 * millisecond };

	if (!stopping)
		(void)nanosleep(&t, NULL);
}

static void complain(struct rebuild *b, const char *what, const struct err *e)
{
	if (!b->failing)
		log_line(LOG_LEVEL_ERROR, "%s: %s%s%s", what, e->text,
		    e->detail[0] != '\0' ? ": " : "", e->detail);
	b->failing = true;
}

/* --- the database ------------------------------------------------------------
 */

static bool open_database(struct rebuild *b, struct err *e)
{
	struct stat st;

	b->db = db_open_read(b->config->database, e);
	if (b->db == NULL)
		return false;
	if (stat(b->config->database, &st) != 0) {
		db_close(b->db);
		b->db = NULL;
		return err_set(e, ERR_MISSING, "the database is gone");
	}
	b->device = st.st_dev;
	b->inode = st.st_ino;
	b->counter = -1;
	return true;
}

/* Another file in its place shares no history: nothing may be copied from the
 * snapshots made so far, and every thread must open it anew. */
static void follow_replacement(struct rebuild *b)
{
	struct stat st;

	if (b->db == NULL || stat(b->config->database, &st) != 0 ||
	    (st.st_dev == b->device && st.st_ino == b->inode))
		return;
	log_line(LOG_LEVEL_INFO, "the database file is another one");
	db_close(b->db);
	b->db = NULL;
	pair_release(&b->made);
	b->force = true;
	atomic_fetch_add(&b->shared->database, 1);
}

/* --- one build ---------------------------------------------------------------
 */

struct build {
	struct snapshot_builder *builder;
};

static bool is_known(void *context, int64_t id, int64_t change)
{
	struct build *b = context;

	return snapshot_build_known(b->builder, id, change);
}

static bool add(void *context, const struct project *p, struct err *e)
{
	struct build *b = context;

	if (stopping)
		return err_set(e, ERR_BUSY, "the service stops");
	return snapshot_build_add(b->builder, p, e);
}

typedef bool feed(
    struct rebuild *b, struct build *to, int32_t day, struct err *e);

static bool feed_projects(
    struct rebuild *b, struct build *to, int32_t day, struct err *e)
{
	return projects_each(b->db, day, is_known, add, to, e);
}

static bool feed_districts(
    struct rebuild *b, struct build *to, int32_t day, struct err *e)
{
	(void)day;
	return districts_each(b->db, is_known, add, to, e);
}

static void tell(
    struct rebuild *b, int which, const struct snapshot *s, int64_t nanoseconds)
{
	struct shared_snapshot *to = &b->shared->snapshots[which];
	const struct snapshot_info *info = snapshot_info_of(s);
	struct stat st;

	to->version = info->version;
	to->published = info->published;
	to->features = snapshot_count(s);
	to->built = clock_now();
	to->build_ns = nanoseconds;
	to->size = stat(b->paths[which], &st) == 0 ? (uint64_t)st.st_size : 0;
}

static struct snapshot *build_one(struct rebuild *b, int which, feed *feeder,
    const struct snapshot_info *info, const struct snapshot *previous,
    struct err *e)
{
	int64_t began = clock_monotonic();
	struct build to = { snapshot_build_begin(
	    b->paths[which], info, previous, e) };
	struct snapshot *made;

	if (to.builder == NULL)
		return NULL;
	if (!feeder(b, &to, info->day, e)) {
		snapshot_build_abort(to.builder);
		return NULL;
	}
	made = snapshot_build_finish(to.builder, e);
	if (made != NULL)
		tell(b, which, made, clock_monotonic() - began);
	return made;
}

static bool build_both(struct rebuild *b, struct snapshot_info *info,
    struct snapshot_pair *out, struct err *e)
{
	struct snapshot_pair p = { NULL, NULL };

	info->schema = &district_schema;
	p.districts = build_one(
	    b, SHARED_DISTRICTS, feed_districts, info, b->made.districts, e);
	if (p.districts == NULL)
		return false;
	info->schema = &project_schema;
	p.projects = build_one(
	    b, SHARED_PROJECTS, feed_projects, info, b->made.projects, e);
	if (p.projects == NULL) {
		pair_release(&p);
		return false;
	}
	*out = p;
	return true;
}

static bool list_katos(struct rebuild *b, struct snapshot_info *info,
    struct arena *a, struct err *e)
{
	struct district *districts;
	struct str *katos;
	size_t n;

	if (!districts_list(b->db, a, &districts, &n, e))
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

static void publish(struct rebuild *b, struct snapshot_pair fresh)
{
	pair_release(&b->made);
	b->made = fresh;
	b->force = false;
	b->failing = false;
	b->shared->unsettled = false;
	atomic_fetch_add(&b->shared->published, 1);
	shared_wake(&b->shared->published);
}

static bool build(struct rebuild *b, struct snapshot_info *info, struct err *e)
{
	int64_t began = clock_monotonic(), took;
	struct snapshot_pair fresh;
	struct arena a;
	bool good;

	arena_init(&a, ARENA_LIMIT);
	good = list_katos(b, info, &a, e) && build_both(b, info, &fresh, e);
	arena_free(&a);
	(void)malloc_trim(0);
	took = clock_monotonic() - began;
	b->rest_until = clock_monotonic() + took;
	if (!good)
		return false;
	atomic_fetch_add(&b->shared->builds, 1);
	log_line(LOG_LEVEL_INFO,
	    "snapshot of data version %lld: %u projects in %lld ms",
	    (long long)info->version, snapshot_count(fresh.projects),
	    (long long)(took / millisecond));
	publish(b, fresh);
	return true;
}

/* --- what is there already ---------------------------------------------------
 */

/* Whether a snapshot is of just this data and day. Not only the version counts:
 * a restored database may have come to the same number another way. */
static bool is_of(const struct snapshot *s, const struct snapshot_info *info)
{
	const struct snapshot_info *mine = snapshot_info_of(s);

	return mine->version == info->version &&
	       mine->published == info->published && mine->day == info->day;
}

/* Takes up files of an earlier run, checked to the last byte. */
static bool take_up(struct rebuild *b, const struct snapshot_info *info)
{
	struct err why = { 0 };
	struct snapshot_pair p = { NULL, NULL };
	int64_t began = clock_monotonic();
	bool good;

	p.projects = snapshot_open(
	    b->paths[SHARED_PROJECTS], &project_schema, true, &why);
	p.districts = snapshot_open(
	    b->paths[SHARED_DISTRICTS], &district_schema, true, &why);
	good = p.projects != NULL && p.districts != NULL &&
	       is_of(p.projects, info) && is_of(p.districts, info);
	if (why.code != ERR_NONE && why.code != ERR_MISSING)
		log_line(LOG_LEVEL_WARN, "%s: %s", why.text, why.detail);
	if (!good) {
		pair_release(&p);
		return false;
	}
	tell(b, SHARED_PROJECTS, p.projects, clock_monotonic() - began);
	tell(b, SHARED_DISTRICTS, p.districts, clock_monotonic() - began);
	publish(b, p);
	return true;
}

/* --- watching
 * ----------------------------------------------------------------- */

static bool is_current(struct rebuild *b, const struct snapshot_info *info)
{
	if (b->made.projects == NULL)
		return !b->force && take_up(b, info);
	return !b->force && is_of(b->made.projects, info);
}

/* Reads the version and builds, all within one read transaction. */
static bool look(struct rebuild *b, struct err *e)
{
	struct snapshot_info info = {
		.day = clock_local_day(clock_now()),
	};
	bool good;

	if (!db_read_begin(b->db, e))
		return false;
	good = db_version(b->db, &info.version, &info.published, e) &&
	       (is_current(b, &info) || build(b, &info, e));
	db_read_end(b->db);
	return good;
}

static bool are_files_there(const struct rebuild *b)
{
	for (int i = 0; i < SHARED_COLLECTIONS; i++)
		if (access(b->paths[i], F_OK) != 0)
			return false;
	return true;
}

/* Whether there may be something to do. */
static bool has_news(struct rebuild *b, int64_t *counter, struct err *e)
{
	uint32_t refused = b->shared->refused;

	if (!db_wakeup(b->db, counter, e))
		return false;
	if (refused != b->refused ||
	    (b->made.projects != NULL && !are_files_there(b))) {
		b->refused = refused;
		b->force = true;
	}
	return b->force || b->made.projects == NULL || *counter != b->counter ||
	       snapshot_info_of(b->made.projects)->day !=
		   clock_local_day(clock_now());
}

static bool tick(struct rebuild *b, struct err *e)
{
	int64_t counter;

	if (b->db == NULL && !open_database(b, e))
		return false;
	if (!has_news(b, &counter, e))
		return e->code == ERR_NONE;
	b->shared->unsettled = true;
	if (clock_monotonic() < b->rest_until)
		return true;
	if (!look(b, e))
		return false;
	b->shared->unsettled = false;
	b->counter = counter;
	return true;
}

/* A second service on the same folder waits until the first one ends. */
static int lock_folder(const char *folder)
{
	char path[PATH_SIZE];
	int fd, n = snprintf(path, sizeof path, "%s/.lock", folder);

	if (n < 0 || (size_t)n >= sizeof path)
		return -1;
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	while (fd >= 0 && !stopping && flock(fd, LOCK_EX | LOCK_NB) != 0)
		sleep_ms(TICK_MS);
	return fd;
}

static void watch(struct rebuild *b)
{
	while (!stopping) {
		struct err e = { 0 };

		follow_replacement(b);
		if (tick(b, &e)) {
			sleep_ms(TICK_MS);
			continue;
		}
		if (stopping)
			break;
		atomic_fetch_add(&b->shared->failed_builds, 1);
		complain(b, "no snapshot", &e);
		/* A connection that failed is not asked again. */
		db_close(b->db);
		b->db = NULL;
		sleep_ms(RETRY_MS);
	}
}

void rebuild_run(const struct config *c, struct shared *s)
{
	struct sigaction term = { .sa_handler = on_term };
	struct rebuild b = { .config = c, .shared = s };
	int lock;

	(void)sigaction(SIGTERM, &term, NULL);
	(void)sigprocmask(SIG_SETMASK, &(sigset_t){ 0 }, NULL);
	for (int i = 0; i < SHARED_COLLECTIONS; i++)
		if (!rebuild_path(b.paths[i], PATH_SIZE, c->snapshot_dir,
			rebuild_names[i]))
			return;
	lock = lock_folder(c->snapshot_dir);
	if (lock < 0)
		log_line(LOG_LEVEL_WARN, "cannot lock %s: %s", c->snapshot_dir,
		    strerror(errno));
	watch(&b);
	pair_release(&b.made);
	db_close(b.db);
	if (lock >= 0)
		(void)close(lock);
}
