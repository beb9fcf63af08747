/* The keys of the configuration and how their values are checked. */
#ifndef BUDGETMAP_APP_CONFIG_KEY_H
#define BUDGETMAP_APP_CONFIG_KEY_H

#include "base/str.h"
#include "config.h"

enum config_type {
	TYPE_TEXT, /* any text, may be empty */
	TYPE_PATH, /* not empty */
	TYPE_SOCKET, /* fits into a socket address */
	TYPE_URL, /* empty or http(s) */
	TYPE_BASE, /* http(s), without a slash at the end */
	TYPE_INT,
	TYPE_MODE, /* octal */
	TYPE_LEVEL
};

struct config_key {
	const char *name;
	enum config_type type;
	size_t field; /* its offset in struct config */
	const char *fallback;
	int min, max; /* numbers */
	const char *text; /* what it is */
};

enum { CONFIG_NAME_SIZE = 32 };

extern const struct config_key config_keys[];
extern const int config_n_keys;

/* log_level by its number. */
extern const char *const config_levels[LOG_LEVEL_DEBUG + 1];

/* The number of a key; '-' stands for '_' where dashes is set. -1: unknown. */
int config_key_find(struct str name, bool dashes);

/* Checks a value and stores it in its field. ERR_INPUT names the key. */
bool config_key_store(struct config *c, const struct config_key *k,
    struct str value, struct err *e) __attribute__((warn_unused_result));

/* The value of a key as text that config_key_store takes. */
void config_key_write(
    struct buf *out, const struct config *c, const struct config_key *k);

#endif
