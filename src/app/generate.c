#include "generate.h"

#include <stdbool.h>
#include <string.h>

#include "base/array.h"
#include "generate_words.h"

enum {
	PER_DEGREE = 100000, /* coordinates are counted in these */
	DIGITS = 5,
	PER_CENTRE = 1000, /* of them in the table's hundredths of a degree */
	NEAR = 3000, /* how far from a centre most projects lie */
	ROADSIDE = 600, /* how far from the line between two centres */
	MILLION = 1000000,
	RANKS_LOG2 = 7,
	YEARS = 6,
	LINE_POINTS_MAX = 9
};

/* Days are counted from 2021-01-01. */
enum { FIRST_YEAR = 2021, TODAY = 2153 /* 2026-11-24 */ };

static const char header[] =
    "id,title_kk,title_ru,title_en,status,category,sector,work_kind,"
    "facility_type,district,address_kk,address_ru,address_en,precision,lon,"
    "lat,wkt,planned_start,planned_end,first_planned_end,actual_start,"
    "actual_end,budget_approved,contracted,paid,progress,years,"
    "budget_levels,source,as_of,demo\n";

static const char source[] = "Көрсетілім деректері / демонстрационные данные "
			     "/ demonstration data";

/* Numbers by chance: splitmix64, its state only. */
struct dice {
	uint64_t state;
};

struct place {
	int32_t lon, lat; /* in 1/PER_DEGREE */
};

enum shape { SHAPE_POINT, SHAPE_LINE, SHAPE_AREA, SHAPE_NONE };

struct plan {
	const struct generate_district *district;
	const struct generate_kind *kind;
	enum shape shape;
	const char *status;
	uint32_t start, end; /* planned */
	bool begun, ended;
	unsigned progress;
};

static uint64_t dice_next(struct dice *d)
{
	uint64_t z = d->state += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

/* From 0 to below n. */
static uint32_t throw(struct dice * d, uint32_t n)
{
	return (uint32_t)(((dice_next(d) >> 32) * n) >> 32);
}

static bool chance(struct dice *d, uint32_t percent)
{
	return throw(d, 100) < percent;
}

/* From -n to n, the middle most often. */
static int32_t scatter(struct dice *d, uint32_t n)
{
	return (int32_t)(throw(d, n + 1) + throw(d, n + 1)) - (int32_t)n;
}

/* Zipf's law by powers of two: each doubling of the rank is as likely as any
 * other, so a rank is about as likely as 1 / rank. From 0 to below n. */
static uint32_t throw_rank(struct dice *d, uint32_t n)
{
	uint32_t rank;

	do {
		uint32_t half = UINT32_C(1) << throw(d, RANKS_LOG2);

		rank = half + throw(d, half) - 1;
	} while (rank >= n);
	return rank;
}

static struct place centre_of(const struct generate_district *d, uint32_t i)
{
	return (struct place){ d->centres[i].lon * PER_CENTRE,
		d->centres[i].lat * PER_CENTRE };
}

/* Two of three lie about a centre, the rest along the way to another. */
static struct place throw_place(
    struct dice *d, const struct generate_district *in, uint32_t centre)
{
	struct place a = centre_of(in, centre), b;
	int64_t part;

	if (chance(d, 66))
		return (struct place){ a.lon + scatter(d, NEAR),
			a.lat + scatter(d, NEAR) };
	b = centre_of(in, throw(d, GENERATE_CENTRES));
	part = throw(d, PER_CENTRE);
	return (struct place){
		(int32_t)(a.lon + (b.lon - a.lon) * part / PER_CENTRE) +
		    scatter(d, ROADSIDE),
		(int32_t)(a.lat + (b.lat - a.lat) * part / PER_CENTRE) +
		    scatter(d, ROADSIDE),
	};
}

static const char *throw_status(struct dice *d, bool future, bool past)
{
	static const char *const due[] = { "implementation", "implementation",
		"implementation", "suspended", "cancelled", "completion",
		"completion", "completion" };

	if (future)
		return chance(d, 40) ? "identification" : "preparation";
	if (past)
		return chance(d, 72) ? "maintenance" : due[throw(d, 8)];
	return chance(d, 88) ? "implementation" : due[3 + throw(d, 2)];
}

static uint32_t days_of_year(uint32_t year)
{
	return year % 4 == 0 ? 366 : 365;
}

/* The year of a day; day becomes the one in that year, from 0. */
static uint32_t take_year(uint32_t *day)
{
	uint32_t year = FIRST_YEAR;

	for (; *day >= days_of_year(year); year++)
		*day -= days_of_year(year);
	return year;
}

static bool status_is(const struct plan *p, char first, char second)
{
	return p->status[0] == first && p->status[1] == second;
}

static void plan_time(struct dice *d, struct plan *p)
{
	p->start = throw(d, 2400);
	p->end = p->start + 60 + throw(d, 640);
	p->status = throw_status(d, p->start > TODAY, p->end < TODAY);
	p->ended = status_is(p, 'm', 'a') || status_is(p, 'c', 'o');
	p->begun = p->ended || status_is(p, 'i', 'm') || status_is(p, 's', 'u');
	if (p->ended && strcmp(p->kind->work_kind, "demolition") == 0)
		p->status = "decommissioned";
	p->progress = p->ended ? 100 : p->begun ? 5 + throw(d, 90) : 0;
}

static enum shape throw_shape(struct dice *d)
{
	uint32_t at = throw(d, 100);

	return at < 5	 ? SHAPE_LINE
	       : at < 7	 ? SHAPE_AREA
	       : at < 10 ? SHAPE_NONE
			 : SHAPE_POINT;
}

static const struct generate_kind *throw_kind(struct dice *d, enum shape s)
{
	const struct generate_kinds *k = s == SHAPE_LINE   ? &generate_lines
					 : s == SHAPE_AREA ? &generate_areas
							   : &generate_points;

	return k->kinds + throw(d, (uint32_t)k->n);
}

/* Ids go through the years, so that each year has as many. */
static void add_id(struct buf *b, uint64_t number)
{
	buf_add_format(b, "TKS-%u-%06u,",
	    (unsigned)(FIRST_YEAR + number % YEARS),
	    (unsigned)(number / YEARS + 1));
}

static void add_titles(struct buf *b, struct dice *d, const struct plan *p)
{
	const char *const *at = p->district->at;
	const char *const *what = p->kind->what;
	uint32_t number = 1 + throw(d, 400);

	buf_add_format(b, "%s № %u %s,%s № %u %s,%s No. %u %s,", at[0],
	    (unsigned)number, what[0], what[1], (unsigned)number, at[1],
	    what[2], (unsigned)number, at[2]);
}

static void add_kind(struct buf *b, const struct plan *p)
{
	const struct generate_kind *k = p->kind;

	buf_add_format(b, "%s,%s,%s,%s,%s,%s,", p->status, k->category,
	    k->sector, k->work_kind, k->facility_type, p->district->kato);
}

static void add_addresses(struct buf *b, struct dice *d)
{
	const char *const *s = generate_streets[throw(d, GENERATE_STREETS)];
	unsigned house = 1 + throw(d, 150);

	buf_add_format(b,
	    "\"%s көшесі, %u-үй\",\"улица %s, дом %u\",%u %s Street,", s[0],
	    house, s[1], house, house, s[2]);
}

static void add_place(struct buf *b, struct place p, char between)
{
	buf_add_double(b, (double)p.lon / PER_DEGREE, DIGITS);
	buf_add_char(b, between);
	buf_add_double(b, (double)p.lat / PER_DEGREE, DIGITS);
}

static void add_line(struct buf *b, struct dice *d, struct place p)
{
	uint32_t n = 3 + throw(d, LINE_POINTS_MAX - 2);
	int32_t east = scatter(d, 300), north = scatter(d, 300);

	buf_add_text(b, ",,\"LINESTRING (");
	for (uint32_t i = 0; i < n; i++) {
		add_place(b, p, ' ');
		buf_add_text(b, i + 1 < n ? ", " : ")\",");
		p.lon += east + scatter(d, 60) + 61;
		p.lat += north + scatter(d, 60);
	}
}

static void add_area(struct buf *b, struct dice *d, struct place p)
{
	int32_t w = 100 + (int32_t) throw(d, 300);
	int32_t h = 80 + (int32_t) throw(d, 200);
	int32_t lean = scatter(d, 60);
	const struct place ring[] = { p, { p.lon + w, p.lat + lean },
		{ p.lon + w - lean, p.lat + h + lean },
		{ p.lon - lean, p.lat + h }, p };
	size_t n = LENGTH(ring);

	buf_add_text(b, ",,\"POLYGON ((");
	for (size_t i = 0; i < n; i++) {
		add_place(b, ring[i], ' ');
		buf_add_text(b, i + 1 < n ? ", " : "))\",");
	}
}

static void add_geometry(
    struct buf *b, struct dice *d, const struct plan *p, struct place at)
{
	if (p->shape == SHAPE_NONE) {
		buf_add_text(b, chance(d, 60) ? "settlement" : "district");
		buf_add_text(b, ",,,,");
		return;
	}
	buf_add_text(
	    b, p->shape == SHAPE_POINT && chance(d, 5) ? "street," : "exact,");
	if (p->shape == SHAPE_LINE) {
		add_line(b, d, at);
	} else if (p->shape == SHAPE_AREA) {
		add_area(b, d, at);
	} else {
		add_place(b, at, ',');
		buf_add_text(b, ",,");
	}
}

static void add_day(struct buf *b, uint32_t day, bool there)
{
	static const uint8_t lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30,
		31, 30, 31 };
	uint32_t year, month, length;

	if (there) {
		year = take_year(&day);
		for (month = 0;; month++) {
			length = lengths[month];
			if (month == 1 && days_of_year(year) == 366)
				length++;
			if (day < length)
				break;
			day -= length;
		}
		buf_add_format(b, "%04u-%02u-%02u", (unsigned)year,
		    (unsigned)month + 1, (unsigned)day + 1);
	}
	buf_add_char(b, ',');
}

static void add_days(struct buf *b, struct dice *d, const struct plan *p)
{
	uint32_t slip = chance(d, 30) ? throw(d, 120) : 0;
	uint32_t begun = p->start + throw(d, 30);
	uint32_t ended = p->end + slip;

	if (begun > TODAY)
		begun = TODAY;
	if (ended > TODAY)
		ended = TODAY;
	add_day(b, p->start, true);
	add_day(b, p->end, true);
	add_day(b, p->end, true);
	add_day(b, begun, p->begun);
	add_day(b, ended, p->ended);
}

static void add_money(struct buf *b, struct dice *d, const struct plan *p)
{
	int64_t budget =
	    (int64_t)p->kind->cost * (50 + throw(d, 100)) * (MILLION / 100);
	int64_t agreed = budget / 100 * (78 + throw(d, 22));

	if (!chance(d, 4))
		buf_add_int(b, budget);
	buf_add_char(b, ',');
	if (p->begun)
		buf_add_int(b, agreed);
	buf_add_char(b, ',');
	if (p->begun)
		buf_add_int(b, agreed / 100 * p->progress);
	buf_add_char(b, ',');
	if (p->begun)
		buf_add_int(b, p->progress);
	buf_add_char(b, ',');
}

static void add_years(struct buf *b, struct dice *d, const struct plan *p)
{
	static const char *const levels[] = { "oblast", "oblast;republican",
		"district_city", "district_city;oblast", "okrug" };

	uint32_t start = p->start, end = p->end;
	uint32_t year = take_year(&start), last = take_year(&end);

	for (; year <= last; year++) {
		buf_add_int(b, year);
		buf_add_char(b, year < last ? ';' : ',');
	}
	buf_add_text(b, levels[throw(d, 5)]);
	buf_add_char(b, ',');
}

void generate_add_header(struct buf *b)
{
	buf_add_text(b, header);
}

void generate_add_row(struct buf *b, uint64_t seed, uint64_t number)
{
	struct dice d = { seed * UINT64_C(0xD1342543DE82EF95) + number };
	uint32_t rank;
	struct plan p;

	d.state = dice_next(&d);
	rank = throw_rank(&d, GENERATE_DISTRICTS * GENERATE_CENTRES);
	p.district = generate_districts + rank % GENERATE_DISTRICTS;
	p.shape = throw_shape(&d);
	p.kind = throw_kind(&d, p.shape);
	plan_time(&d, &p);
	add_id(b, number);
	add_titles(b, &d, &p);
	add_kind(b, &p);
	add_addresses(b, &d);
	add_geometry(
	    b, &d, &p, throw_place(&d, p.district, rank / GENERATE_DISTRICTS));
	add_days(b, &d, &p);
	add_money(b, &d, &p);
	add_years(b, &d, &p);
	buf_add_text(b, source);
	buf_add_text(b, ",2026-11-20,1\n");
}
