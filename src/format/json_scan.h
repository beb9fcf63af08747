/* Finds where JSON values end without building them, in a file that is taken
 * piece by piece: a large one is decoded one feature at a time. */
#ifndef BUDGETMAP_FORMAT_JSON_SCAN_H
#define BUDGETMAP_FORMAT_JSON_SCAN_H

#include "base/buf.h"
#include "foreign_stream.h"

enum {
	JSON_VALUE_MAX = 32 << 20, /* bytes of what is held on to */
	JSON_PIECE = 1 << 16
};

struct json_scan {
	struct foreign_stream stream;
	struct buf bytes; /* the part of the file that is at hand */
	size_t at; /* where in it reading goes on */
	bool holding; /* what stands from held on is not let go */
	size_t held;
	size_t counted; /* lines are counted up to here */
	long line; /* there */
	size_t passed; /* bytes of the file that were let go */
	struct err failed; /* why there is no more */
};

void json_scan_init(struct json_scan *s, const struct foreign_file *file);
void json_scan_free(struct json_scan *s);

/* Passes over text where the file goes on with it. */
bool json_scan_skip(struct json_scan *s, const char *text);

/* What comes after white space; '\0' at the end. */
char json_scan_peek(struct json_scan *s);

/* Passes over white space and c; false when something else stands there. */
bool json_scan_take(struct json_scan *s, char c);

/* Passes over one value, which stays held on to. What is inside is balanced but
 * otherwise unchecked. */
bool json_scan_value(struct json_scan *s, struct str *value);

/* Passes over what stands before the separator, which stays held on to, and
 * over it; false at the end of the file. */
bool json_scan_part(struct json_scan *s, char separator, struct str *part);

/* Holds on to what follows; what was held on to until now, which ends with the
 * next byte that is asked for; lets it go. */
void json_scan_hold(struct json_scan *s);
struct str json_scan_held(const struct json_scan *s);
void json_scan_let_go(struct json_scan *s);

/* The line on which what is held on to begins; asked for in the order of the
 * file. And the number, from 1, of a byte at hand. */
long json_scan_line(struct json_scan *s);
size_t json_scan_byte(const struct json_scan *s, const char *at);

/* Whether decoding the text would take very much more memory than it is long:
 * an empty object takes a hundred times its two bytes. What stands in strings
 * counts too. */
bool json_scan_is_heavy(struct str text);

/* Appends the text with ".0" behind whole numbers so long that they may be
 * beyond 64 bits. */
void json_scan_add_decimals(struct buf *b, struct str text);

#endif
