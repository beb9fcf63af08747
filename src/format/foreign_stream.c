#include "foreign_stream.h"

#include <string.h>

static ptrdiff_t take_text(struct foreign_stream *s, char *to, size_t n)
{
	struct str text = s->file->text;

	if (n > text.len - s->passed)
		n = text.len - s->passed;
	if (n > 0)
		memcpy(to, text.data + s->passed, n);
	return (ptrdiff_t)n;
}

/* As many as there are: whoever looks at how a file begins sees it whole. */
static ptrdiff_t take_pieces(
    const struct foreign_file *f, char *to, size_t n, struct err *e)
{
	size_t taken = 0;

	while (taken < n) {
		ptrdiff_t got = f->read(f->from, to + taken, n - taken, e);

		if (got < 0)
			return -1;
		if (got == 0)
			break;
		taken += (size_t)got;
	}
	return (ptrdiff_t)taken;
}

ptrdiff_t foreign_stream_take(
    struct foreign_stream *s, char *to, size_t n, struct err *e)
{
	const struct foreign_file *f = s->file;
	ptrdiff_t got =
	    f->read ? take_pieces(f, to, n, e) : take_text(s, to, n);

	if (got <= 0)
		return got;
	if ((size_t)got > f->max_bytes - s->passed) {
		err_set(e, ERR_LIMIT, "the file is longer than %zu bytes",
		    f->max_bytes);
		return -1;
	}
	s->passed += (size_t)got;
	return got;
}
