/* Finds where JSON values end without building them, so that a large file is
 * decoded one feature at a time. */
#ifndef BUDGETMAP_FORMAT_JSON_SCAN_H
#define BUDGETMAP_FORMAT_JSON_SCAN_H

#include "base/str.h"

struct json_scan {
	const char *at, *end;
	bool deep; /* stopped at more than FOREIGN_DEPTH_MAX levels */
};

struct json_scan json_scan_of(struct str text);

/* Passes over white space and c; false when something else stands there. */
bool json_scan_take(struct json_scan *s, char c);

/* Passes over one value and says where it stands. What is inside is balanced
 * but otherwise unchecked. */
bool json_scan_value(struct json_scan *s, struct str *value);

/* Whether only white space is left. */
bool json_scan_is_over(struct json_scan *s);

#endif
