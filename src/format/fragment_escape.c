#include "format/fragment.h"

#include <string.h>

enum { HEX_DIGITS = 4 };

static bool read_hex(struct str s, unsigned *out)
{
	unsigned value = 0;

	if (s.len < HEX_DIGITS)
		return false;
	for (size_t i = 0; i < HEX_DIGITS; i++) {
		char c = s.data[i];

		if (c >= '0' && c <= '9')
			value = value << 4 | (unsigned)(c - '0');
		else if (c >= 'A' && c <= 'F')
			value = value << 4 | (unsigned)(c - 'A' + 10);
		else
			return false;
	}
	*out = value;
	return true;
}

/* What json_add_string escapes lies below the surrogates. */
static size_t put_code(char *out, unsigned code)
{
	if (code >= 0xD800)
		return 0;
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xC0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3F));
		return 2;
	}
	out[0] = (char)(0xE0 | code >> 12);
	out[1] = (char)(0x80 | (code >> 6 & 0x3F));
	out[2] = (char)(0x80 | (code & 0x3F));
	return 3;
}

size_t fragment_take_escape(
    struct str *rest, char out[static FRAGMENT_ESCAPE_MAX])
{
	static const char letters[] = "\"\\/bfnrt", codes[] = "\"\\/\b\f\n\r\t";
	const char *letter;
	unsigned code;

	if (rest->len < 2 || rest->data[0] != '\\')
		return 0;
	letter = memchr(letters, rest->data[1], sizeof(letters) - 1);
	rest->data += 2;
	rest->len -= 2;
	if (letter) {
		out[0] = codes[letter - letters];
		return 1;
	}
	if (rest->data[-1] != 'u' || !read_hex(*rest, &code))
		return 0;
	rest->data += HEX_DIGITS;
	rest->len -= HEX_DIGITS;
	return put_code(out, code);
}
