#include "json_scan.h"

#include <string.h>

/* Of what is decoded at once, when it is long at all. */
enum {
	HEAVY_FROM = 1 << 20, /* bytes */
	VALUES_MAX = 3000000,
	ARRAYS_MAX = 1200000, /* FOREIGN_POSITIONS_MAX and then some */
	OBJECTS_MAX = 200000,
	LONG_NUMBER = 19 /* digits that may be beyond 64 bits */
};

void json_scan_init(struct json_scan *s, const struct foreign_file *file)
{
	*s = (struct json_scan){ .stream = { .file = file }, .line = 1 };
	buf_init(&s->bytes, (size_t)JSON_VALUE_MAX + 2 * JSON_PIECE);
}

void json_scan_free(struct json_scan *s)
{
	buf_free(&s->bytes);
}

/* --- the part that is at hand ----------------------------------------------
 */

/* A file may be one line: what was looked at is not looked at again. */
static void count_lines(struct json_scan *s, size_t to)
{
	const char *data = s->bytes.data, *newline;

	while (s->counted < to && (newline = memchr(data + s->counted, '\n',
				       to - s->counted)) != NULL) {
		s->line++;
		s->counted = (size_t)(newline - data) + 1;
	}
	if (s->counted < to)
		s->counted = to;
}

long json_scan_line(struct json_scan *s)
{
	count_lines(s, s->held);
	return s->line;
}

size_t json_scan_byte(const struct json_scan *s, const char *at)
{
	return s->passed + (size_t)(at - s->bytes.data) + 1;
}

/* Lets go of what nobody holds on to, so that the rest begins the buf. */
static void let_pass(struct json_scan *s)
{
	size_t n = s->holding ? s->held : s->at;

	if (n == 0)
		return;
	count_lines(s, n);
	s->bytes.len -= n;
	memmove(s->bytes.data, s->bytes.data + n, s->bytes.len);
	s->passed += n;
	s->at -= n;
	s->held -= s->holding ? n : s->held;
	s->counted -= n;
}

/* Takes more of the file; false at its end. */
static bool more(struct json_scan *s)
{
	char *to;
	ptrdiff_t got;

	if (s->failed.code != ERR_NONE)
		return false;
	let_pass(s);
	if (s->bytes.len > JSON_VALUE_MAX)
		return err_set(&s->failed, ERR_LIMIT,
		    "what begins at line %ld is longer than %d MiB",
		    json_scan_line(s), JSON_VALUE_MAX >> 20);
	to = buf_reserve(&s->bytes, JSON_PIECE);
	if (!to)
		return err_no_memory(&s->failed);
	got = foreign_stream_take(&s->stream, to, JSON_PIECE, &s->failed);
	if (got <= 0)
		return false;
	s->bytes.len += (size_t)got;
	return true;
}

static bool has(struct json_scan *s)
{
	return s->at < s->bytes.len || more(s);
}

static char here(const struct json_scan *s)
{
	return s->bytes.data[s->at];
}

void json_scan_hold(struct json_scan *s)
{
	s->held = s->at;
	s->holding = true;
}

struct str json_scan_held(const struct json_scan *s)
{
	if (s->at == s->held)
		return (struct str){ "", 0 };
	return (struct str){ s->bytes.data + s->held, s->at - s->held };
}

void json_scan_let_go(struct json_scan *s)
{
	s->holding = false;
}

/* --- values ----------------------------------------------------------------
 */

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* From the opening quote behind the closing one. */
static bool skip_string(struct json_scan *s)
{
	for (s->at++; has(s); s->at++) {
		if (here(s) == '"') {
			s->at++;
			return true;
		}
		if (here(s) != '\\')
			continue;
		s->at++;
		if (!has(s))
			return false;
	}
	return false;
}

/* From an opening bracket behind the one that closes it. Which kind closes
 * which is the decoder's to check. */
static bool skip_brackets(struct json_scan *s)
{
	int depth = 0;

	while (has(s)) {
		char c = here(s);

		if (c == '"') {
			if (!skip_string(s))
				return false;
			continue;
		}
		s->at++;
		if (c == '{' || c == '[')
			depth++;
		if (depth > FOREIGN_DEPTH_MAX) {
			count_lines(s, s->at);
			return err_set(&s->failed, ERR_LIMIT,
			    "the file is nested more than %d levels deep at "
			    "line %ld",
			    FOREIGN_DEPTH_MAX, s->line);
		}
		if ((c == '}' || c == ']') && --depth == 0)
			return true;
	}
	return false;
}

/* Numbers, true, false, null, or what is none of them. */
static bool skip_word(struct json_scan *s)
{
	bool any = false;

	while (has(s) && !is_space(here(s)) && here(s) != '\0' &&
	       !strchr(",:]}[{\"", here(s))) {
		any = true;
		s->at++;
	}
	return any;
}

bool json_scan_skip(struct json_scan *s, const char *text)
{
	size_t len = strlen(text), start = 0;
	bool found;

	json_scan_hold(s);
	for (; start < len && has(s) && here(s) == text[start]; start++)
		s->at++;
	found = start == len;
	if (!found)
		s->at = s->held;
	json_scan_let_go(s);
	return found;
}

char json_scan_peek(struct json_scan *s)
{
	while (has(s) && is_space(here(s)))
		s->at++;
	return s->at < s->bytes.len ? here(s) : '\0';
}

bool json_scan_take(struct json_scan *s, char c)
{
	if (json_scan_peek(s) != c || s->at == s->bytes.len)
		return false;
	s->at++;
	return true;
}

bool json_scan_value(struct json_scan *s, struct str *value)
{
	char first = json_scan_peek(s);
	bool found, held = s->holding;
	size_t before;

	if (!held)
		json_scan_hold(s);
	before = s->at - s->held;
	if (first == '{' || first == '[')
		found = skip_brackets(s);
	else
		found = first == '"' ? skip_string(s) : skip_word(s);
	*value = json_scan_held(s);
	value->data += before;
	value->len -= before;
	return found;
}

bool json_scan_part(struct json_scan *s, char separator, struct str *part)
{
	const char *found = NULL;

	json_scan_hold(s);
	while (!found && has(s)) {
		found = memchr(
		    s->bytes.data + s->at, separator, s->bytes.len - s->at);
		s->at = found ? (size_t)(found - s->bytes.data) : s->bytes.len;
	}
	*part = json_scan_held(s);
	s->at += found ? 1 : 0;
	return s->failed.code == ERR_NONE && (found || part->len > 0);
}

bool json_scan_is_heavy(struct str text)
{
	size_t values = 0, arrays = 0, objects = 0;

	if (text.len < HEAVY_FROM)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		values += text.data[i] == ',';
		arrays += text.data[i] == '[';
		objects += text.data[i] == '{';
	}
	return values > VALUES_MAX || arrays > ARRAYS_MAX ||
	       objects > OBJECTS_MAX;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The number that begins at i, up to whatever cannot stand in one; whole: it
 * has neither fraction nor exponent. */
static size_t number_length(struct str text, size_t i, bool *whole)
{
	size_t n = 0;

	*whole = true;
	while (i + n < text.len && text.data[i + n] != '\0' &&
	       strchr("0123456789.eE+-", text.data[i + n])) {
		*whole = *whole && is_digit(text.data[i + n]);
		n++;
	}
	return n;
}

void json_scan_add_decimals(struct buf *b, struct str text)
{
	bool quoted = false, whole;
	size_t n;

	for (size_t i = 0; i < text.len; i += n) {
		char c = text.data[i];

		n = 1;
		if (quoted && c == '\\' && i + 1 < text.len)
			n = 2;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && is_digit(c))
			n = number_length(text, i, &whole);
		buf_add(b, text.data + i, n);
		if (!quoted && n >= LONG_NUMBER && whole)
			buf_add_text(b, ".0");
	}
}
