/* The pictures of nginx/html/img that KMZ takes along, compiled in by
 * build-aux/embed-files.sh. */
#ifndef BUDGETMAP_API_PICTURES_H
#define BUDGETMAP_API_PICTURES_H

#include <stddef.h>

struct picture {
	const char *name; /* mark.png */
	const unsigned char *data;
	size_t len;
};

extern const struct picture pictures[];
extern const size_t pictures_count;

#endif
