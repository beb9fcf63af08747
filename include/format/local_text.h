/* Numbers, money and days as people of a language write them, from how they
 * stand on every wire. Languages are numbered like titles: kk, ru, en. */
#ifndef BUDGETMAP_FORMAT_LOCAL_TEXT_H
#define BUDGETMAP_FORMAT_LOCAL_TEXT_H

#include "base/buf.h"

/* A decimal number with its groups of three and the language's point. */
void local_add_number(struct buf *b, struct str decimal, int lang);

/* Tenge as buf_add_money writes them: tiyn with both digits or not at all, and
 * the sign of the tenge, which stands before them in English. */
void local_add_money(struct buf *b, struct str tenge, int lang);

/* A day, YYYY-MM-DD; what is none stays as it is. */
void local_add_day(struct buf *b, struct str day, int lang);

/* The same to where there is room for it, for many small ones: twice the length
 * and LOCAL_MARKS more are enough. They return what is behind. */
enum { LOCAL_MARKS = 32 };
char *local_put_number(char *to, struct str decimal, int lang);
char *local_put_money(char *to, struct str tenge, int lang);
char *local_put_day(char *to, struct str day, int lang);

#endif
