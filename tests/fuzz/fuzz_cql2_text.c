/* CQL2 text. What was accepted is asked, written as SQL, printed and read
 * again. */
#include "fuzz.h"

#include "cql2_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct str text = { (const char *)data, size };
	struct err e = { .code = ERR_NONE };
	const struct cql2 *f;
	struct arena a;

	arena_init(&a, CQL2_CHECK_ARENA);
	f = cql2_parse_text(text, &cql2_check_context, &a, &e);
	if ((f != NULL) != (e.code == ERR_NONE) || e.code > ERR_INPUT)
		abort();
	if (f)
		cql2_check(f, &a);
	arena_free(&a);
	return 0;
}
