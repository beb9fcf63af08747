/* Copying a database page by page, and files that appear whole. */
#ifndef BUDGETMAP_STORE_COPY_H
#define BUDGETMAP_STORE_COPY_H

#include "base/buf.h"
#include "base/err.h"
#include "store/db.h"

/* Copies one version of a database over another, in one transaction of the
 * target. ERR_BUSY when somebody writes to the target. */
bool copy_pages(struct db *from, struct db *to, struct err *e)
    __attribute__((warn_unused_result));

/* "FILE.WORD-PID", terminated, beside the file. Data NULL when memory is
 * exhausted. */
void copy_path(struct buf *out, const char *file, const char *word);

/* Removes a database file and what SQLite keeps beside it. */
void copy_remove(const char *path);

/* Brings a closed file to disk and gives it its name: replace says whether what
 * has the name may go, otherwise ERR_CONFLICT. The temporary name is gone. */
bool copy_publish(const char *temporary, const char *file, bool replace,
    struct err *e) __attribute__((warn_unused_result));

#endif
