/* Foreign KMZ: whatever the archive is, reading ends, within memory and with or
 * without a reason. */
#include "fuzz.h"

#include <stdlib.h>

#include "format/kmz_read.h"

enum { BYTES_MAX = 1 << 20, ARENA_MAX = 1 << 26 };

static bool visit(void *context, const struct foreign_feature *f, struct err *e)
{
	(void)context;
	(void)e;
	if (f->part < 1 || f->part > f->parts)
		abort();
	return true;
}

static bool listen(void *context, const struct foreign_place *at,
    const char *text, struct err *e)
{
	(void)context;
	(void)e;
	if (!text[0] || at->number < 0 || at->line < 0)
		abort();
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct foreign_hooks hooks = {
		.visit = visit, .refuse = listen, .note = listen
	};
	struct arena a;
	const struct foreign_file file = { .text = { (const char *)data, size },
		.max_bytes = BYTES_MAX,
		.arena = &a };
	struct err e = { .code = ERR_NONE };

	arena_init(&a, ARENA_MAX);
	if (kmz_read_features(&file, &hooks, &e) != (e.code == ERR_NONE))
		abort();
	arena_free(&a);
	return 0;
}
