#include "format/kmz_read.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>
#include <zip.h>

#include "base/mem.h"
#include "format/kml_read.h"
#include "kmz_name.h"
#include "kmz_tail.h"

enum {
	RATIO_FROM = 1 << 20, /* bytes from which a ratio says something */
	TEXT_SIZE = 240
};

/* The archive as it is read. */
struct archive {
	const struct foreign_file *file;
	const struct foreign_hooks *hooks;
	zip_t *zip;
	zip_int64_t n; /* entries */
	zip_int64_t queue[KMZ_FILES_MAX]; /* KML files to read */
	size_t queued, read;
	const char *path; /* of the file that is read */
	const char *name; /* the same, NULL: the root */
	bool followed; /* a link of that file */
	size_t unpacked; /* bytes, of all that were read */
};

/* A file of it that is unpacked, piece by piece. */
struct entry {
	struct archive *archive;
	zip_file_t *in;
	zip_uint64_t packed; /* bytes */
	size_t unpacked; /* bytes, so far */
};

/* --- entries -----------------------------------------------------------------
 */

static bool check_entry(const struct archive *a, zip_int64_t i, struct err *e)
{
	const char *name =
	    zip_get_name(a->zip, (zip_uint64_t)i, ZIP_FL_ENC_GUESS);

	if (!name || !kmz_name_is_inside(name))
		return err_set(e, ERR_INPUT,
		    "an entry of the archive has a name that leads out of it");
	if (kmz_name_ends(name, ".kmz") || kmz_name_ends(name, ".zip"))
		return err_set(e, ERR_INPUT, "an archive lies in the archive");
	return true;
}

/* How much a KML file looks like the one that is meant; 0: it is none. Folders
 * are of people who packed one, __MACOSX is not of people. */
static int root_rank(const char *name)
{
	if (!kmz_name_ends(name, ".kml") ||
	    strncmp(name, "__MACOSX/", strlen("__MACOSX/")) == 0)
		return 0;
	if (strcmp(name, "doc.kml") == 0)
		return 4;
	if (!strchr(name, '/'))
		return 3;
	return kmz_name_ends(name, "/doc.kml") ? 2 : 1;
}

static bool note_root(
    const struct archive *a, zip_int64_t root, int rivals, struct err *e)
{
	struct err text = { .code = ERR_NONE };

	if (rivals == 1 || !a->hooks->note)
		return true;
	err_set(&text, ERR_INPUT,
	    "the archive has several KML files, and none is doc.kml: %.60s is "
	    "read",
	    zip_get_name(a->zip, (zip_uint64_t)root, ZIP_FL_ENC_GUESS));
	return a->hooks->note(a->hooks->context,
	    &(struct foreign_place){ .number = 0 }, text.text, e);
}

/* doc.kml, else the first KML file, as Google Earth has it. */
static bool find_root(const struct archive *a, zip_int64_t *root, struct err *e)
{
	int best = 0, rivals = 0;

	for (zip_int64_t i = 0; i < a->n; i++) {
		int rank = root_rank(
		    zip_get_name(a->zip, (zip_uint64_t)i, ZIP_FL_ENC_GUESS));

		rivals = rank > best ? 1 : rivals + (rank == best);
		if (rank > best)
			*root = i;
		best = rank > best ? rank : best;
	}
	if (best == 0)
		return err_set(e, ERR_INPUT, "the archive has no KML file");
	return note_root(a, *root, rivals, e);
}

static bool check_ratio(size_t unpacked, zip_uint64_t packed, struct err *e)
{
	if (unpacked < RATIO_FROM || packed * KMZ_RATIO_MAX >= unpacked)
		return true;
	return err_set(e, ERR_LIMIT,
	    "a file of the archive is more than %d times as large as it is "
	    "packed",
	    KMZ_RATIO_MAX);
}

/* A foreign_read of an entry. */
static ptrdiff_t unpack(void *from, char *to, size_t n, struct err *e)
{
	struct entry *entry = from;
	struct archive *a = entry->archive;
	zip_int64_t got = zip_fread(entry->in, to, n);

	if (got < 0) {
		err_set(e, ERR_INPUT, "the archive is damaged");
		return -1;
	}
	entry->unpacked += (size_t)got;
	a->unpacked += (size_t)got;
	if (a->unpacked > KMZ_BYTES_MAX) {
		err_set(e, ERR_LIMIT,
		    "the files of the archive have more than %d MiB",
		    KMZ_BYTES_MAX >> 20);
		return -1;
	}
	return check_ratio(entry->unpacked, entry->packed, e) ? (ptrdiff_t)got
							      : -1;
}

/* What the directory says of sizes is not believed, but a lie there ends as an
 * error of its checksum. */
static bool open_entry(struct entry *entry, zip_int64_t i, struct err *e)
{
	zip_t *zip = entry->archive->zip;
	zip_stat_t st;

	if (zip_stat_index(zip, (zip_uint64_t)i, 0, &st) != 0 ||
	    !(st.valid & ZIP_STAT_COMP_SIZE))
		return err_set(e, ERR_INPUT, "the archive is damaged");
	if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) &&
	    st.encryption_method != ZIP_EM_NONE)
		return err_set(e, ERR_INPUT, "the archive is encrypted");
	entry->packed = st.comp_size;
	entry->in = zip_fopen_index(zip, (zip_uint64_t)i, 0);
	return entry->in || err_set(e, ERR_INPUT, "the archive is damaged");
}

/* --- links -------------------------------------------------------------------
 */

/* The entry of that name, in the archive or else in the file's folder; -1:
 * none. */
static zip_int64_t locate(
    const struct archive *a, const char *name, zip_flags_t flags)
{
	char path[2 * KMZ_NAME_MAX];
	const char *slash = strrchr(a->path, '/');
	zip_int64_t i = zip_name_locate(a->zip, name, flags);

	if (i >= 0 || !slash)
		return i;
	snprintf(path, sizeof(path), "%.*s/%s", (int)(slash - a->path), a->path,
	    name);
	return zip_name_locate(a->zip, path, flags);
}

/* The entry that a link of a file names; -1: none. On Windows it may have
 * letters of another case. */
static zip_int64_t find_target(const struct archive *a, const char *href)
{
	zip_int64_t i;

	if (!kmz_name_is_inside(href) || !kmz_name_ends(href, ".kml"))
		return -1;
	i = locate(a, href, ZIP_FL_ENC_GUESS);
	return i >= 0 ? i : locate(a, href, ZIP_FL_ENC_GUESS | ZIP_FL_NOCASE);
}

static bool is_queued(const struct archive *a, zip_int64_t entry)
{
	for (size_t i = 0; i < a->queued; i++)
		if (a->queue[i] == entry)
			return true;
	return false;
}

static bool pass_link(void *context, const struct foreign_place *at,
    const char *href, struct err *e)
{
	struct archive *a = context;
	struct str text = str_trim(str_from(href));
	char name[KMZ_NAME_MAX + 1];
	struct err note = { .code = ERR_NONE };
	zip_int64_t target = -1;

	if (kmz_name_of_link(name, text))
		target = find_target(a, name);
	if (target >= 0) {
		a->followed = true;
		if (is_queued(a, target))
			return true;
		if (a->queued == KMZ_FILES_MAX)
			return err_set(e, ERR_LIMIT,
			    "the archive has more than %d KML files",
			    KMZ_FILES_MAX);
		a->queue[a->queued++] = target;
		return true;
	}
	if (a->hooks->link)
		return a->hooks->link(a->hooks->context, at, href, e);
	if (!a->hooks->note)
		return true;
	err_set(&note, ERR_INPUT,
	    "a link out of the archive is kept, but not followed: %.*s",
	    text.len < 200 ? (int)text.len : 200, text.data);
	return a->hooks->note(a->hooks->context,
	    &(struct foreign_place){ .line = at->line }, note.text, e);
}

/* --- what is passed on
 * ----------------------------------------------------------
 */

static bool pass_visit(
    void *context, const struct foreign_feature *f, struct err *e)
{
	struct archive *a = context;

	return a->hooks->visit(a->hooks->context, f, e);
}

/* A line belongs to a file. */
static bool tell(struct archive *a, foreign_tell *to,
    const struct foreign_place *at, const char *text, struct err *e)
{
	struct err full = { .code = ERR_NONE };

	if (!a->name)
		return to(a->hooks->context, at, text, e);
	err_set(&full, ERR_INPUT, "in %.60s: %s", a->name, text);
	return to(a->hooks->context, at, full.text, e);
}

static bool pass_refuse(void *context, const struct foreign_place *at,
    const char *text, struct err *e)
{
	struct archive *a = context;

	return tell(a, a->hooks->refuse, at, text, e);
}

static bool pass_note(void *context, const struct foreign_place *at,
    const char *text, struct err *e)
{
	struct archive *a = context;

	return tell(a, a->hooks->note, at, text, e);
}

/* Links that were followed are not kept: they would point at nothing. */
static bool pass_document(
    void *context, const struct foreign_feature *f, struct err *e)
{
	struct archive *a = context;
	struct foreign_feature copy = *f;

	if (a->followed)
		copy.rest = (struct str){ NULL, 0 };
	return a->hooks->document(a->hooks->context, &copy, e);
}

/* --- the archive
 * ---------------------------------------------------------------- */

static bool read_entry(struct archive *a, zip_int64_t entry, struct err *e)
{
	const struct foreign_hooks hooks = {
		.visit = pass_visit,
		.refuse = a->hooks->refuse ? pass_refuse : NULL,
		.note = a->hooks->note ? pass_note : NULL,
		.link = pass_link,
		.document = a->hooks->document ? pass_document : NULL,
		.context = a,
	};
	struct entry in = { .archive = a };
	struct foreign_file file = *a->file;
	bool good;

	a->followed = false;
	a->path = zip_get_name(a->zip, (zip_uint64_t)entry, ZIP_FL_ENC_GUESS);
	a->name = a->read > 1 ? a->path : NULL;
	if (!open_entry(&in, entry, e))
		return false;
	file.read = unpack;
	file.from = &in;
	file.max_bytes = KMZ_BYTES_MAX;
	good = kml_read_features(&file, &hooks, e);
	zip_fclose(in.in);
	return good;
}

static bool note_others(const struct archive *a, struct err *e)
{
	struct err text = { .code = ERR_NONE };
	long others = 0;

	for (zip_int64_t i = 0; i < a->n; i++) {
		const char *name =
		    zip_get_name(a->zip, (zip_uint64_t)i, ZIP_FL_ENC_GUESS);

		others += !is_queued(a, i) && !kmz_name_ends(name, "/");
	}
	if (others == 0 || !a->hooks->note)
		return true;
	err_set(&text, ERR_INPUT,
	    "other files of the archive are left out: %ld", others);
	return a->hooks->note(a->hooks->context,
	    &(struct foreign_place){ .number = 0 }, text.text, e);
}

static bool read_all(struct archive *a, struct err *e)
{
	a->n = zip_get_num_entries(a->zip, 0);
	if (a->n > KMZ_ENTRIES_MAX)
		return err_set(e, ERR_LIMIT,
		    "the archive has more than %d entries", KMZ_ENTRIES_MAX);
	for (zip_int64_t i = 0; i < a->n; i++)
		if (!check_entry(a, i, e))
			return false;
	if (!find_root(a, &a->queue[0], e))
		return false;
	a->queued = 1;
	while (a->read < a->queued)
		if (!read_entry(a, a->queue[a->read++], e))
			return false;
	return note_others(a, e);
}

/* libzip closes what it reads. */
static zip_source_t *source_of_file(FILE *in, zip_error_t *why)
{
	int copy = dup(fileno(in));
	FILE *own = copy >= 0 ? fdopen(copy, "rb") : NULL;
	zip_source_t *source =
	    own ? zip_source_filep_create(own, 0, -1, why) : NULL;

	if (!own && copy >= 0)
		close(copy);
	if (own && !source)
		fclose(own);
	return source;
}

static bool open_archive(struct archive *a, struct err *e)
{
	const struct foreign_file *f = a->file;
	zip_source_t *source;
	zip_error_t why;

	zip_error_init(&why);
	source = f->in ? source_of_file(f->in, &why)
		       : zip_source_buffer_create(
			     f->text.data, f->text.len, 0, &why);
	if (source) {
		a->zip = zip_open_from_source(
		    source, ZIP_RDONLY | ZIP_CHECKCONS, &why);
		if (!a->zip)
			zip_source_free(source);
	}
	if (!a->zip) {
		if (zip_error_code_zip(&why) == ZIP_ER_MEMORY)
			err_no_memory(e);
		else
			err_set(
			    e, ERR_INPUT, "the file is no whole zip archive");
		err_detail(e, "%s", zip_error_strerror(&why));
	}
	zip_error_fini(&why);
	return a->zip;
}

bool kmz_read_features(const struct foreign_file *file,
    const struct foreign_hooks *hooks, struct err *e)
{
	struct archive *a;
	bool good;

	if (file->text.len > file->max_bytes)
		return err_set(e, ERR_LIMIT,
		    "the file is longer than %zu bytes", file->max_bytes);
	a = mem_alloc(sizeof(*a));
	if (!a)
		return err_no_memory(e);
	memset(a, 0, sizeof(*a));
	a->file = file;
	a->hooks = hooks;
	good = kmz_check_tail(file, e) && open_archive(a, e) && read_all(a, e);
	if (a->zip)
		zip_discard(a->zip);
	mem_free(a);
	return good;
}
