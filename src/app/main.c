#include <config.h>

#include "command.h"

#include "base/array.h"

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
	{ "import", "take in a file",
	    "import KIND FILE [--unit tenge|thousand-tenge] [--dry-run | "
	    "--apply]\n"
	    "           [--skip-refused] [--replace-scope kato|source|layer] "
	    "[--source TEXT]\n"
	    "           [--as-of DATE] [--restore-withdrawn] [--report FILE] "
	    "[--who NAME]\n"
	    "           [--why TEXT] [--map FILE] [--encoding NAME] "
	    "[--database FILE]\n"
	    "       import layer NAME FILE [--title-kk TEXT] [--title-ru TEXT] "
	    "[--title-en TEXT]\n"
	    "           [--licence TEXT] [--attribution TEXT] [--date DATE] "
	    "[--swap]",
	    "KIND is districts (GeoJSON, KML or KMZ), layer NAME (KML, KMZ, "
	    "GeoJSON,\n"
	    "GeoJSON a line each, CSV with lon and lat or wkt) or one of the "
	    "kinds below\n"
	    "(projects as KML, KMZ or GeoJSON too; CSV: UTF-8,\n"
	    "comma or semicolon, header row). Each record is checked; the "
	    "report names\n"
	    "line, field and reason of those refused, and where one is "
	    "refused nothing\n"
	    "is applied, unless --skip-refused leaves them out. Records are "
	    "told by\n"
	    "their id: what is there already and did not change writes "
	    "nothing, what\n"
	    "the file does not have stays, unless --replace-scope withdraws "
	    "it in the\n"
	    "districts or of the sources that the file has.\n\n"
	    "  --unit          what amounts are in; needed where there are "
	    "any\n"
	    "  --dry-run       only check and report\n"
	    "  --apply         do not ask; without a terminal nobody is asked\n"
	    "  --source TEXT, --as-of YYYY-MM-DD\n"
	    "                  of records that do not tell\n"
	    "  --restore-withdrawn\n"
	    "                  publish withdrawn projects of the file again\n"
	    "  --report FILE   the whole report as JSON\n"
	    "  --who, --why    for the journal\n"
	    "  --map FILE      of layers and projects: CSV with the columns "
	    "column, field and\n"
	    "                  type, title_kk, title_ru, title_en; an empty "
	    "field leaves a\n"
	    "                  column out, source_id is what tells features "
	    "apart; for\n"
	    "                  projects \"@id\" is the feature's id and "
	    "\"=text\" a text for all\n"
	    "  --swap          lon and lat stand exchanged in the file\n"
	    "  --encoding NAME of KML that does not tell it, such as "
	    "windows-1251\n\n"
	    "\"budgetmap undo\" takes an import of a layer or of projects "
	    "back.\n",
	    cmd_import },
	{ "export", "write out what is stored",
	    "export KIND [FILE] [--format csv|geojson|kml|kmz] [--full] "
	    "[--database FILE]\n"
	    "           (KIND may be layer NAME)",
	    "KIND is as for import. A CSV file and a layer of districts can "
	    "be imported\n"
	    "again and change nothing. FILE appears whole or not at all; "
	    "without it the\n"
	    "output is standard output. Projects have the attributes that the "
	    "service\n"
	    "publishes; with --full all columns that import takes.\n",
	    cmd_export },
	{ "config", "show the configuration, or nginx's part of it",
	    "config [--nginx] [--config FILE] [--KEY VALUE...]",
	    "Prints every key with its value and where it comes from: a flag,\n"
	    "the environment (BUDGETMAP_<KEY>), the file or the default.\n"
	    "With --nginx prints what nginx needs of it.\n",
	    cmd_config },
	{ "withdraw", "take a published project back",
	    "withdraw ID --reason TEXT [--who NAME] [--database FILE]",
	    "The project leaves map, lists and figures. Its id answers 410 "
	    "and\n"
	    "is never used again; the journal keeps what it was and why.\n",
	    cmd_withdraw },
	{ "remove", "take an imported layer out",
	    "remove layer NAME --reason TEXT [--who NAME] [--database FILE]",
	    "The layer leaves the map and the collections with all its "
	    "features;\n"
	    "the journal keeps what they were and why, and \"budgetmap "
	    "undo\" brings\n"
	    "them back.\n",
	    cmd_remove },
	{ "undo", "take an import or a removal back",
	    "undo VERSION [--reason TEXT] [--who NAME] [--database FILE]",
	    "VERSION is the data version that an import of a layer or of "
	    "projects, or\n"
	    "the removal of a layer, was applied as. What it made goes again, "
	    "what it\n"
	    "changed or took out is as it was, in one step and in the "
	    "journal.\n"
	    "Where a record changed since, nothing is done and the records "
	    "are listed.\n",
	    cmd_undo },
	{ "backup", "write a copy of the database",
	    "backup [--replace] FILE [--database FILE]",
	    "Copies one whole version while others read and write. FILE must\n"
	    "not exist unless --replace is given; it appears when it is "
	    "complete,\n"
	    "checked and on disk, and until then the old one stays.\n",
	    cmd_backup },
	{ "restore", "put a copy in the place of the database",
	    "restore FILE [--who NAME] [--database FILE]",
	    "Checks the copy in full and upgrades its schema where needed, "
	    "then\n"
	    "replaces the database in one step. Those who read see the old\n"
	    "content until then, and the new one after it.\n",
	    cmd_restore },
	{ "check", "look whether the database is sound",
	    "check [--database FILE]",
	    "Looks at pages, references between records, spatial and search\n"
	    "indexes, the journal's chain of hashes, and computes every "
	    "figure\n"
	    "again. Prints a line for each and the journal's last hash.\n",
	    cmd_check },
	{ "serve", "answer nginx over FastCGI",
	    "serve [--config FILE] [--KEY VALUE...]",
	    "Serves on the socket of the configuration, or on the one that "
	    "systemd\n"
	    "hands over, with worker processes that are replaced when they "
	    "die, and\n"
	    "keeps the snapshots up to date with the database. SIGTERM ends "
	    "it when\n"
	    "what is in flight is answered; SIGHUP reads the configuration "
	    "again and\n"
	    "replaces the workers one by one. Logs to standard error, one "
	    "line a\n"
	    "request at log_level info.\n",
	    cmd_serve },
	{ "generate", "write made-up projects for load tests",
	    "generate --features N [--seed S]",
	    "Writes a projects file of N made-up projects, marked as such, to\n"
	    "standard output; the same for the same seed (1 when not told).\n"
	    "Import it with --unit tenge.\n",
	    cmd_generate },
	{ NULL, NULL, NULL, NULL, NULL },
};

static void print_list(FILE *out)
{
	const struct command *c;

	fputs("usage: budgetmap COMMAND [OPTION...] [ARGUMENT...]\n"
	      "       budgetmap COMMAND --help\n"
	      "       budgetmap --version\n\nCommands:\n",
	    out);
	for (c = commands; c->name; c++)
		fprintf(out, "  %-10s %s\n", c->name, c->summary);
	fputs("\nExit codes:\n", out);
	command_print_exits(out);
}

/* Parts of --help that are made from other tables. */
static const struct {
	const char *name;
	void (*print)(FILE *out);
} more[] = {
	{ "import", cmd_import_more },
};

static int print_help(const struct command *c)
{
	size_t i;

	printf(
	    "usage: budgetmap %s\n\n%s\n\n%s", c->usage, c->summary, c->help);
	for (i = 0; i < LENGTH(more); i++) {
		if (strcmp(more[i].name, c->name) == 0)
			more[i].print(stdout);
	}
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

/* A command that could not say what it had to is not a success. */
static int printed(int status)
{
	bool whole = fflush(stdout) == 0 && !ferror(stdout);

	if (whole || status != COMMAND_OK)
		return status;
	fputs("budgetmap: the output cannot be written\n", stderr);
	return COMMAND_FAILED;
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
		return printed(COMMAND_OK);
	}
	if (strcmp(argv[1], "--help") == 0) {
		print_list(stdout);
		return printed(COMMAND_OK);
	}
	c = find_command(argv[1]);
	if (!c) {
		fputs("budgetmap: no such command; see budgetmap --help\n",
		    stderr);
		return COMMAND_USAGE;
	}
	if (wants_help(argc - 1, argv + 1))
		return printed(print_help(c));
	return printed(c->run(c, argc - 1, argv + 1));
}
