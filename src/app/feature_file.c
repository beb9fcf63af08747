#include "feature_file.h"

#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
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
	{ "\xFF\xFE", 2, FEATURES_KML }, /* UTF-16 is XML's only */
	{ "\xFE\xFF", 2, FEATURES_KML },
	{ "\0<", 2, FEATURES_KML },
	{ "<\0", 2, FEATURES_KML },
	{ "<", 1, FEATURES_KML },
	{ "{", 1, FEATURES_GEOJSON },
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
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		if (head.len >= heads[i].len &&
		    memcmp(head.data, heads[i].head, heads[i].len) == 0)
			return heads[i].format;
	return FEATURES_CSV;
}

/* One byte more than the limit shows that it is exceeded. */
static bool read_whole(struct feature_file *f, size_t size, struct err *e)
{
	f->data = mem_alloc(size + 1);
	if (!f->data)
		return err_set(e, ERR_MEMORY, "Memory is exhausted.");
	f->size = fread(f->data, 1, size + 1, f->in);
	if (ferror(f->in))
		return err_set(e, ERR_SYSTEM, "The file cannot be read.");
	return f->size <= size ||
	       err_set(e, ERR_CONFLICT, "The file grows while it is read.");
}

enum feature_format feature_file_format(FILE *in)
{
	char head[HEAD_SIZE];
	size_t n = fread(head, 1, sizeof(head), in);

	rewind(in);
	return format_of((struct str){ head, n });
}

bool feature_file_open(
    struct feature_file *f, FILE *in, size_t max_bytes, struct err *e)
{
	long size;

	*f = (struct feature_file){ .in = in, .max_bytes = max_bytes };
	f->format = feature_file_format(in);
	if (fseek(in, 0, SEEK_END) != 0 || (size = ftell(in)) < 0 ||
	    fseek(in, 0, SEEK_SET) != 0)
		return err_set(e, ERR_SYSTEM, "The file cannot be read.");
	if (size == 0)
		return err_set(e, ERR_INPUT, "The file is empty.");
	if ((size_t)size > max_bytes)
		return err_set(e, ERR_LIMIT, "The file is larger than %zu MiB.",
		    max_bytes >> 20);
	return f->format == FEATURES_CSV || read_whole(f, (size_t)size, e);
}

void feature_file_close(struct feature_file *f)
{
	mem_free(f->data);
	f->data = NULL;
}

bool feature_file_read(struct feature_file *f, struct arena *arena, bool keep,
    const char *encoding, const struct foreign_hooks *hooks, struct err *e)
{
	const struct foreign_file file = { .text = { f->data, f->size },
		.max_bytes = f->max_bytes,
		.deadline = clock_monotonic() + time_max,
		.encoding = encoding,
		.arena = arena,
		.keep = keep };

	switch (f->format) {
	case FEATURES_KML:
		return kml_read_features(&file, hooks, e);
	case FEATURES_GEOJSON:
		return json_read_features(&file, hooks, e);
	case FEATURES_CSV:
		return fseek(f->in, 0, SEEK_SET) == 0 &&
		       csv_read_features(f->in, &file, hooks, e);
	case FEATURES_KMZ:
		break;
	}
	return kmz_read_features(&file, hooks, e);
}
