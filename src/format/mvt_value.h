/* The values of a layer by their bytes. */
#ifndef BUDGETMAP_SRC_FORMAT_MVT_VALUE_H
#define BUDGETMAP_SRC_FORMAT_MVT_VALUE_H

#include <stdint.h>

/* A place in the hash table. */
struct mvt_value {
	uint64_t hash;
	uint32_t number; /* + 1; 0: nothing here */
	uint32_t offset; /* of its bytes among the layer's values */
};

/* A number, told by its bits and the tag of its type. There is room for half as
 * many as their table has places. */
struct mvt_number {
	uint64_t bits;
	uint32_t number; /* among the layer's values */
	uint8_t tag;
};

#endif
