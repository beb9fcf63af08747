/* Reading CQL2 text, private to cql2_text*.c. */
#ifndef BUDGETMAP_SRC_QUERY_CQL2_READ_H
#define BUDGETMAP_SRC_QUERY_CQL2_READ_H

#include "cql2_build.h"
#include "cql2_lex.h"

struct cql2_read {
	struct cql2_build build;
	struct cql2_lex lex;
	struct cql2_token now; /* not taken yet */
	int depth; /* of open parentheses and the like */
};

/* Takes the token and goes on to the next. */
struct cql2_token cql2_read_take(struct cql2_read *r);

/* Takes the token when it is that keyword or sign. */
bool cql2_read_taken(struct cql2_read *r, const char *word);

/* The same, otherwise records what is missing. */
bool cql2_read_expect(struct cql2_read *r, const char *word);

/* Refuses the token that is next. Returns NULL. */
void *cql2_read_refuse(struct cql2_read *r, const char *what);

/* Whether what is next is followed by a parenthesis. */
bool cql2_read_is_call(const struct cql2_read *r);

/* The content of a text token, escapes undone, in the scratch of the builder.
 * False when memory is exhausted. */
bool cql2_read_unescape(struct cql2_read *r, struct str raw, struct str *out);

/* A geometry, BBOX, DATE, TIMESTAMP or INTERVAL when one begins here: false
 * when none does. *out NULL on failure. */
bool cql2_read_instance(struct cql2_read *r, struct cql2_node **out);

/* A property, which is next. */
struct cql2_node *cql2_read_property(struct cql2_read *r);

#endif
