/* KML packed with its pictures. */
#ifndef BUDGETMAP_API_KMZ_H
#define BUDGETMAP_API_KMZ_H

#include "api/call.h"

/* Where pictures lie in the archive: names relative to doc.kml. */
#define KMZ_MARK "files/mark.png"
#define KMZ_LEGEND "files/legend.png"

enum { KMZ_WITH_MARK = 1, KMZ_WITH_LEGEND = 2 };

/* Packs the KML that was written as the answer, dated published, with the
 * pictures it names (KMZ_WITH_ bits). */
bool kmz_pack(struct call *c, unsigned which, int64_t published, struct err *e)
    __attribute__((warn_unused_result));

#endif
