/* Cells with codes and lists of codes. */
#include "import_cell_read.h"

#include "query/project.h"

#include <stdio.h>
#include <string.h>

static int str_order(struct str a, struct str b)
{
	size_t shorter = a.len < b.len ? a.len : b.len;
	int order = shorter > 0 ? memcmp(a.data, b.data, shorter) : 0;

	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

/* Puts a part in its place; false when the list is full. */
static bool insert(struct str *parts, size_t *n, struct str part)
{
	size_t at = *n;

	for (; at > 0; at--) {
		int order = str_order(parts[at - 1], part);

		if (order == 0)
			return true;
		if (order < 0)
			break;
	}
	if (*n == CELL_LIST_MAX)
		return false;
	memmove(parts + at + 1, parts + at, (*n - at) * sizeof(parts[0]));
	parts[at] = part;
	(*n)++;
	return true;
}

/* Whether the word is one of the words parted by spaces. */
static bool among(const char *words, struct str word)
{
	struct str rest = str_from(words);

	while (rest.data)
		if (str_equal(str_cut(&rest, ' '), word))
			return true;
	return false;
}

static bool stands_between(struct str s, char first, char last)
{
	return s.len >= 2 && s.data[0] == first && s.data[s.len - 1] == last;
}

static struct str inner(struct str s)
{
	return (struct str){ s.data + 1, s.len - 2 };
}

/* Whether OGR's "2:a,b" holds as many as it says; it cuts long lists off. */
static bool is_counted(struct str rest, struct str *items)
{
	struct str count = str_cut(&rest, ':');
	int64_t said, there = rest.len > 0;

	for (size_t i = 0; i < rest.len; i++)
		there += rest.data[i] == ',';
	*items = rest;
	return rest.data && str_to_int64(count, &said) && said == there;
}

/* The items of a list: a;b, also as OGR writes it, (2:a,b), or JSON,
 * ["a","b"]. */
static struct str list_items(struct str text, char *mark)
{
	struct str items = text;

	*mark = ',';
	if (stands_between(text, '[', ']'))
		return inner(text);
	if (stands_between(text, '(', ')') && is_counted(inner(text), &items))
		return items;
	*mark = ';';
	return text;
}

bool cell_list_is_empty(struct str text)
{
	char mark;

	return str_trim(list_items(text, &mark)).len == 0;
}

size_t cell_split(
    struct str parts[static CELL_LIST_MAX], struct str text, struct err *e)
{
	size_t n = 0;
	char mark;

	text = list_items(text, &mark);
	while (text.data) {
		struct str part = str_trim(str_cut(&text, mark));

		if (mark == ',' && stands_between(part, '"', '"'))
			part = inner(part);

		if (part.len > 0 && !insert(parts, &n, part)) {
			err_set(e, ERR_INPUT, "is too long a list");
			return 0;
		}
	}
	if (n == 0)
		err_set(e, ERR_INPUT, "is not a list with ; between");
	return n;
}

bool cell_join(struct value *out, const struct str *parts, size_t n,
    const struct cell_context *x, struct err *e)
{
	struct str made;
	char *copy;

	buf_reset(x->scratch);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_add_char(x->scratch, ';');
		buf_add_str(x->scratch, parts[i]);
	}
	made = buf_str(x->scratch);
	copy = arena_copy(x->a, made.data, made.len);
	if (x->scratch->failed || !copy)
		return err_no_memory(e);
	*out = (struct value){ .type = VALUE_LIST, .text = { copy, made.len } };
	return true;
}

/* The n-th code of a column, no data behind the last one. */
static struct str code_at(const struct import_column *c, size_t n)
{
	struct str rest = str_from(c->words), word;

	if (c->codes)
		return n < c->codes->n ? str_from(c->codes->codes[n].code)
				       : (struct str){ NULL, 0 };
	do
		word = str_cut(&rest, ' ');
	while (n-- > 0 && word.data);
	return word;
}

/* Names as many codes as there is room for: what to write stands in no other
 * place that those who make the file look at. */
static bool refuse_code(
    const struct import_column *c, const char *what, struct err *e)
{
	static const char more[] = ", ...";
	char names[ERR_TEXT_SIZE];
	size_t room = ERR_TEXT_SIZE - strlen(what) - sizeof(more), len = 0;
	struct str code;

	for (size_t n = 0; (code = code_at(c, n)).data; n++) {
		const char *before = n > 0 ? ", " : "";

		if (len + strlen(before) + code.len >= room)
			return err_set(e, ERR_INPUT, "%s%.*s%s", what, (int)len,
			    names, more);
		len += (size_t)snprintf(names + len, sizeof(names) - len,
		    "%s%.*s", before, (int)code.len, code.data);
	}
	return err_set(e, ERR_INPUT, "%s%.*s", what, (int)len, names);
}

bool cell_read_word(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
{
	if (!among(c->words, text))
		return refuse_code(c, "is not one of ", e);
	return cell_read_text(out, c, text, x, e);
}

bool cell_read_words(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
{
	struct str parts[CELL_LIST_MAX];
	size_t n = cell_split(parts, text, e);

	for (size_t i = 0; i < n; i++)
		if (!among(c->words, parts[i]))
			return refuse_code(c, "holds what is not one of ", e);
	return n > 0 && cell_join(out, parts, n, x, e);
}

bool cell_read_code(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
{
	int number = codes_find(c->codes, text);

	(void)x;
	if (number < 0)
		return refuse_code(c, "is not one of ", e);
	*out = (struct value){ .type = VALUE_INT, .integer = number };
	return true;
}

bool cell_read_codes(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
{
	struct str parts[CELL_LIST_MAX];
	size_t n = cell_split(parts, text, e);
	int64_t bits = 0;

	(void)x;
	for (size_t i = 0; i < n; i++) {
		int number = codes_find(c->codes, parts[i]);

		if (number < 0)
			return refuse_code(c, "holds what is not one of ", e);
		bits |= INT64_C(1) << number;
	}
	*out = (struct value){ .type = VALUE_INT, .integer = bits };
	return n > 0;
}

bool cell_read_years(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
{
	struct str parts[CELL_LIST_MAX];
	size_t n = cell_split(parts, text, e);
	uint64_t bits = 0;

	(void)c;
	(void)x;
	for (size_t i = 0; i < n; i++) {
		int64_t year;

		if (!cell_all_digits(parts[i]) ||
		    !str_to_int64(parts[i], &year) || year < YEAR_FIRST ||
		    year > YEAR_LAST)
			return err_set(e, ERR_INPUT,
			    "holds what is not a year from %d to %d",
			    YEAR_FIRST, YEAR_LAST);
		bits |= UINT64_C(1) << (year - YEAR_FIRST);
	}
	*out = (struct value){ .type = VALUE_INT, .integer = (int64_t)bits };
	return n > 0;
}
