#include "import_run.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

struct journal_batch run_batch(const struct import_run *r)
{
	return (struct journal_batch){ .actor = r->actor,
		.command = r->words,
		.file_name = r->name,
		.file_sha256 = r->hash,
		.reason = r->why };
}

static bool at_terminal(void)
{
	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

static bool says_yes(void)
{
	char answer[16];

	fputs("Apply this? [y/N] ", stdout);
	fflush(stdout);
	if (!fgets(answer, sizeof(answer), stdin))
		return false;
	answer[strcspn(answer, "\n")] = '\0';
	return strcmp(answer, "y") == 0 || strcmp(answer, "yes") == 0;
}

bool run_decides(struct import_run *r, int *status)
{
	int64_t refused = r->result.counts.refused;

	*status = COMMAND_OK;
	if (refused > 0 && !r->skip_refused) {
		*status = COMMAND_REFUSED;
		printf("Nothing was applied, because of what is refused.\n");
		return false;
	}
	if (r->dry_run) {
		printf("Dry run: nothing was applied.\n");
		*status = refused > 0 ? COMMAND_REFUSED : COMMAND_OK;
		return false;
	}
	if (!r->apply && at_terminal() && !says_yes()) {
		printf("Nothing was applied.\n");
		return false;
	}
	return true;
}

static void print_result(const struct import_run *r)
{
	const struct import_counts *c = &r->result.counts;

	if (c->created + c->changed + c->withdrawn == 0)
		printf("Nothing changed; the data version stays %" PRId64 ".\n",
		    r->result.version);
	else
		printf("Applied as data version %" PRId64 ".\n",
		    r->result.version);
	if (c->refused > 0)
		printf(
		    "%" PRId64 " refused records were left out.\n", c->refused);
}

int run_finish(struct import_run *r, int status)
{
	struct err e = { .code = ERR_NONE };

	if (r->result.applied) {
		print_result(r);
		if (!report_print_late(&r->result, &e))
			return command_fail(r->command, &e);
	}
	if (r->report && !report_write(&r->result, r->report, &e)) {
		int failed = command_fail(r->command, &e);

		return status == COMMAND_OK ? failed : status;
	}
	return status;
}

int run_fail(struct import_run *r, const struct err *e)
{
	int status;

	progress_end(&r->progress);
	status = command_fail(r->command, e);
	fputs("Nothing was applied.\n", stderr);
	return status;
}
