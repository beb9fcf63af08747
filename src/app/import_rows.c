/* budgetmap import of a CSV file: reader and store, record by record. */
#include "import_run.h"

#include "format/csv_read.h"
#include "store/import.h"

#include <string.h>

struct word {
	const char *word;
	int64_t value;
};

static const struct word units[] = {
	{ "tenge", IMPORT_TENGE },
	{ "thousand-tenge", IMPORT_THOUSAND_TENGE },
};

static const struct word scopes[] = {
	{ "kato", IMPORT_REPLACE_KATO },
	{ "source", IMPORT_REPLACE_SOURCE },
};

static bool find_word(const struct word *words, const char *text, int64_t *out)
{
	for (size_t n = 0; n < 2 && text; n++) {
		if (strcmp(words[n].word, text) == 0) {
			*out = words[n].value;
			return true;
		}
	}
	return text == NULL;
}

static void show(void *context, const char *what, int64_t done, int64_t total)
{
	progress_show(context, what, done, total);
}

bool run_options(struct import_options *o, struct import_run *r, struct err *e)
{
	int64_t replace = IMPORT_KEEP;

	*o = (struct import_options){ .source = r->source,
		.as_of = r->as_of_day,
		.today = r->today,
		.restore = r->restore,
		.exact = run_asks(r),
		.progress = show,
		.context = &r->progress };
	if (!find_word(units, r->unit, &o->unit))
		return err_set(
		    e, ERR_INPUT, "--unit takes tenge or thousand-tenge.");
	if (!find_word(scopes, r->replace, &replace))
		return err_set(
		    e, ERR_INPUT, "--replace-scope takes kato or source.");
	o->replace = (enum import_replace)replace;
	return true;
}

static bool read_one(struct import *i, struct csv_reader *csv,
    enum csv_result result, const struct str *fields, const struct err *why,
    struct err *e)
{
	if (result == CSV_RECORD)
		return import_add(i, csv_line(csv), fields, e);
	if (why->code == ERR_INPUT || why->code == ERR_LIMIT)
		return import_refuse(i, csv_line(csv), why->text, e);
	*e = *why;
	return false;
}

/* A table on its way in. */
struct rows {
	struct import *import;
	struct csv_reader *csv;
};

static bool read_all(struct import_run *r, void *context, struct err *e)
{
	struct rows *rows = context;
	const struct str *fields;
	struct err why;

	for (;;) {
		enum csv_result result;

		err_clear(&why);
		result = csv_next(rows->csv, &fields, &why);
		if (result == CSV_END)
			return true;
		if (!read_one(rows->import, rows->csv, result, fields, &why, e))
			return false;
		progress_show(
		    &r->progress, "reading", csv_bytes(rows->csv), r->size);
	}
}

/* An import of a table or of features, and where its records come from. */
struct staged {
	struct import *import;
	run_step *read;
	void *context;
};

static bool compare(struct import_run *r, void *context, struct err *e)
{
	struct staged *s = context;

	return s->read(r, s->context, e) &&
	       import_compare(s->import, &r->result.counts, e);
}

static bool apply(struct import_run *r, void *context, struct err *e)
{
	const struct journal_batch batch = run_batch(r);
	struct staged *s = context;

	return import_apply(
	    s->import, &batch, &r->result.counts, &r->result.version, e);
}

int run_staged(
    struct import_run *r, struct import *i, run_step *read, void *context)
{
	struct staged s = { i, read, context };

	r->result.issues = r->db;
	return run_through(r, compare, apply, &s);
}

int run_table(struct import_run *r)
{
	struct err e = { .code = ERR_NONE };
	struct import_options options;
	const struct str *columns;
	size_t n = 0;
	struct rows rows = { NULL, NULL };
	int status;

	if (run_options(&options, r, &e))
		rows.csv = csv_open(r->file, &e);
	if (rows.csv) {
		columns = csv_columns(rows.csv, &n);
		rows.import = import_open(r->db, import_table_find(r->kind),
		    &options, columns, n, &e);
	}
	status = rows.import ? run_staged(r, rows.import, read_all, &rows)
			     : run_fail(r, &e);
	import_close(rows.import);
	csv_close(rows.csv);
	return status;
}
