/* What systemd does for a service of Type=notify with a socket, for tests.
 *
 *   activate SOCKET NOTIFY COMMAND [ARGUMENT...]
 *
 * Listens on SOCKET, runs COMMAND with it as descriptor 3, prints what comes to
 * NOTIFY a line each, passes SIGTERM and SIGHUP on, ends as COMMAND does. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BACKLOG = 64, FIRST = 3, MESSAGE = 512, TICK_MS = 50 };

static volatile sig_atomic_t child;

static void pass_on(int sig)
{
	(void)kill((pid_t)child, sig);
}

static int fail(const char *what)
{
	perror(what);
	return EXIT_FAILURE;
}

static int bind_unix(const char *path, int type)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, type, 0);

	if (fd < 0 || strlen(path) >= sizeof at.sun_path)
		return -1;
	memcpy(at.sun_path, path, strlen(path));
	(void)unlink(path);
	return bind(fd, (const struct sockaddr *)&at, sizeof at) == 0 ? fd : -1;
}

static int run(int listener, const char *notify, char **command)
{
	char pid[16];

	(void)snprintf(pid, sizeof pid, "%d", (int)getpid());
	if (setenv("LISTEN_PID", pid, 1) != 0 ||
	    setenv("LISTEN_FDS", "1", 1) != 0 ||
	    setenv("NOTIFY_SOCKET", notify, 1) != 0)
		return fail("setenv");
	if (dup2(listener, FIRST) < 0 ||
	    (listener == FIRST && fcntl(FIRST, F_SETFD, 0) != 0))
		return fail("dup2");
	(void)execv(command[0], command);
	return fail(command[0]);
}

/* Prints messages until the child ends. */
static int listen_to(int notes)
{
	struct pollfd p = { .fd = notes, .events = POLLIN };
	char text[MESSAGE];
	int status;

	for (;;) {
		pid_t ended = waitpid((pid_t)child, &status, WNOHANG);

		while (poll(&p, 1, ended == 0 ? TICK_MS : 0) > 0) {
			ssize_t n = recv(notes, text, sizeof text, 0);

			if (n > 0)
				printf("%.*s\n", (int)n, text);
			(void)fflush(stdout);
		}
		if (ended != 0)
			return WIFEXITED(status) ? WEXITSTATUS(status)
						 : EXIT_FAILURE;
	}
}

int main(int argc, char **argv)
{
	struct sigaction pass = { .sa_handler = pass_on };
	int listener, notes;
	pid_t pid;

	if (argc < 4) {
		fputs("usage: activate SOCKET NOTIFY COMMAND...\n", stderr);
		return EXIT_FAILURE;
	}
	listener = bind_unix(argv[1], SOCK_STREAM);
	notes = bind_unix(argv[2], SOCK_DGRAM | SOCK_CLOEXEC);
	if (listener < 0 || notes < 0 || listen(listener, BACKLOG) != 0)
		return fail("bind");
	pid = fork();
	if (pid < 0)
		return fail("fork");
	if (pid == 0)
		return run(listener, argv[2], argv + 3);
	child = pid;
	(void)sigaction(SIGTERM, &pass, NULL);
	(void)sigaction(SIGHUP, &pass, NULL);
	return listen_to(notes);
}
