#include "api/names.h"

#include "api/fragment.h"
#include "api/source.h"

#include <stdlib.h>
#include <string.h>

static int by_kato(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	size_t len = x->kato.len < y->kato.len ? x->kato.len : y->kato.len;
	int order = memcmp(x->kato.data, y->kato.data, len);

	return order
		   ? order
		   : (x->kato.len > y->kato.len) - (x->kato.len < y->kato.len);
}

static struct str text_value(const struct value *v)
{
	return v->type == VALUE_TEXT ? v->text : (struct str){ 0 };
}

bool names_read(struct names *out, struct call *c, struct err *e)
{
	const struct snapshot *s = source_districts_now(c, e);
	uint32_t n = s ? snapshot_count(s) : 0;
	struct name *rows = arena_array(c->x->arena, n + 1, sizeof(*rows));

	if (!s)
		return false;
	if (!rows)
		return err_no_room(e);
	for (uint32_t i = 0; i < n; i++) {
		struct feature f;

		if (!fragment_read_values(&f, s, i, c->x->arena, e))
			return false;
		rows[i].kato = f.public_id;
		for (int k = 0; k < LANG_COUNT; k++)
			rows[i].title[k] =
			    text_value(&f.values[DISTRICT_NAME_KK + k]);
		rows[i].generalised =
		    f.values[DISTRICT_GENERALISED].type == VALUE_BOOL &&
		    f.values[DISTRICT_GENERALISED].integer;
	}
	qsort(rows, n, sizeof(*rows), by_kato);
	*out = (struct names){ rows, n, snapshot_change(s) };
	return true;
}

const struct name *names_find(const struct names *names, struct str kato)
{
	for (size_t i = 0; i < names->n; i++)
		if (str_equal(names->rows[i].kato, kato))
			return &names->rows[i];
	return NULL;
}

struct str names_title(const struct names *names, struct str kato, int lang)
{
	const struct name *row = names_find(names, kato);

	if (!row)
		return kato;
	if (row->title[lang].len)
		return row->title[lang];
	for (int k = 0; k < LANG_COUNT; k++)
		if (row->title[k].len)
			return row->title[k];
	return kato;
}
