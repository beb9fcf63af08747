/* The readers behind cell_read, one a type; text is trimmed and not empty. */
#ifndef BUDGETMAP_STORE_IMPORT_CELL_READ_H
#define BUDGETMAP_STORE_IMPORT_CELL_READ_H

#include "import_cell.h"

typedef bool cell_reader(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e);

cell_reader cell_read_text, cell_read_lines, cell_read_token,
    cell_read_public_id, cell_read_url, cell_read_sha256, cell_read_bin,
    cell_read_kato, cell_read_reference, cell_read_references;
cell_reader cell_read_word, cell_read_words, cell_read_code, cell_read_codes,
    cell_read_years;
cell_reader cell_read_money, cell_read_day, cell_read_int, cell_read_number,
    cell_read_bool;

enum { CELL_LIST_MAX = 64 };

/* The parts of a list separated by ';', or written as OGR's (2:a,b) or an array
 * of JSON, trimmed, sorted, each once, empty ones
 * left out. Returns how many; 0 with e set when there are none or too many. */
size_t cell_split(
    struct str parts[static CELL_LIST_MAX], struct str text, struct err *e);

/* Whether a list is written that has no parts. */
bool cell_list_is_empty(struct str text);

/* The parts as one text of the arena. */
bool cell_join(struct value *out, const struct str *parts, size_t n,
    const struct cell_context *x, struct err *e);

bool cell_all_digits(struct str s);

#endif
