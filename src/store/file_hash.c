#include "store/file_hash.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

enum { CHUNK = 65536 };

/* A pipe cannot be read twice, and a device may never end. */
static bool check_kind(FILE *file, long most, struct err *e)
{
	struct stat s;

	if (fstat(fileno(file), &s) != 0 || !S_ISREG(s.st_mode) ||
	    fseek(file, 0, SEEK_SET) != 0)
		return err_set(e, ERR_INPUT,
		    "The file must be one that can be read twice.");
	return s.st_size <= most ||
	       err_set(e, ERR_LIMIT, "The file is longer than %ld MiB.",
		   most >> 20);
}

bool file_hash(FILE *file, long most, char out[static FILE_HASH_SIZE],
    long *size, struct err *e)
{
	crypto_hash_sha256_state state;
	unsigned char hash[crypto_hash_sha256_BYTES], chunk[CHUNK];
	size_t n;

	*size = 0;
	if (!check_kind(file, most, e))
		return false;
	crypto_hash_sha256_init(&state);
	while ((n = fread(chunk, 1, sizeof(chunk), file)) > 0) {
		crypto_hash_sha256_update(&state, chunk, n);
		*size += (long)n;
	}
	if (ferror(file) || fseek(file, 0, SEEK_SET) != 0) {
		err_set(e, ERR_SYSTEM, "The file cannot be read.");
		return err_detail(e, "%s", strerror(errno));
	}
	crypto_hash_sha256_final(&state, hash);
	sodium_bin2hex(out, FILE_HASH_SIZE, hash, sizeof(hash));
	return true;
}
