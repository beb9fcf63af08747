/* The configuration: flag over environment over file over default. */
#ifndef BUDGETMAP_APP_CONFIG_H
#define BUDGETMAP_APP_CONFIG_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/log.h"

#include <stdbool.h>
#include <stddef.h>

enum { CONFIG_KEYS_MAX = 40 };

enum config_from {
	CONFIG_DEFAULT,
	CONFIG_FILE,
	CONFIG_ENVIRONMENT,
	CONFIG_FLAG
};

/* One field a key, checked. Texts are never NULL. */
struct config {
	const char *database;
	const char *snapshot_dir;
	const char *socket;
	int socket_mode;
	int processes, threads; /* threads of each process */
	const char *base_url; /* no slash at the end */
	const char *data_licence, *data_licence_url;
	const char *attribution[3], *service_title[3]; /* kk, ru, en */
	const char *contact;
	const char *tile_url, *tile_attribution;
	const char *html_dir;
	int log_level; /* enum log_level */
	int cache_seconds;
	int request_memory; /* MiB */
	int time_limit_ms;

	const char *file; /* the file that was read; NULL: none */
	enum config_from from[CONFIG_KEYS_MAX];
	struct arena texts; /* owns the texts */
};

/* Reads the configuration for a command. Takes "--config FILE" and
 * "--KEY VALUE" or "--KEY=VALUE" of every key ('-' stands for '_') out of argv
 * wherever they stand before "--", and lowers *argc; what is left belongs to
 * the command. The environment has BUDGETMAP_CONFIG and BUDGETMAP_<KEY>. The
 * default file may be missing, a named one must not. ERR_INPUT names file, line
 * and key. */
bool config_load(struct config *out, int *argc, char **argv, struct err *e)
    __attribute__((warn_unused_result));
void config_free(struct config *c);

/* Appends every key with its value and where it came from, as a file that
 * config_load reads. */
void config_write(struct buf *out, const struct config *c);

/* Appends every key with default and meaning, for --help and the manual. */
void config_describe(struct buf *out);

#endif
