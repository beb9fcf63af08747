/* JSON (RFC 8259) out, into a buf. */
#ifndef BUDGETMAP_FORMAT_JSON_WRITE_H
#define BUDGETMAP_FORMAT_JSON_WRITE_H

#include "base/buf.h"

#include <stdbool.h>

/* A writer that puts commas and quotes itself. Depth at most 32. */
struct json {
	struct buf *out;
	uint32_t depth;
	uint32_t filled; /* bit of each open level that has a member */
	bool after_key;
};

void json_init(struct json *j, struct buf *out);
void json_open(struct json *j, char bracket); /* '{' or '[' */
void json_close(struct json *j, char bracket); /* '}' or ']' */
void json_key(struct json *j, const char *key);
void json_key_str(struct json *j, struct str key);
void json_str(struct json *j, struct str s);
void json_text(struct json *j, const char *text); /* NULL gives null */
/* A key and its text. */
void json_pair(struct json *j, const char *key, const char *text);
void json_int(struct json *j, int64_t v);
void json_double(struct json *j, double v, int digits);
void json_money(struct json *j, int64_t tiyn); /* as tenge */
void json_bool(struct json *j, bool v);
void json_null(struct json *j);

/* Appends ready JSON as one value. */
void json_raw(struct json *j, struct str json);

/* Appends a quoted, escaped string; '<', '>' and '&' are escaped too, so that
 * it is safe inside HTML. Bytes that are not UTF-8 become U+FFFD. */
void json_add_string(struct buf *out, struct str s);

#endif
