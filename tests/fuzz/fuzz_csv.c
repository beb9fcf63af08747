/* CSV: every record is whole, and the reader always comes to the end. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "format/csv_read.h"

static void check_record(const struct str *fields, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!utf8_valid(fields[i]))
			abort();
}

static void read_all(struct csv_reader *r, size_t size)
{
	const struct str *fields;
	enum csv_result result;
	size_t n;

	fields = csv_columns(r, &n);
	check_record(fields, n);
	do {
		struct err e = { .code = ERR_NONE };

		result = csv_next(r, &fields, &e);
		if (result == CSV_RECORD)
			check_record(fields, n);
		if ((result == CSV_BAD) != (e.code != ERR_NONE))
			abort();
	} while (result != CSV_END);
	if (csv_bytes(r) != (long)size)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err e = { .code = ERR_NONE };
	struct csv_reader *r;
	FILE *file;

	if (size == 0)
		return 0;
	file = fmemopen((void *)(uintptr_t)data, size, "rb");
	if (!file)
		abort();
	r = csv_open(file, &e);
	if (r)
		read_all(r, size);
	csv_close(r);
	fclose(file);
	return 0;
}
