/* CSV in: streaming, bounded, with or without BOM; comma, semicolon or tab. */
#ifndef BUDGETMAP_FORMAT_CSV_READ_H
#define BUDGETMAP_FORMAT_CSV_READ_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum {
	CSV_COLUMNS_MAX = 128,
	CSV_RECORD_MAX = 1048576, /* bytes kept of one record */
	CSV_LINE_MAX = 16 * 1048576 /* bytes skipped of a refused line */
};
static const long CSV_FILE_MAX = 4L << 30; /* bytes read of a file */

struct csv_reader;

/* Reads bytes from file, which stays the caller's. The separator is the one of
 * comma, semicolon and tab that stands most often in the first line. ERR_INPUT
 * when there is no header, a column is empty or repeated. NULL on failure. */
struct csv_reader *csv_open(FILE *file, struct err *e);

/* The same for whoever can do with columns that are empty or repeated. */
struct csv_reader *csv_open_as_is(FILE *file, struct err *e);
void csv_close(struct csv_reader *r);

/* The columns, trimmed; they live as long as the reader. */
const struct str *csv_columns(const struct csv_reader *r, size_t *n);

enum csv_result { CSV_RECORD, CSV_END, CSV_BAD };

/* The next record: one field a column, valid until the next call; empty lines
 * are passed over. An apostrophe that csv_write.h put before a formula is taken
 * off. CSV_BAD with e: this record is unusable (number of fields, quotes,
 * UTF-8, NUL, too long: ERR_INPUT); reading can go on with the next. After
 * ERR_MEMORY and ERR_SYSTEM only CSV_END follows. After a wrong quote the
 * record ends with its line. */
enum csv_result csv_next(
    struct csv_reader *r, const struct str **fields, struct err *e);

/* The line the last record began on, from 1; and the bytes read so far. */
long csv_line(const struct csv_reader *r);
long csv_bytes(const struct csv_reader *r);

#endif
