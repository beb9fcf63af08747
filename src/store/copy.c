#include "store/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "store/sql.h"

enum { PATH_LIMIT = 4096 };

bool copy_pages(struct db *from, struct db *to, struct err *e)
{
	sqlite3_backup *b = sqlite3_backup_init(
	    sql_handle(to), "main", sql_handle(from), "main");
	int code;

	if (!b)
		return sql_fail(to, e);
	code = sqlite3_backup_step(b, -1);
	sqlite3_backup_finish(b);
	if (code == SQLITE_DONE)
		return true;
	if ((code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_LOCKED)
		return err_set(e, ERR_BUSY,
		    "Somebody else is using the database; try again.");
	sql_fail(sqlite3_errcode(sql_handle(from)) == code ? from : to, e);
	return false;
}

void copy_path(struct buf *out, const char *file, const char *word)
{
	buf_init(out, PATH_LIMIT);
	buf_add_format(out, "%s.%s-%ld", file, word, (long)getpid());
	buf_add_char(out, '\0');
}

void copy_remove(const char *path)
{
	static const char *const suffixes[] = { "", "-wal", "-shm",
		"-journal" };
	struct buf name;
	size_t i;

	for (i = 0; i < LENGTH(suffixes); i++) {
		buf_init(&name, PATH_LIMIT);
		buf_add_text(&name, path);
		buf_add_text(&name, suffixes[i]);
		buf_add_char(&name, '\0');
		if (!name.failed)
			unlink(name.data);
		buf_free(&name);
	}
}

static bool sync_path(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC);
	bool done;

	if (fd < 0)
		return false;
	done = fsync(fd) == 0;
	return close(fd) == 0 && done;
}

static bool sync_folder(const char *file)
{
	char path[PATH_LIMIT];
	int n = snprintf(path, sizeof(path), "%s", file);

	return n > 0 && (size_t)n < sizeof(path) &&
	       sync_path(dirname(path), O_RDONLY | O_DIRECTORY);
}

/* link(2) does not replace, rename(2) does. */
static bool give_name(const char *temporary, const char *file, bool replace)
{
	if (replace)
		return rename(temporary, file) == 0;
	if (link(temporary, file) != 0)
		return false;
	unlink(temporary);
	return true;
}

bool copy_publish(
    const char *temporary, const char *file, bool replace, struct err *e)
{
	if (sync_path(temporary, O_RDONLY) &&
	    give_name(temporary, file, replace) && sync_folder(file))
		return true;
	if (errno == EEXIST)
		err_set(e, ERR_CONFLICT, "The file exists already.");
	else
		err_set(e, ERR_SYSTEM, "The file cannot be written.");
	err_detail(e, "%s: %s", file, strerror(errno));
	unlink(temporary);
	return false;
}
