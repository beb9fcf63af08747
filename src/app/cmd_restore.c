#include "command.h"

#include <stdio.h>

#include "config.h"
#include "store/backup.h"
#include "store/db.h"

int cmd_restore(const struct command *c, int argc, char **argv)
{
	struct err e = { .code = ERR_NONE };
	struct config config;
	int status = COMMAND_OK;

	if (!config_load(&config, &argc, argv, &e))
		return command_fail(c, &e);
	db_library_init();
	if (argc != 2)
		status = command_usage(c);
	else if (backup_restore(argv[1], config.database, &e))
		printf("restored %s from %s\n", config.database, argv[1]);
	else
		status = command_fail(c, &e);
	config_free(&config);
	return status;
}
