#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config_key.h"

enum { TEXTS_LIMIT = 256 * 1024 };

static const char *const origins[] = { "default", "file", "environment",
	"flag" };

static bool store_from(struct config *c, int key, struct str s,
    enum config_from from, struct err *e)
{
	if (!config_key_store(c, &config_keys[key], s, e))
		return false;
	c->from[key] = from;
	return true;
}

/* What the command line gives, by key; NULL: nothing. */
struct flags {
	const char *values[CONFIG_KEYS_MAX];
	const char *file;
};

/* Puts the value of an option where it belongs. Returns how many arguments it
 * took: 0 when it is not ours, -1 when its value is missing. */
static int take_option(struct flags *f, int argc, char **argv, int at)
{
	struct str rest = str_from(argv[at] + 2), name = str_cut(&rest, '=');
	int key = config_key_find(name, true);
	bool is_file = str_is(name, "config");
	const char *value = rest.data;
	int taken = 1;

	if (key < 0 && !is_file)
		return 0;
	if (value == NULL) {
		if (at + 1 >= argc)
			return -1;
		value = argv[at + 1];
		taken = 2;
	}
	if (is_file)
		f->file = value;
	else
		f->values[key] = value;
	return taken;
}

static bool read_flags(struct flags *f, int *argc, char **argv, struct err *e)
{
	int kept = 0, at = 0;

	while (at < *argc && strcmp(argv[at], "--") != 0) {
		int taken = 0;

		if (at > 0 && strncmp(argv[at], "--", 2) == 0)
			taken = take_option(f, *argc, argv, at);
		if (taken < 0)
			return err_set(
			    e, ERR_INPUT, "%s needs a value", argv[at]);
		if (taken == 0)
			argv[kept++] = argv[at++];
		at += taken;
	}
	while (at < *argc)
		argv[kept++] = argv[at++];
	*argc = kept;
	argv[kept] = NULL;
	return true;
}

static bool read_line(struct config *c, struct str line, struct err *e)
{
	struct str rest = str_trim(line), name;
	int key;

	if (rest.len == 0 || rest.data[0] == '#')
		return true;
	name = str_trim(str_cut(&rest, '='));
	if (rest.data == NULL)
		return err_set(e, ERR_INPUT, "a line must be key = value");
	key = config_key_find(name, false);
	if (key < 0)
		return err_set(e, ERR_INPUT, "there is no such key");
	return store_from(c, key, str_trim(rest), CONFIG_FILE, e);
}

/* Says where in the file it failed. */
static bool fail_at(
    const char *path, int line, const struct err *why, struct err *e)
{
	err_set(e, why->code, "%s line %d: %s", path, line, why->text);
	return err_param(e, why->param);
}

static bool read_lines(
    struct config *c, FILE *in, const char *path, struct err *e)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t n;
	int number = 0;
	bool good = true;

	while (good && (n = getline(&line, &size, in)) >= 0) {
		struct err why = { 0 };

		number++;
		good = read_line(c, (struct str){ line, (size_t)n }, &why);
		if (!good)
			fail_at(path, number, &why, e);
	}
	free(line);
	if (good && ferror(in)) {
		err_set(e, ERR_SYSTEM, "cannot read %s", path);
		return err_detail(e, "%s", strerror(errno));
	}
	return good;
}

static bool read_file(
    struct config *c, const char *path, bool must_exist, struct err *e)
{
	FILE *in = fopen(path, "re");
	bool good;

	if (in == NULL && errno == ENOENT && !must_exist)
		return true;
	if (in == NULL) {
		err_set(e, errno == ENOENT ? ERR_MISSING : ERR_SYSTEM,
		    "cannot open %s", path);
		return err_detail(e, "%s", strerror(errno));
	}
	c->file = arena_copy(&c->texts, path, strlen(path));
	good = read_lines(c, in, path, e);
	(void)fclose(in);
	return good;
}

static const char *environment_of(const struct config_key *k)
{
	char name[CONFIG_NAME_SIZE + sizeof "BUDGETMAP_"] = "BUDGETMAP_";
	size_t n = strlen(name);

	for (const char *p = k->name; *p != '\0'; p++)
		name[n++] =
		    *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
	name[n] = '\0';
	return getenv(name);
}

static bool fill(struct config *c, const struct flags *f, struct err *e)
{
	const char *named = f->file ? f->file : getenv("BUDGETMAP_CONFIG");
	const char *path =
	    named ? named : SYSCONFDIR "/budgetmap/budgetmap.conf";

	for (int i = 0; i < config_n_keys; i++)
		if (!store_from(c, i, str_from(config_keys[i].fallback),
			CONFIG_DEFAULT, e))
			return false;
	if (!read_file(c, path, named != NULL, e))
		return false;
	for (int i = 0; i < config_n_keys; i++) {
		const char *text = environment_of(&config_keys[i]);

		if (text != NULL &&
		    !store_from(c, i, str_from(text), CONFIG_ENVIRONMENT, e))
			return false;
		if (f->values[i] != NULL &&
		    !store_from(c, i, str_from(f->values[i]), CONFIG_FLAG, e))
			return false;
	}
	return true;
}

bool config_load(struct config *out, int *argc, char **argv, struct err *e)
{
	struct config c = { 0 };
	struct flags f = { 0 };

	arena_init(&c.texts, TEXTS_LIMIT);
	if (!read_flags(&f, argc, argv, e) || !fill(&c, &f, e)) {
		config_free(&c);
		return false;
	}
	*out = c;
	return true;
}

void config_free(struct config *c)
{
	arena_free(&c->texts);
}

void config_write(struct buf *out, const struct config *c)
{
	for (int i = 0; i < config_n_keys; i++) {
		const struct config_key *k = &config_keys[i];

		buf_add_format(out, "# %s (%s)\n%s = ", k->text,
		    origins[c->from[i]], k->name);
		config_key_write(out, c, k);
		buf_add_char(out, '\n');
	}
}

void config_describe(struct buf *out)
{
	for (int i = 0; i < config_n_keys; i++) {
		const struct config_key *k = &config_keys[i];

		buf_add_format(out, "  %-17s %s", k->name, k->text);
		if (k->fallback[0] != '\0')
			buf_add_format(out, " [%s]", k->fallback);
		buf_add_char(out, '\n');
	}
}
