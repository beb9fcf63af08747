/* Features of a CSV table: the place in lon and lat or wkt, the rest is
 * attributes. */
#ifndef BUDGETMAP_FORMAT_CSV_FEATURES_H
#define BUDGETMAP_FORMAT_CSV_FEATURES_H

#include "format/foreign.h"

#include <stdio.h>

/* Reads each record as a feature; file->text is not looked at. The columns of
 * the place are those called lon, lng, long or longitude and lat or latitude,
 * or wkt, geom, geometry or the_geom, or else x and y; "id" is the feature's.
 * ERR_INPUT when the header is wrong, or names two columns for the same. */
bool csv_read_features(FILE *in, const struct foreign_file *file,
    const struct foreign_hooks *hooks, struct err *e)
    __attribute__((warn_unused_result));

#endif
