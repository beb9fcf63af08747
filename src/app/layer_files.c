#include "layer_files.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "api/layer_info.h"
#include "base/arena.h"
#include "base/log.h"
#include "feeding.h"
#include "index/snapshot.h"
#include "layer_set.h"

enum { PATH_SIZE = 1024, ARENA_LIMIT = 64 * 1024 * 1024 };

/* What is read for a snapshot. */
struct origin {
	struct db *db;
	const struct layer *layer;
};

static bool read_layer(const void *source, project_known *known,
    project_visit *visit, void *context, struct err *e)
{
	const struct origin *o = source;

	return layer_each(o->db, o->layer, known, visit, context, e);
}

static bool build(const struct layer_files *f, struct db *d,
    const struct layer *l, const char *path, const struct snapshot *previous,
    struct err *e)
{
	struct snapshot_about about;
	struct snapshot_info info;
	const struct origin origin = { d, l };
	struct snapshot_builder *b;
	struct snapshot *made;

	layer_info(&info, &about, l);
	b = snapshot_build_begin(path, &info, previous, e);
	if (b == NULL)
		return false;
	made = feeding_build(b, read_layer, &origin, f->stopping, e);
	snapshot_unref(made);
	return made != NULL;
}

static bool is_of(const struct snapshot *s, const struct layer *l)
{
	const struct snapshot_info *info = snapshot_info_of(s);

	return info->version == l->change && info->published == l->published;
}

/* The file there is, checked to the last byte when it is the first time. */
static void make_one(
    struct layer_files *f, struct db *d, const struct layer *l, bool anew)
{
	char path[PATH_SIZE];
	struct err e = { 0 };
	struct snapshot *there = NULL;
	bool good;

	if (!layer_file_path(path, sizeof path, f->folder, l->name))
		return;
	if (!anew)
		there = snapshot_open(path, NULL, true, &e);
	err_clear(&e);
	good = (there != NULL && is_of(there, l)) ||
	       build(f, d, l, path, there, &e);
	snapshot_unref(there);
	if (good || access(path, F_OK) == 0)
		snprintf(f->names[f->n++], sizeof f->names[0], "%s", l->name);
	if (!good && !*f->stopping)
		log_line(LOG_LEVEL_ERROR, "no snapshot of layer %s: %s%s%s",
		    l->name, e.text, e.detail[0] != '\0' ? ": " : "", e.detail);
}

static bool is_listed(const struct layer *list, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].name, name) == 0)
			return true;
	return false;
}

static void remove_gone(
    const struct layer_files *f, const struct layer *list, size_t n)
{
	DIR *d = opendir(f->folder);
	const struct dirent *entry;
	char name[LAYER_NAME_MAX + 1], path[PATH_SIZE];

	while (d != NULL && (entry = readdir(d)) != NULL)
		if (layer_file_name(name, sizeof name, entry->d_name) &&
		    !is_listed(list, n, name) &&
		    layer_file_path(path, sizeof path, f->folder, name))
			(void)unlink(path);
	if (d != NULL)
		(void)closedir(d);
}

bool layer_files_make(
    struct layer_files *f, struct db *d, bool anew, struct err *e)
{
	struct layer *list;
	struct arena a;
	size_t n;
	bool good;

	arena_init(&a, ARENA_LIMIT);
	good = layers_list(d, &a, &list, &n, e);
	if (good) {
		f->n = 0;
		for (size_t i = 0; i < n && !*f->stopping; i++)
			make_one(f, d, &list[i], anew);
		if (!*f->stopping)
			remove_gone(f, list, n);
	}
	arena_free(&a);
	return good;
}

bool layer_files_exist(const struct layer_files *f)
{
	char path[PATH_SIZE];

	for (size_t i = 0; i < f->n; i++)
		if (!layer_file_path(
			path, sizeof path, f->folder, f->names[i]) ||
		    access(path, F_OK) != 0)
			return false;
	return true;
}
