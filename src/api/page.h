/* The frame of every server-rendered page, styled by /css/plain.css. */
#ifndef BUDGETMAP_API_PAGE_H
#define BUDGETMAP_API_PAGE_H

#include "api/answer.h"
#include "api/html.h"
#include "api/text.h"

struct links;

/* What a page says of itself in its head. */
struct page {
	struct str title;
	struct str description;
	const char *path; /* with which addresses of the page begin */
	struct str var; /* and end */
	bool passing; /* not for search engines: a later page, a search */
	int64_t published; /* of its data, 0: none */
	const struct links *links; /* of an answer of the API, or NULL */
};

/* From the doctype to the beginning of <main>, and from its end. */
void page_begin(struct call *c, const struct page *p);
void page_end(struct call *c, const struct page *p);

/* Puts a page about the failure into the place of its problem document. */
void page_write_failure(struct call *c, const struct err *e);

/* <a href="path+var?lang=..">text</a>, keeping a language that was asked
 * for. */
void page_link(
    struct call *c, const char *path, struct str var, struct str text);

/* A paragraph that leads to the map, with one part of its view set. */
void page_map_link(struct call *c, const char *name, struct str value);

/* A text of the table, escaped. */
void page_text(struct call *c, enum text_id id);

/* A table that slides inside its frame where it is too wide; kind is its class,
 * NULL for a list. To be closed by page_table_end. */
void page_table(struct call *c, const char *kind, enum text_id label);
void page_table_end(struct call *c);

/* A heading and a table of facts below it, to be closed as others are. */
void page_facts(struct call *c, enum text_id title);

/* <th> for each of n texts, from <thead> to <tbody>; behind the first so many
 * columns of words are numbers. */
void page_heads(
    struct call *c, const enum text_id *ids, size_t n, size_t words);

/* <tr><th>title</th><td>, for a text or, of class num, for a number; each to be
 * closed by page_row_end. */
void page_fact(struct call *c, const char *title);
void page_row(struct call *c, enum text_id title);
void page_row_end(struct call *c);

/* The amount, or that it is not published. */
void page_money(struct call *c, int64_t tiyn);

#endif
