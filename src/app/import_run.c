#include "import_run.h"

#include "outfile.h"

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

/* Whether anything may be written at all; status becomes the exit code when
 * not. */
static bool may_write(const struct import_run *r, int *status)
{
	int64_t refused = r->result.counts.refused;

	*status = refused > 0 ? COMMAND_REFUSED : COMMAND_OK;
	return !r->dry_run && (refused == 0 || r->skip_refused);
}

bool run_asks(const struct import_run *r)
{
	return !r->apply && !r->dry_run && at_terminal();
}

/* Whether to go on, and what is said when not. */
static bool decide(struct import_run *r, int *status)
{
	if (may_write(r, status)) {
		*status = COMMAND_OK;
		if (!run_asks(r) || says_yes())
			return true;
		printf("Nothing was applied.\n");
	} else if (r->result.counts.refused > 0 && !r->skip_refused) {
		printf("Nothing was applied, because of what is refused.\n");
	} else {
		printf("Dry run: nothing was applied.\n");
	}
	return false;
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

static bool open_report(struct import_run *r, struct err *e)
{
	if (r->report && !r->told)
		r->told = outfile_open(r->report, e);
	return !r->report || r->told;
}

static bool write_report(
    struct import_run *r, const struct import_report *what, struct err *e)
{
	struct outfile *file;

	if (!open_report(r, e))
		return false;
	file = r->told;
	r->told = NULL;
	return !file || report_write(what, file, e);
}

static bool print_rest(struct import_run *r, bool printed, struct err *e)
{
	if (!printed && !report_print(&r->result, e))
		return false;
	if (r->result.applied) {
		print_result(r);
		if (!report_print_late(&r->result, e))
			return false;
	}
	if (fflush(stdout) == 0)
		return true;
	return err_set(e, ERR_SYSTEM, "The output cannot be written.");
}

/* Says what was done, writes the report; returns the exit code. A failure of
 * one of them leaves the other. */
static int finish(struct import_run *r, int status, bool printed)
{
	struct err e[2] = { { .code = ERR_NONE }, { .code = ERR_NONE } };
	const bool done[2] = { print_rest(r, printed, &e[0]),
		write_report(r, &r->result, &e[1]) };
	int failed = COMMAND_OK;

	for (int i = 0; i < 2; i++)
		if (!done[i])
			failed = command_fail(r->command, &e[i]);
	if (failed != COMMAND_OK && r->result.applied)
		fprintf(stderr,
		    "The data was applied, as data version %" PRId64
		    "; only what is told of it is not whole.\n",
		    r->result.version);
	return status == COMMAND_OK ? failed : status;
}

/* What was found until then is not told: it may be half of it. */
static void report_failure(struct import_run *r, const struct err *why)
{
	struct import_report told = r->result;
	struct err e = { .code = ERR_NONE };

	if (!r->report)
		return;
	told.failure = why->text;
	told.applied = false;
	told.issues = NULL;
	told.layer = NULL;
	told.checks = NULL;
	told.n_checks = 0;
	if (!write_report(r, &told, &e))
		(void)command_fail(r->command, &e);
}

static int fail_unreported(struct import_run *r, const struct err *e)
{
	int status;

	progress_end(&r->progress);
	status = command_fail(r->command, e);
	fputs("Nothing was applied.\n", stderr);
	return status;
}

int run_fail(struct import_run *r, const struct err *e)
{
	int status = fail_unreported(r, e);

	report_failure(r, e);
	return status;
}

int run_through(
    struct import_run *r, run_step *compare, run_step *apply, void *context)
{
	struct err e = { .code = ERR_NONE };
	bool done, before;
	int status;

	done = compare(r, context, &e);
	progress_end(&r->progress);
	if (!done)
		return run_fail(r, &e);
	before = !may_write(r, &status) || run_asks(r);
	if (before && !report_print(&r->result, &e))
		return run_fail(r, &e);
	if (!decide(r, &status))
		return finish(r, status, true);
	if (!open_report(r, &e))
		return fail_unreported(r, &e);
	r->result.applied = apply(r, context, &e);
	progress_end(&r->progress);
	return r->result.applied ? finish(r, status, before) : run_fail(r, &e);
}
