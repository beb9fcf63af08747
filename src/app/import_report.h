/* What an import tells: to people, and as JSON to machines. */
#ifndef BUDGETMAP_APP_IMPORT_REPORT_H
#define BUDGETMAP_APP_IMPORT_REPORT_H

#include "base/err.h"
#include "store/district_import.h"
#include "store/import.h"
#include "store/layer_import.h"

struct outfile;

struct import_report {
	const char *kind;
	const char *file; /* without folders, numbers of people masked */
	const char *hash; /* SHA-256, hexadecimal */
	struct import_counts counts;
	struct db *issues; /* where they stand; NULL: none */
	const struct layer_import *layer; /* its attributes; NULL: none */
	const struct district_check *checks;
	size_t n_checks;
	const char *failure; /* why nothing could be done at all; NULL */
	bool dry_run, applied;
	bool each; /* it has a line for each record that is new or changes */
	int64_t version; /* data version after it, when applied */
};

/* The counts, the checks and the first issues, on standard output. */
bool report_print(const struct import_report *r, struct err *e);

/* What was found while it was applied: new ids, sums that contradict. */
bool report_print_late(const struct import_report *r, struct err *e);

/* All of it into the file, which is gone either way: whole or not at all. */
bool report_write(
    const struct import_report *r, struct outfile *file, struct err *e);

#endif
