#include <config.h>

#include "command.h"

#include <stdio.h>
#include <string.h>

/* One row a command, in the order of a database's life. */
static const struct command commands[] = {
	{ "init", "create the database or upgrade its schema",
	    "init [--database FILE]",
	    "Creates the database where there is none. Brings one of an older\n"
	    "schema up to date, each step in a transaction of its own. Run it\n"
	    "after every upgrade of the program; it can be run again at any\n"
	    "time. Districts, places and projects come by \"budgetmap "
	    "import\".\n",
	    cmd_init },
	{ "config", "show the configuration, or nginx's part of it",
	    "config [--nginx] [--config FILE] [--KEY VALUE...]",
	    "Prints every key with its value and where it comes from: a flag,\n"
	    "the environment (BUDGETMAP_<KEY>), the file or the default.\n"
	    "With --nginx prints what nginx needs of it.\n",
	    cmd_config },
	{ NULL, NULL, NULL, NULL, NULL },
};

static const struct {
	int code;
	const char *meaning;
} exits[] = {
	{ COMMAND_OK, "done" },
	{ COMMAND_FAILED, "the system failed: disk, memory, permission" },
	{ COMMAND_USAGE, "wrong words on the command line" },
	{ COMMAND_REFUSED, "input refused, nothing was applied" },
	{ COMMAND_DAMAGED, "stored data cannot be read or trusted" },
	{ COMMAND_BUSY, "somebody else is writing; try again" },
	{ COMMAND_MISSING, "no such file or record" },
	{ COMMAND_CONFLICT, "contradicts what is stored, e.g. a newer schema" },
};

static const struct {
	enum err_code code;
	int exit;
} failures[] = {
	{ ERR_INPUT, COMMAND_REFUSED },
	{ ERR_MISSING, COMMAND_MISSING },
	{ ERR_GONE, COMMAND_CONFLICT },
	{ ERR_CONFLICT, COMMAND_CONFLICT },
	{ ERR_LIMIT, COMMAND_REFUSED },
	{ ERR_BUSY, COMMAND_BUSY },
	{ ERR_DAMAGED, COMMAND_DAMAGED },
};

int command_fail(const struct command *c, const struct err *e)
{
	size_t i;

	fprintf(stderr, "budgetmap %s: %s", c->name, e->text);
	if (e->detail[0] != '\0')
		fprintf(stderr, " (%s)", e->detail);
	fputc('\n', stderr);
	for (i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
		if (failures[i].code == e->code)
			return failures[i].exit;
	}
	return COMMAND_FAILED;
}

int command_usage(const struct command *c)
{
	fprintf(stderr, "usage: budgetmap %s\n", c->usage);
	return COMMAND_USAGE;
}

static void print_list(FILE *out)
{
	const struct command *c;
	size_t i;

	fputs("usage: budgetmap COMMAND [OPTION...] [ARGUMENT...]\n"
	      "       budgetmap COMMAND --help\n"
	      "       budgetmap --version\n\nCommands:\n",
	    out);
	for (c = commands; c->name; c++)
		fprintf(out, "  %-10s %s\n", c->name, c->summary);
	fputs("\nExit codes:\n", out);
	for (i = 0; i < sizeof(exits) / sizeof(exits[0]); i++)
		fprintf(out, "  %-10d %s\n", exits[i].code, exits[i].meaning);
}

static int print_help(const struct command *c)
{
	printf(
	    "usage: budgetmap %s\n\n%s\n\n%s", c->usage, c->summary, c->help);
	return COMMAND_OK;
}

static const struct command *find_command(const char *name)
{
	const struct command *c;

	for (c = commands; c->name; c++) {
		if (strcmp(c->name, name) == 0)
			return c;
	}
	return NULL;
}

static bool wants_help(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strcmp(argv[i], "--help") == 0)
			return true;
	}
	return false;
}

int main(int argc, char **argv)
{
	const struct command *c;

	if (argc < 2) {
		print_list(stderr);
		return COMMAND_USAGE;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("budgetmap " PACKAGE_VERSION);
		return COMMAND_OK;
	}
	if (strcmp(argv[1], "--help") == 0) {
		print_list(stdout);
		return COMMAND_OK;
	}
	c = find_command(argv[1]);
	if (!c) {
		fputs("budgetmap: no such command; see budgetmap --help\n",
		    stderr);
		return COMMAND_USAGE;
	}
	if (wants_help(argc - 1, argv + 1))
		return print_help(c);
	return c->run(c, argc - 1, argv + 1);
}
