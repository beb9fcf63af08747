/* What failures say, in three languages. In a pattern '%' stands for the
 * parameter's name, '#' for a number and '*' at the end for all that
 * follows. */
#ifndef BUDGETMAP_SRC_HTTP_PROBLEM_SENTENCES_H
#define BUDGETMAP_SRC_HTTP_PROBLEM_SENTENCES_H

#include <stddef.h>

struct problem_sentence {
	const char *en, *kk, *ru;
};

struct problem_sentences {
	const struct problem_sentence *list;
	size_t n;
};

/* Of requests in general; of filters in CQL2. */
extern const struct problem_sentences problem_sentences_all,
    problem_sentences_filter;

#endif
