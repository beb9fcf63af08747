/* What all answers share: entity tags, who the data is from, links. */
#ifndef BUDGETMAP_API_ANSWER_H
#define BUDGETMAP_API_ANSWER_H

#include "api/call.h"
#include "api/collection.h"
#include "api/url.h"
#include "format/json_write.h"

/* Sets media, lifetime and entity tag of an answer made from data that last
 * changed in that data version; day (YYYYMMDD) where it shows what is overdue,
 * otherwise 0. True when the client holds exactly this answer: then no body is
 * needed. */
bool answer_begin(
    struct call *c, const char *media, int64_t change, int32_t day);

/* The same for what changes only with program and configuration. */
bool answer_begin_fixed(struct call *c, const char *media);

/* The answer is in the call's language alone: said before it begins. */
void answer_in_language(struct call *c);

/* Members of an object: licence, licenceUrl, attribution in three languages. */
void answer_source(struct json *j, const struct call *c);

/* The same of a collection: of a layer its own, with source and date. */
void answer_source_of(
    struct json *j, const struct call *c, const struct collection *k);

/* Members dataVersion and timeStamp. */
void answer_version(struct json *j, int64_t version, int64_t published);

/* One link of an array: rel, type, the address in c->scratch, which is emptied;
 * title may be NULL. */
void answer_link(struct json *j, struct call *c, const char *rel,
    const char *type, const char *title);

/* The same to a fixed path. */
void answer_link_to(struct json *j, struct call *c, const char *rel,
    const char *type, const char *path, const char *title);

/* The same to what was asked for, with another f ("" leaves it out). */
void answer_link_format(struct json *j, struct call *c, const char *rel,
    const char *type, const char *format);

/* Three titles as members kk, ru, en of an object. */
void answer_titles(struct json *j, const char *const title[LANG_COUNT]);

#endif
