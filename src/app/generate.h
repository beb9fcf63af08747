/* Made-up projects for load tests: any number, the same for the same seed. */
#ifndef BUDGETMAP_APP_GENERATE_H
#define BUDGETMAP_APP_GENERATE_H

#include "base/buf.h"

#include <stdint.h>

/* The largest number of projects that ids are enough for. */
enum { GENERATE_MAX = 5000000 };

/* Appends the header row of a projects file. */
void generate_add_header(struct buf *b);

/* Appends the project of that number, from 0. It depends on seed and number
 * only. */
void generate_add_row(struct buf *b, uint64_t seed, uint64_t number);

#endif
