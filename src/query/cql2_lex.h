/* The tokens of CQL2 text. */
#ifndef BUDGETMAP_SRC_QUERY_CQL2_LEX_H
#define BUDGETMAP_SRC_QUERY_CQL2_LEX_H

#include "base/str.h"

enum cql2_token_kind {
	TOKEN_END,
	TOKEN_NAME, /* a keyword, a function or a property */
	TOKEN_QUOTED, /* a property in double quotes, without them */
	TOKEN_TEXT, /* between single quotes, escapes still in it */
	TOKEN_NUMBER, /* unsigned */
	TOKEN_SIGN, /* one of ( ) , = < > + - * / % ^ and <> <= >= */
	TOKEN_WRONG /* what is none; text is why */
};

struct cql2_token {
	enum cql2_token_kind kind;
	struct str text;
	size_t at; /* its byte, from 1 */
};

struct cql2_lex {
	struct str text; /* valid UTF-8 */
	size_t next; /* where the next token may begin */
};

struct cql2_token cql2_lex_next(struct cql2_lex *l);

/* Whether the token is that keyword, in any case, or that sign. */
bool cql2_token_is(const struct cql2_token *t, const char *word);

#endif
