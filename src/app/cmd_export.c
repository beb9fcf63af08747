#include "command.h"

#include "base/arena.h"
#include "base/array.h"
#include "base/clock.h"
#include "config.h"
#include "export_write.h"
#include "flags.h"
#include "store/districts.h"
#include "store/export.h"
#include "store/layers.h"
#include "store/projects.h"

#include <inttypes.h>
#include <string.h>

enum { LAYER_MEMORY = 64 << 20, FEATURE_MEMORY = 64 << 20 };

struct export_run {
	const struct command *command;
	struct config config;
	const char *kind, *path; /* path NULL: standard output */
	const char *layer; /* its name; NULL: no layer */
	struct layer stored;
	struct arena arena; /* of the layer */
	const char *format_name;
	bool full;
	enum export_format format;
	struct db *db;
	struct export_head head;
	int64_t count;
};

static const char *const format_names[] = {
	[EXPORT_CSV] = "csv",
	[EXPORT_GEOJSON] = "geojson",
	[EXPORT_KML] = "kml",
	[EXPORT_KMZ] = "kmz",
};

static bool is_districts(const struct export_run *r)
{
	return strcmp(r->kind, "districts") == 0;
}

/* The public attributes, or everything that import takes. */
static bool is_public(const struct export_run *r)
{
	return is_districts(r) || r->layer ||
	       (strcmp(r->kind, "projects") == 0 && !r->full);
}

static bool find_format(struct export_run *r, struct err *e)
{
	r->format = is_districts(r) || r->layer ? EXPORT_GEOJSON : EXPORT_CSV;
	if (!r->format_name)
		return true;
	for (size_t n = 0; n < LENGTH(format_names); n++) {
		if (strcmp(format_names[n], r->format_name) == 0) {
			r->format = (enum export_format)n;
			return true;
		}
	}
	return err_set(e, ERR_INPUT, "--format takes csv, geojson, kml or kmz");
}

static bool take_words(
    struct export_run *r, int *argc, char **argv, struct err *e)
{
	const struct flag flags[] = {
		{ "format", &r->format_name, NULL },
		{ "full", NULL, &r->full },
	};

	if (!flags_take(flags, 2, argc, argv, e))
		return false;
	if (*argc > 2 && strcmp(argv[1], "layer") == 0) {
		r->layer = argv[2];
		argv++;
		(*argc)--;
	}
	if (*argc != 2 && *argc != 3)
		return err_set(e, ERR_INPUT, "takes a kind and a file");
	r->kind = argv[1];
	r->path = argv[2];
	if (!is_districts(r) && !r->layer && !import_table_find(r->kind))
		return err_set(e, ERR_INPUT, "there is no such kind");
	return find_format(r, e);
}

static bool describe_layer(struct export_run *r, struct err *e)
{
	struct layer *l = &r->stored;

	if (!layers_find(r->db, str_from(r->layer), &r->arena, l, e))
		return false;
	r->head = (struct export_head){ .name = l->name,
		.title = l->title[0],
		.attribution = l->attribution,
		.licence = l->licence,
		.licence_url = "",
		.base_url = "",
		.notice = "",
		.style = l->style,
		.rest = l->rest };
	return db_version(r->db, &r->head.version, &r->head.published, e);
}

static bool describe(struct export_run *r, struct err *e)
{
	static const char generalised[] =
	    "Жалпыланған шекаралар, заңды күші "
	    "жоқ / generalised, not for legal use "
	    "where the attribute says so";
	static const char demo[] = "demo = true: көрсетілім дерегі, ойдан "
				   "алынған / invented, for demonstration";

	if (r->layer)
		return describe_layer(r, e);
	r->head = (struct export_head){ .name = r->kind,
		.title = r->kind,
		.attribution = r->config.attribution[0],
		.licence = r->config.data_licence,
		.licence_url = r->config.data_licence_url,
		.base_url = r->config.base_url ? r->config.base_url : "",
		.notice = is_districts(r) ? generalised : demo };
	return db_version(r->db, &r->head.version, &r->head.published, e);
}

static bool add_project(void *context, const struct project *p, struct err *e)
{
	return export_writer_add(context, &p->feature, e);
}

/* Where features of a layer go. */
struct passing {
	struct export_run *run;
	struct export_writer *writer;
	struct arena arena; /* of one feature */
};

static bool add_layer_feature(
    void *context, const struct project *p, struct err *e)
{
	struct passing *to = context;
	struct layer_kept kept;

	arena_reset(&to->arena);
	if (!layer_kept(to->run->db, p->feature.id, &to->arena, &kept, e))
		return false;
	export_writer_keep(to->writer,
	    &(struct export_kept){ kept.style, kept.rest, kept.heights });
	return export_writer_add(to->writer, &p->feature, e);
}

static bool write_layer(
    struct export_run *r, struct export_writer *w, struct err *e)
{
	struct passing to = { .run = r, .writer = w };
	bool done;

	arena_init(&to.arena, FEATURE_MEMORY);
	done = layer_each(r->db, &r->stored, NULL, add_layer_feature, &to, e);
	arena_free(&to.arena);
	return done;
}

static bool write_features(struct export_run *r, struct export_writer *w,
    struct export *x, struct err *e)
{
	int32_t today = clock_local_day(clock_now());

	if (x)
		return export_each(x, export_writer_add, w, e);
	if (r->layer)
		return write_layer(r, w, e);
	if (is_districts(r))
		return districts_each(r->db, NULL, add_project, w, e);
	return projects_each(r->db, today, NULL, add_project, w, e);
}

static bool write_document(
    struct export_run *r, struct outfile *o, struct export *x, struct err *e)
{
	const struct schema *schema = x			? export_schema(x)
				      : r->layer	? &r->stored.schema
				      : is_districts(r) ? &district_schema
							: &project_schema;
	bool place = !x || export_has_place(x);
	struct export_writer *w;

	if (!place && r->format != EXPORT_CSV)
		return err_set(e, ERR_INPUT,
		    "The records of %s have no place: only csv holds them.",
		    r->kind);
	w = export_writer_open(o, r->format, &r->head, schema, place, e);
	if (!w)
		return false;
	if (!write_features(r, w, x, e)) {
		export_writer_close(w);
		return false;
	}
	r->count = export_writer_count(w);
	return export_writer_finish(w, e);
}

/* One read transaction: the file holds one data version. */
static bool write_version(
    struct export_run *r, struct outfile *o, struct err *e)
{
	struct export *x = NULL;
	bool done;

	if (!db_read_begin(r->db, e))
		return false;
	done = describe(r, e);
	if (done && !is_public(r)) {
		x = export_open(r->db, import_table_find(r->kind), e);
		done = x != NULL;
	}
	done = done && write_document(r, o, x, e);
	export_close(x);
	db_read_end(r->db);
	return done;
}

static bool write_file(struct export_run *r, struct err *e)
{
	struct outfile *o = outfile_open(r->path, e);

	if (!o)
		return false;
	if (write_version(r, o, e))
		return outfile_finish(o, e);
	outfile_abandon(o);
	return false;
}

static int run(struct export_run *r)
{
	struct err e = { .code = ERR_NONE };
	int status = COMMAND_OK;

	db_library_init();
	arena_init(&r->arena, LAYER_MEMORY);
	r->db = db_open_read(r->config.database, &e);
	if (!r->db || !write_file(r, &e))
		status = command_fail(r->command, &e);
	else if (r->path)
		command_print(stdout,
		    "%s: %" PRId64 " records of data version %" PRId64 "\n",
		    r->path, r->count, r->head.version);
	db_close(r->db);
	arena_free(&r->arena);
	return status;
}

int cmd_export(const struct command *c, int argc, char **argv)
{
	struct export_run r = { .command = c };
	struct err e = { .code = ERR_NONE };
	int status;

	if (!config_load(&r.config, &argc, argv, &e))
		return command_fail(c, &e);
	if (take_words(&r, &argc, argv, &e)) {
		status = run(&r);
	} else {
		fprintf(stderr, "budgetmap export: %s\n", e.text);
		status = command_usage(c);
	}
	config_free(&r.config);
	return status;
}
