/* Time: UTC inside, Asia/Almaty for people. */
#ifndef BUDGETMAP_BASE_CLOCK_H
#define BUDGETMAP_BASE_CLOCK_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* A calendar day is an int32_t YYYYMMDD. */
enum { CLOCK_NO_DAY = 0 };

enum { CLOCK_STAMP_SIZE = 21, CLOCK_DAY_SIZE = 11, CLOCK_TIME_SIZE = 28 };

/* Seconds since 1970 UTC, and a monotonic count of nanoseconds. */
int64_t clock_now(void);
int64_t clock_monotonic(void);

/* "2026-01-31T12:00:00Z". */
void clock_stamp(int64_t seconds, char out[static CLOCK_STAMP_SIZE]);

/* "2026-01-31". */
void clock_day_text(int32_t day, char out[static CLOCK_DAY_SIZE]);

/* Reads exactly YYYY-MM-DD of a day that exists, years 1900 to 2200. */
bool clock_day_parse(const char *text, int32_t *out)
    __attribute__((warn_unused_result));

/* The same for all years from 0000 to 9999 (RFC 3339 full-date): for what
 * people ask for, not for what is stored. */
bool clock_date_parse(struct str text, int32_t *out)
    __attribute__((warn_unused_result));

/* Reads an RFC 3339 date-time in UTC, "2026-01-31T12:00:00.25Z", years 0000 to
 * 9999, as microseconds since 1970; what is finer is cut. On failure out keeps
 * its value. */
bool clock_time_parse(struct str text, int64_t *out)
    __attribute__((warn_unused_result));

/* The same with any zone, "2026-01-31T17:00:00+05:00", T and Z in either
 * case. */
bool clock_moment_parse(struct str text, int64_t *out)
    __attribute__((warn_unused_result));

/* And as whole seconds since 1970; a fraction is cut. */
bool clock_stamp_parse(struct str text, int64_t *seconds)
    __attribute__((warn_unused_result));

/* The text of microseconds; as many decimals of a second as are not zero. */
void clock_time_text(int64_t microseconds, char out[static CLOCK_TIME_SIZE]);

/* Days from a to b. */
int32_t clock_day_distance(int32_t a, int32_t b);

/* The day in Asia/Almaty at that second, by the system's time zone data (with
 * +05:00 where it is not installed), and the second its next midnight falls
 * on. */
int32_t clock_local_day(int64_t seconds);
int64_t clock_next_midnight(int64_t seconds);

/* The second at which a day begins in Asia/Almaty. */
int64_t clock_day_start(int32_t day);

#endif
