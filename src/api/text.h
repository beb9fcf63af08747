/* What our answers say to people, in three languages. */
#ifndef BUDGETMAP_API_TEXT_H
#define BUDGETMAP_API_TEXT_H

#include "base/err.h"
#include "query/codes.h"

enum text_id {
	TEXT_MAP,
	TEXT_LICENCE,
	TEXT_PUBLISHED,
	TEXT_CONTACT,
	TEXT_GENERALISED,
	TEXT_DEMO_RULE,
	TEXT_DEMO_NOTE,
	TEXT_DEMO_PROJECT,
	TEXT_ON_MAP,
	TEXT_LANGUAGE,
	TEXT_SKIP,
	TEXT_MENU,
	TEXT_PAGES,
	TEXT_OBLAST,
	TEXT_DISTRICTS,
	TEXT_PROJECTS,
	TEXT_PROJECT,
	TEXT_DISTRICT,
	TEXT_COUNT,
	TEXT_PLANNED,
	TEXT_CONTRACTED,
	TEXT_PAID,
	TEXT_PROGRESS,
	TEXT_OVERDUE,
	TEXT_OVERDUE_PLANNED,
	TEXT_SHARE_PAID,
	TEXT_NOT_PUBLISHED,
	TEXT_NOT_COUNTED,
	TEXT_MISSING,
	TEXT_NO_DISTRICT,
	TEXT_NO_YEAR,
	TEXT_TITLE,
	TEXT_STATUS,
	TEXT_CATEGORY,
	TEXT_WORK_KIND,
	TEXT_MONEY,
	TEXT_DATES,
	TEXT_PLACE,
	TEXT_ABOUT,
	TEXT_PARTIES,
	TEXT_CUSTOMER,
	TEXT_CONTRACTOR,
	TEXT_ADDRESS,
	TEXT_YES,
	TEXT_NO,
	TEXT_FIRST_PAGE,
	TEXT_NEXT_PAGE,
	TEXT_SHOWN,
	TEXT_NO_PROJECTS,
	TEXT_DOWNLOAD,
	TEXT_SEARCH,
	TEXT_FIND,
	TEXT_ANY,
	TEXT_YEAR,
	TEXT_WORDS,
	TEXT_GIS,
	TEXT_API,
	TEXT_SOURCE,
	TEXT_AS_OF,
	TEXT_ERROR_BACK,
	TEXT_MORE,
	TEXT_FEATURES,
	TEXT_MARK_SIZE,
	TEXT_LEGEND,
	TEXT_LOCAL_NUMBERS, /* the last one of text.c */
	TEXT_API_START, /* the first one of text_api.c */
	TEXT_COLLECTIONS,
	TEXT_CONFORMANCE,
	TEXT_CONFORMANCE_NOTE,
	TEXT_DOCS,
	TEXT_DOCS_NOTE,
	TEXT_LINKS,
	TEXT_EXTENT,
	TEXT_PERIOD,
	TEXT_OPEN,
	TEXT_CRS,
	TEXT_ITEMS,
	TEXT_FILTER,
	TEXT_MATCHED,
	TEXT_PREVIOUS_PAGE,
	TEXT_PROPERTY,
	TEXT_TYPE,
	TEXT_VALUE,
	TEXT_COORDINATES,
	TEXT_NO_PLACE,
	TEXT_PARAMETER,
	TEXT_MEANING,
	TEXT_DEFAULT,
	TEXT_REQUIRED,
	TEXT_VALUES,
	TEXT_ANSWERS,
	TEXT_IN_PATH,
	TEXT_AT_MOST,
	TEXT_TRY,
	TEXT_SCHEMA,
	TEXT_QUERYABLES,
	TEXT_SORTABLES,
	TEXT_COLUMNS,
	TEXT_STATS,
	TEXT_TILES,
	TEXT_TILING_SCHEMES,
	TEXT_MAP_OF /* the last one of text_api.c */
};

/* text_api.c: from TEXT_API_START on. */
extern const char *const text_api[][LANG_COUNT];

/* Never NULL. */
const char *text_of(enum text_id id, int lang);

/* What a failure is called on a page for people. */
const char *text_of_failure(enum err_code code, int lang);

/* The page "what the words mean": a word and its meaning. */
struct meaning {
	const char *anchor;
	const char *word[LANG_COUNT];
	const char *meaning[LANG_COUNT];
};
const struct meaning *text_meanings(size_t *n);

/* Titles of columns and values of a full record by their names on the wire;
 * NULL when there is none: then they are not shown to people. */
const char *text_column(struct str name, int lang);
const char *text_value(struct str value, int lang);

#endif
