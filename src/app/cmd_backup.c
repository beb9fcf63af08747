#include "command.h"

#include <stdio.h>

#include "config.h"
#include "flags.h"
#include "store/backup.h"
#include "store/db.h"

int cmd_backup(const struct command *c, int argc, char **argv)
{
	struct err e = { .code = ERR_NONE };
	struct config config;
	bool replace = false;
	const struct flag flags[] = { { "replace", NULL, &replace } };
	int status = COMMAND_OK;

	if (!config_load(&config, &argc, argv, &e))
		return command_fail(c, &e);
	db_library_init();
	if (!flags_take(flags, 1, &argc, argv, &e) || argc != 2)
		status = command_usage(c);
	else if (backup_write(config.database, argv[1], replace, &e))
		command_print(
		    stdout, "copied %s to %s\n", config.database, argv[1]);
	else
		status = command_fail(c, &e);
	config_free(&config);
	return status;
}
