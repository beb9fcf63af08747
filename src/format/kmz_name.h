/* Names of the files in an archive, and links to them. */
#ifndef BUDGETMAP_FORMAT_KMZ_NAME_H
#define BUDGETMAP_FORMAT_KMZ_NAME_H

#include "base/str.h"

enum { KMZ_NAME_MAX = 1024 };

/* Whether a name ends with tail, whatever the case of its letters. */
bool kmz_name_ends(const char *name, const char *tail);

/* Whether a name stays within the archive, whatever unpacks it. */
bool kmz_name_is_inside(const char *name);

/* The name that a link means: without "./" before it, %20 as what it stands for
 * (RFC 3986 section 2.1), the slash of Windows turned. False when it is too
 * long or no text. */
bool kmz_name_of_link(char out[static KMZ_NAME_MAX + 1], struct str href);

#endif
