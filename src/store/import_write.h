/* Writing one record, in the transaction of import_apply. */
#ifndef BUDGETMAP_STORE_IMPORT_WRITE_H
#define BUDGETMAP_STORE_IMPORT_WRITE_H

#include "import_private.h"

struct writer;

/* Begins the transaction. NULL on failure. */
struct writer *writer_open(
    struct import *i, const struct journal_batch *batch, struct err *e);
struct journal *writer_journal(const struct writer *w);

/* Makes the statements, once it is known what there is to write. */
bool writer_prepare(struct writer *w, struct import *i, struct err *e);
import_pair_visit writer_write;

/* Frees the statements; the journal is the caller's to end. */
void writer_close(struct writer *w);

/* The next id of a year for new projects. */
enum { ID_SIZE = 32, ID_YEAR_MIN = 1900, ID_YEAR_MAX = 2200 };
struct id_maker {
	int32_t next[ID_YEAR_MAX - ID_YEAR_MIN + 1]; /* 0: not looked up */
	char id[ID_SIZE]; /* the last one made */
};
bool id_make(struct id_maker *m, struct import *i, const struct import_pair *p,
    struct value *id, struct err *e);

#endif
