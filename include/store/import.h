/* Taking a table in: records are checked one by one and staged in a temporary
 * database, compared with what is stored, then applied in one transaction. */
#ifndef BUDGETMAP_STORE_IMPORT_H
#define BUDGETMAP_STORE_IMPORT_H

#include "base/err.h"
#include "base/str.h"
#include "store/db.h"
#include "store/journal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What can be imported: projects, organisations ... */
struct import_table;

/* A table by its name on the command line, NULL when there is none; and the
 * name of the nth, NULL at the end. */
const struct import_table *import_table_find(const char *name);
const char *import_table_name(size_t nth);

/* The nth column that a file may have, NULL at the end. */
const char *import_table_column(const struct import_table *t, size_t nth);

/* tiyn in one unit of a file's money. */
enum { IMPORT_TENGE = 100, IMPORT_THOUSAND_TENGE = 100000 };

/* What becomes of stored records that the file does not have. */
enum import_replace {
	IMPORT_KEEP, /* they stay */
	IMPORT_REPLACE_KATO, /* withdrawn in the districts the file names */
	IMPORT_REPLACE_SOURCE /* withdrawn of the sources the file names */
};

struct import_options {
	int64_t unit; /* of money; 0: not told */
	const char *source; /* of records that name none; NULL: none */
	int32_t as_of; /* the same; 0: none */
	int32_t today;
	enum import_replace replace;
	bool restore; /* records of withdrawn projects publish them again */
	bool each; /* records are features: the report has a line for each that
		    * is new or changes, and calls it by its name, by which
		    * it is found too */
	bool exact; /* what is applied must be what was compared first */
	/* Told now and then how far comparing and writing are; may be NULL. */
	void (*progress)(
	    void *context, const char *what, int64_t done, int64_t total);
	void *context;
};

struct import_counts {
	int64_t records, created, changed, unchanged, withdrawn, refused;
	int64_t warnings;
};

/* One file on its way in, on one connection. */
struct import;

/* ERR_INPUT when the file as a whole cannot be taken: a column is unknown or
 * missing. The connection is read only until import_apply. NULL on failure. */
struct import *import_open(struct db *d, const struct import_table *t,
    const struct import_options *o, const struct str *columns, size_t n,
    struct err *e);
void import_close(struct import *i);

/* Checks and stages one record: a field a column, valid UTF-8. A record that is
 * refused is counted and reported; false only when the whole file must be
 * given up. */
bool import_add(struct import *i, long line, const struct str *fields,
    struct err *e) __attribute__((warn_unused_result));

/* A record that could not even be read, and why. */
bool import_refuse(struct import *i, long line, const char *reason,
    struct err *e) __attribute__((warn_unused_result));

/* What the report calls the record that is read now, and its number in the
 * file, 0: none; the text must stay until the next. */
void import_call(struct import *i, struct str name, long number);

/* Something the reader says of a record: a warning. */
bool import_tell(struct import *i, long line, const char *text, struct err *e)
    __attribute__((warn_unused_result));

/* After the last record: compares with what is stored. */
bool import_compare(struct import *i, struct import_counts *out, struct err *e)
    __attribute__((warn_unused_result));

/* Writes what import_compare found, but the refused records, as one batch of
 * the journal. Compares anew when the data changed since: ERR_CONFLICT when
 * more is refused then, or anything else is found where it must be exact.
 * counts becomes what was compared last, also on failure; version (the data
 * version after it) is set on success. */
bool import_apply(struct import *i, const struct journal_batch *batch,
    struct import_counts *counts, int64_t *version, struct err *e)
    __attribute__((warn_unused_result));

/* What the report says. No text holds a value of the file but ids that were
 * checked. */
enum import_level {
	IMPORT_NOTE, /* the id that a new record got */
	IMPORT_WARNING, /* taken as it is, but somebody should look */
	IMPORT_REFUSED,
	IMPORT_RECORD /* what becomes of a feature of a layer */
};
struct import_issue {
	enum import_level level;
	long line; /* 0: the file as a whole */
	long number; /* of a feature in its file, from 1; otherwise 0 */
	struct str name; /* of a feature of a layer; otherwise empty */
	struct str field; /* empty: the record as a whole */
	struct str reason;
	bool late; /* found while it was applied */
};
typedef bool import_issue_visit(
    void *context, const struct import_issue *s, struct err *e);

/* By line, of the import that was opened last on the connection. */
bool import_issues(struct db *d, import_issue_visit *visit, void *context,
    struct err *e) __attribute__((warn_unused_result));

#endif
