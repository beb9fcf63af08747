/* A file that appears whole or not at all. */
#ifndef BUDGETMAP_APP_OUTFILE_H
#define BUDGETMAP_APP_OUTFILE_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>

struct outfile;

/* A new file beside path, which takes its name when it is done; path NULL is
 * standard output. NULL on failure. */
struct outfile *outfile_open(const char *path, struct err *e);

/* Writes what is in b and empties it. A failure of b counts as one of memory.
 */
bool outfile_write(struct outfile *o, struct buf *b, struct err *e)
    __attribute__((warn_unused_result));

/* Writes it to the disk and gives it its name. The outfile is gone either way;
 * on failure no file is left. */
bool outfile_finish(struct outfile *o, struct err *e)
    __attribute__((warn_unused_result));
void outfile_abandon(struct outfile *o);

#endif
