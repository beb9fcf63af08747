#include "command.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "config.h"
#include "flags.h"
#include "store/layer_import.h"

struct removal {
	const char *name, *reason, *actor;
};

static int run(
    const struct command *c, const char *database, const struct removal *r)
{
	const struct journal_batch batch = { .actor = r->actor,
		.command = "remove layer",
		.reason = r->reason };
	struct err e = { .code = ERR_NONE };
	struct import_counts counts;
	int64_t version;
	struct db *d = db_open_write(database, &e);
	bool done =
	    d && layer_remove(d, r->name, &batch, &counts, &version, &e);

	db_close(d);
	if (!done)
		return command_fail(c, &e);
	printf("removed layer %s with %" PRId64 " features, data version "
	       "%" PRId64 "\n",
	    r->name, counts.withdrawn, version);
	return COMMAND_OK;
}

int cmd_remove(const struct command *c, int argc, char **argv)
{
	struct removal r = { .name = NULL };
	const struct flag flags[] = {
		{ "reason", &r.reason, NULL },
		{ "who", &r.actor, NULL },
	};
	struct err e = { .code = ERR_NONE };
	char user[COMMAND_ACTOR_SIZE];
	struct config config;
	int status;

	if (!config_load(&config, &argc, argv, &e))
		return command_fail(c, &e);
	command_actor(user);
	db_library_init();
	if (flags_take(flags, LENGTH(flags), &argc, argv, &e) && argc == 3 &&
	    strcmp(argv[1], "layer") == 0 && r.reason) {
		r.name = argv[2];
		r.actor = r.actor ? r.actor : user;
		status = run(c, config.database, &r);
	} else {
		status = command_usage(c);
	}
	config_free(&config);
	return status;
}
