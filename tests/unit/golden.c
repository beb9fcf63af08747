#include "golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

enum { PATH_SIZE = 4096, FILE_MAX = 1 << 22 };

static FILE *open_file(const char *name, const char *mode)
{
	const char *folder = getenv("abs_srcdir");
	char path[PATH_SIZE];
	FILE *file;

	snprintf(path, sizeof(path), "%s/tests/golden/%s",
	    folder ? folder : ".", name);
	file = fopen(path, mode);
	if (!file)
		fail_msg("%s cannot be opened", path);
	return file;
}

static void write_file(const char *name, struct str got)
{
	FILE *file = open_file(name, "wb");

	assert_int_equal(fwrite(got.data, 1, got.len, file), got.len);
	assert_int_equal(fclose(file), 0);
}

/* The line, from 1, of the first byte that differs. */
static size_t first_difference(struct str a, struct str b)
{
	size_t line = 1;

	for (size_t i = 0; i < a.len && i < b.len; i++) {
		if (a.data[i] != b.data[i])
			break;
		line += a.data[i] == '\n';
	}
	return line;
}

char *golden_read(const char *name, size_t *len)
{
	FILE *file = open_file(name, "rb");
	char *data = mem_alloc(FILE_MAX);

	assert_non_null(data);
	*len = fread(data, 1, FILE_MAX, file);
	fclose(file);
	return data;
}

void golden_check(const char *name, struct str got)
{
	const char *update = getenv("UPDATE_GOLDEN");
	struct str kept;
	char *data;
	size_t line;
	bool equal;

	if (update && strcmp(update, "1") == 0) {
		write_file(name, got);
		return;
	}
	data = golden_read(name, &kept.len);
	kept.data = data;
	equal = str_equal(kept, got);
	line = first_difference(kept, got);
	mem_free(data);
	if (!equal)
		fail_msg(
		    "%s differs from what was written at line %zu", name, line);
}
