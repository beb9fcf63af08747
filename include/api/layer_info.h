/* What the snapshot of a layer says of itself. */
#ifndef BUDGETMAP_API_LAYER_INFO_H
#define BUDGETMAP_API_LAYER_INFO_H

#include "index/snapshot.h"
#include "store/layers.h"

/* Fills both; they point at the layer and info at about. */
void layer_info(struct snapshot_info *info, struct snapshot_about *about,
    const struct layer *l);

#endif
