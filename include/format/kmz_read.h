/* KMZ in, by libzip: a zip archive with a KML file, with limits. */
#ifndef BUDGETMAP_FORMAT_KMZ_READ_H
#define BUDGETMAP_FORMAT_KMZ_READ_H

#include "format/foreign.h"

enum {
	KMZ_ENTRIES_MAX = 10000,
	KMZ_FILES_MAX = 256, /* KML files that are read */
	KMZ_BYTES_MAX = 1 << 30, /* of all KML files, unpacked */
	KMZ_RATIO_MAX = 200 /* unpacked to packed, of one file over 1 MiB */
};

/* Reads, from text or else from in, doc.kml, or the only KML file that lies in
 * no folder, and the KML files of the archive that it links to, each once.
 * Other links are noted, other files counted; nothing is ever fetched or
 * written to disk. ERR_INPUT when it is no archive, an entry's name leads out
 * of it, an archive lies in it, or nothing tells which KML is meant; ERR_LIMIT
 * over a limit. */
bool kmz_read_features(const struct foreign_file *file,
    const struct foreign_hooks *hooks, struct err *e)
    __attribute__((warn_unused_result));

#endif
