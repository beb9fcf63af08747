/* Gives each file named on the command line to a fuzz target, as libFuzzer does
 * when it is called with files. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 1 << 24 };

/* The file in a block of exactly its size, so that a sanitizer sees every
 * overrun. */
static unsigned char *read_file(const char *name, size_t *size)
{
	unsigned char *data = malloc(FILE_MAX), *exact = NULL;
	FILE *file = fopen(name, "rb");

	if (file && data) {
		*size = fread(data, 1, FILE_MAX, file);
		exact = malloc(*size > 0 ? *size : 1);
		if (exact)
			memcpy(exact, data, *size);
	}
	if (file)
		fclose(file);
	free(data);
	return exact;
}

static int replay(const char *name)
{
	size_t size = 0;
	unsigned char *data = read_file(name, &size);

	if (!data) {
		fprintf(stderr, "%s cannot be read\n", name);
		return 1;
	}
	fprintf(stderr, "%s: %zu bytes\n", name, size);
	LLVMFuzzerTestOneInput(data, size);
	free(data);
	return 0;
}

int main(int argc, char **argv)
{
	int failed = argc < 2;

	for (int i = 1; i < argc; i++)
		failed |= replay(argv[i]);
	return failed;
}
