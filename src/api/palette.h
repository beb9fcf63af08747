/* The colours of what is drawn, the same in every format: those of the page
 * (nginx/html/css/tokens.css). */
#ifndef BUDGETMAP_API_PALETTE_H
#define BUDGETMAP_API_PALETTE_H

#include <stdint.h>

enum { PALETTE_STATUSES = 9, PALETTE_TEXT_SIZE = 9 };

/* 0xrrggbb. Of projects by the number of their status: Okabe and Ito's set,
 * told apart by the colour-blind. */
extern const uint32_t palette_status[PALETTE_STATUSES];
extern const uint32_t palette_district, palette_layer, palette_edge;

/* "#rrggbb" of the web, and opaque "aabbggrr" of KML. */
void palette_web(char out[static PALETTE_TEXT_SIZE], uint32_t colour);
void palette_kml(char out[static PALETTE_TEXT_SIZE], uint32_t colour);

#endif
