/* The elements of KML that mean something, and what they do. */
#include "kml_reading.h"

#include <string.h>

#include "base/array.h"
#include "kml_html.h"

static bool begin_text(struct reading *r, struct err *e)
{
	(void)e;
	buf_reset(&r->text);
	return true;
}

static struct str trimmed_text(const struct reading *r)
{
	return str_trim(buf_str(&r->text));
}

static struct str element_name(const struct reading *r)
{
	return str_from(kml_element_name(r));
}

/* --- documents and folders -------------------------------------------------
 */

static bool begin_folder(struct reading *r, struct err *e)
{
	(void)e;
	r->folder_ends[r->depth - 1] = r->folders.len;
	return true;
}

static bool end_folder(struct reading *r, struct err *e)
{
	(void)e;
	r->folders.len = r->folder_ends[r->depth - 1];
	return true;
}

static enum place place_above(const struct reading *r)
{
	const struct kml_rule *above =
	    r->depth > 1 ? r->open[r->depth - 2] : NULL;

	return above ? above->place : r->depth > 1 ? OTHER : OUTSIDE;
}

/* The name of the outermost document is the file's. */
static bool end_container_name(struct reading *r, struct err *e)
{
	struct str name = trimmed_text(r);

	if (place_above(r) == FOLDER) {
		if (r->folders.len > 0)
			buf_add_char(&r->folders, '/');
		buf_add_str(&r->folders, name);
		return r->folders.failed ? err_set(e, ERR_LIMIT,
					       "names of folders are too long")
					 : true;
	}
	if (r->title.data || name.len == 0)
		return true;
	r->title.data = arena_copy(&r->own, name.data, name.len);
	r->title.len = r->title.data ? name.len : 0;
	return r->title.data ? true : err_no_memory(e);
}

/* Ours says where the data comes from; of what others say it is told that it
 * goes. */
static bool begin_file_description(struct reading *r, struct err *e)
{
	(void)e;
	r->described = true;
	return true;
}

static bool begin_schema(struct reading *r, struct err *e)
{
	struct str id, name, parent;

	if (!kml_attribute(r, "id", &id, e) ||
	    !kml_attribute(r, "name", &name, e) ||
	    !kml_attribute(r, "parent", &parent, e))
		return false;
	if (str_is(parent, "Placemark"))
		return kml_schema_begin(&r->schemas, name, e) &&
		       kml_schema_kind(&r->schemas, name, e);
	return kml_schema_begin(&r->schemas, id.len > 0 ? id : name, e);
}

static bool begin_field(struct reading *r, struct err *e)
{
	struct str name, type;

	return kml_attribute(r, "name", &name, e) &&
	       kml_attribute(r, "type", &type, e) &&
	       kml_schema_field(&r->schemas, name, type, e);
}

static bool end_field_title(struct reading *r, struct err *e)
{
	return kml_schema_title(&r->schemas, trimmed_text(r), e);
}

static bool begin_kept(struct reading *r, struct err *e)
{
	(void)e;
	kml_keep_begin(r, kml_current(r)->place, place_above(r) == PLACEMARK);
	return true;
}

/* --- placemarks ------------------------------------------------------------
 */

static bool begin_placemark(struct reading *r, struct err *e)
{
	r->over = ++r->number > FOREIGN_FEATURES_MAX;
	if (r->over)
		return err_set(e, ERR_LIMIT,
		    "the file has more than %d features", FOREIGN_FEATURES_MAX);
	if (!r->file->keep)
		arena_reset(r->file->arena);
	shape_reset(&r->shape);
	gather_reset(&r->gather);
	buf_reset(&r->style);
	buf_reset(&r->rest);
	buf_reset(&r->times);
	r->altitude = (struct str){ NULL, 0 };
	r->extrude = false;
	err_clear(&r->wrong);
	r->many = false;
	r->has_data = false;
	r->has_description = false;
	r->feature = (struct foreign_feature){ .at = { .number = r->number,
						   .line = kml_line(r) } };
	r->kind = (struct str){ NULL, 0 };
	if (kml_schema_is_kind(&r->schemas, element_name(r)) &&
	    !gather_copy(&r->gather, &r->kind, element_name(r), e))
		return false;
	return kml_attribute(r, "id", &r->feature.id, e);
}

static bool add_attribute(struct reading *r, struct str name, struct str value,
    enum value_type type, struct err *e)
{
	/* Writers that put a column into <name> too repeat it. */
	if (gather_has(&r->gather, name, value))
		return true;
	return gather_add(&r->gather, name, value, type, e);
}

static bool end_attribute(struct reading *r, struct err *e)
{
	r->moved++;
	return add_attribute(
	    r, str_from(kml_current(r)->name), trimmed_text(r), VALUE_TEXT, e);
}

/* Of our own files the name is what one of the attributes says, or the id. */
static bool end_name(struct reading *r, struct err *e)
{
	struct str name = trimmed_text(r);

	return gather_copy(&r->gather, &r->feature.at.name, name, e) &&
	       (r->ours ||
		   add_attribute(r, str_from("name"), name, VALUE_TEXT, e));
}

/* A table in a description that ArcGIS wrote, while it is taken apart. */
struct table {
	struct reading *r;
	struct err *e;
	bool failed;
};

static bool add_row(void *context, struct str name, struct str value)
{
	struct table *t = context;

	t->failed = !add_attribute(t->r, name, value, VALUE_NULL, t->e);
	return !t->failed;
}

static bool end_description(struct reading *r, struct err *e)
{
	r->has_description = true;
	buf_reset(&r->description);
	buf_add_str(&r->description, trimmed_text(r));
	return !r->description.failed || err_no_memory(e);
}

/* Only where nothing else holds attributes is a table taken for them. */
static bool finish_description(struct reading *r, struct err *e)
{
	struct table t = { r, e, false };
	struct str text = buf_str(&r->description);

	/* In our own files the attribute has it as it is. */
	if (!r->has_description ||
	    (r->ours && gather_has_name(&r->gather, str_from("description"))))
		return true;
	if (!r->has_data && html_attributes(text, add_row, &t)) {
		r->tables++;
		return !t.failed;
	}
	buf_reset(&r->clean);
	r->cleaned += html_clean(&r->clean, text);
	if (r->clean.failed)
		return err_no_memory(e);
	return add_attribute(r, str_from("description"),
	    str_trim(buf_str(&r->clean)), VALUE_TEXT, e);
}

static bool begin_extended_data(struct reading *r, struct err *e)
{
	(void)e;
	r->has_data = true;
	return true;
}

static bool begin_schema_data(struct reading *r, struct err *e)
{
	return kml_attribute(r, "schemaUrl", &r->schema, e);
}

static bool begin_data(struct reading *r, struct err *e)
{
	bool simple = kml_current(r)->place == SIMPLE_DATA;

	buf_reset(&r->text);
	if (!kml_attribute(r, "name", &r->data_name, e))
		return false;
	r->data_type =
	    simple ? kml_schema_type(&r->schemas, r->schema, r->data_name)
		   : VALUE_NULL;
	return true;
}

/* An element that is called as a field of the Schema of its placemark. */
static bool begin_kind_data(struct reading *r, struct err *e)
{
	buf_reset(&r->text);
	r->has_data = true;
	r->data_type = kml_schema_type(&r->schemas, r->kind, element_name(r));
	return gather_copy(&r->gather, &r->data_name, element_name(r), e);
}

static bool end_data(struct reading *r, struct err *e)
{
	if (r->data_name.len == 0)
		return true;
	return add_attribute(r, r->data_name, trimmed_text(r), r->data_type, e);
}

static bool is_own_id(const struct reading *r, struct str name)
{
	struct str id = r->feature.id;

	if (str_starts(id, "n"))
		id = (struct str){ id.data + 1, id.len - 1 };
	return str_equal(id, name) || str_equal(r->feature.id, name);
}

/* A name in a file of ours that somebody has given since. */
static bool finish_name(struct reading *r, struct err *e)
{
	struct str name = r->feature.at.name;

	if (!r->ours || name.len == 0 || is_own_id(r, name) ||
	    gather_has_value(&r->gather, name))
		return true;
	return gather_add(&r->gather, str_from("name"), name, VALUE_TEXT, e);
}

static bool note_place(struct reading *r, struct err *e)
{
	const struct foreign_hooks *h = r->hooks;

	/* Of what is empty gather_visit tells. */
	if (shape_has_pieces(&r->shape) || r->shape.empty > 0 || !h->note)
		return true;
	return h->note(h->context, &r->feature.at,
	    foreign_value(&r->feature, "address").len > 0
		? "has an address, but no coordinates: it is kept without a "
		  "place"
		: "has no geometry: it is kept without a place",
	    e);
}

static bool finish_placemark(struct reading *r, struct err *e)
{
	struct foreign_feature *f = &r->feature;

	if (!finish_name(r, e) || !finish_description(r, e))
		return false;
	if (r->folders.len > 0 && !add_attribute(r, str_from("folder"),
				      buf_str(&r->folders), VALUE_TEXT, e))
		return false;
	if (r->style.failed || r->rest.failed)
		return err_set(
		    e, ERR_LIMIT, "what is not understood is too much");
	f->style = kml_told(&r->style);
	f->rest = kml_told_sorted(r);
	if (!kml_finish_times(r, e))
		return false;
	if (!gather_finish(&r->gather, f, e))
		return false;
	if (r->ours)
		f->at.name = foreign_name(f);
	r->heights += r->shape.heights > 0;
	return kml_finish_heights(r, e) && note_place(r, e) &&
	       gather_visit(
		   &r->gather, f, &r->shape, r->many, r->hooks, &r->over, e);
}

static bool end_placemark(struct reading *r, struct err *e)
{
	struct err why = r->wrong;
	const struct foreign_hooks *h = r->hooks;

	r->over = false;
	if (why.code == ERR_NONE && finish_placemark(r, &why))
		return true;
	err_clear(&r->wrong);
	if (!r->over && h->refuse && kml_is_of_feature(&why)) {
		r->over = true;
		return h->refuse(h->context, &r->feature.at, why.text, e);
	}
	if (e)
		*e = why;
	return false;
}

/* --- the table -------------------------------------------------------------
 */

#define CONTAINERS (IN(KML) | IN(DOCUMENT) | IN(FOLDER))
#define GEOMETRIES (IN(PLACEMARK) | IN(MULTI))
#define SHAPES                                                                 \
	(IN(POINT) | IN(LINE) | IN(POLYGON) | IN(RING) | IN(TRACK) | IN(MULTI))

static const struct kml_rule rules[] = {
	{ "kml", IN(OUTSIDE), KML, NULL, NULL },
	{ "Document", IN(KML) | IN(OUTSIDE), DOCUMENT, NULL, NULL },
	/* GDAL writes one a layer. */
	{ "Document", IN(DOCUMENT) | IN(FOLDER), FOLDER, begin_folder,
	    end_folder },
	{ "Folder", CONTAINERS | IN(OUTSIDE), FOLDER, begin_folder,
	    end_folder },
	{ "Placemark", CONTAINERS | IN(OUTSIDE), PLACEMARK, begin_placemark,
	    end_placemark },
	{ "name", IN(DOCUMENT) | IN(FOLDER), CONTAINER_TEXT, begin_text,
	    end_container_name },
	{ "Style", CONTAINERS, STYLE, begin_kept, NULL },
	{ "StyleMap", CONTAINERS, STYLE, begin_kept, NULL },
	{ "NetworkLink", CONTAINERS, KEPT, begin_kept, NULL },
	{ "GroundOverlay", CONTAINERS, KEPT, begin_kept, NULL },
	{ "ScreenOverlay", CONTAINERS, KEPT, begin_kept, NULL },
	{ "PhotoOverlay", CONTAINERS, KEPT, begin_kept, NULL },
	{ "Tour", CONTAINERS, KEPT, begin_kept, NULL },
	{ "Schema", CONTAINERS, SCHEMA, begin_schema, NULL },
	{ "SimpleField", IN(SCHEMA), SIMPLE_FIELD, begin_field, NULL },
	{ "displayName", IN(SIMPLE_FIELD), FIELD_TITLE, begin_text,
	    end_field_title },
	{ "description", IN(DOCUMENT), OTHER, begin_file_description, NULL },

	{ "name", IN(PLACEMARK), ATTRIBUTE, begin_text, end_name },
	{ "description", IN(PLACEMARK), DESCRIPTION, begin_text,
	    end_description },
	{ "address", IN(PLACEMARK), ATTRIBUTE, begin_text, end_attribute },
	{ "phoneNumber", IN(PLACEMARK), ATTRIBUTE, begin_text, end_attribute },
	{ "TimeStamp", IN(PLACEMARK), TIME, NULL, NULL },
	{ "TimeSpan", IN(PLACEMARK), TIME, NULL, NULL },
	{ "when", IN(TIME), ATTRIBUTE, begin_text, end_attribute },
	{ "begin", IN(TIME), ATTRIBUTE, begin_text, end_attribute },
	{ "end", IN(TIME), ATTRIBUTE, begin_text, end_attribute },
	{ "styleUrl", IN(PLACEMARK), STYLE, begin_kept, NULL },
	{ "Style", IN(PLACEMARK), STYLE, begin_kept, NULL },
	{ "StyleMap", IN(PLACEMARK), STYLE, begin_kept, NULL },
	{ "ExtendedData", IN(PLACEMARK), EXTENDED_DATA, begin_extended_data,
	    NULL },
	{ "SchemaData", IN(EXTENDED_DATA), SCHEMA_DATA, begin_schema_data,
	    NULL },
	{ "SimpleData", IN(SCHEMA_DATA), SIMPLE_DATA, begin_data, end_data },
	{ "Data", IN(EXTENDED_DATA), DATA, begin_data, NULL },
	{ "value", IN(DATA), VALUE, begin_text, end_data },

	{ "MultiGeometry", GEOMETRIES, MULTI, kml_begin_multi, NULL },
	{ "MultiTrack", GEOMETRIES, MULTI, kml_begin_multi, NULL },
	{ "Point", GEOMETRIES, POINT, kml_begin_piece, kml_end_point },
	{ "LineString", GEOMETRIES, LINE, kml_begin_piece, kml_end_line },
	{ "LinearRing", GEOMETRIES, LINE, kml_begin_piece, kml_end_line_ring },
	{ "Polygon", GEOMETRIES, POLYGON, kml_begin_piece, kml_end_polygon },
	{ "outerBoundaryIs", IN(POLYGON), OUTER, kml_begin_boundary, NULL },
	{ "innerBoundaryIs", IN(POLYGON), INNER, kml_begin_boundary, NULL },
	{ "LinearRing", IN(OUTER) | IN(INNER), RING, NULL, kml_end_ring },
	{ "coordinates", IN(POINT) | IN(LINE) | IN(RING), COORDINATES,
	    begin_text, kml_end_coordinates },
	{ "Track", GEOMETRIES, TRACK, kml_begin_track, kml_end_track },
	{ "coord", IN(TRACK), COORD, begin_text, kml_end_coord },
	{ "when", IN(TRACK), TRACK_TIME, begin_text, kml_end_track_time },
	{ "altitudeMode", SHAPES, ALTITUDE, begin_text, kml_end_altitude },
	{ "extrude", SHAPES, ALTITUDE, begin_text, kml_end_altitude },
	/* What lies on the ground anyway. */
	{ "tessellate", SHAPES, OTHER, NULL, NULL },
};

static const struct kml_rule *find(const char *name, uint64_t parent)
{
	for (size_t i = 0; i < LENGTH(rules); i++)
		if ((rules[i].parents & parent) &&
		    strcmp(rules[i].name, name) == 0)
			return &rules[i];
	return NULL;
}

/* What the file itself gave a name to. */
static const struct kml_rule *find_by_schema(
    const struct reading *r, struct str name, uint64_t parent)
{
	static const struct kml_rule data = { "", IN(PLACEMARK), SIMPLE_DATA,
		begin_kind_data, end_data };

	if ((parent & CONTAINERS) && kml_schema_is_kind(&r->schemas, name))
		return find("Placemark", parent);
	if ((parent & IN(PLACEMARK)) && r->kind.len > 0 &&
	    kml_schema_has(&r->schemas, r->kind, name))
		return &data;
	return NULL;
}

const struct kml_rule *kml_find_rule(const struct reading *r)
{
	uint64_t parent = IN(kml_place(r));
	const struct kml_rule *rule;

	if (r->depth > 0 && !kml_is_own(r))
		return NULL;
	rule = find(kml_element_name(r), parent);
	return rule ? rule : find_by_schema(r, element_name(r), parent);
}
