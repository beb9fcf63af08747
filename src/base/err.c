#include "base/err.h"

#include <stdio.h>
#include <string.h>

/* Cuts a text that vsnprintf shortened at the edge of a character. */
static void trim_partial_character(char *text)
{
	size_t end = strlen(text);
	size_t start = end;

	while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
		start--;
	if (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0xC0)
		text[start - 1] = '\0';
}

bool err_set(struct err *e, enum err_code code, const char *text, ...)
{
	va_list args;
	int length;

	if (!e || e->code != ERR_NONE)
		return false;
	e->code = code;
	va_start(args, text);
	length = vsnprintf(e->text, sizeof(e->text), text, args);
	va_end(args);
	if (length >= (int)sizeof(e->text))
		trim_partial_character(e->text);
	return false;
}

bool err_no_memory(struct err *e)
{
	return err_set(e, ERR_MEMORY, "out of memory");
}

bool err_no_room(struct err *e)
{
	return err_set(e, ERR_MEMORY, "the request needs too much memory");
}

bool err_detail(struct err *e, const char *text, ...)
{
	va_list args;

	if (!e || e->detail[0] != '\0')
		return false;
	va_start(args, text);
	vsnprintf(e->detail, sizeof(e->detail), text, args);
	va_end(args);
	return false;
}

bool err_param(struct err *e, const char *name)
{
	if (e)
		snprintf(e->param, sizeof(e->param), "%s", name);
	return false;
}

void err_clear(struct err *e)
{
	*e = (struct err){ .code = ERR_NONE };
}
