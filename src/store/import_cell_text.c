/* Cells with text: for people, ids, addresses, numbers that are names. */
#include "import_cell_read.h"

#include "base/utf8.h"
#include "store/bin.h"

#include <string.h>

enum { KATO_DIGITS = 9, PUBLIC_ID = 15, SHA256_DIGITS = 64, KEY_MAX = 100 };

static bool refuse(struct err *e, const char *reason)
{
	return err_set(e, ERR_INPUT, "%s", reason);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Carriage returns go; tabs and, unless lines are allowed, line feeds become
 * spaces. False when other control characters are there. */
static bool clean_controls(char *text, size_t *len, bool lines)
{
	size_t to = 0;

	for (size_t i = 0; i < *len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == '\r' && i + 1 < *len && text[i + 1] == '\n')
			continue;
		if (c == '\t' || c == '\r' || (c == '\n' && !lines))
			c = ' ';
		if (c == 0x7F || (c < ' ' && c != '\n'))
			return false;
		text[to++] = (char)c;
	}
	*len = to;
	return true;
}

static bool read_normal(struct str *out, struct str text, bool lines,
    const struct cell_context *x, struct err *e)
{
	struct str made;
	char *copy;
	size_t len;

	buf_reset(x->scratch);
	if (!utf8_add_nfc(x->scratch, text))
		return utf8_valid(text)
			   ? err_no_memory(e)
			   : refuse(e, "is not valid text in UTF-8");
	made = buf_str(x->scratch);
	copy = arena_copy(x->a, made.data, made.len);
	if (!copy)
		return err_no_memory(e);
	len = made.len;
	if (!clean_controls(copy, &len, lines))
		return refuse(e, "holds control characters");
	*out = str_trim((struct str){ copy, len });
	return true;
}

static bool read_any(struct value *out, size_t max, struct str text, bool lines,
    const struct cell_context *x, struct err *e)
{
	struct str made;

	if (!read_normal(&made, text, lines, x, e))
		return false;
	if (max > 0 && made.len > max && utf8_length(made) > max)
		return err_set(
		    e, ERR_INPUT, "is longer than %zu characters", max);
	if (bin_has_person(made))
		return refuse(e, "holds a person's number (IIN)");
	*out = (struct value){ .type = VALUE_TEXT, .text = made };
	return true;
}

static bool is_token_char(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || (c != '\0' && strchr("-._/:+", c));
}

static bool is_address_char(char c)
{
	unsigned char u = (unsigned char)c;

	return u > ' ' && u != 0x7F && !strchr("<>\"\\^`{|}", c);
}

bool cell_all_digits(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_digit(s.data[i]))
			return false;
	return s.len > 0;
}

bool cell_read_text(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
{
	return read_any(out, (size_t)c->max, text, false, x, e);
}

bool cell_read_lines(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
{
	return read_any(out, (size_t)c->max, text, true, x, e);
}

bool cell_read_token(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
{
	for (size_t i = 0; i < text.len; i++)
		if (!is_token_char(text.data[i]))
			return refuse(
			    e, "takes Latin letters, digits and -._/:+ only");
	return cell_read_text(out, c, text, x, e);
}

bool cell_read_public_id(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
{
	static const char form[] = "TKS-1ddd-dddddd";
	bool good = text.len == PUBLIC_ID;

	for (size_t i = 0; i < PUBLIC_ID && good; i++) {
		if (form[i] == '1')
			good = text.data[i] == '1' || text.data[i] == '2';
		else if (form[i] == 'd')
			good = is_digit(text.data[i]);
		else
			good = text.data[i] == form[i];
	}
	if (!good)
		return refuse(e, "is not an id like TKS-2026-000123");
	return cell_read_text(out, c, text, x, e);
}

bool cell_read_url(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
{
	if (!str_starts(text, "https://") && !str_starts(text, "http://"))
		return refuse(e, "does not begin with https:// or http://");
	for (size_t i = 0; i < text.len; i++)
		if (!is_address_char(text.data[i]))
			return refuse(e, "is not the address of a page");
	return cell_read_text(out, c, text, x, e);
}

bool cell_read_sha256(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
{
	char *copy = arena_copy(x->a, text.data, text.len);
	bool good = text.len == SHA256_DIGITS;

	(void)c;
	if (!copy)
		return err_no_memory(e);
	for (size_t i = 0; i < text.len && good; i++) {
		if (copy[i] >= 'A' && copy[i] <= 'F')
			copy[i] = (char)(copy[i] - 'A' + 'a');
		good = is_digit(copy[i]) || (copy[i] >= 'a' && copy[i] <= 'f');
	}
	if (!good)
		return refuse(e, "is not 64 hexadecimal digits");
	*out = (struct value){ .type = VALUE_TEXT, .text = { copy, text.len } };
	return true;
}

bool cell_read_bin(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
{
	if (text.len != BIN_DIGITS || !cell_all_digits(text))
		return refuse(e, "is not the 12 digits of a BIN");
	if (text.data[4] <= '3')
		return refuse(e, "holds a person's number (IIN)");
	if (bin_classify(text) != BIN_ORGANISATION)
		return refuse(e, "is not a BIN: its check digit is wrong");
	return cell_read_text(out, c, text, x, e);
}

bool cell_read_kato(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
{
	if (text.len != KATO_DIGITS || !cell_all_digits(text))
		return refuse(e, "is not the nine digits of a KATO code");
	return cell_read_text(out, c, text, x, e);
}

/* A number of twelve digits can only be a BIN; anything else is an id that the
 * file's makers gave. */
bool cell_read_reference(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
{
	bool organisation =
	    c->type == IMPORT_ORGANISATION || c->type == IMPORT_ORGANISATIONS;

	if (organisation && text.len == BIN_DIGITS && cell_all_digits(text))
		return cell_read_bin(out, c, text, x, e);
	return read_any(out, KEY_MAX, text, false, x, e);
}

bool cell_read_references(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
{
	struct str parts[CELL_LIST_MAX];
	size_t n = cell_split(parts, text, e);

	for (size_t i = 0; i < n; i++) {
		struct value one;

		if (!cell_read_reference(&one, c, parts[i], x, e))
			return false;
		parts[i] = one.text;
	}
	return n > 0 && cell_join(out, parts, n, x, e);
}
