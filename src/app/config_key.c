#include "config_key.h"

#include <stddef.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"

enum { VALUE_MAX = 1024, N_LEVELS = LOG_LEVEL_DEBUG + 1 };

#define FIELD(name) offsetof(struct config, name)

const struct config_key config_keys[] = {
	{ "database", TYPE_PATH, FIELD(database), STATEDIR "/budgetmap.db", 0,
	    0, "the SpatiaLite database" },
	{ "snapshot_dir", TYPE_PATH, FIELD(snapshot_dir), STATEDIR "/snapshots",
	    0, 0, "folder of the indexes derived from it" },
	{ "socket", TYPE_SOCKET, FIELD(socket), RUNDIR "/worker.sock", 0, 0,
	    "unix socket that nginx connects to" },
	{ "socket_mode", TYPE_MODE, FIELD(socket_mode), "0660", 0, 0777,
	    "its permissions, octal" },
	{ "processes", TYPE_INT, FIELD(processes), "2", 1, 64,
	    "worker processes" },
	{ "threads", TYPE_INT, FIELD(threads), "8", 1, 64,
	    "threads of each; those beyond the processors work when requests "
	    "are slow" },
	{ "base_url", TYPE_BASE, FIELD(base_url), "http://127.0.0.1:8080", 0, 0,
	    "public address, without a slash at the end" },
	{ "data_licence", TYPE_TEXT, FIELD(data_licence), "CC BY 4.0", 0, 0,
	    "licence of the data" },
	{ "data_licence_url", TYPE_URL, FIELD(data_licence_url),
	    "https://creativecommons.org/licenses/by/4.0/", 0, 0,
	    "address of its text" },
	{ "attribution_kk", TYPE_TEXT, FIELD(attribution[0]),
	    "Түркістан облысының әкімдігі", 0, 0,
	    "who publishes the data, in Kazakh" },
	{ "attribution_ru", TYPE_TEXT, FIELD(attribution[1]),
	    "Акимат Туркестанской области", 0, 0, "in Russian" },
	{ "attribution_en", TYPE_TEXT, FIELD(attribution[2]),
	    "Akimat of Turkistan oblast", 0, 0, "in English" },
	{ "service_title_kk", TYPE_TEXT, FIELD(service_title[0]),
	    "Ашық бюджеттік интерактивті картасы", 0, 0,
	    "name of the service, in Kazakh" },
	{ "service_title_ru", TYPE_TEXT, FIELD(service_title[1]),
	    "Интерактивная карта открытого бюджета", 0, 0, "in Russian" },
	{ "service_title_en", TYPE_TEXT, FIELD(service_title[2]),
	    "Open Budget Interactive Map", 0, 0, "in English" },
	{ "contact", TYPE_TEXT, FIELD(contact), "", 0, 0,
	    "mail or web address for questions about the data" },
	{ "tile_url", TYPE_URL, FIELD(tile_url), "", 0, 0,
	    "base map, e.g. https://host/{z}/{x}/{y}.png; empty: none" },
	{ "tile_attribution", TYPE_TEXT, FIELD(tile_attribution), "", 0, 0,
	    "who must be named on it" },
	{ "html_dir", TYPE_PATH, FIELD(html_dir), PKGDATADIR "/html", 0, 0,
	    "folder of the page" },
	{ "log_level", TYPE_LEVEL, FIELD(log_level), "info", 0, 0,
	    "error, warn, info (one line a request) or debug" },
	{ "cache_seconds", TYPE_INT, FIELD(cache_seconds), "10", 0, 86400,
	    "how long browsers may keep an answer" },
	{ "request_memory", TYPE_INT, FIELD(request_memory), "64", 1, 4096,
	    "memory of one request, MiB" },
	{ "time_limit_ms", TYPE_INT, FIELD(time_limit_ms), "10000", 100, 300000,
	    "time of one request, milliseconds" },
};

const int config_n_keys = LENGTH(config_keys);

_Static_assert(
    LENGTH(config_keys) <= CONFIG_KEYS_MAX, "config.from is too small");

const char *const config_levels[N_LEVELS] = { "error", "warn", "info",
	"debug" };

int config_key_find(struct str name, bool dashes)
{
	char text[CONFIG_NAME_SIZE];

	if (name.len >= sizeof text)
		return -1;
	for (size_t i = 0; i < name.len; i++)
		text[i] = dashes && name.data[i] == '-' ? '_' : name.data[i];
	text[name.len] = '\0';
	for (int i = 0; i < config_n_keys; i++)
		if (strcmp(config_keys[i].name, text) == 0)
			return i;
	return -1;
}

static bool refuse(const struct config_key *k, const char *why, struct err *e)
{
	err_set(e, ERR_INPUT, "%s %s", k->name, why);
	return err_param(e, k->name);
}

static bool is_clean(struct str s)
{
	if (s.len > VALUE_MAX || !utf8_valid(s))
		return false;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.data[i];

		if (c < 0x20 || c == 0x7f)
			return false;
	}
	return true;
}

static bool is_url(struct str s)
{
	static const char forbidden[] = " \"'<>\\^`|;$";

	if (!str_starts(s, "https://") && !str_starts(s, "http://"))
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (strchr(forbidden, s.data[i]) != NULL)
			return false;
	return true;
}

static void set_text(
    struct config *c, const struct config_key *k, const char *text)
{
	memcpy((char *)c + k->field, &text, sizeof text);
}

static void set_int(struct config *c, const struct config_key *k, int value)
{
	memcpy((char *)c + k->field, &value, sizeof value);
}

static bool store_text(
    struct config *c, const struct config_key *k, struct str s, struct err *e)
{
	char *copy = arena_copy(&c->texts, s.data, s.len);

	if (copy == NULL)
		return err_no_memory(e);
	set_text(c, k, copy);
	return true;
}

static bool store_base(
    struct config *c, const struct config_key *k, struct str s, struct err *e)
{
	if (!is_url(s) || memchr(s.data, '?', s.len) != NULL ||
	    memchr(s.data, '#', s.len) != NULL)
		return refuse(k, "must be an http or https address", e);
	while (s.len > 0 && s.data[s.len - 1] == '/')
		s.len--;
	return store_text(c, k, s, e);
}

static bool store_int(
    struct config *c, const struct config_key *k, struct str s, struct err *e)
{
	int64_t value;

	if (!str_to_int64(s, &value) || value < k->min || value > k->max) {
		err_set(e, ERR_INPUT, "%s must be a whole number from %d to %d",
		    k->name, k->min, k->max);
		return err_param(e, k->name);
	}
	set_int(c, k, (int)value);
	return true;
}

static bool store_mode(
    struct config *c, const struct config_key *k, struct str s, struct err *e)
{
	int mode = 0;

	for (size_t i = 0; i < s.len && mode <= k->max; i++) {
		if (s.data[i] < '0' || s.data[i] > '7')
			mode = k->max + 1;
		else
			mode = mode * 8 + (s.data[i] - '0');
	}
	if (s.len == 0 || mode > k->max)
		return refuse(k, "must be an octal number up to 0777", e);
	set_int(c, k, mode);
	return true;
}

static bool store_level(
    struct config *c, const struct config_key *k, struct str s, struct err *e)
{
	for (int i = 0; i < N_LEVELS; i++) {
		if (str_is(s, config_levels[i])) {
			set_int(c, k, i);
			return true;
		}
	}
	return refuse(k, "must be error, warn, info or debug", e);
}

/* The longest path a socket address takes, without its NUL. */
enum { SOCKET_PATH_MAX = 107 };

bool config_key_store(
    struct config *c, const struct config_key *k, struct str s, struct err *e)
{
	if (!is_clean(s))
		return refuse(k, "is too long or not clean text", e);
	switch (k->type) {
	case TYPE_INT:
		return store_int(c, k, s, e);
	case TYPE_MODE:
		return store_mode(c, k, s, e);
	case TYPE_LEVEL:
		return store_level(c, k, s, e);
	case TYPE_BASE:
		return store_base(c, k, s, e);
	case TYPE_URL:
		if (s.len > 0 && !is_url(s))
			return refuse(k, "must be an http or https address", e);
		break;
	case TYPE_SOCKET:
		if (s.len > SOCKET_PATH_MAX)
			return refuse(k, "is too long for a socket", e);
		/* fall through */
	case TYPE_PATH:
		if (s.len == 0)
			return refuse(k, "must not be empty", e);
		break;
	case TYPE_TEXT:
		break;
	}
	return store_text(c, k, s, e);
}

void config_key_write(
    struct buf *out, const struct config *c, const struct config_key *k)
{
	const void *field = (const char *)c + k->field;
	const char *text = NULL;
	int number = 0;

	if (k->type >= TYPE_INT)
		memcpy(&number, field, sizeof number);
	else
		memcpy(&text, field, sizeof text);
	if (text != NULL)
		buf_add_text(out, text);
	else if (k->type == TYPE_MODE)
		buf_add_format(out, "%04o", (unsigned)number);
	else if (k->type == TYPE_LEVEL)
		buf_add_text(out, config_levels[number]);
	else
		buf_add_int(out, number);
}
