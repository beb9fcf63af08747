#include "command.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "config.h"

enum {
	OUTPUT_MAX = 256 * 1024,
	KEEP_IDLE = 32, /* connections each nginx worker keeps to ours */
	HOST_MAX = 300
};

/* What the page may load and from where (CSP level 3); the base map's host goes
 * into img-src. */
static const char policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:%s%s; connect-src 'self'; font-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'";

/* nginx expands '$' and knows no escape for it. */
static bool is_nginx_text(const char *text)
{
	return strpbrk(text, "\"\\$\n") == NULL;
}

/* The origin of a tile address as a CSP source: scheme, host and port, where
 * "{s}." means any subdomain. Empty when there is none. */
static void tile_source(char out[static HOST_MAX], const char *url)
{
	static const char subdomain[] = "{s}.";
	const char *host = strstr(url, "://");
	size_t scheme, len;

	out[0] = '\0';
	if (host == NULL)
		return;
	host += 3;
	scheme = (size_t)(host - url);
	if (strncmp(host, subdomain, sizeof subdomain - 1) == 0) {
		host += sizeof subdomain - 1;
		len = strcspn(host, "/?#{");
		(void)snprintf(out, HOST_MAX, "%.*s*.%.*s", (int)scheme, url,
		    (int)len, host);
		return;
	}
	len = strcspn(host, "/?#{");
	(void)snprintf(
	    out, HOST_MAX, "%.*s%.*s", (int)scheme, url, (int)len, host);
}

static bool write_nginx(struct buf *out, const struct config *c, struct err *e)
{
	char source[HOST_MAX];

	if (!is_nginx_text(c->socket) || !is_nginx_text(c->html_dir))
		return err_set(e, ERR_INPUT,
		    "socket and html_dir must be without quotes, \\ and $ "
		    "for nginx");
	tile_source(source, c->tile_url);
	buf_add_text(out, "# Made by `budgetmap config --nginx`: make it again "
			  "when the configuration changes.\n");
	buf_add_format(out,
	    "upstream budgetmap {\n"
	    "    server \"unix:%s\" max_fails=0;\n"
	    "    keepalive %d;\n"
	    "    keepalive_requests 1000000;\n"
	    "}\n",
	    c->socket, KEEP_IDLE);
	buf_add_format(out,
	    "map $host $budgetmap_html {\n    default \"%s\";\n}\n",
	    c->html_dir);
	buf_add_format(out,
	    "map $host $budgetmap_base {\n    default \"%s\";\n}\n",
	    c->base_url);
	buf_add_text(out, "map $host $budgetmap_csp {\n    default \"");
	buf_add_format(out, policy, source[0] != '\0' ? " " : "", source);
	buf_add_text(out, "\";\n}\n");
	return true;
}

static bool write_all(
    struct buf *out, const struct config *c, bool nginx, struct err *e)
{
	if (nginx && !write_nginx(out, c, e))
		return false;
	if (!nginx)
		config_write(out, c);
	if (out->failed)
		return err_no_memory(e);
	if (fwrite(out->data, 1, out->len, stdout) != out->len ||
	    fflush(stdout) != 0)
		return err_set(e, ERR_SYSTEM, "cannot write the output");
	return true;
}

int cmd_config(const struct command *c, int argc, char **argv)
{
	struct config config;
	struct err e = { 0 };
	struct buf out;
	bool nginx, good;

	if (!config_load(&config, &argc, argv, &e))
		return command_fail(c, &e);
	nginx = argc == 2 && strcmp(argv[1], "--nginx") == 0;
	if (argc > 1 && !nginx) {
		config_free(&config);
		return command_usage(c);
	}
	buf_init(&out, OUTPUT_MAX);
	good = write_all(&out, &config, nginx, &e);
	buf_free(&out);
	config_free(&config);
	return good ? COMMAND_OK : command_fail(c, &e);
}
