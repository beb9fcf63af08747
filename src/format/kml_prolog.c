#include "kml_prolog.h"

#include <string.h>

/* What may stand before the root besides white space, from mark to end. */
static const struct {
	const char *mark, *end;
} passed_over[] = {
	{ "<!--", "-->" },
	{ "<?", "?>" },
};

enum { N_PASSED_OVER = sizeof(passed_over) / sizeof(passed_over[0]) };

/* The text from the first c on, empty without. */
static struct str from_char(struct str text, char c)
{
	const char *at = text.len > 0 ? memchr(text.data, c, text.len) : NULL;

	if (!at)
		return (struct str){ NULL, 0 };
	return (struct str){ at, text.len - (size_t)(at - text.data) };
}

/* The text behind the first end, empty without. */
static struct str behind(struct str text, const char *end)
{
	while (text.len > 0 && !str_starts(text, end)) {
		text.data++;
		text =
		    from_char((struct str){ text.data, text.len - 1 }, end[0]);
	}
	if (text.len == 0)
		return text;
	return (struct str){ text.data + strlen(end), text.len - strlen(end) };
}

bool kml_has_declaration(struct str text)
{
	for (;;) {
		size_t i;

		text = from_char(text, '<');
		for (i = 0; i < N_PASSED_OVER; i++)
			if (str_starts(text, passed_over[i].mark))
				break;
		if (i == N_PASSED_OVER)
			return str_starts(text, "<!");
		text = behind(text, passed_over[i].end);
	}
}
