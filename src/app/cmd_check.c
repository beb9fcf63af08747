#include "command.h"

#include <stdio.h>

#include "config.h"
#include "store/check.h"
#include "store/db.h"
#include "store/journal.h"

static void print_line(void *context, const char *what, const char *wrong)
{
	(void)context;
	printf("%-16s %s\n", what, wrong ? wrong : "sound");
}

/* Whoever keeps this hash elsewhere can tell later that nothing before it was
 * altered. */
static bool print_head(const char *path, struct err *e)
{
	char head[JOURNAL_HASH_SIZE];
	struct db *d = db_open_read(path, e);
	bool done = d && journal_verify(d, head, e);

	if (done)
		printf("%-16s %s\n", "last hash", head[0] ? head : "none");
	db_close(d);
	return done;
}

int cmd_check(const struct command *c, int argc, char **argv)
{
	struct err e = { .code = ERR_NONE };
	struct config config;
	int status = COMMAND_OK;

	if (!config_load(&config, &argc, argv, &e))
		return command_fail(c, &e);
	db_library_init();
	if (argc != 1)
		status = command_usage(c);
	else if (!check_database(config.database, print_line, NULL, &e) ||
		 !print_head(config.database, &e))
		status = command_fail(c, &e);
	config_free(&config);
	return status;
}
