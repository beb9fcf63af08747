#include "rebuild.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "layer_files.h"
#include "snapshots.h"
#include "warm.h"

enum { TICK_MS = 50, RETRY_MS = 2000 };

static const int64_t millisecond = 1000000;
static const int64_t credit_most = 2000 * 1000000LL;

static volatile sig_atomic_t stopping;

struct rebuild {
	const struct config *config;
	struct shared *shared;
	struct snapshots files;
	struct layer_files layers;
	struct db *db;
	dev_t device;
	ino_t inode; /* of the database file that is open */
	struct snapshot_pair made; /* the newest; NULL: none of this file */
	int64_t counter; /* of commits, when last looked */
	uint32_t refused; /* shared->refused, when last looked */
	int64_t credit; /* nanoseconds of building that are saved up */
	int64_t credit_at; /* when that was so (clock_monotonic) */
	bool force; /* build whatever the version is */
	bool anew; /* layers too: their files cannot be trusted */
	bool failing; /* said so already */
};

static void on_term(int sig)
{
	(void)sig;
	stopping = 1;
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
	b->anew = true;
	atomic_fetch_add(&b->shared->database, 1);
}

/* --- one build ---------------------------------------------------------------
 */

static void publish(struct rebuild *b, struct snapshot_pair fresh)
{
	pair_release(&b->made);
	b->made = fresh;
	b->force = false;
	b->anew = false;
	b->failing = false;
	b->shared->unsettled = false;
	atomic_fetch_add(&b->shared->published, 1);
	shared_wake(&b->shared->published);
}

/* What all threads of the process have worked so far. */
static int64_t processor_time(void)
{
	struct timespec t = { 0 };

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000 * millisecond + t.tv_nsec;
}

static bool build(struct rebuild *b, struct snapshot_info *info, struct err *e)
{
	int64_t began = clock_monotonic(), worked = processor_time();
	struct snapshot_pair fresh;
	bool first = b->made.projects == NULL, good;

	if (first)
		warm_file(b->config->database);
	good = snapshots_make(&b->files, b->db, info, &b->made, &fresh, e);
	if (good && !layer_files_make(&b->layers, b->db, b->anew, e)) {
		pair_release(&fresh);
		good = false;
	}
	b->credit_at = clock_monotonic();
	if (!first)
		b->credit -= processor_time() - worked;
	if (!good)
		return false;
	atomic_fetch_add(&b->shared->builds, 1);
	log_line(LOG_LEVEL_INFO,
	    "snapshot of data version %lld: %u projects in %lld ms",
	    (long long)info->version, snapshot_count(fresh.projects),
	    (long long)((b->credit_at - began) / millisecond));
	publish(b, fresh);
	return true;
}

static bool take_up(struct rebuild *b, const struct snapshot_info *info)
{
	struct snapshot_pair found;

	if (!snapshots_take_up(&b->files, info, &found))
		return false;
	if (!layer_files_make(&b->layers, b->db, false, NULL)) {
		pair_release(&found);
		return false;
	}
	publish(b, found);
	return true;
}

/* --- watching
 * ----------------------------------------------------------------- */

static bool is_current(struct rebuild *b, const struct snapshot_info *info)
{
	if (b->made.projects == NULL)
		return !b->force && take_up(b, info);
	return !b->force && snapshots_is_of(b->made.projects, info);
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

/* Whether there may be something to do. */
static bool has_news(struct rebuild *b, int64_t *counter, struct err *e)
{
	uint32_t refused = b->shared->refused;

	if (!db_wakeup(b->db, counter, e))
		return false;
	if (refused != b->refused ||
	    (b->made.projects != NULL && (!snapshots_exist(&b->files) ||
					     !layer_files_exist(&b->layers)))) {
		b->anew = b->anew || refused != b->refused;
		b->refused = refused;
		b->force = true;
	}
	return b->force || b->made.projects == NULL || *counter != b->counter ||
	       snapshot_info_of(b->made.projects)->day !=
		   clock_local_day(clock_now());
}

/* Resting earns what building spends, so that in the long run it takes half a
 * processor, while a change after a quiet time is built at once. The first
 * build is free. */
static bool may_build(struct rebuild *b)
{
	int64_t now = clock_monotonic();

	b->credit += now - b->credit_at;
	b->credit_at = now;
	if (b->credit > credit_most || b->made.projects == NULL)
		b->credit = credit_most;
	return b->credit >= 0;
}

static bool tick(struct rebuild *b, struct err *e)
{
	int64_t counter;

	if (b->db == NULL && !open_database(b, e))
		return false;
	if (!has_news(b, &counter, e))
		return e->code == ERR_NONE;
	b->shared->unsettled = true;
	if (!may_build(b))
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
	char path[SNAPSHOTS_PATH_SIZE];
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
	struct rebuild b = { .config = c,
		.shared = s,
		.files = { .shared = s, .stopping = &stopping },
		.layers = {
		    .folder = c->snapshot_dir, .stopping = &stopping } };
	int lock;

	(void)sigaction(SIGTERM, &term, NULL);
	(void)sigprocmask(SIG_SETMASK, &(sigset_t){ 0 }, NULL);
	for (int i = 0; i < SHARED_COLLECTIONS; i++)
		if (!snapshots_path(b.files.paths[i], c->snapshot_dir, i))
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
