#include "district_layer.h"

#include "district_facts.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const double overlap_max = 1; /* km2, of two districts */
static const double total_tolerance = 0.03;
static const double each_tolerance = 0.15; /* of a generalised layer */

/* Adds to the detail; what does not fit is left out. */
static void add(struct district_check *c, const char *text, ...)
    __attribute__((format(printf, 2, 3)));

static void add(struct district_check *c, const char *text, ...)
{
	size_t len = strlen(c->detail);
	va_list args;

	if (len > 0 && len + 2 < sizeof(c->detail)) {
		memcpy(c->detail + len, "; ", 3);
		len += 2;
	}
	va_start(args, text);
	vsnprintf(c->detail + len, sizeof(c->detail) - len, text, args);
	va_end(args);
}

static const char *kato_of(const struct layer_district *d)
{
	return d->kato[0] != '\0' ? d->kato : "(no KATO)";
}

static const struct layer_district *find(
    const struct layer *l, const char *kato)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->districts[i].kato, kato) == 0)
			return &l->districts[i];
	return NULL;
}

static void check_codes(struct district_check *c, const struct layer *l)
{
	int seen[DISTRICT_FACTS] = { 0 };
	size_t unknown = 0;

	for (size_t i = 0; i < l->n; i++) {
		int k = district_fact_find(l->districts[i].kato);

		if (k < 0)
			unknown++;
		else
			seen[k]++;
	}
	for (int k = 0; k < DISTRICT_FACTS; k++) {
		if (seen[k] == 0)
			add(c, "%s is missing", district_facts[k].kato);
		else if (seen[k] > 1)
			add(c, "%s is there %d times", district_facts[k].kato,
			    seen[k]);
	}
	if (unknown > 0)
		add(c, "%zu features have no KATO of a district of the oblast",
		    unknown);
	c->passed = c->detail[0] == '\0';
}

static void check_names(struct district_check *c, const struct layer *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->districts[i].name[0].len == 0 ||
		    l->districts[i].name[1].len == 0)
			add(c, "%s", kato_of(&l->districts[i]));
	c->passed = c->detail[0] == '\0';
}

static void check_sources(struct district_check *c, const struct layer *l)
{
	bool first = l->n > 0 && l->districts[0].generalised;

	for (size_t i = 0; i < l->n; i++) {
		if (l->districts[i].source.len == 0)
			add(c, "%s has none: say --source",
			    kato_of(&l->districts[i]));
		else if (l->districts[i].generalised != first)
			add(c, "%s is not generalised as the others are",
			    kato_of(&l->districts[i]));
	}
	c->passed = c->detail[0] == '\0';
}

static void check_valid(struct district_check *c, const struct layer *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct layer_district *d = &l->districts[i];
		char why[100];

		if (!d->geom)
			add(c, "%s %s", kato_of(d), d->wrong);
		else if (!geos_is_valid(l->geos, d->geom, why, sizeof(why)))
			add(c, "%s %s", kato_of(d), why);
	}
	c->passed = c->detail[0] == '\0';
}

static void check_overlaps(struct district_check *c, const struct layer *l)
{
	double worst = 0;

	for (size_t i = 0; i < l->n; i++) {
		for (size_t k = i + 1; k < l->n; k++) {
			const struct layer_district *a = &l->districts[i];
			const struct layer_district *b = &l->districts[k];
			double km2;

			if (!a->geom || !b->geom ||
			    !bbox_intersects(&a->geom->box, &b->geom->box))
				continue;
			km2 = geos_overlap_km2(l->geos, a->geom, b->geom);
			if (km2 > worst)
				worst = km2;
			if (km2 < 0)
				add(c,
				    "%s and %s cannot be laid over each "
				    "other",
				    kato_of(a), kato_of(b));
			else if (km2 >= overlap_max)
				add(c, "%s and %s share %.1f km2", kato_of(a),
				    kato_of(b), km2);
		}
	}
	c->passed = c->detail[0] == '\0';
	if (c->passed)
		add(c, "at most %.3f km2", worst);
}

static void check_each_area(struct district_check *c, const struct layer *l)
{
	double worst = 0;

	for (size_t i = 0; i < l->n; i++) {
		const struct layer_district *d = &l->districts[i];
		int k = district_fact_find(d->kato);
		double off;

		if (k < 0)
			continue;
		off = fabs(d->area / district_facts[k].area - 1);
		if (off > worst)
			worst = off;
		if (off > each_tolerance)
			add(c, "%s has %.0f km2, should have %.0f", d->kato,
			    d->area, district_facts[k].area);
	}
	c->passed = c->detail[0] == '\0';
	if (c->passed)
		add(c, "at most %.1f %% off", worst * 100);
}

static void check_total_area(struct district_check *c, const struct layer *l)
{
	double total = 0;

	for (size_t i = 0; i < l->n; i++)
		total += l->districts[i].area;
	c->passed = fabs(total / oblast_area - 1) <= total_tolerance;
	add(c, "%.0f km2", total);
}

static void check_centres(struct district_check *c, const struct layer *l)
{
	for (int k = 0; k < DISTRICT_FACTS; k++) {
		const struct district_fact *f = &district_facts[k];
		const struct layer_district *d = find(l, f->kato);

		if (!d || !d->geom ||
		    !geom_has_point(d->geom, f->centre.lon, f->centre.lat))
			add(c, "%s", f->kato);
	}
	c->passed = c->detail[0] == '\0';
}

static void check_shymkent(struct district_check *c, const struct layer *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->districts[i].geom && geom_has_point(l->districts[i].geom,
						shymkent.lon, shymkent.lat))
			add(c, "%s", kato_of(&l->districts[i]));
	c->passed = c->detail[0] == '\0';
}

size_t layer_check(
    const struct layer *l, struct district_check checks[static LAYER_CHECKS])
{
	bool generalised = l->n > 0 && l->districts[0].generalised;
	const struct {
		const char *what;
		void (*look)(struct district_check *, const struct layer *);
	} rows[LAYER_CHECKS] = {
		{ "17 districts, each KATO once", check_codes },
		{ "names in Kazakh and Russian, without a person's number",
		    check_names },
		{ "a source, generalised all or none", check_sources },
		{ "valid geometries", check_valid },
		{ "no two districts share 1 km2", check_overlaps },
		{ generalised ? "each area within 15 % of the known one"
			      : "the whole within 3 % of 116,280 km2",
		    generalised ? check_each_area : check_total_area },
		{ "each centre inside its own district", check_centres },
		{ "Shymkent inside none", check_shymkent },
	};
	size_t failed = 0;

	for (size_t n = 0; n < LAYER_CHECKS; n++) {
		checks[n] = (struct district_check){ .what = rows[n].what };
		rows[n].look(&checks[n], l);
		failed += !checks[n].passed;
	}
	return failed;
}
