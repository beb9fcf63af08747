/* The check of one value against its row. */
#ifndef BUDGETMAP_QUERY_PARAMS_CHECK_H
#define BUDGETMAP_QUERY_PARAMS_CHECK_H

#include "query/params.h"

/* Checks a decoded value. A clamped number is replaced by its largest allowed
 * one, whose text lives in the arena. */
bool param_check(const struct param *row, struct str *value, struct arena *a,
    struct err *e) __attribute__((warn_unused_result));

/* Tenge with at most two decimals, not negative, as tiyn. */
bool param_money(struct str text, int64_t *tiyn)
    __attribute__((warn_unused_result));

/* The local days of a datetime: as in struct query. */
bool param_datetime_days(struct str text, int32_t *from, int32_t *to)
    __attribute__((warn_unused_result));

#endif
