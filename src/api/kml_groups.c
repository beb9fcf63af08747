#include "api/catalogue.h"
#include "api/kml_job.h"
#include "api/palette.h"
#include "api/text.h"
#include "query/codes.h"

#include <stdio.h>
#include <string.h>

/* What a mark tells, in this order; of other collections than projects only
 * what is before the money. */
enum {
	MARK_TITLE,
	MARK_SIZE,
	MARK_COUNT,
	MARK_PLANNED,
	MARK_MISSING_PLANNED,
	MARK_CONTRACTED,
	MARK_MISSING_CONTRACTED,
	MARK_PAID,
	MARK_MISSING_PAID,
	MARK_OVERDUE,
	MARK_OVERDUE_PLANNED,
	MARK_STATUS, /* how many of each */
	MARK_FIELDS = MARK_STATUS + CLUSTER_STATUSES
};
enum { MARK_SIZES = 4, ROWS = MARK_FIELDS - MARK_COUNT };

struct kml_groups {
	const struct kml_job *job;
	struct kml_document document;
	struct schema schema;
	struct field fields[MARK_FIELDS];
	struct kml_style styles[MARK_SIZES];
	struct kml_row rows[ROWS];
	struct value values[MARK_FIELDS];
	char icon[1024], color[PALETTE_TEXT_SIZE];
};

/* A column title is a text of ours; NULL: none. */
static const struct {
	const char *name;
	enum value_type type;
	enum text_id title;
	enum kml_row_kind kind;
} plain[MARK_STATUS] = {
	[MARK_TITLE] = { "title", VALUE_TEXT, TEXT_TITLE, KML_ROW_TEXT },
	[MARK_SIZE] = { "size", VALUE_TEXT, TEXT_MARK_SIZE, KML_ROW_TEXT },
	[MARK_COUNT] = { "count", VALUE_INT, TEXT_FEATURES, KML_ROW_NUMBER },
	[MARK_PLANNED] = { "planned", VALUE_MONEY, TEXT_PLANNED,
	    KML_ROW_MONEY },
	[MARK_MISSING_PLANNED] = { "missing_planned", VALUE_INT,
	    TEXT_NOT_COUNTED, KML_ROW_NUMBER },
	[MARK_CONTRACTED] = { "contracted", VALUE_MONEY, TEXT_CONTRACTED,
	    KML_ROW_MONEY },
	[MARK_MISSING_CONTRACTED] = { "missing_contracted", VALUE_INT,
	    TEXT_NOT_COUNTED, KML_ROW_NUMBER },
	[MARK_PAID] = { "paid", VALUE_MONEY, TEXT_PAID, KML_ROW_MONEY },
	[MARK_MISSING_PAID] = { "missing_paid", VALUE_INT, TEXT_NOT_COUNTED,
	    KML_ROW_NUMBER },
	[MARK_OVERDUE] = { "overdue", VALUE_INT, TEXT_OVERDUE, KML_ROW_NUMBER },
	[MARK_OVERDUE_PLANNED] = { "overdue_planned", VALUE_MONEY,
	    TEXT_OVERDUE_PLANNED, KML_ROW_MONEY },
};

/* A mark's size by how many features it stands for. */
static const struct {
	const char *id;
	uint64_t below;
	double scale;
} sizes[MARK_SIZES] = {
	{ "group1", 10, 0.9 },
	{ "group2", 100, 1.2 },
	{ "group3", 1000, 1.6 },
	{ "group4", UINT64_MAX, 2.1 },
};

static void set_fields(struct kml_groups *g)
{
	for (int i = 0; i < MARK_STATUS; i++) {
		g->fields[i] =
		    (struct field){ plain[i].name, plain[i].type, { NULL } };
		for (int k = 0; k < LANG_COUNT; k++)
			g->fields[i].title[k] = text_of(plain[i].title, k);
	}
	for (int i = 0; i < CLUSTER_STATUSES; i++) {
		struct field *f = &g->fields[MARK_STATUS + i];

		f->name = codes_status.codes[i].code;
		f->type = VALUE_INT;
		memcpy(f->title, codes_status.codes[i].title, sizeof(f->title));
	}
	g->schema.name = "groups";
	g->schema.fields = g->fields;
	g->schema.n_fields =
	    kml_job_has_money(g->job) ? MARK_FIELDS : MARK_PLANNED;
}

static void set_rows(struct kml_groups *g)
{
	int lang = g->job->call->lang;

	for (int i = 0; i < ROWS; i++) {
		int field = MARK_COUNT + i;
		bool status = field >= MARK_STATUS;

		g->rows[i] = (struct kml_row){
			.kind = status ? KML_ROW_NUMBER : plain[field].kind,
			.title = g->fields[field].title[lang],
			.fields = { field, -1 },
			.brief = field == MARK_PLANNED,
		};
	}
	g->document.rows = g->rows;
	g->document.n_rows = g->schema.n_fields - MARK_COUNT;
}

static void set_styles(struct kml_groups *g)
{
	const char *base = g->job->call->x->site->base_url;
	int len = snprintf(g->icon, sizeof(g->icon), "%s/img/mark.png", base);
	bool fits = len > 0 && (size_t)len < sizeof(g->icon);

	palette_kml(g->color, palette_layer);
	for (int i = 0; i < MARK_SIZES; i++)
		g->styles[i] = (struct kml_style){ .id = sizes[i].id,
			.color = g->color,
			.icon = fits ? g->icon : NULL,
			.scale = sizes[i].scale,
			.named = true };
	g->document.styles = g->styles;
	g->document.n_styles = MARK_SIZES;
	g->document.style_field = MARK_SIZE;
	g->document.description_field = -1;
}

struct kml_groups *kml_groups(const struct kml_job *job, struct err *e)
{
	struct kml_groups *g = arena_alloc(job->call->x->arena, sizeof(*g));

	if (!g) {
		err_no_room(e);
		return NULL;
	}
	g->job = job;
	g->document = (struct kml_document){ .schema = &g->schema,
		.lang = job->call->lang,
		.name_fields = { MARK_TITLE, -1, -1 },
		.begin_fields = { -1, -1 },
		.end_fields = { -1, -1 } };
	set_fields(g);
	set_rows(g);
	set_styles(g);
	return g;
}

struct kml_document *kml_groups_document(struct kml_groups *g)
{
	return &g->document;
}

/* --- marks ---------------------------------------------------------------- */

static void set_count(struct value *v, uint64_t n)
{
	*v = (struct value){ .type = VALUE_INT, .integer = (int64_t)n };
}

/* How many publish no amount is told where it is not zero; a sum of nothing
 * is unknown, not zero. */
static void set_sum(
    struct value *sum, int64_t amount, uint64_t missing, uint64_t count)
{
	sum[0].type = missing < count ? VALUE_MONEY : VALUE_NULL;
	sum[0].integer = amount;
	set_count(&sum[1], missing);
	if (missing == 0)
		sum[1].type = VALUE_NULL;
}

static void set_values(struct kml_groups *g, const struct cluster *m)
{
	const struct search_sums *s = &m->sums;
	struct value *v = g->values;
	int size = 0;

	while (s->count >= sizes[size].below && size < MARK_SIZES - 1)
		size++;
	v[MARK_TITLE].type = v[MARK_SIZE].type = VALUE_TEXT;
	v[MARK_TITLE].text = kml_job_title(g->job, s->count);
	v[MARK_SIZE].text = str_from(sizes[size].id);
	set_count(&v[MARK_COUNT], s->count);
	set_sum(&v[MARK_PLANNED], s->planned, s->missing_planned, s->count);
	set_sum(&v[MARK_CONTRACTED], s->contracted, s->missing_contracted,
	    s->count);
	set_sum(&v[MARK_PAID], s->paid, s->missing_paid, s->count);
	set_count(&v[MARK_OVERDUE], s->overdue);
	v[MARK_OVERDUE_PLANNED] = (struct value){ .type = VALUE_MONEY,
		.integer = s->overdue_planned };
	for (int i = 0; i < CLUSTER_STATUSES; i++) {
		set_count(&v[MARK_STATUS + i], m->by_status[i]);
		if (m->by_status[i] == 0)
			v[MARK_STATUS + i].type = VALUE_NULL;
	}
}

void kml_groups_add(struct kml_groups *g, struct kml_placemarks *p,
    const struct cluster *m, struct str id)
{
	static const uint32_t one = 1;
	const struct kml_view view = kml_view_of(&m->box);
	const struct geom point = { .type = GEOM_POINT,
		.n_parts = 1,
		.n_positions = 1,
		.part_sizes = &one,
		.positions = &m->at,
		.box = { m->at.lon, m->at.lat, m->at.lon, m->at.lat } };
	const struct feature f = { .public_id = id,
		.geom = &point,
		.schema = &g->schema,
		.values = g->values };

	set_values(g, m);
	kml_look_from(p, &view);
	kml_add_feature(g->job->out, p, &f);
	kml_look_from(p, NULL);
}
