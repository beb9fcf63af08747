#include "format/kmz_write.h"

#include <zip.h>

/* KML packs to a tenth at the lowest level; higher ones cost more than the
 * bytes they save. */
enum { LEVEL = 1 };

static bool failed(struct err *e, zip_error_t *error)
{
	err_set(e, ERR_MEMORY, "the archive cannot be written");
	return err_detail(e, "libzip: %s", zip_error_strerror(error));
}

/* Takes bytes in that stay the caller's. */
static bool add_entry(zip_t *zip, const char *name, struct str data,
    zip_int32_t method, int64_t time)
{
	zip_source_t *source = zip_source_buffer(zip, data.data, data.len, 0);
	zip_int64_t number;

	if (!source)
		return false;
	number = zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
	if (number < 0) {
		zip_source_free(source);
		return false;
	}
	return zip_set_file_compression(
		   zip, (zip_uint64_t)number, method, LEVEL) == 0 &&
	       zip_file_set_mtime(zip, (zip_uint64_t)number, time, 0) == 0;
}

static bool fill(zip_t *zip, struct str kml, const struct kmz_entry *entries,
    size_t n, int64_t time)
{
	if (!add_entry(zip, "doc.kml", kml, ZIP_CM_DEFLATE, time))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!add_entry(zip, entries[i].name, entries[i].data,
			ZIP_CM_STORE, time))
			return false;
	return true;
}

/* What libzip wrote into memory. */
static bool take(struct buf *out, zip_source_t *archive)
{
	zip_stat_t stat;
	char *to;
	bool good;

	if (zip_source_stat(archive, &stat) != 0 ||
	    !(stat.valid & ZIP_STAT_SIZE) || zip_source_open(archive) != 0)
		return false;
	to = buf_reserve(out, stat.size);
	good = to && zip_source_read(archive, to, stat.size) ==
			 (zip_int64_t)stat.size;
	zip_source_close(archive);
	if (good)
		out->len += stat.size;
	return good;
}

static bool write_archive(zip_source_t *archive, struct str kml,
    const struct kmz_entry *entries, size_t n, int64_t time, struct err *e,
    zip_error_t *error)
{
	zip_t *zip =
	    zip_open_from_source(archive, ZIP_CREATE | ZIP_TRUNCATE, error);

	if (!zip)
		return failed(e, error);
	/* Closing would give it back. */
	zip_source_keep(archive);
	if (!fill(zip, kml, entries, n, time) || zip_close(zip) != 0) {
		failed(e, zip_get_error(zip));
		zip_discard(zip);
		return false;
	}
	return true;
}

bool kmz_write(struct buf *out, struct str kml, const struct kmz_entry *entries,
    size_t n, int64_t time, struct err *e)
{
	zip_error_t error;
	zip_source_t *archive;
	bool done;

	if (kml.len > KMZ_WRITE_MAX)
		return err_set(e, ERR_LIMIT,
		    "the answer would be too large: ask for less with limit "
		    "or filters");
	zip_error_init(&error);
	archive = zip_source_buffer_create(NULL, 0, 0, &error);
	if (!archive) {
		failed(e, &error);
		zip_error_fini(&error);
		return false;
	}
	done = write_archive(archive, kml, entries, n, time, e, &error);
	if (done && !take(out, archive))
		done = err_no_memory(e);
	zip_source_free(archive);
	zip_error_fini(&error);
	return done;
}
