/* budgetmap import layer: features of any kind, each checked, as a layer of
 * their own. */
#include "import_run.h"

#include "base/arena.h"
#include "base/clock.h"
#include "feature_file.h"
#include "import_map.h"
#include "store/layer_import.h"

#include <stdio.h>
#include <string.h>

enum {
	FEATURE_MEMORY = 256 << 20,
	MAP_MEMORY = 8 << 20,
	RECORDS_BETWEEN = 256,
	HREF_SHOWN = 200 /* bytes */
};

/* The way of a feature from the reader to the store. */
struct passing {
	struct import_run *run;
	struct layer_import *import;
	long done; /* features, with those that are refused */
	long links; /* to other files */
	char link[HREF_SHOWN + 1]; /* the first of them */
};

static bool pass_feature(
    void *context, const struct foreign_feature *f, struct err *e)
{
	struct passing *p = context;
	const struct layer_record r = {
		.number = f->at.number,
		.line = f->at.line,
		.part = f->part,
		.parts = f->parts,
		.name = f->at.name,
		.id = f->id,
		.geom = f->geom,
		.names = f->names,
		.values = f->values,
		.types = f->types,
		.n = f->n,
		.style = f->style,
		.rest = f->rest,
		.heights = f->heights,
		.altitude = f->altitude,
	};

	if (++p->done % RECORDS_BETWEEN == 0)
		progress_show(&p->run->progress, "reading", 0, 0);
	return layer_import_add(p->import, &r, e);
}

static bool pass_refused(void *context, const struct foreign_place *at,
    const char *text, struct err *e)
{
	struct passing *p = context;

	p->done++;
	layer_import_call(p->import, at->number);
	return layer_import_tell(
	    p->import, IMPORT_REFUSED, at->line, at->name, text, e);
}

static bool pass_note(void *context, const struct foreign_place *at,
    const char *text, struct err *e)
{
	struct passing *p = context;

	layer_import_call(p->import, at->number);
	return layer_import_tell(
	    p->import, IMPORT_WARNING, at->line, at->name, text, e);
}

static bool pass_link(void *context, const struct foreign_place *at,
    const char *href, struct err *e)
{
	struct passing *p = context;
	struct str text = str_trim(str_from(href));
	struct err note = { .code = ERR_NONE };
	int len = text.len < HREF_SHOWN ? (int)text.len : HREF_SHOWN;

	if (p->links++ == 0)
		snprintf(p->link, sizeof(p->link), "%.*s", len, text.data);
	err_set(&note, ERR_INPUT, "a link is kept, but not followed: %.*s", len,
	    text.data);
	return pass_note(context, at, note.text, e);
}

static bool pass_document(
    void *context, const struct foreign_feature *f, struct err *e)
{
	struct passing *p = context;

	return layer_import_document(
	    p->import, f->style, f->rest, f->names, f->values, f->n, e);
}

static bool read_file(
    struct import_run *r, struct layer_import *i, struct err *e)
{
	struct passing p = { .run = r, .import = i };
	const struct foreign_hooks hooks = { .visit = pass_feature,
		.refuse = pass_refused,
		.note = pass_note,
		.link = pass_link,
		.document = pass_document,
		.context = &p };
	struct feature_file file;
	struct arena a;
	bool done;

	arena_init(&a, FEATURE_MEMORY);
	done =
	    feature_file_open(&file, r->file, FEATURE_FILE_MAX, e) &&
	    feature_file_read(&file, &a, false, r->layer.encoding, &hooks, e);
	arena_free(&a);
	if (!done || p.done > 0 || p.links == 0)
		return done;
	return err_set(e, ERR_INPUT,
	    "The file has no features, only links to others, which are never "
	    "followed: open %s and import what is there.",
	    p.link);
}

static bool check(struct import_run *r, void *context, struct err *e)
{
	return read_file(r, context, e) &&
	       layer_import_compare(context, &r->result.counts, e);
}

static bool apply(struct import_run *r, void *context, struct err *e)
{
	const struct journal_batch batch = run_batch(r);

	return layer_import_apply(
	    context, &batch, &r->result.counts, &r->result.version, e);
}

static int run_import(struct import_run *r, const struct layer_options *o)
{
	struct err e = { .code = ERR_NONE };
	struct layer_import *i = layer_import_open(r->db, o, &e);
	int status;

	r->result.layer = i;
	r->result.issues = r->db;
	status = i ? run_through(r, check, apply, i) : run_fail(r, &e);
	layer_import_close(i);
	return status;
}

static void show(void *context, const char *what, int64_t done, int64_t total)
{
	progress_show(context, what, done, total);
}

/* What is told of the layer; words that are for other kinds are refused. */
static bool make_options(struct layer_options *o, struct import_run *r,
    struct arena *a, struct err *e)
{
	const struct run_layer *l = &r->layer;

	*o = (struct layer_options){ .name = l->name,
		.title = { l->title[0], l->title[1], l->title[2] },
		.licence = l->licence,
		.source = r->source,
		.attribution = l->attribution,
		.swap = l->swap,
		.progress = show,
		.context = &r->progress };
	if (r->unit || r->restore || r->as_of)
		return err_set(e, ERR_INPUT,
		    "--unit, --as-of and --restore-withdrawn are not for "
		    "layers; the day of a layer is --date.");
	if (l->date && !clock_day_parse(l->date, &o->date))
		return err_set(e, ERR_INPUT, "--date takes YYYY-MM-DD.");
	if (r->replace && strcmp(r->replace, "layer") != 0)
		return err_set(
		    e, ERR_INPUT, "--replace-scope of a layer takes layer.");
	o->replace = r->replace != NULL;
	return !l->map || map_read(l->map, a, &o->map, &o->n_map, e);
}

int run_layer(struct import_run *r)
{
	struct err e = { .code = ERR_NONE };
	struct layer_options options;
	struct arena a;
	int status;

	arena_init(&a, MAP_MEMORY);
	status = make_options(&options, r, &a, &e) ? run_import(r, &options)
						   : run_fail(r, &e);
	arena_free(&a);
	return status;
}
