#include "command.h"

#include "base/array.h"
#include "base/buf.h"
#include "store/bin.h"

#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE_SIZE = 4096 };

static const struct {
	int code;
	const char *meaning;
} exits[] = {
	{ COMMAND_OK, "done" },
	{ COMMAND_FAILED, "the system failed: disk, memory, permission" },
	{ COMMAND_USAGE, "wrong words on the command line" },
	{ COMMAND_REFUSED, "input refused, nothing was applied" },
	{ COMMAND_DAMAGED, "stored data cannot be read or trusted" },
	{ COMMAND_BUSY, "somebody else is writing; try again" },
	{ COMMAND_MISSING, "no such file or record" },
	{ COMMAND_CONFLICT, "contradicts what is stored, e.g. a newer schema" },
};

static const struct {
	enum err_code code;
	int exit;
} failures[] = {
	{ ERR_INPUT, COMMAND_REFUSED },
	{ ERR_MISSING, COMMAND_MISSING },
	{ ERR_GONE, COMMAND_CONFLICT },
	{ ERR_CONFLICT, COMMAND_CONFLICT },
	{ ERR_LIMIT, COMMAND_REFUSED },
	{ ERR_BUSY, COMMAND_BUSY },
	{ ERR_DAMAGED, COMMAND_DAMAGED },
};

void command_print(FILE *out, const char *format, ...)
{
	char line[LINE_SIZE];
	struct buf masked;
	va_list args;

	va_start(args, format);
	(void)vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	buf_init(&masked, 4 * LINE_SIZE);
	bin_add_masked(&masked, str_from(line));
	if (masked.len > 0)
		fwrite(masked.data, 1, masked.len, out);
	buf_free(&masked);
}

int command_fail(const struct command *c, const struct err *e)
{
	size_t i;

	if (e->detail[0] != '\0')
		command_print(stderr, "budgetmap %s: %s (%s)\n", c->name,
		    e->text, e->detail);
	else
		command_print(stderr, "budgetmap %s: %s\n", c->name, e->text);
	for (i = 0; i < LENGTH(failures); i++) {
		if (failures[i].code == e->code)
			return failures[i].exit;
	}
	return COMMAND_FAILED;
}

void command_print_exits(FILE *out)
{
	size_t i;

	for (i = 0; i < LENGTH(exits); i++)
		fprintf(out, "  %-10d %s\n", exits[i].code, exits[i].meaning);
}

int command_usage(const struct command *c)
{
	fprintf(stderr, "usage: budgetmap %s\n", c->usage);
	return COMMAND_USAGE;
}

/* The value of argv[i] when it is the option, NULL otherwise; used becomes how
 * many words it takes. */
static const char *value_at(
    int argc, char **argv, int i, const char *name, int *used)
{
	size_t len = strlen(name);

	if (strncmp(argv[i], name, len) != 0)
		return NULL;
	if (argv[i][len] == '=') {
		*used = 1;
		return argv[i] + len + 1;
	}
	*used = 2;
	return argv[i][len] == '\0' && i + 1 < argc ? argv[i + 1] : NULL;
}

const char *command_take(int *argc, char **argv, const char *name)
{
	const char *value;
	int i, used;

	for (i = 1; i < *argc && strcmp(argv[i], "--") != 0; i++) {
		value = value_at(*argc, argv, i, name, &used);
		if (!value)
			continue;
		*argc -= used;
		for (; i < *argc; i++)
			argv[i] = argv[i + used];
		argv[*argc] = NULL;
		return value;
	}
	return NULL;
}

void command_actor(char out[static COMMAND_ACTOR_SIZE])
{
	const struct passwd *user = getpwuid(getuid());

	if (user)
		snprintf(out, COMMAND_ACTOR_SIZE, "%s", user->pw_name);
	else
		snprintf(out, COMMAND_ACTOR_SIZE, "uid %ld", (long)getuid());
}
