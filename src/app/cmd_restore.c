#include "command.h"

#include <stdio.h>

#include "config.h"
#include "store/backup.h"
#include "store/db.h"

int cmd_restore(const struct command *c, int argc, char **argv)
{
	struct err e = { .code = ERR_NONE };
	char user[COMMAND_ACTOR_SIZE];
	struct config config;
	const char *who;
	int status = COMMAND_OK;

	if (!config_load(&config, &argc, argv, &e))
		return command_fail(c, &e);
	who = command_take(&argc, argv, "--who");
	command_actor(user);
	db_library_init();
	if (argc != 2)
		status = command_usage(c);
	else if (backup_restore(argv[1], config.database, who ? who : user, &e))
		command_print(
		    stdout, "restored %s from %s\n", config.database, argv[1]);
	else
		status = command_fail(c, &e);
	config_free(&config);
	return status;
}
