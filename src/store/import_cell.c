#include "import_cell.h"

#include "import_cell_read.h"
#include "query/project.h"

static cell_reader *const readers[] = {
	[IMPORT_TEXT] = cell_read_text,
	[IMPORT_LINES] = cell_read_lines,
	[IMPORT_TOKEN] = cell_read_token,
	[IMPORT_PUBLIC_ID] = cell_read_public_id,
	[IMPORT_WORD] = cell_read_word,
	[IMPORT_WORDS] = cell_read_words,
	[IMPORT_CODE] = cell_read_code,
	[IMPORT_CODES] = cell_read_codes,
	[IMPORT_YEARS] = cell_read_years,
	[IMPORT_MONEY] = cell_read_money,
	[IMPORT_DAY] = cell_read_day,
	[IMPORT_INT] = cell_read_int,
	[IMPORT_NUMBER] = cell_read_number,
	[IMPORT_BOOL] = cell_read_bool,
	[IMPORT_BIN] = cell_read_bin,
	[IMPORT_KATO] = cell_read_kato,
	[IMPORT_DISTRICT] = cell_read_kato,
	[IMPORT_ORGANISATION] = cell_read_reference,
	[IMPORT_ORGANISATIONS] = cell_read_references,
	[IMPORT_PROJECT] = cell_read_reference,
	[IMPORT_FACILITY] = cell_read_reference,
	[IMPORT_CONTRACT] = cell_read_reference,
	[IMPORT_URL] = cell_read_url,
	[IMPORT_SHA256] = cell_read_sha256,
	[IMPORT_GEOM] = NULL,
};

enum { BITS = 64 };

static bool add_year(struct buf *b, int bit, const struct import_column *c)
{
	(void)c;
	buf_add_int(b, YEAR_FIRST + bit);
	return true;
}

static bool add_code(struct buf *b, int bit, const struct import_column *c)
{
	if ((size_t)bit >= c->codes->n)
		return false;
	buf_add_text(b, c->codes->codes[bit].code);
	return true;
}

/* The bits of a value as a list; none are nothing. */
static bool list_bits(struct value *v, const struct import_column *c,
    bool (*add)(struct buf *, int, const struct import_column *),
    struct arena *a, struct err *e)
{
	enum { LIST_BYTES = 1024 };
	uint64_t bits = (uint64_t)v->integer;
	struct buf b;
	char *copy;

	*v = (struct value){ .type = VALUE_NULL };
	if (bits == 0)
		return true;
	buf_init(&b, LIST_BYTES);
	for (int i = 0; bits >> i; i++) {
		if (!(bits >> i & 1))
			continue;
		if (b.len > 0)
			buf_add_char(&b, ';');
		if (!add(&b, i, c) || i == BITS - 1)
			break;
	}
	copy = b.failed ? NULL : arena_copy(a, b.data, b.len);
	if (copy)
		*v = (struct value){ .type = VALUE_LIST,
			.text = { copy, b.len } };
	buf_free(&b);
	return copy || err_no_memory(e);
}

struct value cell_empty(const struct import_column *c)
{
	static const struct value null = { .type = VALUE_NULL };

	if (!(c->flags & COLUMN_EMPTY))
		return null;
	switch (c->type) {
	case IMPORT_BOOL:
		return (struct value){ .type = VALUE_BOOL };
	case IMPORT_YEARS:
	case IMPORT_CODES:
		return (struct value){ .type = VALUE_INT };
	default:
		return (struct value){ .type = VALUE_TEXT, .text = { "", 0 } };
	}
}

static bool is_empty(const struct import_column *c, struct str text)
{
	switch (c->type) {
	case IMPORT_WORDS:
	case IMPORT_CODES:
	case IMPORT_YEARS:
	case IMPORT_ORGANISATIONS:
		return cell_list_is_empty(text);
	default:
		return text.len == 0;
	}
}

bool cell_read(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
{
	text = str_trim(text);
	if (is_empty(c, text)) {
		*out = cell_empty(c);
		return true;
	}
	if (!readers[c->type])
		return err_set(e, ERR_SYSTEM, "the column has no reader");
	return readers[c->type](out, c, text, x, e);
}

static void name_code(struct value *v, const struct codelist *codes)
{
	int64_t n = v->integer;

	*v = (struct value){ .type = VALUE_NULL };
	if (n >= 0 && (size_t)n < codes->n)
		*v = (struct value){ .type = VALUE_TEXT,
			.text = str_from(codes->codes[n].code) };
}

bool cell_make_public(struct value *v, const struct import_column *c,
    struct arena *a, struct err *e)
{
	if (v->type == VALUE_NULL)
		return true;
	switch (c->type) {
	case IMPORT_CODE:
		name_code(v, c->codes);
		return true;
	case IMPORT_CODES:
		return list_bits(v, c, add_code, a, e);
	case IMPORT_YEARS:
		return list_bits(v, c, add_year, a, e);
	default:
		return true;
	}
}
