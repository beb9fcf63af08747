/* A subcommand of budgetmap and what it leaves with. */
#ifndef BUDGETMAP_APP_COMMAND_H
#define BUDGETMAP_APP_COMMAND_H

#include "base/err.h"

#include <stdio.h>

/* Exit codes, the same for every command. */
enum {
	COMMAND_OK = 0,
	COMMAND_FAILED = 1, /* the system failed: disk, memory, permission */
	COMMAND_USAGE = 2, /* wrong words on the command line */
	COMMAND_REFUSED = 3, /* records or input refused, nothing applied */
	COMMAND_DAMAGED = 4, /* stored data cannot be read or trusted */
	COMMAND_BUSY = 5, /* somebody else writes; try again */
	COMMAND_MISSING = 6, /* no such file or record */
	COMMAND_CONFLICT = 7 /* contradicts what is there, e.g. newer schema */
};

/* One row of the table in main.c. argv[0] is the command's name; options that
 * the configuration takes are still among the arguments. */
struct command {
	const char *name;
	const char *summary; /* one line for the list */
	const char *usage; /* after "budgetmap "; printed by --help */
	const char *help; /* paragraphs under the usage */
	int (*run)(const struct command *c, int argc, char **argv);
};

/* Like fprintf, but no number that may be a person's is shown: names of files
 * may hold one. */
void command_print(FILE *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Prints the failure on standard error and returns its exit code. */
int command_fail(const struct command *c, const struct err *e);

/* Prints the usage on standard error and returns COMMAND_USAGE. */
int command_usage(const struct command *c);

/* The table of exit codes, for --help. */
void command_print_exits(FILE *out);

/* Takes "NAME VALUE" or "NAME=VALUE" out of the words and gives the value; NULL
 * when it is not there. name begins with "--". */
const char *command_take(int *argc, char **argv, const char *name);

/* Who runs the command, for the journal: the name of the system's user. */
enum { COMMAND_ACTOR_SIZE = 64 };
void command_actor(char out[static COMMAND_ACTOR_SIZE]);

int cmd_init(const struct command *c, int argc, char **argv);
int cmd_import(const struct command *c, int argc, char **argv);
void cmd_import_more(FILE *out);
int cmd_export(const struct command *c, int argc, char **argv);
int cmd_withdraw(const struct command *c, int argc, char **argv);
int cmd_remove(const struct command *c, int argc, char **argv);
int cmd_undo(const struct command *c, int argc, char **argv);
int cmd_backup(const struct command *c, int argc, char **argv);
int cmd_restore(const struct command *c, int argc, char **argv);
int cmd_check(const struct command *c, int argc, char **argv);
int cmd_config(const struct command *c, int argc, char **argv);
int cmd_generate(const struct command *c, int argc, char **argv);
int cmd_serve(const struct command *c, int argc, char **argv);

#endif
