/* KMZ out: a zip archive with a KML file and what it points at. */
#ifndef BUDGETMAP_FORMAT_KMZ_WRITE_H
#define BUDGETMAP_FORMAT_KMZ_WRITE_H

#include "base/buf.h"
#include "base/err.h"

enum { KMZ_WRITE_MAX = 256 << 20 /* bytes of the KML */ };

/* A file beside the KML; its bytes are compressed already. */
struct kmz_entry {
	const char *name; /* within the archive: files/mark.png */
	struct str data;
};

/* Appends the archive; doc.kml is its first entry. All are dated time (seconds
 * since 1970), so that the same data gives the same bytes. ERR_LIMIT when the
 * KML is too large, ERR_MEMORY. */
bool kmz_write(struct buf *out, struct str kml, const struct kmz_entry *entries,
    size_t n, int64_t time, struct err *e) __attribute__((warn_unused_result));

#endif
