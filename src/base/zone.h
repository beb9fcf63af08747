/* The time zone of the oblast, by the system's data. */
#ifndef BUDGETMAP_BASE_ZONE_H
#define BUDGETMAP_BASE_ZONE_H

#include <stdint.h>

/* Seconds that local time in Asia/Almaty is ahead of UTC at a second since
 * 1970. */
int64_t zone_offset(int64_t seconds);

#endif
