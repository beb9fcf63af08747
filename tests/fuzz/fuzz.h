/* What every fuzz target has: the entry that libFuzzer and replay.c call. */
#ifndef BUDGETMAP_TESTS_FUZZ_H
#define BUDGETMAP_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Returns 0; aborts when a promise is broken. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
