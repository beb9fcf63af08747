#include "format/csv_read.h"

#include <stdint.h>
#include <string.h>

#include "base/array.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

enum { INPUT_SIZE = 65536, NO_BYTE = -1 };

static const char byte_order_mark[] = "\xEF\xBB\xBF";
static const char separators[] = ",;\t";

/* What stands after a field. */
enum after { AFTER_FIELD, AFTER_RECORD, AFTER_FILE, AFTER_PROBLEM };

struct csv_reader {
	FILE *file;
	char separator;
	bool memory_failed, file_failed;
	bool over; /* nothing more is read */
	const char *problem; /* of the record, NULL: none */
	long line, record_line, bytes;
	struct buf record; /* its fields without quotes, one after another */
	size_t ends[CSV_COLUMNS_MAX]; /* of the fields in it */
	size_t n_fields;
	struct str fields[CSV_COLUMNS_MAX];
	struct buf names;
	struct str columns[CSV_COLUMNS_MAX];
	size_t n_columns;
	size_t at, len; /* in input */
	char input[INPUT_SIZE];
};

/* --- bytes ---------------------------------------------------------------- */

static bool fill(struct csv_reader *r)
{
	if (r->at < r->len)
		return true;
	if (r->file_failed || r->over)
		return false;
	if (r->bytes >= CSV_FILE_MAX) {
		r->problem = "the file is longer than 4 GiB";
		r->over = true;
		return false;
	}
	r->at = 0;
	r->len = fread(r->input, 1, sizeof(r->input), r->file);
	r->file_failed = ferror(r->file) != 0;
	return r->len > 0;
}

static int peek(struct csv_reader *r)
{
	return fill(r) ? (unsigned char)r->input[r->at] : NO_BYTE;
}

static int take(struct csv_reader *r)
{
	int c = peek(r);

	if (c == NO_BYTE)
		return c;
	r->at++;
	r->bytes++;
	r->line += c == '\n';
	return c;
}

static void set_problem(struct csv_reader *r, const char *problem)
{
	if (!r->problem)
		r->problem = problem;
}

static void keep(struct csv_reader *r, const char *data, size_t len)
{
	if (len > CSV_RECORD_MAX - r->record.len) {
		set_problem(r, "the record is longer than 1 MiB");
		return;
	}
	buf_add(&r->record, data, len);
	if (r->record.failed)
		r->memory_failed = true;
}

static bool is_plain(const struct csv_reader *r, char c)
{
	return c != r->separator && c != '"' && c != '\n' && c != '\r' &&
	       c != '\0';
}

static bool is_plain_quoted(char c)
{
	return c != '"' && c != '\n' && c != '\0';
}

/* Keeps the bytes up to the next one that means something. */
static void keep_run(struct csv_reader *r, bool quoted)
{
	size_t at;

	if (!fill(r))
		return;
	at = r->at;
	while (at < r->len && (quoted ? is_plain_quoted(r->input[at])
				      : is_plain(r, r->input[at])))
		at++;
	keep(r, r->input + r->at, at - r->at);
	r->bytes += (long)(at - r->at);
	r->at = at;
}

/* The rest of a line that cannot be used. One that does not end is no table:
 * nothing behind it is read. */
static enum after skip_line(struct csv_reader *r)
{
	long limit = r->bytes + CSV_LINE_MAX;
	int c;

	do
		c = take(r);
	while (c != '\n' && c != NO_BYTE && r->bytes < limit);
	if (r->bytes >= limit) {
		r->problem = "the line does not end: reading stopped there";
		r->over = true;
	}
	return AFTER_PROBLEM;
}

static enum after refuse(struct csv_reader *r, int last, const char *problem)
{
	set_problem(r, problem);
	return last == '\n' ? AFTER_PROBLEM : skip_line(r);
}

static bool has_failed(const struct csv_reader *r)
{
	return r->problem || r->memory_failed || r->file_failed;
}

/* --- fields --------------------------------------------------------------- */

/* What follows a field, c being the byte behind it. */
static enum after end_of_field(struct csv_reader *r, int c, const char *problem)
{
	if (c == r->separator)
		return AFTER_FIELD;
	if (c == NO_BYTE)
		return AFTER_FILE;
	if (c == '\r') {
		if (peek(r) == '\n')
			take(r);
		else
			r->line++;
		return AFTER_RECORD;
	}
	if (c == '\n')
		return AFTER_RECORD;
	if (c == '\0')
		problem = "the record holds a NUL byte: it is no text in UTF-8";
	return refuse(r, c, problem);
}

static enum after read_plain(struct csv_reader *r)
{
	int c;

	do {
		keep_run(r, false);
		if (has_failed(r))
			return skip_line(r);
		c = peek(r);
	} while (c != NO_BYTE && is_plain(r, (char)c));
	c = take(r);
	return end_of_field(r, c, "a quote stands inside an unquoted field");
}

/* The opening quote is taken already. */
static enum after read_quoted(struct csv_reader *r)
{
	for (;;) {
		char c;
		int next;

		keep_run(r, true);
		if (has_failed(r))
			return skip_line(r);
		next = take(r);
		if (next == NO_BYTE)
			return refuse(r, next, "a quoted field never ends");
		if (next == '\0')
			return refuse(r, next,
			    "the record holds a NUL byte: it is no text in "
			    "UTF-8");
		if (next == '"' && peek(r) != '"')
			break;
		if (next == '"')
			take(r);
		c = (char)next;
		keep(r, &c, 1);
	}
	return end_of_field(r, take(r), "text follows a closing quote");
}

static enum after read_field(struct csv_reader *r)
{
	enum after after;

	if (peek(r) == '"') {
		take(r);
		after = read_quoted(r);
	} else {
		after = read_plain(r);
	}
	if (r->n_fields < CSV_COLUMNS_MAX)
		r->ends[r->n_fields++] = r->record.len;
	else if (after == AFTER_FIELD)
		return refuse(r, 0, "the record has too many fields");
	else
		set_problem(r, "the record has too many fields");
	return after;
}

/* --- records -------------------------------------------------------------- */

static struct str field_at(const struct csv_reader *r, size_t i)
{
	size_t start = i > 0 ? r->ends[i - 1] : 0;

	if (!r->record.data) /* nothing was kept yet */
		return (struct str){ NULL, 0 };
	return (struct str){ r->record.data + start, r->ends[i] - start };
}

static void check_text(struct csv_reader *r)
{
	for (size_t i = 0; i < r->n_fields; i++)
		if (!utf8_valid(field_at(r, i)))
			set_problem(r, "the record is not valid UTF-8: save "
				       "the file as UTF-8");
}

/* Reads the next record that holds anything; false at the end. */
static bool read_record(struct csv_reader *r)
{
	enum after after;

	do {
		buf_reset(&r->record);
		r->problem = NULL;
		r->n_fields = 0;
		r->record_line = r->line;
		if (peek(r) == NO_BYTE)
			return has_failed(r);
		do
			after = read_field(r);
		while (after == AFTER_FIELD);
	} while (r->record.len == 0 && !has_failed(r));
	check_text(r);
	return true;
}

/* Takes off the apostrophe that keeps a spreadsheet from computing. */
static struct str unguard(struct str s)
{
	size_t i = 0;

	while (i < s.len && s.data[i] == '\'')
		i++;
	if (i == 0 || i == s.len || !strchr("=+-@\t\r", s.data[i]))
		return s;
	return (struct str){ s.data + 1, s.len - 1 };
}

static bool report(struct csv_reader *r, struct err *e)
{
	r->over = r->over || r->file_failed || r->memory_failed;
	if (r->file_failed)
		return err_set(e, ERR_SYSTEM, "the file cannot be read");
	if (r->memory_failed)
		return err_no_memory(e);
	return err_set(e, ERR_INPUT, "%s", r->problem);
}

/* --- the header ----------------------------------------------------------- */

/* By the first line, as far as it stands in the input. */
static char find_separator(const struct csv_reader *r)
{
	size_t counts[sizeof(separators) - 1] = { 0 };
	size_t best = 0;
	bool quoted = false;

	for (size_t i = r->at; i < r->len; i++) {
		char c = r->input[i];
		const char *found;

		if (!quoted && (c == '\n' || c == '\r'))
			break;
		quoted ^= c == '"';
		found = c == '\0' ? NULL : strchr(separators, c);
		if (found && !quoted)
			counts[found - separators]++;
	}
	for (size_t i = 1; i < LENGTH(counts); i++)
		if (counts[i] > counts[best])
			best = i;
	return separators[best];
}

/* What Excel calls "Unicode text". */
static bool is_utf16(struct csv_reader *r)
{
	static const char marks[2][2] = { { '\xFF', '\xFE' },
		{ '\xFE', '\xFF' } };

	return fill(r) && r->len >= sizeof(marks[0]) &&
	       (memcmp(r->input, marks[0], sizeof(marks[0])) == 0 ||
		   memcmp(r->input, marks[1], sizeof(marks[1])) == 0);
}

/* The first record becomes the columns; its bytes are kept. */
static bool read_header(struct csv_reader *r, struct err *e)
{
	if (is_utf16(r))
		return err_set(
		    e, ERR_INPUT, "the file is UTF-16: save it as UTF-8");
	if (!read_record(r))
		return err_set(e, ERR_INPUT, "the file has no header");
	if (has_failed(r))
		return report(r, e);
	r->n_columns = r->n_fields;
	for (size_t i = 0; i < r->n_columns; i++)
		r->columns[i] = str_trim(field_at(r, i));
	r->names = r->record;
	buf_init(&r->record, CSV_RECORD_MAX);
	return true;
}

static void skip_byte_order_mark(struct csv_reader *r)
{
	size_t len = sizeof(byte_order_mark) - 1;

	if (!fill(r) || r->len < len ||
	    memcmp(r->input, byte_order_mark, len) != 0)
		return;
	r->at += len;
	r->bytes += (long)len;
}

struct csv_reader *csv_open_as_is(FILE *file, struct err *e)
{
	struct csv_reader *r = mem_alloc(sizeof(*r));

	if (!r) {
		err_no_memory(e);
		return NULL;
	}
	memset(r, 0, offsetof(struct csv_reader, input));
	r->file = file;
	r->line = 1;
	buf_init(&r->record, CSV_RECORD_MAX);
	skip_byte_order_mark(r);
	r->separator = find_separator(r);
	if (!read_header(r, e)) {
		csv_close(r);
		return NULL;
	}
	return r;
}

static bool check_columns(const struct csv_reader *r, struct err *e)
{
	for (size_t i = 0; i < r->n_columns; i++) {
		if (r->columns[i].len == 0)
			return err_set(e, ERR_INPUT,
			    "column %zu of the header has no name", i + 1);
		for (size_t k = 0; k < i; k++)
			if (str_equal(r->columns[i], r->columns[k]))
				return err_set(e, ERR_INPUT,
				    "columns %zu and %zu of the header have "
				    "the same name",
				    k + 1, i + 1);
	}
	return true;
}

struct csv_reader *csv_open(FILE *file, struct err *e)
{
	struct csv_reader *r = csv_open_as_is(file, e);

	if (!r || check_columns(r, e))
		return r;
	csv_close(r);
	return NULL;
}

void csv_close(struct csv_reader *r)
{
	if (!r)
		return;
	buf_free(&r->record);
	buf_free(&r->names);
	mem_free(r);
}

const struct str *csv_columns(const struct csv_reader *r, size_t *n)
{
	*n = r->n_columns;
	return r->columns;
}

enum csv_result csv_next(
    struct csv_reader *r, const struct str **fields, struct err *e)
{
	if (r->over || !read_record(r))
		return CSV_END;
	if (has_failed(r)) {
		report(r, e);
		return CSV_BAD;
	}
	if (r->n_fields != r->n_columns) {
		err_set(e, ERR_INPUT, "the record has %zu fields, not %zu",
		    r->n_fields, r->n_columns);
		return CSV_BAD;
	}
	for (size_t i = 0; i < r->n_fields; i++)
		r->fields[i] = unguard(field_at(r, i));
	*fields = r->fields;
	return CSV_RECORD;
}

long csv_line(const struct csv_reader *r)
{
	return r->record_line;
}

long csv_bytes(const struct csv_reader *r)
{
	return r->bytes;
}
