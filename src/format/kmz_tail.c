#include "kmz_tail.h"

#include <string.h>

#include "base/mem.h"
#include "format/kmz_read.h"

/* The record that ends an archive (APPNOTE 4.3.16) and the longest comment
 * behind it. */
enum {
	RECORD = 22,
	COUNT_AT = 10, /* two bytes, 0xFFFF: stands elsewhere */
	TAIL_MAX = RECORD + 65535
};

static const char mark[] = "PK\5\6";

/* Wherever a mark stands, libzip may take it for the end. */
static bool has_many(struct str tail)
{
	for (size_t i = 0; i + RECORD <= tail.len; i++) {
		const unsigned char *at =
		    (const unsigned char *)tail.data + i + COUNT_AT;

		if (memcmp(tail.data + i, mark, sizeof(mark) - 1) == 0 &&
		    at[0] + 256 * at[1] > KMZ_ENTRIES_MAX)
			return true;
	}
	return false;
}

static bool check(struct str tail, struct err *e)
{
	return !has_many(tail) ||
	       err_set(e, ERR_LIMIT, "the archive has more than %d entries",
		   KMZ_ENTRIES_MAX);
}

static bool check_file(FILE *in, struct err *e)
{
	char *data = mem_alloc(TAIL_MAX);
	size_t n;
	bool good;

	if (!data)
		return err_no_memory(e);
	/* A short file has no TAIL_MAX bytes to go back. */
	if (fseek(in, -TAIL_MAX, SEEK_END) != 0)
		rewind(in);
	n = fread(data, 1, TAIL_MAX, in);
	good = check((struct str){ data, n }, e);
	mem_free(data);
	return good;
}

bool kmz_check_tail(const struct foreign_file *file, struct err *e)
{
	struct str tail = file->text;

	if (file->in)
		return check_file(file->in, e);
	if (tail.len > TAIL_MAX) {
		tail.data += tail.len - TAIL_MAX;
		tail.len = TAIL_MAX;
	}
	return check(tail, e);
}
