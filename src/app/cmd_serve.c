#include "command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "http/fcgi.h"
#include "notify.h"
#include "store/db.h"
#include "supervisor.h"

enum {
	ARGUMENTS_MAX = 128,
	BACKLOG = 511,
	PATH_SIZE = 1024,
	FOLDER_MODE = 0750,
	LISTEN_TRIES = 100, /* every tenth of a second */
	TENTH = 100 * 1000 * 1000
};

/* The command line, for reading the configuration again. */
struct arguments {
	int n;
	char *words[ARGUMENTS_MAX + 1];
};

static bool keep_arguments(struct arguments *a, int argc, char **argv)
{
	if (argc > ARGUMENTS_MAX)
		return false;
	a->n = argc;
	memcpy(a->words, argv, (size_t)argc * sizeof *argv);
	a->words[argc] = NULL;
	return true;
}

static bool load(void *context, struct config *out, struct err *e)
{
	struct arguments a = *(const struct arguments *)context;

	return config_load(out, &a.n, a.words, e);
}

/* Makes the folder and those above it. */
static bool make_folder(const char *path, struct err *e)
{
	char part[PATH_SIZE];
	size_t len = strlen(path);

	if (len == 0 || len >= sizeof part)
		return err_set(e, ERR_INPUT, "snapshot_dir is too long");
	for (size_t i = 1; i <= len; i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		memcpy(part, path, i);
		part[i] = '\0';
		if (mkdir(part, FOLDER_MODE) != 0 && errno != EEXIST) {
			err_set(e, ERR_SYSTEM, "cannot make snapshot_dir");
			return err_detail(e, "%s: %s", part, strerror(errno));
		}
	}
	return true;
}

static void raise_file_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return;
	limit.rlim_cur = limit.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &limit);
}

/* Opens the database once, in a process of its own, since a connection must not
 * be there when the supervisor forks. Returns its exit code. */
static int try_database(const struct command *c, const struct config *config)
{
	struct err e = { 0 };
	struct db *d;
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		db_library_init();
		d = db_open_read(config->database, &e);
		db_close(d);
		exit(d != NULL ? COMMAND_OK : command_fail(c, &e));
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return COMMAND_FAILED;
	return WEXITSTATUS(status);
}

/* A predecessor that was killed leaves processes that still finish what they
 * have begun: they give the socket free soon. */
static int open_socket(const struct config *config, struct err *e)
{
	static const struct timespec tenth = { .tv_nsec = TENTH };

	for (int i = 0; i < LISTEN_TRIES; i++) {
		int fd;

		err_clear(e);
		fd = fcgi_listen(
		    config->socket, (unsigned)config->socket_mode, BACKLOG, e);
		if (fd >= 0 || e->code != ERR_CONFLICT)
			return fd;
		if (i == 0)
			log_line(LOG_LEVEL_WARN,
			    "waiting for another service on %s to end",
			    config->socket);
		(void)nanosleep(&tenth, NULL);
	}
	return -1;
}

static bool serve(struct config *config, struct arguments *a, struct err *e)
{
	int socket = notify_inherited_socket();
	bool own = socket < 0, good;

	if (!make_folder(config->snapshot_dir, e))
		return false;
	if (own)
		socket = open_socket(config, e);
	if (socket < 0)
		return false;
	good = supervisor_run(config, socket, load, a, e);
	if (own)
		(void)unlink(config->socket);
	(void)close(socket);
	return good;
}

int cmd_serve(const struct command *c, int argc, char **argv)
{
	struct arguments a;
	struct config config;
	struct err e = { 0 };
	int status;

	if (!keep_arguments(&a, argc, argv))
		return command_usage(c);
	if (!config_load(&config, &argc, argv, &e))
		return command_fail(c, &e);
	log_set_level((enum log_level)config.log_level);
	raise_file_limit();
	status = argc > 1 ? command_usage(c) : try_database(c, &config);
	if (status == COMMAND_OK && !serve(&config, &a, &e))
		status = command_fail(c, &e);
	config_free(&config);
	return status;
}
