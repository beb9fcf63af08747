#include "api/kml_look.h"

#include "api/kmz.h"
#include "api/palette.h"
#include "api/text.h"
#include "base/array.h"
#include "query/codes.h"
#include "query/project.h"

#include <stdio.h>
#include <string.h>

/* What the balloon of a project tells, in this order. Attributes in several
 * languages name their Kazakh one and how many there are. */
static const struct {
	enum kml_row_kind kind;
	enum text_id title;
	int field, languages;
	const struct codelist *codes;
	bool brief;
} project_rows[] = {
	{ KML_ROW_TRUE, TEXT_DEMO_PROJECT, PROJECT_DEMO, 1, NULL, false },
	{ KML_ROW_TEXT, TEXT_STATUS, PROJECT_STATUS, 1, &codes_status, true },
	{ KML_ROW_TRUE, TEXT_OVERDUE, PROJECT_OVERDUE, 1, NULL, false },
	{ KML_ROW_MONEY, TEXT_PLANNED, PROJECT_PLANNED, 1, NULL, true },
	{ KML_ROW_MONEY, TEXT_CONTRACTED, PROJECT_CONTRACTED, 1, NULL, false },
	{ KML_ROW_MONEY, TEXT_PAID, PROJECT_PAID, 1, NULL, false },
	{ KML_ROW_NUMBER, TEXT_PROGRESS, PROJECT_PROGRESS, 1, NULL, false },
	{ KML_ROW_PERIOD, TEXT_DATES, -1, 1, NULL, false },
	{ KML_ROW_TEXT, TEXT_CATEGORY, PROJECT_CATEGORY, 1, &codes_category,
	    false },
	{ KML_ROW_TEXT, TEXT_WORK_KIND, PROJECT_WORK_KIND, 1, &codes_work_kind,
	    false },
	{ KML_ROW_TEXT, TEXT_ADDRESS, PROJECT_ADDRESS_KK, 3, NULL, false },
	{ KML_ROW_TEXT, TEXT_CUSTOMER, PROJECT_CUSTOMER_KK, 2, NULL, false },
	{ KML_ROW_TEXT, TEXT_CONTRACTOR, PROJECT_CONTRACTOR_KK, 2, NULL,
	    false },
};

enum { PROJECT_ROWS = LENGTH(project_rows) };

static int find(const struct schema *s, const char *name)
{
	for (size_t i = 0; i < s->n_fields; i++)
		if (strcmp(s->fields[i].name, name) == 0)
			return (int)i;
	return -1;
}

/* The attribute that says what a feature is called in a language. */
static int find_name(const struct schema *s, int lang)
{
	static const char *const names[LANG_COUNT][2] = {
		{ "title_kk", "name_kk" },
		{ "title_ru", "name_ru" },
		{ "title_en", "name_en" },
	};
	int at = find(s, names[lang][0]);

	return at >= 0 ? at : find(s, names[lang][1]);
}

/* Attributes of layers that say what a feature is called, whatever the language
 * (foreign_name, by the names on the wire). */
static const char *const layer_names[] = { "name", "title", "atauy", "nazvanie",
	"naimenovanie", "label" };

/* A layer's "name" is what its file had as the name, so that goes first. */
static void choose_names(struct kml_document *d)
{
	int own = find_name(d->schema, d->lang), name = find(d->schema, "name");

	for (size_t i = 0; own < 0 && name < 0 && i < LENGTH(layer_names); i++)
		name = find(d->schema, layer_names[i]);
	d->name_fields[0] = name >= 0 ? name : own;
	d->name_fields[1] = find_name(d->schema, LANG_KK);
	d->name_fields[2] = find_name(d->schema, LANG_RU);
}

static void add_codes(
    struct kml_look *out, struct kml_row *row, const struct codelist *list)
{
	row->codes = &out->codes[out->n_codes];
	for (size_t i = 0; i < list->n && out->n_codes < KML_LOOK_CODES; i++)
		out->codes[out->n_codes++] = (struct kml_code){
			str_from(list->codes[i].code),
			str_from(list->codes[i].title[out->document.lang])
		};
	row->n_codes = (size_t)(&out->codes[out->n_codes] - row->codes);
}

static void add_rows(struct kml_look *out)
{
	static const char *const per_cent[LANG_COUNT] = { "\xC2\xA0%",
		"\xC2\xA0%", "%" };
	int lang = out->document.lang;

	for (size_t i = 0; i < PROJECT_ROWS; i++) {
		int languages = project_rows[i].languages;
		int own = lang < languages ? lang : languages - 1;

		out->rows[i] = (struct kml_row){ .kind = project_rows[i].kind,
			.title = text_of(project_rows[i].title, lang),
			.fields = { project_rows[i].field + own,
			    project_rows[i].field },
			.unit = per_cent[lang],
			.brief = project_rows[i].brief };
		if (project_rows[i].codes)
			add_codes(out, &out->rows[i], project_rows[i].codes);
	}
	out->document.rows = out->rows;
	out->document.n_rows = PROJECT_ROWS;
}

static void look_like_projects(struct kml_look *out)
{
	struct kml_document *d = &out->document;

	d->style_field = PROJECT_STATUS;
	d->begin_fields[0] = PROJECT_ACTUAL_START;
	d->begin_fields[1] = PROJECT_PLANNED_START;
	d->end_fields[0] = PROJECT_ACTUAL_END;
	d->end_fields[1] = PROJECT_PLANNED_END;
	d->n_styles = KML_LOOK_STYLES;
	for (size_t i = 0; i < KML_LOOK_STYLES; i++) {
		palette_kml(out->colors[i], palette_status[i]);
		out->styles[i] =
		    (struct kml_style){ .id = codes_status.codes[i].code,
			    .title = codes_status.codes[i].title[d->lang],
			    .color = out->colors[i] };
	}
	add_rows(out);
}

static int find_time(const struct schema *s, const char *name)
{
	int at = find(s, name);

	return at >= 0 && (s->fields[at].type == VALUE_DAY ||
			      s->fields[at].type == VALUE_TIME)
		   ? at
		   : -1;
}

/* Attributes that came from elements of KML are elements again. */
static void look_like_layer(struct kml_document *d)
{
	d->begin_fields[0] = find_time(d->schema, "begin");
	d->end_fields[0] = find_time(d->schema, "end");
	d->description_field = find(d->schema, "description");
}

static void look_plain(struct kml_look *out, uint32_t color)
{
	palette_kml(out->colors[0], color);
	out->document.n_styles = 1;
	out->styles[0] =
	    (struct kml_style){ .id = KML_OWN_STYLE, .color = out->colors[0] };
}

/* NULL when the address is longer than any that is meant. */
static const char *put_url(
    char to[static KML_LOOK_URL], const char *base, const char *path)
{
	int len = snprintf(to, KML_LOOK_URL, "%s%s", base, path);

	return len > 0 && len < KML_LOOK_URL ? to : NULL;
}

static void point_home(struct kml_look *out, const char *base)
{
	struct kml_document *d = &out->document;
	const char *icon = put_url(out->icon, base, "/img/mark.png");

	for (size_t i = 0; i < d->n_styles; i++)
		out->styles[i].icon = icon;
	if (d->schema == &project_schema)
		d->page = put_url(out->page, base, "/p/");
	else if (d->schema == &district_schema)
		d->page = put_url(out->page, base, "/d/");
	snprintf(out->page_tail, sizeof(out->page_tail), "?lang=%s",
	    lang_codes[d->lang]);
	d->page_tail = out->page_tail;
	d->page_title = text_of(TEXT_MORE, d->lang);
}

void kml_look(struct kml_look *out, const struct schema *schema, int lang,
    const char *base)
{
	out->n_codes = 0;
	out->document = (struct kml_document){ .schema = schema,
		.lang = lang,
		.style_field = -1,
		.description_field = -1,
		.begin_fields = { -1, -1 },
		.end_fields = { -1, -1 },
		.styles = out->styles };
	choose_names(&out->document);
	if (schema != &project_schema && schema != &district_schema)
		look_like_layer(&out->document);
	if (schema == &project_schema)
		look_like_projects(out);
	else
		look_plain(out, schema == &district_schema ? palette_district
							   : palette_layer);
	if (*base)
		point_home(out, base);
}

static void narrow_fields(int *fields, size_t count, const struct narrow *n)
{
	for (size_t i = 0; i < count; i++)
		fields[i] = narrow_find(n, fields[i]);
}

void kml_look_narrow(struct kml_look *look, const struct narrow *n)
{
	struct kml_document *d = &look->document;

	if (narrow_is_whole(n))
		return;
	d->schema = n->schema;
	narrow_fields(d->name_fields, 3, n);
	narrow_fields(d->begin_fields, 2, n);
	narrow_fields(d->end_fields, 2, n);
	narrow_fields(&d->description_field, 1, n);
	for (size_t i = 0; i < d->n_rows; i++)
		narrow_fields(look->rows[i].fields, 2, n);
	if (d->style_field < 0 || narrow_find(n, d->style_field) >= 0) {
		narrow_fields(&d->style_field, 1, n);
		return;
	}
	d->style_field = -1;
	d->n_styles = 1;
	palette_kml(look->colors[0], palette_layer);
	look->styles[0] = (struct kml_style){ .id = KML_OWN_STYLE,
		.color = look->colors[0],
		.icon = look->styles[0].icon };
}

void kml_look_packed(struct kml_look *look)
{
	for (size_t i = 0; i < look->document.n_styles; i++)
		look->styles[i].icon = KMZ_MARK;
}

void kml_add_sentence(
    struct buf *b, const char *title, const char *text, const char *more)
{
	if (!text || !*text)
		return;
	buf_add_format(b, "%s%s%s%s%s%s.", b->len > 0 ? " " : "", title,
	    *title ? ": " : "", text, *more ? " " : "", more);
}
