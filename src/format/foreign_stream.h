/* The bytes of a foreign file, one piece after another. */
#ifndef BUDGETMAP_FORMAT_FOREIGN_STREAM_H
#define BUDGETMAP_FORMAT_FOREIGN_STREAM_H

#include "format/foreign.h"

struct foreign_stream {
	const struct foreign_file *file;
	size_t passed; /* bytes that were taken */
};

/* Takes n bytes, or what is left: how many, -1 with e set. ERR_LIMIT when the
 * file has more than its max_bytes. */
ptrdiff_t foreign_stream_take(
    struct foreign_stream *s, char *to, size_t n, struct err *e);

#endif
