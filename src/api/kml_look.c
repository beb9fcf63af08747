#include "api/kml_look.h"

#include "query/codes.h"
#include "query/project.h"

#include <string.h>

/* The page's colours of status (nginx/html/css/tokens.css), Okabe and Ito's
 * set, as aabbggrr. */
static const char *const colors[KML_LOOK_STYLES] = {
	[STATUS_IDENTIFICATION] = "ffe9b456",
	[STATUS_PREPARATION] = "ff009fe6",
	[STATUS_IMPLEMENTATION] = "ffb27200",
	[STATUS_COMPLETION] = "ff739e00",
	[STATUS_MAINTENANCE] = "ffa779cc",
	[STATUS_DECOMMISSIONING] = "ff42e4f0",
	[STATUS_DECOMMISSIONED] = "ff908f8a",
	[STATUS_CANCELLED] = "ff363530",
	[STATUS_SUSPENDED] = "ff005ed5",
};

static int find(const struct schema *s, const char *name)
{
	for (size_t i = 0; i < s->n_fields; i++)
		if (strcmp(s->fields[i].name, name) == 0)
			return (int)i;
	return -1;
}

/* The attribute that says what a feature is called. */
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

void kml_look(struct kml_document *out,
    struct kml_style styles[static KML_LOOK_STYLES],
    const struct schema *schema, int lang)
{
	bool projects = schema == &project_schema;

	*out = (struct kml_document){ .schema = schema,
		.lang = lang,
		.style_field = projects ? PROJECT_STATUS : -1,
		.begin_field = projects ? PROJECT_PLANNED_START : -1,
		.end_field = projects ? PROJECT_PLANNED_END : -1,
		.styles = styles,
		.n_styles = projects ? KML_LOOK_STYLES : 0 };
	for (int i = 0; i < LANG_COUNT; i++)
		out->name_field[i] = find_name(schema, i);
	for (size_t i = 0; i < KML_LOOK_STYLES; i++)
		styles[i] = (struct kml_style){ codes_status.codes[i].code,
			codes_status.codes[i].title[lang], colors[i], NULL };
}
