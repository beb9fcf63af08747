#include "http/fcgi.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static bool is_listened(const struct sockaddr_un *at)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool answered;

	if (fd < 0)
		return false;
	/* EAGAIN: there is somebody, with a full queue. */
	answered = connect(fd, (const struct sockaddr *)at, sizeof *at) == 0 ||
		   errno == EAGAIN;
	(void)close(fd);
	return answered;
}

/* Removes a socket that its owner left behind, and nothing else. */
static bool clear_path(const struct sockaddr_un *at, struct err *e)
{
	struct stat st;

	if (lstat(at->sun_path, &st) != 0)
		return true;
	if (!S_ISSOCK(st.st_mode))
		return err_set(e, ERR_CONFLICT,
		    "the socket's path is taken by something else");
	if (is_listened(at))
		return err_set(
		    e, ERR_CONFLICT, "another process serves on the socket");
	if (unlink(at->sun_path) != 0)
		return err_set(e, ERR_SYSTEM, "cannot remove an old socket");
	return true;
}

static bool bind_at(
    int fd, const struct sockaddr_un *at, mode_t mode, int backlog)
{
	/* Created with no more than these, then without regard to umask. */
	return fchmod(fd, mode) == 0 &&
	       bind(fd, (const struct sockaddr *)at, sizeof *at) == 0 &&
	       chmod(at->sun_path, mode) == 0 && listen(fd, backlog) == 0;
}

int fcgi_listen(const char *path, unsigned mode, int backlog, struct err *e)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	size_t len = strlen(path);
	int fd;

	if (len == 0 || len >= sizeof at.sun_path) {
		err_set(e, ERR_INPUT, "the socket's path is too long");
		return -1;
	}
	memcpy(at.sun_path, path, len);
	if (!clear_path(&at, e)) {
		err_detail(e, "%s", path);
		return -1;
	}
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0 || !bind_at(fd, &at, (mode_t)mode, backlog)) {
		err_set(e, ERR_SYSTEM, "cannot listen on the socket");
		err_detail(e, "%s: %s", path, strerror(errno));
		if (fd >= 0)
			(void)close(fd);
		return -1;
	}
	return fd;
}
