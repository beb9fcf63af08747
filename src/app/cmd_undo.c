#include "command.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/array.h"
#include "base/clock.h"
#include "config.h"
#include "flags.h"
#include "store/undo.h"

enum { SHOWN = 100, REASON_SIZE = 64 };

static bool print_conflict(
    void *context, const struct undo_conflict *c, struct err *e)
{
	long *shown = context;

	(void)e;
	if (++*shown > SHOWN)
		return true;
	printf("  %.*s %.*s changed in data version %" PRId64 "\n",
	    (int)c->entity.len, c->entity.data, (int)c->key.len, c->key.data,
	    c->version);
	return true;
}

static bool run(const char *database, int64_t version,
    const struct journal_batch *batch, struct err *e)
{
	struct db *d = db_open_write(database, e);
	struct import_counts counts;
	int64_t made;
	long shown = 0;
	bool done =
	    d && undo_batch(d, version, batch, clock_local_day(clock_now()),
		     print_conflict, &shown, &counts, &made, e);

	db_close(d);
	if (shown > SHOWN)
		printf("  ... and %ld more\n", shown - SHOWN);
	if (done)
		printf("took data version %" PRId64 " back: %" PRId64
		       " restored, %" PRId64 " as they were, %" PRId64
		       " taken out; data version %" PRId64 "\n",
		    version, counts.created, counts.changed, counts.withdrawn,
		    made);
	return done;
}

static int undo(const struct command *c, const char *database, int64_t version,
    const char *reason, const char *actor)
{
	char command[UNDO_COMMAND_SIZE], otherwise[REASON_SIZE];
	const struct journal_batch batch = { .actor = actor,
		.command = command,
		.reason = reason ? reason : otherwise };
	struct err e = { .code = ERR_NONE };

	undo_command(command, version);
	snprintf(otherwise, sizeof(otherwise),
	    "data version %" PRId64 " is taken back", version);
	if (run(database, version, &batch, &e))
		return COMMAND_OK;
	return command_fail(c, &e);
}

int cmd_undo(const struct command *c, int argc, char **argv)
{
	const char *reason = NULL, *actor = NULL;
	const struct flag flags[] = {
		{ "reason", &reason, NULL },
		{ "who", &actor, NULL },
	};
	struct err e = { .code = ERR_NONE };
	char user[COMMAND_ACTOR_SIZE];
	struct config config;
	int64_t version;
	int status;

	if (!config_load(&config, &argc, argv, &e))
		return command_fail(c, &e);
	command_actor(user);
	db_library_init();
	if (flags_take(flags, LENGTH(flags), &argc, argv, &e) && argc == 2 &&
	    str_to_int64(str_from(argv[1]), &version))
		status = undo(
		    c, config.database, version, reason, actor ? actor : user);
	else
		status = command_usage(c);
	config_free(&config);
	return status;
}
