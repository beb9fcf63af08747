/* What the imports of tables, of districts and of layers share. */
#ifndef BUDGETMAP_APP_IMPORT_RUN_H
#define BUDGETMAP_APP_IMPORT_RUN_H

#include "command.h"
#include "config.h"
#include "import_report.h"
#include "progress.h"

#include <stdio.h>

enum { RUN_NAME_SIZE = 256 };

/* What is told of a layer; NULL: not given. */
struct run_layer {
	const char *name;
	const char *title[3]; /* kk, ru, en */
	const char *licence, *attribution, *date, *map, *encoding;
	bool swap;
};

/* One run of the command. */
struct import_run {
	const struct command *command;
	struct config config;
	const char *kind, *path;
	/* as they stand on the command line; NULL: not given */
	const char *unit, *replace, *source, *as_of, *report, *who, *why;
	bool dry_run, apply, skip_refused, restore;
	struct run_layer layer;

	struct db *db;
	FILE *file;
	long size;
	char hash[65];
	char name[RUN_NAME_SIZE]; /* of the file, masked */
	char actor[RUN_NAME_SIZE];
	char words[RUN_NAME_SIZE]; /* "import projects" */
	int32_t today, as_of_day;
	struct progress progress;
	struct import_report result;
};

/* What the journal says of it. */
struct journal_batch run_batch(const struct import_run *r);

/* Whether to write now that the report was shown: asks at a terminal. status
 * becomes the exit code when not. */
bool run_decides(struct import_run *r, int *status);

/* Says what was done, writes the report; returns the exit code. */
int run_finish(struct import_run *r, int status);

/* Prints the failure, and that nothing was applied. */
int run_fail(struct import_run *r, const struct err *e);

/* What the command line says of a table; ERR_INPUT when it cannot be. */
struct import;
bool run_options(struct import_options *o, struct import_run *r, struct err *e);

/* Reads with read, compares, reports, asks and applies; i is the caller's. */
typedef bool run_reader(struct import_run *r, void *context, struct err *e);
int run_staged(
    struct import_run *r, struct import *i, run_reader *read, void *context);

int run_table(struct import_run *r);
int run_features(struct import_run *r);
int run_districts(struct import_run *r);
int run_layer(struct import_run *r);

#endif
