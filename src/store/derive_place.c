#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "geo/geos.h"
#include "geo/hilbert.h"
#include "store/derived.h"

enum {
	KATO_DIGITS = 9,
	UNIT_DIGITS = 4, /* of a KATO that name the district or city */
	SET_MEMORY = 256 << 20,
	NAMES_LIMIT = 4096,
};

struct member {
	char kato[KATO_DIGITS + 1];
	struct str names;
	const struct geom *geom;
	struct geos_prepared *prepared;
};

struct district_set {
	struct geos *geos;
	struct arena arena;
	struct member members[DISTRICTS_MAX];
	int n;
	bool generalised;
};

static bool fold_names(
    struct district_set *set, struct member *m, sqlite3_stmt *s, struct err *e)
{
	struct buf b;
	int i;

	buf_init(&b, NAMES_LIMIT);
	for (i = 0; i < 3; i++) {
		struct str name = sql_text(s, 1 + i);

		if (i > 0)
			buf_add_char(&b, ' ');
		if (name.len > 0 && !utf8_add_folded(&b, name))
			b.failed = true;
	}
	m->names.data =
	    b.failed ? NULL : arena_copy(&set->arena, b.data, b.len);
	m->names.len = b.len;
	buf_free(&b);
	if (!m->names.data)
		return err_no_memory(e);
	return true;
}

static bool add_member(struct district_set *set, sqlite3_stmt *s, struct err *e)
{
	struct member *m = &set->members[set->n];
	struct str kato = sql_text(s, 0);

	if (set->n == DISTRICTS_MAX || kato.len != KATO_DIGITS)
		return err_set(e, ERR_LIMIT,
		    "There are more than %d districts in force.",
		    DISTRICTS_MAX);
	memcpy(m->kato, kato.data, KATO_DIGITS);
	set->generalised |= sql_integer(s, 4) != 0;
	if (!fold_names(set, m, s, e) ||
	    !sql_geom(s, 5, &set->arena, &m->geom, e))
		return false;
	if (m->geom) {
		m->prepared = geos_prepare(set->geos, m->geom);
		if (!m->prepared)
			return err_no_memory(e);
	}
	set->n++;
	return true;
}

static bool load(struct district_set *set, struct db *d, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(d,
	    "SELECT kato, name_kk, name_ru, name_en, generalised, geom "
	    "FROM district WHERE valid_to IS NULL ORDER BY kato",
	    e);
	enum sql_step step;

	if (!s)
		return false;
	while ((step = sql_step(d, s, e)) == SQL_ROW) {
		if (!add_member(set, s, e)) {
			sqlite3_reset(s);
			return false;
		}
	}
	return step == SQL_DONE;
}

struct district_set *district_set_open(struct db *d, struct err *e)
{
	struct district_set *set = mem_alloc(sizeof(*set));

	if (!set) {
		err_no_memory(e);
		return NULL;
	}
	memset(set, 0, sizeof(*set));
	arena_init(&set->arena, SET_MEMORY);
	set->geos = geos_open();
	if (!set->geos)
		err_no_memory(e);
	else if (load(set, d, e))
		return set;
	district_set_close(set);
	return NULL;
}

void district_set_close(struct district_set *set)
{
	int i;

	if (!set)
		return;
	for (i = 0; i < DISTRICTS_MAX; i++) {
		if (set->members[i].prepared)
			geos_prepared_close(set->members[i].prepared);
	}
	if (set->geos)
		geos_close(set->geos);
	arena_free(&set->arena);
	mem_free(set);
}

struct str district_set_names(const struct district_set *set, int number)
{
	if (number < 0 || number >= set->n)
		return (struct str){ NULL, 0 };
	return set->members[number].names;
}

/* A code of an okrug or settlement counts for the district it lies in. */
static uint8_t declared_home(const struct district_set *set, struct str kato)
{
	int i;

	if (kato.len != KATO_DIGITS)
		return DISTRICT_NONE;
	for (i = 0; i < set->n; i++) {
		if (memcmp(set->members[i].kato, kato.data, UNIT_DIGITS) == 0)
			return (uint8_t)i;
	}
	return DISTRICT_NONE;
}

static uint8_t home_of_point(const struct district_set *set, struct position p)
{
	int i;

	for (i = 0; i < set->n; i++) {
		const struct geom *g = set->members[i].geom;

		if (g && bbox_has_point(&g->box, p.lon, p.lat) &&
		    geom_has_point(g, p.lon, p.lat))
			return (uint8_t)i;
	}
	return DISTRICT_NONE;
}

static uint64_t touched_districts(
    const struct district_set *set, const struct geom *g)
{
	uint64_t bits = 0;
	int i;

	for (i = 0; i < set->n; i++) {
		const struct member *m = &set->members[i];

		if (m->geom && bbox_intersects(&m->geom->box, &g->box) &&
		    geos_prepared_intersects(m->prepared, g))
			bits |= UINT64_C(1) << i;
	}
	return bits;
}

static uint64_t bit_of(uint8_t home)
{
	return home == DISTRICT_NONE ? 0 : UINT64_C(1) << home;
}

/* While the borders are generalised a declared district is better than what
 * they say. */
void derive_place(struct derived *out, const struct district_set *set,
    const struct subject *p)
{
	uint8_t declared = declared_home(set, p->kato);

	out->facts.home = declared;
	out->has_anchor = p->geom != NULL;
	if (!p->geom) {
		out->key = HILBERT_NOWHERE;
		out->anchor = (struct position){ 0, 0 };
		out->facts.districts = bit_of(declared);
		return;
	}
	out->anchor = geom_anchor(p->geom);
	out->key = hilbert_of(out->anchor.lon, out->anchor.lat);
	if (declared == DISTRICT_NONE)
		out->facts.home = home_of_point(set, out->anchor);
	if (set->generalised && declared != DISTRICT_NONE)
		out->facts.districts = bit_of(declared);
	else
		out->facts.districts = touched_districts(set, p->geom);
}
