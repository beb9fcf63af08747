#include "command.h"

#include "base/array.h"
#include "base/clock.h"
#include "feature_file.h"
#include "flags.h"
#include "format/csv_read.h"
#include "import_run.h"
#include "store/bin.h"
#include "store/file_hash.h"

#include <errno.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

static bool take_flags(
    struct import_run *r, int *argc, char **argv, struct err *e)
{
	const struct flag flags[] = {
		{ "unit", &r->unit, NULL },
		{ "replace-scope", &r->replace, NULL },
		{ "source", &r->source, NULL },
		{ "as-of", &r->as_of, NULL },
		{ "report", &r->report, NULL },
		{ "who", &r->who, NULL },
		{ "why", &r->why, NULL },
		{ "dry-run", NULL, &r->dry_run },
		{ "apply", NULL, &r->apply },
		{ "skip-refused", NULL, &r->skip_refused },
		{ "restore-withdrawn", NULL, &r->restore },
		{ "title-kk", &r->layer.title[0], NULL },
		{ "title-ru", &r->layer.title[1], NULL },
		{ "title-en", &r->layer.title[2], NULL },
		{ "licence", &r->layer.licence, NULL },
		{ "attribution", &r->layer.attribution, NULL },
		{ "date", &r->layer.date, NULL },
		{ "map", &r->layer.map, NULL },
		{ "encoding", &r->layer.encoding, NULL },
		{ "swap", NULL, &r->layer.swap },
	};

	if (!flags_take(flags, LENGTH(flags), argc, argv, e))
		return false;
	if (r->dry_run && r->apply)
		return err_set(
		    e, ERR_INPUT, "--dry-run and --apply exclude each other");
	if (*argc == 4 && strcmp(argv[1], "layer") == 0) {
		r->layer.name = argv[2];
	} else if (*argc != 3 || strcmp(argv[1], "layer") == 0) {
		return err_set(e, ERR_INPUT,
		    "takes a kind and a file, or \"layer\", its name and a "
		    "file");
	}
	r->kind = argv[1];
	r->path = argv[*argc - 1];
	return true;
}

/* Texts that stay in the journal for ever. */
static bool check_texts(const struct import_run *r, struct err *e)
{
	const char *const texts[] = { r->source, r->who, r->why,
		r->layer.title[0], r->layer.title[1], r->layer.title[2],
		r->layer.licence, r->layer.attribution };

	for (size_t n = 0; n < LENGTH(texts); n++)
		if (texts[n] && bin_has_person(str_from(texts[n])))
			return err_set(e, ERR_INPUT,
			    "An option holds a person's number (IIN).");
	return true;
}

/* Projects are a table, or features. */
static int run_projects(struct import_run *r)
{
	bool table = feature_file_format(r->file) == FEATURES_CSV;

	return table && !r->layer.map && !r->layer.swap ? run_table(r)
							: run_features(r);
}

/* Kinds that are no tables, or not only. */
static const struct {
	const char *name;
	int (*run)(struct import_run *r);
} kinds[] = {
	{ "districts", run_districts },
	{ "layer", run_layer },
	{ "projects", run_projects },
};

static int (*find_kind(const char *name))(struct import_run *r)
{
	for (size_t n = 0; n < LENGTH(kinds); n++)
		if (strcmp(kinds[n].name, name) == 0)
			return kinds[n].run;
	return NULL;
}

static bool check_layer_words(const struct import_run *r, struct err *e)
{
	const struct run_layer *l = &r->layer;
	bool projects = strcmp(r->kind, "projects") == 0;

	if (l->name)
		return true;
	if (l->title[0] || l->title[1] || l->title[2] || l->licence ||
	    l->attribution || l->date)
		return err_set(e, ERR_INPUT,
		    "titles, --licence, --attribution and --date are for "
		    "layers");
	return (!l->map && !l->encoding && !l->swap) || projects ||
	       err_set(e, ERR_INPUT,
		   "--map, --encoding and --swap are for layers and projects");
}

static bool check_words(struct import_run *r, struct err *e)
{
	if (!check_layer_words(r, e))
		return false;
	if (!find_kind(r->kind) && !import_table_find(r->kind))
		return err_set(e, ERR_INPUT, "there is no such kind");
	if (r->as_of && !clock_day_parse(r->as_of, &r->as_of_day))
		return err_set(e, ERR_INPUT, "--as-of takes YYYY-MM-DD");
	return true;
}

static void copy_text(char out[static RUN_NAME_SIZE], const char *text)
{
	struct buf b;

	buf_init(&b, 4 * RUN_NAME_SIZE);
	bin_add_masked(&b, str_from(text));
	snprintf(out, RUN_NAME_SIZE, "%.*s", (int)b.len, b.len ? b.data : "");
	buf_free(&b);
}

static void name_things(struct import_run *r)
{
	const struct passwd *user = getpwuid(geteuid());
	const char *slash = strrchr(r->path, '/');

	copy_text(r->name, slash ? slash + 1 : r->path);
	copy_text(r->actor, r->who ? r->who : user ? user->pw_name : "unknown");
	snprintf(r->words, sizeof(r->words), "import %s%s%s", r->kind,
	    r->layer.name ? " " : "", r->layer.name ? r->layer.name : "");
	r->today = clock_local_day(clock_now());
	r->result = (struct import_report){ .kind = r->kind,
		.file = r->name,
		.hash = r->hash,
		.dry_run = r->dry_run };
}

static bool open_all(struct import_run *r, struct err *e)
{
	r->file = fopen(r->path, "rb");
	if (!r->file) {
		err_set(e, errno == ENOENT ? ERR_MISSING : ERR_SYSTEM,
		    "The file cannot be opened.");
		return err_detail(e, "%s", strerror(errno));
	}
	if (!file_hash(r->file, CSV_FILE_MAX, r->hash, &r->size, e))
		return false;
	db_library_init();
	r->db = r->dry_run ? db_open_preview(r->config.database, e)
			   : db_open_write(r->config.database, e);
	return r->db != NULL;
}

static int run(struct import_run *r)
{
	struct err e = { .code = ERR_NONE };
	int status;

	name_things(r);
	progress_init(&r->progress);
	if (!open_all(r, &e))
		status = run_fail(r, &e);
	else
		status =
		    (find_kind(r->kind) ? find_kind(r->kind) : run_table)(r);
	db_close(r->db);
	if (r->file)
		fclose(r->file);
	return status;
}

int cmd_import(const struct command *c, int argc, char **argv)
{
	struct import_run r = { .command = c };
	struct err e = { .code = ERR_NONE };
	int status;

	if (!config_load(&r.config, &argc, argv, &e))
		return command_fail(c, &e);
	if (!take_flags(&r, &argc, argv, &e) || !check_words(&r, &e)) {
		fprintf(stderr, "budgetmap import: %s\n", e.text);
		status = command_usage(c);
	} else if (!check_texts(&r, &e)) {
		status = command_fail(c, &e);
	} else {
		status = run(&r);
	}
	config_free(&r.config);
	return status;
}

/* What --help says of the columns. */
void cmd_import_more(FILE *out)
{
	fputs("\nColumns of each kind, in any order:\n", out);
	for (size_t n = 0; import_table_name(n); n++) {
		const char *name = import_table_name(n), *column;
		const struct import_table *t = import_table_find(name);
		int width = fprintf(out, "  %s:", name);

		for (size_t k = 0; (column = import_table_column(t, k)); k++) {
			int len = (int)strlen(column);

			if (width + len + 1 > 78)
				width = fprintf(out, "\n   ") - 1;
			width += fprintf(out, " %s", column);
		}
		fputc('\n', out);
	}
}
