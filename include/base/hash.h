/* Non-cryptographic 64-bit hashes and checksums of files. */
#ifndef BUDGETMAP_BASE_HASH_H
#define BUDGETMAP_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* A well-mixed hash of len bytes, continuing from seed (0 at first). Equal on
 * every machine. */
uint64_t hash_bytes(const void *data, size_t len, uint64_t seed);

#endif
