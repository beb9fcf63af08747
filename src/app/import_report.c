#include "import_report.h"

#include "base/array.h"
#include "format/json_write.h"
#include "outfile.h"
#include "store/layers.h"

#include <inttypes.h>
#include <stdio.h>

enum { SHOWN = 50, CHUNK = 65536, REPORT_MAX = 1 << 20 };

static const char *const level_names[] = {
	[IMPORT_NOTE] = "note",
	[IMPORT_WARNING] = "warning",
	[IMPORT_REFUSED] = "refused",
	[IMPORT_RECORD] = "feature",
};

/* --- for people ------------------------------------------------------------
 */

struct printing {
	long shown, left_out;
	bool late;
	bool records; /* this time what becomes of features */
};

static const char *text_of(struct str s)
{
	return s.data ? s.data : "";
}

static bool print_issue(
    void *context, const struct import_issue *s, struct err *e)
{
	struct printing *p = context;

	(void)e;
	if (s->late != p->late || p->records != (s->level == IMPORT_RECORD))
		return true;
	if (p->shown == SHOWN) {
		p->left_out++;
		return true;
	}
	p->shown++;
	if (s->line > 0)
		printf("  line %ld: ", s->line);
	else
		printf("  file: ");
	if (s->level == IMPORT_NOTE) {
		printf("new id %.*s\n", (int)s->reason.len, s->reason.data);
		return true;
	}
	if (s->name.len > 0)
		printf("\"%.*s\" ", (int)s->name.len, s->name.data);
	else if (s->number > 0)
		printf("feature %ld ", s->number);
	if (s->level != IMPORT_RECORD)
		printf("%s: ", level_names[s->level]);
	printf("%.*s%s%.*s\n", (int)s->field.len, text_of(s->field),
	    s->field.len > 0 ? " " : "", (int)s->reason.len, s->reason.data);
	return true;
}

static void print_checks(const struct import_report *r)
{
	for (size_t n = 0; n < r->n_checks; n++) {
		const struct district_check *c = &r->checks[n];

		printf("  %s: %s%s%s\n", c->passed ? "good" : "WRONG", c->what,
		    c->detail[0] != '\0' ? ": " : "", c->detail);
	}
}

static void print_fields(const struct import_report *r)
{
	const struct field *f;
	const char *column;

	for (size_t n = 0;
	     r->layer && layer_import_field(r->layer, n, &f, &column); n++)
		printf("  field %s: %s%s%s\n", f->name,
		    layer_type_name(f->type), *column ? ", of the column " : "",
		    column);
}

static bool print_issues(
    const struct import_report *r, bool late, bool records, struct err *e)
{
	struct printing p = { .late = late, .records = records };

	if (r->issues && !import_issues(r->issues, print_issue, &p, e))
		return false;
	if (p.left_out > 0)
		printf("  ... and %ld more lines: --report FILE has all\n",
		    p.left_out);
	return true;
}

bool report_print_late(const struct import_report *r, struct err *e)
{
	return print_issues(r, true, false, e);
}

bool report_print(const struct import_report *r, struct err *e)
{
	const struct import_counts *c = &r->counts;

	printf("%s: %" PRId64 " records: %" PRId64 " new, %" PRId64
	       " changed, %" PRId64 " unchanged, %" PRId64
	       " withdrawn, %" PRId64 " refused, %" PRId64 " warnings\n",
	    r->file, c->records, c->created, c->changed, c->unchanged,
	    c->withdrawn, c->refused, c->warnings);
	print_checks(r);
	print_fields(r);
	return print_issues(r, false, false, e) &&
	       print_issues(r, false, true, e);
}

/* --- for machines -----------------------------------------------------------
 */

struct writing {
	struct outfile *file;
	struct buf text;
	struct json json;
	enum import_level level; /* this time only these; IMPORT_WARNING: these
				  * and what is refused */
};

static bool flush(struct writing *w, size_t above, struct err *e)
{
	return w->text.len < above || outfile_write(w->file, &w->text, e);
}

static bool write_issue(
    void *context, const struct import_issue *s, struct err *e)
{
	struct writing *w = context;
	struct json *j = &w->json;

	if (s->level != w->level &&
	    (w->level != IMPORT_WARNING || s->level != IMPORT_REFUSED))
		return true;
	json_open(j, '{');
	json_key(j, "line");
	json_int(j, s->line);
	if (s->number > 0) {
		json_key(j, "number");
		json_int(j, s->number);
	}
	if (s->name.len > 0) {
		json_key(j, "name");
		json_str(j, s->name);
	}
	if (w->level != IMPORT_WARNING) {
		if (s->field.len > 0) {
			json_key(j, "id");
			json_str(j, s->field);
		}
		json_key(j, w->level == IMPORT_NOTE ? "id" : "what");
		json_str(j, s->reason);
	} else {
		json_key(j, "level");
		json_text(j, level_names[s->level]);
		json_key(j, "field");
		json_str(j, s->field);
		json_key(j, "reason");
		json_str(j, s->reason);
	}
	json_close(j, '}');
	return flush(w, CHUNK, e);
}

static void write_counts(struct json *j, const struct import_counts *c)
{
	const struct {
		const char *name;
		int64_t value;
	} rows[] = {
		{ "records", c->records },
		{ "new", c->created },
		{ "changed", c->changed },
		{ "unchanged", c->unchanged },
		{ "withdrawn", c->withdrawn },
		{ "refused", c->refused },
		{ "warnings", c->warnings },
	};

	json_key(j, "counts");
	json_open(j, '{');
	for (size_t n = 0; n < LENGTH(rows); n++) {
		json_key(j, rows[n].name);
		json_int(j, rows[n].value);
	}
	json_close(j, '}');
}

static void write_head(struct json *j, const struct import_report *r)
{
	json_key(j, "kind");
	json_text(j, r->kind);
	json_key(j, "file");
	json_text(j, r->file);
	json_key(j, "sha256");
	json_text(j, r->hash);
	json_key(j, "dry_run");
	json_bool(j, r->dry_run);
	json_key(j, "applied");
	json_bool(j, r->applied);
	json_key(j, "data_version");
	if (r->applied)
		json_int(j, r->version);
	else
		json_null(j);
	if (r->failure) {
		json_key(j, "failure");
		json_text(j, r->failure);
	}
	write_counts(j, &r->counts);
	json_key(j, "checks");
	json_open(j, '[');
	for (size_t n = 0; n < r->n_checks; n++) {
		json_open(j, '{');
		json_key(j, "what");
		json_text(j, r->checks[n].what);
		json_key(j, "passed");
		json_bool(j, r->checks[n].passed);
		json_key(j, "detail");
		json_text(j, r->checks[n].detail);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void write_fields(struct json *j, const struct layer_import *layer)
{
	const struct field *f;
	const char *column;

	json_key(j, "fields");
	json_open(j, '[');
	for (size_t n = 0; layer_import_field(layer, n, &f, &column); n++) {
		json_open(j, '{');
		json_key(j, "name");
		json_text(j, f->name);
		json_key(j, "type");
		json_text(j, layer_type_name(f->type));
		json_key(j, "column");
		json_text(j, column);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static bool write_list(struct writing *w, const struct import_report *r,
    const char *name, enum import_level level, struct err *e)
{
	w->level = level;
	json_key(&w->json, name);
	json_open(&w->json, '[');
	if (r->issues && !import_issues(r->issues, write_issue, w, e))
		return false;
	json_close(&w->json, ']');
	return true;
}

static bool write_all(
    struct writing *w, const struct import_report *r, struct err *e)
{
	json_open(&w->json, '{');
	write_head(&w->json, r);
	if (!write_list(w, r, "new_ids", IMPORT_NOTE, e) ||
	    !write_list(w, r, "issues", IMPORT_WARNING, e))
		return false;
	if (r->layer)
		write_fields(&w->json, r->layer);
	if ((r->layer || r->each) &&
	    !write_list(w, r, "features", IMPORT_RECORD, e))
		return false;
	json_close(&w->json, '}');
	buf_add_char(&w->text, '\n');
	return flush(w, 0, e);
}

bool report_write(
    const struct import_report *r, struct outfile *file, struct err *e)
{
	struct writing w = { .file = file };
	bool done;

	buf_init(&w.text, REPORT_MAX);
	json_init(&w.json, &w.text);
	done = write_all(&w, r, e);
	buf_free(&w.text);
	if (done)
		return outfile_finish(w.file, e);
	outfile_abandon(w.file);
	return false;
}
