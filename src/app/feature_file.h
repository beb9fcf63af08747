/* A file of features: what kind it is, read piece by piece. */
#ifndef BUDGETMAP_APP_FEATURE_FILE_H
#define BUDGETMAP_APP_FEATURE_FILE_H

#include "format/foreign.h"

#include <stdio.h>

static const int64_t FEATURE_FILE_MAX = 4LL << 30; /* bytes */

enum feature_format {
	FEATURES_KML,
	FEATURES_KMZ,
	FEATURES_GEOJSON, /* one document, or a sequence of features */
	FEATURES_CSV
};

struct feature_file {
	FILE *in; /* the caller's */
	enum feature_format format;
	size_t size; /* bytes */
};

/* What kind of file it is, by how it begins; goes back to the beginning. */
enum feature_format feature_file_format(FILE *in);

/* Looks what it is. ERR_LIMIT over max_bytes, ERR_INPUT when it is empty. */
bool feature_file_open(
    struct feature_file *f, FILE *in, int64_t max_bytes, struct err *e);

/* Reads its features from the beginning, piece by piece, each within arena's
 * memory; keep as in struct foreign_file. encoding may be NULL. */
bool feature_file_read(struct feature_file *f, struct arena *arena, bool keep,
    const char *encoding, const struct foreign_hooks *hooks, struct err *e);

#endif
