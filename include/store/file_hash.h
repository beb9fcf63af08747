/* What a file is known by: its SHA-256. */
#ifndef BUDGETMAP_STORE_FILE_HASH_H
#define BUDGETMAP_STORE_FILE_HASH_H

#include "base/err.h"

#include <stdbool.h>
#include <stdio.h>

enum { FILE_HASH_SIZE = 65 };

/* Hashes from the beginning to the end, then goes back to the beginning; size
 * becomes the number of bytes. ERR_INPUT when it is not a
 * regular file, ERR_LIMIT when it has more than so many bytes. */
bool file_hash(FILE *file, long most, char out[static FILE_HASH_SIZE],
    long *size, struct err *e) __attribute__((warn_unused_result));

#endif
