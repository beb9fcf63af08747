/* What of a snapshot follows from its rows. */
#ifndef BUDGETMAP_SRC_INDEX_DERIVE_H
#define BUDGETMAP_SRC_INDEX_DERIVE_H

#include "index/build_rows.h"

/* Fills the derived sections but SECTION_TILES. A failure is left in the
 * sections' bufs. */
void derive_all(struct columns *c);

/* Its part that fills SECTION_CORNERS and SECTION_SHAPE_CELLS. */
void derive_places(struct columns *c);

#endif
