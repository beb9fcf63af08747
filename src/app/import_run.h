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
	struct outfile *told; /* where the report goes; NULL: not open */
	struct import_report result;
};

/* What the journal says of it. */
struct journal_batch run_batch(const struct import_run *r);

/* Whether a person is asked before anything is written: what is applied must
 * then be what the report told. */
bool run_asks(const struct import_run *r);

/* One step of a run; context is that of run_through. */
typedef bool run_step(struct import_run *r, void *context, struct err *e);

/* The way of every import: compares, reports, asks and applies; returns the
 * exit code. Where a person is asked or nothing is written the report is shown
 * before that; otherwise afterwards, so that it tells what was applied. A
 * report that cannot be made is told before anything is applied. */
int run_through(
    struct import_run *r, run_step *compare, run_step *apply, void *context);

/* Prints the failure, and that nothing was applied. */
int run_fail(struct import_run *r, const struct err *e);

/* What the command line says of a table; ERR_INPUT when it cannot be. */
struct import;
bool run_options(struct import_options *o, struct import_run *r, struct err *e);

/* Reads with read, compares, reports, asks and applies; i is the caller's. */
int run_staged(
    struct import_run *r, struct import *i, run_step *read, void *context);

int run_table(struct import_run *r);
int run_features(struct import_run *r);
int run_districts(struct import_run *r);
int run_layer(struct import_run *r);

#endif
