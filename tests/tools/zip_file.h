/* Zip archives made for tests, in memory. */
#ifndef BUDGETMAP_TESTS_ZIP_FILE_H
#define BUDGETMAP_TESTS_ZIP_FILE_H

#include "base/str.h"

struct zip_entry {
	const char *name;
	struct str data;
};

/* The archive's bytes; freed by the caller. Aborts on failure. */
char *zip_file_make(const struct zip_entry *entries, size_t n, size_t *len);

#endif
