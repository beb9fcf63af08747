/* Protocol buffers' wire format, as far as tiles need it. */
#ifndef BUDGETMAP_SRC_FORMAT_PBF_H
#define BUDGETMAP_SRC_FORMAT_PBF_H

#include "base/buf.h"

#include <endian.h>
#include <string.h>

enum { PBF_VARINT = 0, PBF_FIXED64 = 1, PBF_LENGTH = 2 };
enum { PBF_VARINT_MAX = 10, PBF_VARINT32_MAX = 5 };

/* The byte before a field; its number is below 16. */
#define PBF_TAG(field, wire) ((uint8_t)((field) << 3 | (wire)))

static inline uint8_t *pbf_varint(uint8_t *to, uint64_t v)
{
	while (v >= 0x80) {
		*to++ = (uint8_t)(v | 0x80);
		v >>= 7;
	}
	*to++ = (uint8_t)v;
	return to;
}

static inline size_t pbf_varint_size(uint64_t v)
{
	size_t n = 1;

	while (v >= 0x80) {
		v >>= 7;
		n++;
	}
	return n;
}

/* Small numbers of either sign become small ones. */
static inline uint64_t pbf_zigzag(int64_t v)
{
	return (uint64_t)v << 1 ^ (uint64_t)(v >> 63);
}

static inline uint8_t *pbf_fixed64(uint8_t *to, uint64_t v)
{
	const uint64_t little = htole64(v);

	memcpy(to, &little, sizeof(little));
	return to + sizeof(little);
}

/* Room for that many bytes, which the caller adds to len; NULL when there is
 * none. */
static inline uint8_t *pbf_reserve(struct buf *b, size_t len)
{
	return (uint8_t *)buf_reserve(b, len);
}

#endif
