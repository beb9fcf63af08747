#include "tools/zip_file.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

static void must(int good)
{
	if (!good)
		abort();
}

char *zip_file_make(const struct zip_entry *entries, size_t n, size_t *len)
{
	zip_error_t why;
	zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, &why);
	zip_t *zip;
	zip_stat_t st;
	char *data;

	must(memory != NULL);
	zip_source_keep(memory);
	zip = zip_open_from_source(memory, ZIP_TRUNCATE, &why);
	must(zip != NULL);
	for (size_t i = 0; i < n; i++) {
		zip_source_t *from = zip_source_buffer(
		    zip, entries[i].data.data, entries[i].data.len, 0);

		must(from && zip_file_add(zip, entries[i].name, from,
				 ZIP_FL_ENC_UTF_8) >= 0);
	}
	must(zip_close(zip) == 0);
	must(zip_source_open(memory) == 0 && zip_source_stat(memory, &st) == 0);
	*len = st.size;
	data = malloc(*len + 1);
	must(data && zip_source_read(memory, data, *len) == (zip_int64_t)*len);
	zip_source_close(memory);
	zip_source_free(memory);
	return data;
}
