#include "feature_file.h"

#include <string.h>

#include "base/array.h"
#include "base/clock.h"
#include "format/csv_features.h"
#include "format/json_read.h"
#include "format/kml_read.h"
#include "format/kmz_read.h"

enum { HEAD_SIZE = 512 };

static const int64_t time_max = 600 * 1000000000LL; /* ten minutes */

static const struct {
	const char *head;
	size_t len;
	enum feature_format format;
} heads[] = {
	{ "PK\3\4", 4, FEATURES_KMZ },
	{ "PK\5\6", 4, FEATURES_KMZ }, /* of nothing */
	{ "\xFF\xFE<\0", 4, FEATURES_KML },
	{ "\xFE\xFF\0<", 4, FEATURES_KML },
	{ "\0<", 2, FEATURES_KML },
	{ "<\0", 2, FEATURES_KML },
	{ "<", 1, FEATURES_KML },
	{ "{", 1, FEATURES_GEOJSON },
	{ "[", 1, FEATURES_GEOJSON }, /* none, but JSON */
	{ "\x1E", 1, FEATURES_GEOJSON },
};

static enum feature_format format_of(struct str head)
{
	if (str_starts(head, "\xEF\xBB\xBF"))
		head = (struct str){ head.data + 3, head.len - 3 };
	while (head.len > 0 && (*head.data == ' ' || *head.data == '\t' ||
				   *head.data == '\r' || *head.data == '\n')) {
		head.data++;
		head.len--;
	}
	for (size_t i = 0; i < LENGTH(heads); i++)
		if (head.len >= heads[i].len &&
		    memcmp(head.data, heads[i].head, heads[i].len) == 0)
			return heads[i].format;
	return FEATURES_CSV;
}

enum feature_format feature_file_format(FILE *in)
{
	char head[HEAD_SIZE];
	size_t n;

	rewind(in);
	n = fread(head, 1, sizeof(head), in);
	rewind(in);
	return format_of((struct str){ head, n });
}

bool feature_file_open(
    struct feature_file *f, FILE *in, int64_t max_bytes, struct err *e)
{
	long size;

	*f = (struct feature_file){ .in = in };
	f->format = feature_file_format(in);
	if (fseek(in, 0, SEEK_END) != 0 || (size = ftell(in)) < 0)
		return err_set(e, ERR_SYSTEM, "The file cannot be read.");
	if (size == 0)
		return err_set(e, ERR_INPUT, "The file is empty.");
	if (size > max_bytes)
		return err_set(e, ERR_LIMIT, "The file is larger than %d MiB.",
		    (int)(max_bytes >> 20));
	f->size = (size_t)size;
	return true;
}

/* A foreign_read. */
static ptrdiff_t read_some(void *from, char *to, size_t n, struct err *e)
{
	size_t got = fread(to, 1, n, from);

	if (got > 0 || !ferror((FILE *)from))
		return (ptrdiff_t)got;
	err_set(e, ERR_SYSTEM, "The file cannot be read.");
	return -1;
}

bool feature_file_read(struct feature_file *f, struct arena *arena, bool keep,
    const char *encoding, const struct foreign_hooks *hooks, struct err *e)
{
	const struct foreign_file file = { .read = read_some,
		.from = f->in,
		.in = f->in,
		.max_bytes = f->size,
		.deadline = clock_monotonic() + time_max,
		.encoding = encoding,
		.arena = arena,
		.keep = keep };

	if (fseek(f->in, 0, SEEK_SET) != 0)
		return err_set(e, ERR_SYSTEM, "The file cannot be read.");
	switch (f->format) {
	case FEATURES_KML:
		return kml_read_features(&file, hooks, e);
	case FEATURES_GEOJSON:
		return json_read_features(&file, hooks, e);
	case FEATURES_CSV:
		return csv_read_features(f->in, &file, hooks, e);
	case FEATURES_KMZ:
		break;
	}
	return kmz_read_features(&file, hooks, e);
}
