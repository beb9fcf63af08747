#include "base/zone.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* TZif (RFC 8536), of which the moments of change and their offsets count. */
enum {
	HEADER_SIZE = 44,
	COUNTS_AT = 20, /* six 32-bit counts */
	TYPE_SIZE = 6,
	FILE_SIZE = 8192,
	CHANGES_MAX = 64,
	DEFAULT_OFFSET = 5 * 3600
};

static const char zone_file[] = "/usr/share/zoneinfo/Asia/Almaty";

/* From the second at on, offset holds; first before all of them. */
struct zone {
	int64_t first;
	size_t n;
	struct {
		int64_t at, offset;
	} changes[CHANGES_MAX];
};

/* Read once and never changed: the sandbox may forbid the file later. */
static struct zone zone = { .first = DEFAULT_OFFSET };
static pthread_once_t once = PTHREAD_ONCE_INIT;

struct counts {
	uint32_t utc, standard, leap, times, types, chars;
};

static uint32_t load32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | (uint32_t)p[3];
}

static int64_t load64(const unsigned char *p)
{
	return (int64_t)((uint64_t)load32(p) << 32 | load32(p + 4));
}

static bool read_counts(struct counts *c, const unsigned char *p, size_t len)
{
	if (len < HEADER_SIZE || memcmp(p, "TZif", 4) != 0)
		return false;
	p += COUNTS_AT;
	*c = (struct counts){ load32(p), load32(p + 4), load32(p + 8),
		load32(p + 12), load32(p + 16), load32(p + 20) };
	return c->utc < FILE_SIZE && c->standard < FILE_SIZE &&
	       c->leap < FILE_SIZE && c->times <= CHANGES_MAX && c->types > 0 &&
	       c->types < FILE_SIZE && c->chars < FILE_SIZE;
}

static size_t body_size(const struct counts *c, size_t time_size)
{
	return c->times * (time_size + 1) + c->types * TYPE_SIZE + c->chars +
	       c->leap * (time_size + 4) + c->standard + c->utc;
}

/* The body with 64-bit times. */
static bool read_body(
    struct zone *z, const struct counts *c, const unsigned char *times)
{
	const unsigned char *kinds = times + c->times * 8;
	const unsigned char *types = kinds + c->times;

	z->first = (int32_t)load32(types);
	z->n = c->times;
	for (size_t i = 0; i < z->n; i++) {
		if (kinds[i] >= c->types)
			return false;
		z->changes[i].at = load64(times + i * 8);
		z->changes[i].offset =
		    (int32_t)load32(types + kinds[i] * TYPE_SIZE);
	}
	return true;
}

/* The second header and body, those of 64 bits; false for version 1. */
static bool parse(struct zone *z, const unsigned char *p, size_t len)
{
	struct counts c;
	size_t skip;

	if (!read_counts(&c, p, len) || p[4] < '2')
		return false;
	skip = HEADER_SIZE + body_size(&c, 4);
	if (skip > len || !read_counts(&c, p + skip, len - skip))
		return false;
	skip += HEADER_SIZE;
	if (body_size(&c, 8) > len - skip)
		return false;
	return read_body(z, &c, p + skip);
}

static void load_zone(void)
{
	unsigned char data[FILE_SIZE];
	struct zone read;
	FILE *file = fopen(zone_file, "rbe");
	size_t len;

	if (!file)
		return;
	len = fread(data, 1, sizeof(data), file);
	fclose(file);
	if (parse(&read, data, len))
		zone = read;
}

int64_t zone_offset(int64_t seconds)
{
	size_t i;

	pthread_once(&once, load_zone);
	for (i = zone.n; i > 0; i--)
		if (zone.changes[i - 1].at <= seconds)
			return zone.changes[i - 1].offset;
	return zone.first;
}
