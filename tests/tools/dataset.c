#include "tools/dataset.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/hilbert.h"
#include "query/codes.h"
#include "tools/random.h"

enum {
	LINES_MAX = 4,
	POSITIONS_MAX = 24,
	TEXT_SIZE = 160,
	FIRST_YEAR = 2021,
	YEARS = 6
};

/* Towns of the oblast, as far as a benchmark needs them. */
static const struct position towns[] = {
	{ 68.25, 43.30 },
	{ 69.60, 42.32 },
	{ 68.52, 43.54 },
	{ 69.75, 42.19 },
	{ 68.06, 41.25 },
	{ 68.97, 42.43 },
	{ 70.35, 42.78 },
	{ 69.45, 41.44 },
	{ 67.30, 44.50 },
	{ 68.55, 42.33 },
	{ 70.90, 43.10 },
	{ 69.00, 45.60 },
};

static const struct str katos[DATASET_KATOS] = {
	{ "611600000", 9 },
	{ "612000000", 9 },
	{ "612200000", 9 },
	{ "613600000", 9 },
	{ "613800000", 9 },
	{ "614000000", 9 },
	{ "614200000", 9 },
	{ "614400000", 9 },
	{ "614600000", 9 },
	{ "614800000", 9 },
	{ "615000000", 9 },
	{ "615200000", 9 },
	{ "615400000", 9 },
	{ "615600000", 9 },
	{ "615800000", 9 },
	{ "616000000", 9 },
	{ "616200000", 9 },
};

static const char *const phrases[] = {
	"Жалпы білім беретін мектептің құрылысы",
	"Капитальный ремонт районной больницы",
	"Reconstruction of the village water supply",
	"Балабақшаны ағымдағы жөндеу жұмыстары",
	"Строительство дороги областного значения",
	"Landscaping of the central park, stage \"2\"",
};

static void *must(void *p)
{
	if (!p) {
		fprintf(stderr, "memory is exhausted\n");
		abort();
	}
	return p;
}

static double snap(double v, double grid)
{
	return round(v / grid) * grid;
}

static struct position place_in_oblast(uint64_t *seed)
{
	struct position p =
	    towns[random_below(seed, sizeof(towns) / sizeof(*towns))];
	double spread = random_between(seed, 0, 1);
	double turn = random_between(seed, 0, 6.2831853);
	uint32_t luck = random_below(seed, 40);

	if (luck == 0 && spread < 0.2)
		return p;
	spread = 1.5 * spread * spread * spread;
	p.lon += spread * cos(turn);
	p.lat += spread * sin(turn);
	if (luck == 1)
		p = (struct position){ snap(p.lon, 0.05), snap(p.lat, 0.05) };
	return (struct position){ snap(p.lon, 1e-6), snap(p.lat, 1e-6) };
}

static struct position place_in_world(uint64_t *seed)
{
	static const double lons[] = { -180, 180, 0, 179.99999999, -90 };
	static const double lats[] = { -90, 90, 0, 85.0511287798, -85.06 };
	struct position p = { random_between(seed, -180, 180),
		random_between(seed, -90, 90) };
	uint32_t luck = random_below(seed, 10);

	if (luck == 0)
		p.lon = lons[random_below(seed, 5)];
	if (luck <= 1)
		p.lat = lats[random_below(seed, 5)];
	if (luck >= 7)
		p = (struct position){ 10 + random_below(seed, 3) * 0.5,
			50 + random_below(seed, 3) * 0.5 };
	return p;
}

static struct position clamp(double lon, double lat)
{
	return (struct position){ fmax(-180, fmin(180, lon)),
		fmax(-90, fmin(90, lat)) };
}

/* A geometry under construction. */
struct draft {
	struct position positions[POSITIONS_MAX];
	uint32_t sizes[4], polys[2];
	struct geom parts;
};

static void draft_walk(struct draft *d, struct position from, uint32_t n,
    double step, uint64_t *seed)
{
	struct position *p = d->positions + d->parts.n_positions;

	p[0] = from;
	for (uint32_t i = 1; i < n; i++)
		p[i] = clamp(p[i - 1].lon + random_between(seed, -step, step),
		    p[i - 1].lat + random_between(seed, -step, step));
	d->sizes[d->parts.n_parts++] = n;
	d->parts.n_positions += n;
}

static void draft_ring(struct draft *d, struct position middle, double radius)
{
	enum { CORNERS = 5 };
	struct position *p = d->positions + d->parts.n_positions;

	for (int i = 0; i < CORNERS; i++)
		p[i] = clamp(middle.lon + radius * cos(i * 6.2831853 / CORNERS),
		    middle.lat + radius * sin(i * 6.2831853 / CORNERS));
	p[CORNERS] = p[0];
	d->sizes[d->parts.n_parts++] = CORNERS + 1;
	d->parts.n_positions += CORNERS + 1;
}

static void draft_polygon(
    struct draft *d, struct position middle, double radius, bool hole)
{
	draft_ring(d, middle, radius);
	if (hole)
		draft_ring(d, middle, radius / 2);
	d->polys[d->parts.n_polys++] = hole ? 2 : 1;
}

static void draft_type(
    struct draft *d, struct position p, double size, uint64_t *seed)
{
	switch (d->parts.type) {
	case GEOM_POINT:
		draft_walk(d, p, 1, 0, seed);
		break;
	case GEOM_LINE:
		draft_walk(d, p, 2 + random_below(seed, 6), size, seed);
		break;
	case GEOM_POLYGON:
		draft_polygon(d, p, size, random_below(seed, 2) == 0);
		break;
	case GEOM_MULTIPOINT:
		draft_walk(d, p, 1, 0, seed);
		draft_walk(d, clamp(p.lon + size, p.lat), 1, 0, seed);
		break;
	case GEOM_MULTILINE:
		draft_walk(d, p, 3, size, seed);
		draft_walk(d, clamp(p.lon - size, p.lat), 4, size, seed);
		break;
	case GEOM_MULTIPOLYGON:
		draft_polygon(d, p, size, false);
		draft_polygon(d, clamp(p.lon, p.lat - 3 * size), size, true);
		break;
	}
}

static enum geom_type random_type(uint64_t *seed, enum dataset_kind kind)
{
	static const enum geom_type rare[] = { GEOM_LINE, GEOM_LINE,
		GEOM_POLYGON, GEOM_MULTIPOINT, GEOM_MULTILINE,
		GEOM_MULTIPOLYGON };
	uint32_t ordinary = kind == DATASET_WORLD ? 60 : 95;

	if (random_below(seed, 100) < ordinary)
		return GEOM_POINT;
	return rare[random_below(seed, sizeof(rare) / sizeof(*rare))];
}

/* NULL for one in ten; in the world now and then a huge one. */
static const struct geom *random_geom(
    uint64_t *seed, enum dataset_kind kind, struct arena *a)
{
	bool none = random_below(seed, 10) == 0;
	struct draft d;
	struct position p;
	double size = random_between(seed, 0.0001, 0.05);

	memset(&d, 0, sizeof(d));
	d.parts.positions = d.positions;
	d.parts.part_sizes = d.sizes;
	d.parts.poly_parts = d.polys;
	d.parts.type = random_type(seed, kind);
	p = kind == DATASET_WORLD ? place_in_world(seed)
				  : place_in_oblast(seed);
	if (kind == DATASET_WORLD && random_below(seed, 5) == 0)
		size = random_between(seed, 1, 90);
	draft_type(&d, p, size, seed);
	return none ? NULL
		    : must((void *)(uintptr_t)geom_make(a, &d.parts, NULL));
}

static int64_t random_money(uint64_t *seed)
{
	if (random_below(seed, 8) == 0)
		return MONEY_UNKNOWN;
	return (int64_t)random_below(seed, 1000000) *
	       (int64_t)random_below(seed, 100000);
}

static void random_lines(struct project *p, uint64_t *seed, struct arena *a)
{
	uint32_t n = random_below(seed, LINES_MAX);
	struct year_line *lines =
	    must(arena_array(a, LINES_MAX, sizeof(*lines)));
	uint16_t year = (uint16_t)(FIRST_YEAR + random_below(seed, 4));

	for (uint32_t i = 0; i < n; i++) {
		year = (uint16_t)(year + random_below(seed, 2));
		lines[i] = (struct year_line){ year, random_money(seed),
			random_money(seed), random_money(seed) };
		p->facts.years |= (uint64_t)1 << (year - YEAR_FIRST);
		p->facts.levels |= (uint8_t)(1 << random_below(seed, 8));
	}
	p->lines = lines;
	p->n_lines = n;
}

static int32_t random_day(uint64_t *seed, uint32_t first_year)
{
	return (int32_t)((first_year + random_below(seed, YEARS / 2)) * 10000 +
			 (1 + random_below(seed, 12)) * 100 + 1 +
			 random_below(seed, 28));
}

static void random_facts(struct facts *f, uint64_t *seed, uint32_t district)
{
	*f = (struct facts){
		.planned = random_money(seed),
		.contracted = random_money(seed),
		.paid = random_money(seed),
		.districts = (uint64_t)1 << district,
		.home = (uint8_t)district,
		.status = (uint8_t)random_below(seed, (uint32_t)codes_status.n),
		.category =
		    (uint8_t)random_below(seed, (uint32_t)codes_category.n),
		.work_kind =
		    (uint8_t)random_below(seed, (uint32_t)codes_work_kind.n),
		.overdue = random_below(seed, 6) == 0,
	};
	if (random_below(seed, 4))
		f->days.planned_start = random_day(seed, FIRST_YEAR);
	if (random_below(seed, 4))
		f->days.planned_end = random_day(seed, FIRST_YEAR + YEARS / 2);
	if (random_below(seed, 3) == 0)
		f->days.actual_start = random_day(seed, FIRST_YEAR);
	if (random_below(seed, 5) == 0)
		f->days.actual_end = random_day(seed, FIRST_YEAR);
	if (random_below(seed, 20) == 0)
		f->districts |= (uint64_t)1
				<< random_below(seed, DATASET_KATOS);
	if (random_below(seed, 20) == 0) {
		f->home = DISTRICT_NONE;
		f->districts = 0;
	}
}

static struct str random_text(uint64_t *seed, struct arena *a)
{
	const size_t n = sizeof(phrases) / sizeof(*phrases);
	char *text = must(arena_alloc(a, TEXT_SIZE));
	int len = snprintf(text, TEXT_SIZE, "%s №%u",
	    phrases[random_below(seed, (uint32_t)n)], random_below(seed, 1000));

	return (struct str){ text, (size_t)len };
}

static struct value random_value(
    const struct field *f, uint64_t *seed, struct arena *a)
{
	struct value v = { .type = f->type };

	if (random_below(seed, 10) == 0)
		return (struct value){ .type = VALUE_NULL };
	switch (f->type) {
	case VALUE_TEXT:
		v.text = random_below(seed, 2) ? random_text(seed, a)
					       : str_from("implementation");
		break;
	case VALUE_LIST:
		v.text = str_from("2024;2025");
		break;
	case VALUE_NUMBER:
		v.number = random_below(seed, 1000) / 10.0;
		break;
	case VALUE_DAY:
		v.integer = 20240101 + random_below(seed, 28);
		break;
	case VALUE_BOOL:
		v.integer = random_below(seed, 2);
		break;
	default:
		v.integer = (int64_t)random_below(seed, 1000000000);
	}
	return v;
}

/* Attributes tell the same as the facts, as far as sums and states go. */
static void agree(struct value *values, const struct facts *f)
{
	const int64_t amounts[] = { f->planned, f->contracted, f->paid };

	for (int i = 0; i < 3; i++)
		values[PROJECT_PLANNED + i] =
		    (struct value){ .type = amounts[i] == MONEY_UNKNOWN
						? VALUE_NULL
						: VALUE_MONEY,
			    .integer = amounts[i] };
	values[PROJECT_STATUS] = (struct value){ .type = VALUE_TEXT,
		.text = str_from(codes_status.codes[f->status].code) };
	values[PROJECT_OVERDUE] = (struct value){ .type = VALUE_BOOL,
		.integer = f->overdue > 0 };
}

static void fill_project(
    struct project *p, enum dataset_kind kind, uint64_t seed, struct arena *a)
{
	const struct schema *schema = &project_schema;
	struct value *values =
	    must(arena_array(a, schema->n_fields, sizeof(*values)));
	uint32_t district;

	p->feature.geom = random_geom(&seed, kind, a);
	p->anchor = (struct position){ 0, 0 };
	p->key = HILBERT_NOWHERE;
	district = random_below(&seed, DATASET_KATOS);
	if (p->feature.geom) {
		p->anchor = geom_anchor(p->feature.geom);
		p->key = hilbert_of(p->anchor.lon, p->anchor.lat);
		/* Strips, so that districts have runs. */
		district = (uint32_t)(fabs(p->anchor.lon) * 4) % DATASET_KATOS;
	}
	random_facts(&p->facts, &seed, district);
	random_lines(p, &seed, a);
	for (size_t i = 0; i < schema->n_fields; i++)
		values[i] = random_value(&schema->fields[i], &seed, a);
	agree(values, &p->facts);
	p->feature.schema = schema;
	p->feature.values = values;
}

static int compare_rows(const void *a, const void *b)
{
	const struct dataset_row *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

/* Only the geometry is needed for the key, but the seed runs on from there. */
static int64_t key_of(enum dataset_kind kind, uint64_t seed, struct arena *a)
{
	const struct geom *g = random_geom(&seed, kind, a);
	struct position p;

	if (!g)
		return HILBERT_NOWHERE;
	p = geom_anchor(g);
	return hilbert_of(p.lon, p.lat);
}

static void place_rows(struct dataset *d)
{
	struct arena a;

	arena_init(&a, 1 << 20);
	for (uint32_t i = 0; i < d->n; i++) {
		d->rows[i].key = key_of(d->kind, d->rows[i].seed, &a);
		arena_reset(&a);
	}
	arena_free(&a);
	qsort(d->rows, d->n, sizeof(*d->rows), compare_rows);
}

void dataset_init(
    struct dataset *d, enum dataset_kind kind, uint64_t seed, uint32_t n)
{
	*d = (struct dataset){ .kind = kind, .version = 1, .n = n };
	d->rows = must(malloc((n + 1) * sizeof(*d->rows)));
	for (uint32_t i = 0; i < n; i++)
		d->rows[i] = (struct dataset_row){ 0, (int64_t)i * 3 + 1, 1,
			random_bits(&seed) };
	place_rows(d);
}

void dataset_free(struct dataset *d)
{
	free(d->rows);
	d->rows = NULL;
}

void dataset_change(struct dataset *d, uint64_t seed)
{
	uint32_t kept = 0;

	d->version++;
	for (uint32_t i = 0; i < d->n; i++) {
		struct dataset_row row = d->rows[i];
		uint32_t luck = random_below(&seed, 100);

		if (luck < 3)
			continue;
		if (luck < 9) {
			row.seed = random_bits(&seed);
			row.change = d->version;
		}
		if (luck == 9)
			row = (struct dataset_row){ 0, row.id + 1, d->version,
				random_bits(&seed) };
		d->rows[kept++] = row;
	}
	d->n = kept;
	place_rows(d);
}

void dataset_project(
    const struct dataset *d, uint32_t i, struct project *p, struct arena *a)
{
	const struct dataset_row *row = &d->rows[i];
	char *id = must(arena_alloc(a, TEXT_SIZE));
	int len =
	    snprintf(id, TEXT_SIZE, "TKS-2024-%06lld", (long long)row->id);

	memset(p, 0, sizeof(*p));
	fill_project(p, d->kind, row->seed, a);
	p->feature.id = row->id;
	p->feature.public_id = (struct str){ id, (size_t)len };
	p->change = row->change;
}

const struct snapshot_info *dataset_info(
    const struct dataset *d, struct snapshot_info *info)
{
	*info = (struct snapshot_info){
		.schema = &project_schema,
		.version = d->version,
		.published = 1750000000 + d->version,
		.day = DATASET_DAY,
		.katos = katos,
		.n_katos = DATASET_KATOS,
	};
	return info;
}

struct snapshot *dataset_build(const struct dataset *d, const char *path,
    const struct snapshot *previous, struct err *e)
{
	struct snapshot_info info;
	struct snapshot_builder *b =
	    snapshot_build_begin(path, dataset_info(d, &info), previous, e);
	bool good = b != NULL;
	struct arena a;

	arena_init(&a, 1 << 20);
	for (uint32_t i = 0; good && i < d->n; i++) {
		const struct dataset_row *row = &d->rows[i];
		struct project p = {
			.feature.id = row->id,
			.key = row->key,
			.change = row->change,
		};

		if (!snapshot_build_known(b, row->id, row->change))
			dataset_project(d, i, &p, &a);
		good = snapshot_build_add(b, &p, e);
		arena_reset(&a);
	}
	arena_free(&a);
	if (good)
		return snapshot_build_finish(b, e);
	snapshot_build_abort(b);
	return NULL;
}

static void random_box(struct query *q, enum dataset_kind kind, uint64_t *seed)
{
	double size = kind == DATASET_WORLD ? 170 : 2;
	struct position p = kind == DATASET_WORLD ? place_in_world(seed)
						  : place_in_oblast(seed);

	size *= random_between(seed, 0, 1);
	q->has_bbox = true;
	q->bbox.west = p.lon;
	q->bbox.east = p.lon + size;
	if (q->bbox.east > 180)
		q->bbox.east -= 360;
	q->bbox.south = fmax(-90, p.lat - size / 2);
	q->bbox.north = fmin(90, p.lat + size / 2);
}

static uint32_t random_codes(uint64_t *seed, size_t n)
{
	return (1u << random_below(seed, (uint32_t)n)) |
	       (1u << random_below(seed, (uint32_t)n));
}

void dataset_query(struct query *q, enum dataset_kind kind, uint64_t *seed)
{
	static const uint32_t limits[] = { 0, 1, 7, 100, 10000 };
	uint64_t luck = random_bits(seed);

	query_init(q);
	q->limit = limits[random_below(seed, 5)];
	q->place = (enum query_place)(luck % 16 < 2 ? luck % 16 + 1 : 0);
	if (luck >> 4 & 1)
		random_box(q, kind, seed);
	if ((luck >> 8 & 3) == 0)
		q->districts = (uint64_t)1
			       << random_below(seed, DATASET_KATOS + 1);
	if ((luck >> 8 & 7) == 4)
		q->districts |= (uint64_t)random_below(seed, 1 << 17);
	q->district_none = (luck >> 11 & 7) == 0;
	if ((luck >> 16 & 3) == 0)
		q->status = random_codes(seed, codes_status.n);
	if ((luck >> 20 & 7) == 0)
		q->category = random_codes(seed, codes_category.n + 1);
	if ((luck >> 24 & 7) == 0)
		q->work_kind = random_codes(seed, codes_work_kind.n);
	if ((luck >> 28 & 7) == 0)
		q->levels = random_codes(seed, 10);
	if ((luck >> 32 & 7) == 0)
		q->years = (uint64_t)1 << (FIRST_YEAR - YEAR_FIRST +
					   random_below(seed, YEARS));
	if ((luck >> 36 & 7) == 0)
		q->min_planned = (int64_t)random_below(seed, 1000000) * 10000;
	if ((luck >> 40 & 7) == 0)
		q->max_planned = (int64_t)random_below(seed, 1000000) * 50000;
	if ((luck >> 44 & 7) == 0)
		q->overdue = (int)(luck >> 47 & 1);
	if ((luck >> 48 & 7) == 0)
		q->from = random_day(seed, FIRST_YEAR);
	if ((luck >> 52 & 7) == 0)
		q->to = random_day(seed, FIRST_YEAR + YEARS / 2);
}
