/* Features of a collection as a list: one page or all, in a format. */
#ifndef BUDGETMAP_API_ITEMS_H
#define BUDGETMAP_API_ITEMS_H

#include "api/call.h"
#include "api/catalogue.h"
#include "api/links.h"
#include "api/rewrite.h"
#include "api/source.h"
#include "query/codes.h"

enum format {
	FORMAT_GEOJSON,
	FORMAT_JSON, /* another name of GeoJSON */
	FORMAT_HTML,
	FORMAT_KML,
	FORMAT_KMZ,
	FORMAT_CSV,
	FORMAT_SEQUENCE,
	FORMAT_GEOPACKAGE,
	FORMATS
};
extern const struct codelist codes_format;

/* The format that is asked for, and its media type: of answers, of links. */
enum format format_of(const struct call *c);
const char *format_media(enum format f);
const char *format_link_type(enum format f);

/* One after another, each under one name; FORMATS at the end. */
enum format format_offered(size_t i);

/* Whether it is written one feature after another: then the whole result comes
 * unless limit is given. */
bool format_is_rows(enum format f);

/* Whether the format can be written in the crs that is asked for; GeoJSON tells
 * it in a header. */
bool format_crs(struct call *c, struct err *e)
    __attribute__((warn_unused_result));

/* Tells of a format that speaks a language. */
void format_language(struct call *c, enum format f);

call_handler items_get;

/* One page on its way out. */
struct items {
	const struct collection *collection;
	struct source source;
	struct search_page page;
	struct rewrite how;
	struct links links;
};

/* Writes the answer of one format. */
typedef bool items_writer(
    struct call *c, const struct items *items, struct err *e);
items_writer items_write_geojson, items_write_rows, items_write_page;

/* Visits the rows of the page one after another, with memory for one. ERR_BUSY
 * when it takes too long, ERR_LIMIT when the answer becomes too large. */
typedef bool items_visit(void *context, const struct snapshot *s, uint32_t row,
    struct arena *a, struct err *e);
bool items_each(struct call *c, const struct items *items, items_visit *visit,
    void *context, struct err *e) __attribute__((warn_unused_result));

/* Whether all that was appended to an answer is there; says why when not. */
bool items_fit(const struct buf *out, struct err *e)
    __attribute__((warn_unused_result));

/* A single feature in a format of rows, as f asks. */
bool items_write_one(struct call *c, const struct collection *k,
    const struct snapshot_info *info, const struct rewrite *how,
    const struct feature *f, struct err *e);

/* The cursor of the next page as text in the arena. */
struct str items_next(
    struct call *c, const struct source *s, const struct search_page *p);

/* Links "self" and "alternate" of an answer that comes in every format; those
 * formats that are not paged give all that is selected. */
void items_link_formats(struct links *l);

#endif
