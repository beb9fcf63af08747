#include "cql2_lex.h"

#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "base/utf8.h"

struct range {
	uint32_t first, last;
};

/* 21-065r2 annex B, identifierStart and what identifierPart adds to it. */
static const struct range starts[] = {
	{ ':', ':' },
	{ 'A', 'Z' },
	{ '_', '_' },
	{ 'a', 'z' },
	{ 0xC0, 0xD6 },
	{ 0xD8, 0xF6 },
	{ 0xF8, 0x2FF },
	{ 0x370, 0x37D },
	{ 0x37F, 0x1FFE },
	{ 0x200C, 0x200D },
	{ 0x2070, 0x218F },
	{ 0x2C00, 0x2FEF },
	{ 0x3001, 0xD7FF },
	{ 0xF900, 0xFDCF },
	{ 0xFDF0, 0xFFFD },
	{ 0x10000, 0xEFFFF },
};
static const struct range parts[] = {
	{ '.', '.' },
	{ '0', '9' },
	{ 0x300, 0x36F },
	{ 0x203F, 0x2040 },
};

/* The same, whitespace. */
static const struct range spaces[] = {
	{ '\t', '\r' },
	{ ' ', ' ' },
	{ 0x85, 0x85 },
	{ 0xA0, 0xA0 },
	{ 0x1680, 0x1680 },
	{ 0x2000, 0x200A },
	{ 0x2028, 0x2029 },
	{ 0x202F, 0x202F },
	{ 0x205F, 0x205F },
	{ 0x3000, 0x3000 },
};

#define COUNT(array) (LENGTH(array))

static bool is_of(uint32_t point, const struct range *ranges, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (point >= ranges[i].first && point <= ranges[i].last)
			return true;
	return false;
}

static bool is_space(uint32_t point)
{
	return is_of(point, spaces, COUNT(spaces));
}

static bool is_start(uint32_t point)
{
	return is_of(point, starts, COUNT(starts)) && !is_space(point);
}

static bool is_part(uint32_t point)
{
	return is_start(point) || is_of(point, parts, COUNT(parts));
}

/* The character at a place and its length; 0 and 0 at the end. */
static uint32_t point_at(struct str text, size_t at, size_t *len)
{
	static const unsigned char masks[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
	struct str rest = { text.data + at, text.len - at };
	uint32_t point;

	*len = utf8_first(rest);
	if (*len == 0)
		return 0;
	point = (unsigned char)rest.data[0] & masks[*len];
	for (size_t i = 1; i < *len; i++)
		point = point << 6 | ((unsigned char)rest.data[i] & 0x3F);
	return point;
}

static void skip_space(struct cql2_lex *l)
{
	size_t len;

	while (is_space(point_at(l->text, l->next, &len)))
		l->next += len;
}

static struct cql2_token wrong(struct cql2_lex *l, const char *why)
{
	return (struct cql2_token){ TOKEN_WRONG, str_from(why), l->next + 1 };
}

/* The token from where the lexer stands up to end; skip bytes of it at each
 * end are quotes. */
static struct cql2_token take(
    struct cql2_lex *l, enum cql2_token_kind kind, size_t end, size_t skip)
{
	struct cql2_token t = { kind,
		{ l->text.data + l->next + skip, end - l->next - 2 * skip },
		l->next + 1 };

	l->next = end;
	return t;
}

static struct cql2_token take_name(struct cql2_lex *l)
{
	size_t end = l->next, len;

	while (is_part(point_at(l->text, end, &len)))
		end += len;
	return take(l, TOKEN_NAME, end, 0);
}

/* A quote is doubled or follows a backslash (/req/cql2-text/escaping); a
 * backslash before another one is that one. */
static struct cql2_token take_text(struct cql2_lex *l)
{
	const char *data = l->text.data;

	for (size_t i = l->next + 1; i < l->text.len; i++) {
		bool pair = i + 1 < l->text.len;

		if (data[i] == '\\' && pair &&
		    (data[i + 1] == '\'' || data[i + 1] == '\\'))
			i++;
		else if (data[i] == '\'' && pair && data[i + 1] == '\'')
			i++;
		else if (data[i] == '\'')
			return take(l, TOKEN_TEXT, i + 1, 1);
	}
	return wrong(l, "a text has no end");
}

static struct cql2_token take_quoted(struct cql2_lex *l)
{
	size_t start = l->next + 1;
	const char *end = NULL;

	if (start < l->text.len)
		end = memchr(l->text.data + start, '"', l->text.len - start);
	if (!end)
		return wrong(l, "a name has no end");
	return take(l, TOKEN_QUOTED, (size_t)(end - l->text.data) + 1, 1);
}

static bool is_digit(struct str text, size_t at)
{
	return at < text.len && text.data[at] >= '0' && text.data[at] <= '9';
}

static size_t skip_digits(struct str text, size_t at)
{
	while (is_digit(text, at))
		at++;
	return at;
}

/* An exponent needs a digit; without one the letter is something else. */
static size_t skip_exponent(struct str text, size_t at)
{
	size_t digits = at + 1;

	if (at >= text.len || (text.data[at] != 'e' && text.data[at] != 'E'))
		return at;
	if (digits < text.len &&
	    (text.data[digits] == '+' || text.data[digits] == '-'))
		digits++;
	return is_digit(text, digits) ? skip_digits(text, digits) : at;
}

static struct cql2_token take_number(struct cql2_lex *l)
{
	size_t end = skip_digits(l->text, l->next), len;

	if (end < l->text.len && l->text.data[end] == '.')
		end = skip_digits(l->text, end + 1);
	end = skip_exponent(l->text, end);
	if (is_part(point_at(l->text, end, &len)))
		return wrong(l, "a number goes on as something else");
	return take(l, TOKEN_NUMBER, end, 0);
}

static struct cql2_token take_sign(struct cql2_lex *l)
{
	static const char *const pairs[] = { "<>", "<=", ">=" };
	static const char singles[] = "(),=<>+-*/%^";
	struct str rest = { l->text.data + l->next, l->text.len - l->next };

	for (size_t i = 0; i < COUNT(pairs); i++)
		if (str_starts(rest, pairs[i]))
			return take(l, TOKEN_SIGN, l->next + 2, 0);
	if (strchr(singles, rest.data[0]))
		return take(l, TOKEN_SIGN, l->next + 1, 0);
	return wrong(l, "there is a character that has no meaning");
}

struct cql2_token cql2_lex_next(struct cql2_lex *l)
{
	uint32_t point;
	size_t len;

	skip_space(l);
	point = point_at(l->text, l->next, &len);
	if (len == 0)
		return take(l, TOKEN_END, l->next, 0);
	if (is_start(point))
		return take_name(l);
	if (point == '\'')
		return take_text(l);
	if (point == '"')
		return take_quoted(l);
	if (is_digit(l->text, l->next) ||
	    (point == '.' && is_digit(l->text, l->next + 1)))
		return take_number(l);
	return take_sign(l);
}

bool cql2_token_is(const struct cql2_token *t, const char *word)
{
	return (t->kind == TOKEN_NAME || t->kind == TOKEN_SIGN) &&
	       t->text.len == strlen(word) &&
	       strncasecmp(t->text.data, word, t->text.len) == 0;
}
