#include "cql2_read.h"

#include <stdio.h>

struct cql2_token cql2_read_take(struct cql2_read *r)
{
	struct cql2_token taken = r->now;

	r->now = cql2_lex_next(&r->lex);
	return taken;
}

bool cql2_read_taken(struct cql2_read *r, const char *word)
{
	if (!cql2_token_is(&r->now, word))
		return false;
	cql2_read_take(r);
	return true;
}

void *cql2_read_refuse(struct cql2_read *r, const char *what)
{
	char why[ERR_TEXT_SIZE];

	/* A token that is none has its own reason, of ours like all others. */
	if (r->now.kind == TOKEN_WRONG) {
		snprintf(why, sizeof(why), "%.*s", (int)r->now.text.len,
		    r->now.text.data);
		what = why;
	}
	return cql2_refuse(&r->build, r->now.at, what);
}

bool cql2_read_expect(struct cql2_read *r, const char *word)
{
	char what[ERR_PARAM_SIZE];

	if (cql2_read_taken(r, word))
		return true;
	snprintf(what, sizeof(what), "'%s' is expected", word);
	return cql2_read_refuse(r, what);
}

bool cql2_read_is_call(const struct cql2_read *r)
{
	struct cql2_lex ahead = r->lex;
	struct cql2_token next = cql2_lex_next(&ahead);

	return cql2_token_is(&next, "(");
}

static char unescaped(char c)
{
	static const char from[] = "abtnvfr", to[] = "\a\b\t\n\v\f\r";

	for (int i = 0; from[i]; i++)
		if (c == from[i])
			return to[i];
	return c == '\'' || c == '\\' ? c : '\0';
}

/* A backslash before any other character stays, for LIKE. */
bool cql2_read_unescape(struct cql2_read *r, struct str raw, struct str *out)
{
	struct buf *b = &r->build.scratch;

	buf_reset(b);
	for (size_t i = 0; i < raw.len; i++) {
		char c = raw.data[i];
		char next = i + 1 < raw.len ? raw.data[i + 1] : '\0';

		if (c == '\'') {
			i++; /* the lexer saw its double */
		} else if (c == '\\' && unescaped(next)) {
			c = unescaped(next);
			i++;
		}
		buf_add_char(b, c);
	}
	if (b->failed)
		return cql2_no_memory(&r->build);
	out->data = arena_copy(r->build.arena, b->data, b->len);
	out->len = b->len;
	return out->data || cql2_no_memory(&r->build);
}
