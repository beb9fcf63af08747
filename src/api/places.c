#include "api/places.h"

#include "api/answer.h"
#include "api/media.h"
#include "base/utf8.h"
#include "store/districts.h"

enum { FOLDED_MAX = 4096, DIGITS = 7 };

static void write_name(struct json *j, const char *key, struct str name)
{
	json_key(j, key);
	if (name.data)
		json_str(j, name);
	else
		json_null(j);
}

static bool visit(void *context, const struct place *p, struct err *e)
{
	struct json *j = context;

	(void)e;
	json_open(j, '{');
	write_name(j, "name_kk", p->name[LANG_KK]);
	write_name(j, "name_ru", p->name[LANG_RU]);
	write_name(j, "name_en", p->name[LANG_EN]);
	write_name(j, "kind", p->kind);
	write_name(j, "district", p->kato);
	json_key(j, "lon");
	json_double(j, p->at.lon, DIGITS);
	json_key(j, "lat");
	json_double(j, p->at.lat, DIGITS);
	json_close(j, '}');
	return true;
}

static bool search(struct call *c, struct json *j, struct err *e)
{
	struct str q = params_text(&c->params, param_q.name);
	size_t limit = (size_t)params_int(&c->params, param_limit.name);
	struct buf folded;
	bool done;

	buf_init(&folded, FOLDED_MAX);
	if (q.data && !utf8_add_folded(&folded, q))
		done = err_no_room(e);
	else
		done = places_search(
		    c->x->db, buf_str(&folded), limit, visit, j, e);
	buf_free(&folded);
	return done;
}

static bool answer(struct call *c, struct err *e)
{
	int64_t version, published;
	struct json j;

	if (!db_version(c->x->db, &version, &published, e))
		return false;
	if (answer_begin(c, MEDIA_JSON, version, 0))
		return true;
	json_init(&j, call_text(c));
	json_open(&j, '{');
	answer_version(&j, version, published);
	answer_source(&j, c);
	json_key(&j, "places");
	json_open(&j, '[');
	if (!search(c, &j, e))
		return false;
	json_close(&j, ']');
	json_close(&j, '}');
	buf_add_char(call_text(c), '\n');
	return true;
}

bool places_get(struct call *c, struct err *e)
{
	bool done;

	if (!c->x->db)
		return err_set(
		    e, ERR_DAMAGED, "the data cannot be read at the moment");
	if (!db_read_begin(c->x->db, e))
		return false;
	done = answer(c, e);
	db_read_end(c->x->db);
	return done;
}
