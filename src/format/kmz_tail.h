/* The end of a zip archive. */
#ifndef BUDGETMAP_FORMAT_KMZ_TAIL_H
#define BUDGETMAP_FORMAT_KMZ_TAIL_H

#include "format/foreign.h"

/* ERR_LIMIT when the archive says that it has more than KMZ_ENTRIES_MAX
 * entries: libzip takes memory for each before anybody can ask how many. */
bool kmz_check_tail(const struct foreign_file *file, struct err *e);

#endif
