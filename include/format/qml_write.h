/* Styles of QGIS (QML) out: how a layer of one kind of geometry is drawn. */
#ifndef BUDGETMAP_FORMAT_QML_WRITE_H
#define BUDGETMAP_FORMAT_QML_WRITE_H

#include "base/buf.h"

#include <stddef.h>
#include <stdint.h>

/* By the numbers that QGIS gives them; it refuses a style of another kind than
 * the layer's. */
enum qml_geometry { QML_POINT, QML_LINE, QML_POLYGON, QML_GEOMETRIES };

/* How features with one value of the attribute look; colours are 0xrrggbb. */
struct qml_class {
	const char *value, *label;
	uint32_t colour;
	const char *shape; /* of points, as QGIS calls it; NULL: a circle */
};

struct qml_style {
	enum qml_geometry geometry;
	const char *attribute; /* that chooses the class; NULL: the first class
				* is all features' */
	const struct qml_class *classes;
	size_t n_classes; /* 1 at least */
	uint32_t edge; /* colour around points */
};

/* Appends the document, for QGIS 3. */
void qml_write(struct buf *b, const struct qml_style *s);

#endif
