#include "command.h"

#include <stdio.h>

#include "config.h"
#include "store/db.h"
#include "store/migrate.h"

static void report(const char *path, int from)
{
	int now = migrate_current();

	if (from == 0)
		command_print(stdout, "created %s with schema %d\n", path, now);
	else if (from < now)
		command_print(stdout, "upgraded %s from schema %d to %d\n",
		    path, from, now);
	else
		command_print(stdout, "%s has schema %d already\n", path, now);
}

int cmd_init(const struct command *c, int argc, char **argv)
{
	struct err e = { .code = ERR_NONE };
	struct config config;
	int from, status = COMMAND_OK;

	if (!config_load(&config, &argc, argv, &e))
		return command_fail(c, &e);
	if (argc != 1) {
		status = command_usage(c);
	} else {
		db_library_init();
		if (migrate_database(
			config.database, migrate_current(), &from, &e))
			report(config.database, from);
		else
			status = command_fail(c, &e);
	}
	config_free(&config);
	return status;
}
