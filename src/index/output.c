#include "config.h"

#include "index/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

enum {
	BESIDE_MAX = 8,
	SUFFIX_SIZE = 8,
	FILE_MODE = 0644,
	WHOLE_MODE = 0444 /* processes map it: nobody may cut it by mistake */
};

static const char zeros[4096];

static bool failed(struct err *e, const char *what)
{
	err_set(e, ERR_SYSTEM, "the snapshot cannot be written");
	return err_detail(e, "%s: %s", what, strerror(errno));
}

static bool same_file(int file, const char *path)
{
	struct stat a, b;

	return fstat(file, &a) == 0 && stat(path, &b) == 0 &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* The lock says that the file is being built. Who gets it must see that the
 * name still is this file's: its builder may just have renamed it, and then it
 * is published and not to be touched. */
static int open_locked(const char *path)
{
	int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, FILE_MODE);

	if (file < 0)
		return -1;
	if (flock(file, LOCK_EX | LOCK_NB) == 0 && same_file(file, path) &&
	    ftruncate(file, 0) == 0)
		return file;
	close(file);
	return -1;
}

static bool open_beside(struct output *o, const char *path, struct err *e)
{
	size_t size = strlen(path) + SUFFIX_SIZE;

	o->path = mem_alloc(size);
	o->beside = mem_alloc(size);
	if (!o->path || !o->beside)
		return err_no_memory(e);
	snprintf(o->path, size, "%s", path);
	for (int i = 0; i < BESIDE_MAX && o->file < 0; i++) {
		snprintf(o->beside, size, "%s.new%d", path, i);
		o->file = open_locked(o->beside);
	}
	return o->file >= 0 || failed(e, o->beside);
}

bool output_open(struct output *o, const char *path, struct err *e)
{
	bool good;

	*o = (struct output){ .file = -1 };
	if (path) {
		good = open_beside(o, path, e);
	} else {
		o->file = memfd_create("snapshot", MFD_CLOEXEC);
		good = o->file >= 0 || failed(e, "memfd_create");
	}
	if (!good)
		output_close(o);
	return good;
}

static bool write_at(
    int file, const char *data, size_t len, uint64_t offset, struct err *e)
{
	while (len > 0) {
		ssize_t n = pwrite(file, data, len, (off_t)offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return failed(e, "write");
		data += n;
		len -= (size_t)n;
		offset += (size_t)n;
	}
	return true;
}

bool output_write(struct output *o, const void *data, size_t len, struct err *e)
{
	if (!write_at(o->file, data, len, o->offset, e))
		return false;
	o->offset += len;
	return true;
}

bool output_align(struct output *o, size_t align, struct err *e)
{
	size_t over = (size_t)(o->offset % align);

	while (over > 0 && over < align) {
		size_t n = align - over;

		if (n > sizeof(zeros))
			n = sizeof(zeros);
		if (!output_write(o, zeros, n, e))
			return false;
		over += n;
	}
	return true;
}

bool output_write_first(
    struct output *o, const void *data, size_t len, struct err *e)
{
	return write_at(o->file, data, len, 0, e);
}

bool output_publish(struct output *o, struct err *e)
{
	if (!o->path)
		return true;
	if (fchmod(o->file, WHOLE_MODE) != 0 || rename(o->beside, o->path) != 0)
		return failed(e, "rename");
	mem_free(o->beside);
	o->beside = NULL;
	return true;
}

void output_close(struct output *o)
{
	if (o->file >= 0 && o->beside)
		unlink(o->beside);
	if (o->file >= 0)
		close(o->file);
	mem_free(o->path);
	mem_free(o->beside);
	*o = (struct output){ .file = -1 };
}
