#include "flags.h"

#include <string.h>

/* The row whose name is the first len bytes of text. */
static const struct flag *find(
    const struct flag *flags, size_t n, const char *text, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(flags[i].name) == len &&
		    memcmp(flags[i].name, text, len) == 0)
			return &flags[i];
	return NULL;
}

/* Reads argv[at]; *used becomes how many arguments it takes. */
static bool take_one(const struct flag *flags, size_t n, char **argv, int left,
    int *used, struct err *e)
{
	const char *text = argv[0] + 2;
	const char *equals = strchr(text, '=');
	size_t len = equals ? (size_t)(equals - text) : strlen(text);
	const struct flag *f = find(flags, n, text, len);

	*used = 1;
	if (!f)
		return err_set(e, ERR_INPUT, "there is no such option");
	if (f->on) {
		if (equals)
			return err_set(
			    e, ERR_INPUT, "--%s takes no value", f->name);
		*f->on = true;
		return true;
	}
	if (*f->text)
		return err_set(e, ERR_INPUT, "--%s is given twice", f->name);
	*f->text = equals ? equals + 1 : left > 1 ? argv[1] : NULL;
	*used = equals ? 1 : 2;
	if (!*f->text || (*f->text)[0] == '\0')
		return err_set(e, ERR_INPUT, "--%s takes a value", f->name);
	return true;
}

bool flags_take(
    const struct flag *flags, size_t n, int *argc, char **argv, struct err *e)
{
	int to = 1, from = 1, used;

	while (from < *argc) {
		if (strcmp(argv[from], "--") == 0) {
			from++;
			break;
		}
		if (strncmp(argv[from], "--", 2) != 0) {
			argv[to++] = argv[from++];
			continue;
		}
		if (!take_one(flags, n, argv + from, *argc - from, &used, e))
			return false;
		from += used;
	}
	while (from < *argc)
		argv[to++] = argv[from++];
	*argc = to;
	argv[to] = NULL;
	return true;
}
