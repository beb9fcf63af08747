/* One file of the pyramid on its way; private to kml_*.c. */
#ifndef BUDGETMAP_API_KML_JOB_H
#define BUDGETMAP_API_KML_JOB_H

#include "api/source.h"
#include "format/kml_write.h"
#include "index/pyramid.h"

enum {
	KML_PIXELS = 128, /* of a region's side, from which it is fetched */
	KML_REFRESH = 300 /* seconds between two fetches of a file, at least */
};

struct kml_job {
	struct call *call;
	const struct collection *collection;
	struct source source;
	struct query query; /* what selects, without paging */
	struct buf *out;
};

/* The collection of the path, and what answers for it. */
bool kml_job_begin(struct kml_job *job, struct call *c, struct err *e)
    __attribute__((warn_unused_result));

/* Whether it has money and states. */
bool kml_job_has_money(const struct kml_job *job);

/* What c->scratch holds, moved to the arena. Empty without memory, which the
 * response then knows. */
struct str kml_keep(struct call *c);

/* The file of a tile, of features without a place (tile NULL), or one of its
 * pages (page from 1; 0: the file itself), with the same filters and language.
 */
struct str kml_job_address(
    const struct kml_job *job, const struct tile *tile, uint64_t page);

/* "Projects: 1,234" */
struct str kml_job_title(const struct kml_job *job, uint64_t count);

/* From where a box is seen whole. */
struct kml_view kml_view_of(const struct bbox *box);

/* Licence, source and time of a collection. */
struct str kml_describe(struct call *c, const struct collection *k,
    const struct snapshot_info *info);

/* A document of marks that stand for several features; what it is made of
 * lives in the arena. NULL when memory is exhausted. */
struct kml_groups;
struct kml_groups *kml_groups(const struct kml_job *job, struct err *e);
struct kml_document *kml_groups_document(struct kml_groups *g);

/* Appends a mark; id is a name within the document. */
void kml_groups_add(struct kml_groups *g, struct kml_placemarks *p,
    const struct cluster *m, struct str id);

/* Appends the rows as placemarks, projects in folders by district and status.
 */
bool kml_write_rows(const struct kml_job *job, const uint32_t *rows, size_t n,
    struct kml_placemarks *p, struct err *e)
    __attribute__((warn_unused_result));

#endif
