#include "outfile.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_SIZE = 4096, MODE = 0644 };

struct outfile {
	FILE *file;
	char name[PATH_SIZE]; /* empty: standard output */
	char path[PATH_SIZE];
};

static bool fail(struct err *e, const char *path)
{
	int code = errno;

	if (code == ENOSPC || code == EDQUOT)
		err_set(
		    e, ERR_SYSTEM, "The disk is full: nothing was written.");
	else
		err_set(e, ERR_SYSTEM, "The file cannot be written.");
	return err_detail(e, "%s: %s", path, strerror(code));
}

/* A folder could not be, and a device must not. */
static bool may_replace(const char *path)
{
	struct stat there;

	if (stat(path, &there) != 0 || S_ISREG(there.st_mode))
		return true;
	errno = S_ISDIR(there.st_mode) ? EISDIR : ENOTSUP;
	return false;
}

static bool open_beside(struct outfile *o, const char *path, struct err *e)
{
	mode_t mask = umask(0);
	int fd;

	umask(mask);
	if (strlen(path) + sizeof(".XXXXXX") > PATH_SIZE) {
		errno = ENAMETOOLONG;
		return fail(e, "output");
	}
	if (!may_replace(path))
		return fail(e, path);
	strncpy(o->name, path, PATH_SIZE - 1);
	snprintf(o->path, PATH_SIZE, "%.*s.XXXXXX",
	    (int)(PATH_SIZE - sizeof(".XXXXXX")), path);
	fd = mkstemp(o->path);
	if (fd < 0)
		return fail(e, path);
	fchmod(fd, MODE & ~mask);
	o->file = fdopen(fd, "w");
	if (o->file)
		return true;
	fail(e, path);
	close(fd);
	unlink(o->path);
	return false;
}

struct outfile *outfile_open(const char *path, struct err *e)
{
	struct outfile *o = mem_alloc(sizeof(*o));

	if (!o) {
		err_no_memory(e);
		return NULL;
	}
	memset(o, 0, sizeof(*o));
	o->file = stdout;
	if (!path || open_beside(o, path, e))
		return o;
	mem_free(o);
	return NULL;
}

bool outfile_write(struct outfile *o, struct buf *b, struct err *e)
{
	if (b->failed)
		return err_no_memory(e);
	if (b->len > 0 && fwrite(b->data, 1, b->len, o->file) != b->len)
		return fail(e, o->name);
	buf_reset(b);
	return true;
}

/* On disk before it has its name, so that a crash leaves the old file. */
static bool settle(struct outfile *o, struct err *e)
{
	if (fflush(o->file) != 0)
		return fail(e, o->name);
	if (o->name[0] == '\0')
		return true;
	if (fsync(fileno(o->file)) != 0 || fclose(o->file) != 0) {
		fail(e, o->name);
		o->file = NULL;
		return false;
	}
	o->file = NULL;
	return rename(o->path, o->name) == 0 || fail(e, o->name);
}

bool outfile_finish(struct outfile *o, struct err *e)
{
	if (!settle(o, e)) {
		outfile_abandon(o);
		return false;
	}
	mem_free(o);
	return true;
}

void outfile_abandon(struct outfile *o)
{
	if (!o)
		return;
	if (o->name[0] != '\0') {
		if (o->file)
			fclose(o->file);
		unlink(o->path);
	}
	mem_free(o);
}
