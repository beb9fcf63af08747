#include "notify.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_SOCKET = 3, STATE_SIZE = 64 };

void notify_state(const char *state)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	size_t len = path != NULL ? strlen(path) : 0;
	socklen_t size;
	int fd;

	if (len == 0 || len >= sizeof to.sun_path ||
	    (path[0] != '/' && path[0] != '@'))
		return;
	memcpy(to.sun_path, path, len);
	if (path[0] == '@')
		to.sun_path[0] = '\0';
	size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len);
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	/* Nothing depends on it being heard. */
	(void)sendto(fd, state, strlen(state), MSG_NOSIGNAL,
	    (const struct sockaddr *)&to, size);
	(void)close(fd);
}

void notify_reloading(void)
{
	char state[STATE_SIZE];
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	(void)snprintf(state, sizeof state, "RELOADING=1\nMONOTONIC_USEC=%lld",
	    (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000);
	notify_state(state);
}

int notify_inherited_socket(void)
{
	const char *pid = getenv("LISTEN_PID"), *n = getenv("LISTEN_FDS");
	int listening = 0;
	socklen_t size = sizeof listening;

	if (pid == NULL || n == NULL || strtol(pid, NULL, 10) != getpid() ||
	    strtol(n, NULL, 10) < 1)
		return -1;
	if (getsockopt(FIRST_SOCKET, SOL_SOCKET, SO_ACCEPTCONN, &listening,
		&size) != 0 ||
	    !listening)
		return -1;
	(void)fcntl(FIRST_SOCKET, F_SETFD, FD_CLOEXEC);
	return FIRST_SOCKET;
}
