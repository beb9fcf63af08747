/* Features into a file, in the formats of budgetmap export. */
#ifndef BUDGETMAP_APP_EXPORT_WRITE_H
#define BUDGETMAP_APP_EXPORT_WRITE_H

#include "base/buf.h"
#include "geo/feature.h"
#include "outfile.h"

enum export_format { EXPORT_CSV, EXPORT_GEOJSON, EXPORT_KML, EXPORT_KMZ };

/* What the file says of itself. */
struct export_head {
	const char *name; /* projects, districts ... */
	const char *title, *attribution, *licence, *licence_url;
	const char *base_url; /* where pages and pictures are; may be "" */
	const char *notice; /* that data is generalised, or demonstration; may
			     * be empty */
	struct str style, rest; /* KML of the file that a layer came from */
	int64_t version, published;
};

struct export_writer;

/* with_place: each feature has an id and may have a place. Begins the document.
 * NULL on failure. The outfile stays the caller's. */
struct export_writer *export_writer_open(struct outfile *o,
    enum export_format format, const struct export_head *head,
    const struct schema *schema, bool with_place, struct err *e);

/* A feature_visit whose context is the writer. */
bool export_writer_add(void *context, const struct feature *f, struct err *e);

/* What the feature that is added next has of the file that it came from: KML's
 * elements or GeoJSON's members, heights (format/heights.h). Others are passed
 * over. */
struct export_kept {
	struct str style, rest, heights;
};
void export_writer_keep(
    struct export_writer *w, const struct export_kept *kept);

/* Ends the document; the writer is gone either way. */
bool export_writer_finish(struct export_writer *w, struct err *e);
void export_writer_close(struct export_writer *w);

int64_t export_writer_count(const struct export_writer *w);

#endif
