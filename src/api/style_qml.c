#include "api/styles.h"

#include "api/answer.h"
#include "api/catalogue.h"
#include "api/media.h"
#include "api/palette.h"
#include "format/qml_write.h"
#include "query/codes.h"
#include "query/project.h"

const char *const style_geometries[STYLE_GEOMETRIES] = {
	[QML_POINT] = "point",
	[QML_LINE] = "line",
	[QML_POLYGON] = "polygon",
};

/* QGIS's shapes that come nearest to those of the page's marks, so that a
 * status is told apart without its colour. */
static const char *const shapes[PALETTE_STATUSES] = {
	[STATUS_IDENTIFICATION] = "pentagon",
	[STATUS_PREPARATION] = "triangle",
	[STATUS_IMPLEMENTATION] = "circle",
	[STATUS_COMPLETION] = "square",
	[STATUS_MAINTENANCE] = "diamond",
	[STATUS_DECOMMISSIONING] = "star",
	[STATUS_DECOMMISSIONED] = "right_half_triangle",
	[STATUS_CANCELLED] = "cross_fill",
	[STATUS_SUSPENDED] = "hexagon",
};

static bool find_geometry(
    enum qml_geometry *out, struct str name, struct err *e)
{
	for (int i = 0; i < STYLE_GEOMETRIES; i++) {
		if (!str_is(name, style_geometries[i]))
			continue;
		*out = (enum qml_geometry)i;
		return true;
	}
	return err_set(
	    e, ERR_MISSING, "there are styles for point, line and polygon");
}

static void write_projects(struct call *c, enum qml_geometry geometry)
{
	struct qml_class classes[PALETTE_STATUSES];
	const struct qml_style style = { .geometry = geometry,
		.attribute = project_schema.fields[PROJECT_STATUS].name,
		.classes = classes,
		.n_classes = PALETTE_STATUSES,
		.edge = palette_edge };

	for (size_t i = 0; i < PALETTE_STATUSES; i++)
		classes[i] =
		    (struct qml_class){ .value = codes_status.codes[i].code,
			    .label = codes_status.codes[i].title[c->lang],
			    .colour = palette_status[i],
			    .shape = shapes[i] };
	qml_write(call_text(c), &style);
}

static void write_plain(
    struct call *c, enum qml_geometry geometry, uint32_t colour)
{
	const struct qml_class all = { .colour = colour };
	const struct qml_style style = { .geometry = geometry,
		.classes = &all,
		.n_classes = 1,
		.edge = palette_edge };

	qml_write(call_text(c), &style);
}

bool style_qml(struct call *c, struct err *e)
{
	const struct collection *k;
	enum qml_geometry geometry;

	if (!collection_find(&k, c, c->vars[0], e) ||
	    !find_geometry(&geometry, c->vars[1], e))
		return false;
	if (answer_begin_fixed(c, MEDIA_QML))
		return true;
	if (k == &collection_projects)
		write_projects(c, geometry);
	else
		write_plain(c, geometry,
		    k == &collection_districts ? palette_district
					       : palette_layer);
	return true;
}
