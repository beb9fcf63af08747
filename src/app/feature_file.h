/* A file of features: what kind it is, read whole. */
#ifndef BUDGETMAP_APP_FEATURE_FILE_H
#define BUDGETMAP_APP_FEATURE_FILE_H

#include "format/foreign.h"

#include <stdio.h>

enum feature_format {
	FEATURES_KML,
	FEATURES_KMZ,
	FEATURES_GEOJSON, /* one document, or a sequence of features */
	FEATURES_CSV
};

struct feature_file {
	FILE *in; /* the caller's */
	enum feature_format format;
	char *data; /* all of it; NULL for CSV */
	size_t size, max_bytes;
};

/* What kind of file it is, by how it begins; goes back to the beginning. */
enum feature_format feature_file_format(FILE *in);

/* Looks what it is and reads it, unless it is CSV. ERR_LIMIT over max_bytes,
 * ERR_INPUT when it is empty. */
bool feature_file_open(
    struct feature_file *f, FILE *in, size_t max_bytes, struct err *e);
void feature_file_close(struct feature_file *f);

/* Reads its features, each within arena's memory; keep as in struct
 * foreign_file. encoding may be NULL. */
bool feature_file_read(struct feature_file *f, struct arena *arena, bool keep,
    const char *encoding, const struct foreign_hooks *hooks, struct err *e);

#endif
