#include "command.h"

#include <stdio.h>

#include "base/clock.h"
#include "config.h"
#include "store/projects.h"
#include "store/withdraw.h"

struct withdrawal {
	const char *id, *reason, *actor;
};

static bool run(
    struct db *d, const struct withdrawal *w, int64_t *version, struct err *e)
{
	const struct journal_batch batch = {
		.actor = w->actor, .command = "withdraw", .reason = w->reason
	};
	const struct journal_counts counts = { .withdrawn = 1 };
	struct journal *j;
	int64_t id;

	if (!projects_find(d, str_from(w->id), &id, e))
		return false;
	j = journal_begin(d, &batch, e);
	if (!j)
		return false;
	if (!withdraw_project(d, j, id, str_from(w->reason),
		clock_local_day(clock_now()), e)) {
		journal_abort(j);
		return false;
	}
	return journal_commit(j, &counts, version, e);
}

static int withdraw(
    const struct command *c, const char *database, const struct withdrawal *w)
{
	struct err e = { .code = ERR_NONE };
	struct db *d = db_open_write(database, &e);
	int64_t version;
	bool done = d && run(d, w, &version, &e);

	db_close(d);
	if (!done)
		return command_fail(c, &e);
	printf("withdrew %s, data version %lld\n", w->id, (long long)version);
	return COMMAND_OK;
}

int cmd_withdraw(const struct command *c, int argc, char **argv)
{
	struct err e = { .code = ERR_NONE };
	char user[COMMAND_ACTOR_SIZE];
	struct withdrawal w;
	struct config config;
	int status;

	if (!config_load(&config, &argc, argv, &e))
		return command_fail(c, &e);
	w.reason = command_take(&argc, argv, "--reason");
	w.actor = command_take(&argc, argv, "--who");
	if (!w.actor) {
		command_actor(user);
		w.actor = user;
	}
	db_library_init();
	if (argc == 2 && w.reason && argv[1][0] != '-') {
		w.id = argv[1];
		status = withdraw(c, config.database, &w);
	} else {
		status = command_usage(c);
	}
	config_free(&config);
	return status;
}
