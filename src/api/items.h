/* Features of a collection as a list: one page or all, in a format. */
#ifndef BUDGETMAP_API_ITEMS_H
#define BUDGETMAP_API_ITEMS_H

#include "api/call.h"
#include "api/catalogue.h"
#include "api/source.h"
#include "query/codes.h"

enum format {
	FORMAT_GEOJSON,
	FORMAT_JSON, /* another name of GeoJSON */
	FORMAT_KML,
	FORMAT_CSV
};
extern const struct codelist codes_format;

/* The format that f asks for. */
enum format format_of(const struct params *p);
const char *format_media(enum format f);

/* Of the formats only KML speaks a language: tells caches so. */
void format_vary(struct call *c, enum format f);

call_handler items_projects, items_districts, items_layer;

/* Writes the answer of one format. The source's page is given. */
typedef bool items_writer(struct call *c, const struct collection *k,
    const struct source *s, const struct search_page *p, struct err *e);
items_writer items_write_geojson, items_write_rows;

/* A single feature in KML or CSV, as f asks. */
void items_write_one(struct call *c, const struct collection *k,
    const struct snapshot_info *info, const struct feature *f);

/* The cursor of the next page as text in the arena. */
struct str items_next(
    struct call *c, const struct source *s, const struct search_page *p);

#endif
