#include "config.h"

#include "api/answer.h"

#include "api/catalogue.h"
#include "base/array.h"
#include "base/build_id.h"
#include "base/clock.h"
#include "base/hash.h"
#include "http/negotiate.h"

/* What the program and the configuration put into answers: another one must not
 * be taken for the same entity. */
static uint64_t hash_site(const struct site *site, uint64_t seed)
{
	const struct str program = build_id();
	const char *const texts[] = { PACKAGE_VERSION, site->base_url,
		site->title[LANG_KK], site->title[LANG_RU],
		site->title[LANG_EN], site->attribution[LANG_KK],
		site->attribution[LANG_RU], site->attribution[LANG_EN],
		site->licence, site->licence_url, site->contact };

	seed = hash_bytes(program.data, program.len, seed);
	for (size_t i = 0; i < LENGTH(texts); i++) {
		struct str s = str_from(texts[i]);

		seed = hash_bytes(s.data, s.len, seed + i);
	}
	return seed;
}

/* The normalised request, and the language where it comes from elsewhere. */
static uint64_t hash_request(struct call *c, const char *media)
{
	uint64_t hash;

	buf_add_str(&c->scratch, c->x->request->path);
	url_add_query(&c->scratch, c, NULL, 0);
	buf_add_char(&c->scratch, ' ');
	if (c->x->response->vary & RESPONSE_VARY_LANGUAGE)
		buf_add_text(&c->scratch, lang_codes[c->lang]);
	buf_add_char(&c->scratch, ' ');
	buf_add_text(&c->scratch, media);
	hash = hash_bytes(c->scratch.data, c->scratch.len, 0);
	buf_reset(&c->scratch);
	return hash;
}

bool answer_begin(
    struct call *c, const char *media, int64_t change, int32_t day)
{
	struct response *r = c->x->response;
	const int64_t marks[] = { change, day };
	uint64_t hash = hash_request(c, media);

	hash = hash_site(c->x->site, hash);
	hash = hash_bytes(marks, sizeof(marks), hash);
	r->media = media;
	r->max_age = c->x->site->cache_seconds;
	r->gzip_ok = true;
	response_etag(r, hash);
	return c->x->request->if_none_match.len &&
	       negotiate_none_match(c->x->request->if_none_match, r->etag);
}

bool answer_begin_fixed(struct call *c, const char *media)
{
	return answer_begin(c, media, 0, 0);
}

void answer_in_language(struct call *c)
{
	struct response *r = c->x->response;

	if (!params_has(&c->params, param_lang.name))
		r->vary |= RESPONSE_VARY_LANGUAGE;
	response_header(r, "Content-Language", "%s", lang_codes[c->lang]);
}

void answer_titles(struct json *j, const char *const title[LANG_COUNT])
{
	json_open(j, '{');
	for (int i = 0; i < LANG_COUNT; i++) {
		json_key(j, lang_codes[i]);
		json_text(j, title[i]);
	}
	json_close(j, '}');
}

void answer_source(struct json *j, const struct call *c)
{
	const struct site *site = c->x->site;

	json_key(j, "licence");
	json_text(j, site->licence);
	json_key(j, "licenceUrl");
	json_text(j, site->licence_url);
	json_key(j, "attribution");
	answer_titles(j, site->attribution);
}

void answer_source_of(
    struct json *j, const struct call *c, const struct collection *k)
{
	const char *same[LANG_COUNT];
	char day[CLOCK_DAY_SIZE];

	if (!collection_is_layer(k)) {
		answer_source(j, c);
		return;
	}
	json_key(j, "licence");
	json_text(j, k->licence);
	json_key(j, "attribution");
	for (int i = 0; i < LANG_COUNT; i++)
		same[i] = k->attribution;
	answer_titles(j, same);
	json_key(j, "source");
	json_text(j, k->source);
	json_key(j, "date");
	if (k->date == CLOCK_NO_DAY) {
		json_null(j);
		return;
	}
	clock_day_text(k->date, day);
	json_text(j, day);
}

void answer_version(struct json *j, int64_t version, int64_t published)
{
	char stamp[CLOCK_STAMP_SIZE];

	clock_stamp(published, stamp);
	json_key(j, "timeStamp");
	json_text(j, stamp);
	json_key(j, "dataVersion");
	json_int(j, version);
}

void answer_link(struct json *j, struct call *c, const char *rel,
    const char *type, const char *title)
{
	json_open(j, '{');
	json_key(j, "href");
	json_str(j, buf_str(&c->scratch));
	json_key(j, "rel");
	json_text(j, rel);
	json_key(j, "type");
	json_text(j, type);
	if (title) {
		json_key(j, "title");
		json_text(j, title);
	}
	json_close(j, '}');
	buf_reset(&c->scratch);
}

void answer_link_to(struct json *j, struct call *c, const char *rel,
    const char *type, const char *path, const char *title)
{
	url_add(&c->scratch, c, path);
	answer_link(j, c, rel, type, title);
}

void answer_link_format(struct json *j, struct call *c, const char *rel,
    const char *type, const char *format)
{
	const struct url_change change = { "f", str_from(format) };

	url_add_self(&c->scratch, c, &change, 1);
	answer_link(j, c, rel, type, NULL);
}
