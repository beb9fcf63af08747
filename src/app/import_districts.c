/* budgetmap import districts: GeoJSON or KML, checked as a whole. */
#include "import_run.h"

#include "base/arena.h"
#include "feature_file.h"
#include "store/district_import.h"

#include <string.h>

enum { FILE_MAX = 64 << 20, FILE_MEMORY = 768 << 20 };

static bool add_feature(
    void *context, const struct foreign_feature *f, struct err *e)
{
	if (f->parts > 1)
		return err_set(e, ERR_INPUT,
		    "feature %ld: the geometry mixes points, lines and areas",
		    f->at.number);
	return district_import_add(
	    context, f->geom, f->id, f->names, f->values, f->n, e);
}

static bool read_layer(struct import_run *r, struct district_import *i,
    struct arena *a, struct err *e)
{
	const struct foreign_hooks hooks = { .visit = add_feature,
		.context = i };
	struct feature_file file;
	bool done = feature_file_open(&file, r->file, FILE_MAX, e);

	if (done && file.format == FEATURES_CSV)
		done = err_set(
		    e, ERR_INPUT, "Districts come as GeoJSON, KML or KMZ.");
	return done && feature_file_read(&file, a, true, NULL, &hooks, e);
}

static bool check(struct import_run *r, void *context, struct err *e)
{
	struct district_import *i = context;
	struct arena a;
	bool done;

	arena_init(&a, FILE_MEMORY);
	progress_show(&r->progress, "reading", 0, 0);
	done = read_layer(r, i, &a, e) &&
	       district_import_check(i, &r->result.checks, &r->result.n_checks,
		   &r->result.counts, e);
	arena_free(&a);
	return done;
}

static bool apply(struct import_run *r, void *context, struct err *e)
{
	const struct journal_batch batch = run_batch(r);

	progress_show(&r->progress, "writing", 0, 0);
	return district_import_apply(
	    context, &batch, &r->result.counts, &r->result.version, e);
}

int run_districts(struct import_run *r)
{
	const struct district_options options = { .source = r->source,
		.as_of = r->as_of_day,
		.today = r->today,
		.exact = run_asks(r) };
	struct err e = { .code = ERR_NONE };
	struct district_import *i;
	int status;

	if (r->unit || r->replace || r->skip_refused || r->restore) {
		err_set(&e, ERR_INPUT,
		    "Districts are taken as a whole: --unit, --replace-scope, "
		    "--skip-refused and --restore-withdrawn are not for them.");
		return run_fail(r, &e);
	}
	i = district_import_open(r->db, &options, &e);
	status = i ? run_through(r, check, apply, i) : run_fail(r, &e);
	district_import_close(i);
	return status;
}
