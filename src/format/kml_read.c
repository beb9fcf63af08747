#include "format/kml_read.h"

#include <limits.h>
#include <libxml/xmlreader.h>
#include <string.h>

#include "gather.h"
#include "kml_coordinates.h"
#include "kml_prolog.h"

/* Elements by what they are inside a certain parent. What is not in the table
 * below is OTHER, and so is everything in it. */
enum place {
	OTHER,
	OUTSIDE, /* of the outermost element */
	KML,
	FOLDER,
	PLACEMARK,
	NAME,
	DESCRIPTION,
	EXTENDED_DATA,
	SCHEMA_DATA,
	SIMPLE_DATA,
	DATA,
	VALUE,
	MULTI,
	POINT,
	LINE,
	POLYGON,
	OUTER,
	INNER,
	RING,
	COORDINATES
};

enum { TEXT_SIZE_MAX = 1 << 26 };

struct reading;

/* parents: bits of the places an element means something in. */
struct rule {
	const char *name;
	uint32_t parents;
	enum place place;
	bool (*begin)(struct reading *r, struct err *e);
	bool (*end)(struct reading *r, struct err *e);
};

struct reading {
	xmlTextReaderPtr xml;
	foreign_visit *visit;
	void *context;
	struct shape shape;
	struct gather gather;
	struct buf text; /* of the element that is read */
	struct str data_name; /* of the Data or SimpleData it is in */
	struct foreign_feature feature;
	bool many; /* a MultiGeometry was there */
	bool visit_failed; /* the failure is the visitor's */
	const struct rule *open[FOREIGN_DEPTH_MAX]; /* NULL: OTHER */
	int depth;
	long number; /* of the placemark, from 1 */
	xmlChar *space; /* namespace of the root, NULL: none */
	bool malformed, memory_failed; /* said by libxml2 */
};

static bool out_of_memory(struct err *e)
{
	return err_set(e, ERR_MEMORY, "out of memory");
}

/* The rule of the element that is read, NULL when there is none. */
static const struct rule *current(const struct reading *r)
{
	return r->depth > 0 ? r->open[r->depth - 1] : NULL;
}

static enum place place_of(const struct reading *r)
{
	const struct rule *rule = current(r);

	if (r->depth == 0)
		return OUTSIDE;
	return rule ? rule->place : OTHER;
}

/* An attribute in NFC; empty without. */
static bool copy_attribute(
    struct reading *r, const char *name, struct str *out, struct err *e)
{
	xmlChar *text =
	    xmlTextReaderGetAttribute(r->xml, (const xmlChar *)name);
	bool good = gather_copy(
	    &r->gather, out, str_trim(str_from((const char *)text)), e);

	xmlFree(text);
	return good;
}

/* --- what elements do at their beginning ---------------------------------- */

static bool begin_placemark(struct reading *r, struct err *e)
{
	shape_reset(&r->shape);
	gather_reset(&r->gather);
	r->feature = (struct foreign_feature){ .geom = NULL };
	r->many = false;
	r->number++;
	return copy_attribute(r, "id", &r->feature.id, e);
}

static bool begin_text(struct reading *r, struct err *e)
{
	(void)e;
	buf_reset(&r->text);
	return true;
}

static bool begin_data(struct reading *r, struct err *e)
{
	buf_reset(&r->text);
	return copy_attribute(r, "name", &r->data_name, e);
}

static bool begin_multi(struct reading *r, struct err *e)
{
	(void)e;
	r->many = true;
	return true;
}

/* A point, a line or a polygon. */
static bool begin_piece(struct reading *r, struct err *e)
{
	static const enum geom_type kinds[] = { [POINT] = GEOM_POINT,
		[LINE] = GEOM_LINE,
		[POLYGON] = GEOM_POLYGON };

	return shape_begin(&r->shape, kinds[current(r)->place], e);
}

static bool begin_boundary(struct reading *r, struct err *e)
{
	bool outer = current(r)->place == OUTER;

	if (outer == (r->shape.poly_n == 0))
		return true;
	return err_set(e, ERR_INPUT,
	    "a polygon does not begin with its one outer boundary");
}

/* --- and at their end ----------------------------------------------------- */

/* An attribute that is called as the element. */
static bool end_text(struct reading *r, struct err *e)
{
	return gather_add(&r->gather, str_from(current(r)->name),
	    str_trim(buf_str(&r->text)), e);
}

static bool end_data(struct reading *r, struct err *e)
{
	if (r->data_name.len == 0)
		return true;
	return gather_add(
	    &r->gather, r->data_name, str_trim(buf_str(&r->text)), e);
}

static bool end_coordinates(struct reading *r, struct err *e)
{
	return kml_add_coordinates(&r->shape, buf_str(&r->text), e);
}

static bool end_part(struct reading *r, struct err *e)
{
	(void)e;
	shape_end_part(&r->shape);
	return true;
}

/* Google Earth closes rings that are open, and writes such. */
static bool end_ring(struct reading *r, struct err *e)
{
	if (!shape_close_ring(&r->shape, e))
		return false;
	shape_end_part(&r->shape);
	return true;
}

static bool end_polygon(struct reading *r, struct err *e)
{
	(void)e;
	shape_end_polygon(&r->shape);
	return true;
}

static bool end_placemark(struct reading *r, struct err *e)
{
	struct foreign_feature *f = &r->feature;

	if (r->shape.n_pieces > 0) {
		f->geom = shape_make(&r->shape, r->many, r->gather.arena, e);
		if (!f->geom)
			return false;
	}
	if (!gather_finish(&r->gather, f, e))
		return false;
	r->visit_failed = !r->visit(r->context, f, r->number, e);
	return !r->visit_failed;
}

/* --- the table ------------------------------------------------------------ */

#define IN(place) ((uint32_t)1 << (place))

/* Places whose text counts. */
static const uint32_t texts =
    IN(NAME) | IN(DESCRIPTION) | IN(SIMPLE_DATA) | IN(VALUE) | IN(COORDINATES);

enum {
	CONTAINERS = IN(KML) | IN(FOLDER),
	GEOMETRIES = IN(PLACEMARK) | IN(MULTI)
};

static const struct rule rules[] = {
	{ "kml", IN(OUTSIDE), KML, NULL, NULL },
	{ "Document", CONTAINERS, FOLDER, NULL, NULL },
	{ "Folder", CONTAINERS, FOLDER, NULL, NULL },
	{ "Placemark", CONTAINERS, PLACEMARK, begin_placemark, end_placemark },
	{ "name", IN(PLACEMARK), NAME, begin_text, end_text },
	{ "description", IN(PLACEMARK), DESCRIPTION, begin_text, end_text },
	{ "ExtendedData", IN(PLACEMARK), EXTENDED_DATA, NULL, NULL },
	{ "SchemaData", IN(EXTENDED_DATA), SCHEMA_DATA, NULL, NULL },
	{ "SimpleData", IN(SCHEMA_DATA), SIMPLE_DATA, begin_data, end_data },
	{ "Data", IN(EXTENDED_DATA), DATA, begin_data, NULL },
	{ "value", IN(DATA), VALUE, begin_text, end_data },
	{ "MultiGeometry", GEOMETRIES, MULTI, begin_multi, NULL },
	{ "Point", GEOMETRIES, POINT, begin_piece, end_part },
	{ "LineString", GEOMETRIES, LINE, begin_piece, end_part },
	{ "LinearRing", GEOMETRIES, LINE, begin_piece, end_ring },
	{ "Polygon", GEOMETRIES, POLYGON, begin_piece, end_polygon },
	{ "outerBoundaryIs", IN(POLYGON), OUTER, begin_boundary, NULL },
	{ "innerBoundaryIs", IN(POLYGON), INNER, begin_boundary, NULL },
	{ "LinearRing", IN(OUTER) | IN(INNER), RING, NULL, end_ring },
	{ "coordinates", IN(POINT) | IN(LINE) | IN(RING), COORDINATES,
	    begin_text, end_coordinates },
};

/* The rule for the element in the place that is read; NULL when it means
 * nothing there or belongs to another namespace than the root. */
static const struct rule *find_rule(const struct reading *r)
{
	const char *name = (const char *)xmlTextReaderConstLocalName(r->xml);
	uint32_t parent = IN(place_of(r));

	if (r->depth > 0 &&
	    !xmlStrEqual(xmlTextReaderConstNamespaceUri(r->xml), r->space))
		return NULL;
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if ((rules[i].parents & parent) &&
		    strcmp(rules[i].name, name) == 0)
			return &rules[i];
	return NULL;
}

/* --- nodes ---------------------------------------------------------------- */

static bool open_root(struct reading *r, struct err *e)
{
	const xmlChar *space = xmlTextReaderConstNamespaceUri(r->xml);

	if (!find_rule(r))
		return err_set(e, ERR_INPUT, "the file is no KML");
	if (!space)
		return true;
	r->space = xmlStrdup(space);
	return r->space ? true : out_of_memory(e);
}

static bool open_element(struct reading *r, struct err *e)
{
	const struct rule *rule;

	if (r->depth == 0 && !open_root(r, e))
		return false;
	if (r->depth == FOREIGN_DEPTH_MAX)
		return err_set(e, ERR_LIMIT,
		    "the file is nested more than %d levels deep",
		    FOREIGN_DEPTH_MAX);
	rule = find_rule(r);
	r->open[r->depth++] = rule;
	return !rule || !rule->begin || rule->begin(r, e);
}

static bool close_element(struct reading *r, struct err *e)
{
	const struct rule *rule = current(r);
	bool good = !rule || !rule->end || rule->end(r, e);

	r->depth--;
	return good;
}

static bool add_text(struct reading *r, struct err *e)
{
	struct str text;

	if (!(IN(place_of(r)) & texts))
		return true;
	text = str_from((const char *)xmlTextReaderConstValue(r->xml));
	if (text.len > TEXT_SIZE_MAX - r->text.len)
		return err_set(e, ERR_LIMIT, "a text is too long");
	buf_add_str(&r->text, text);
	return r->text.failed ? out_of_memory(e) : true;
}

static bool refuse_declaration(struct err *e)
{
	return err_set(e, ERR_INPUT,
	    "a document type declaration (DOCTYPE) is not allowed");
}

static bool read_node(struct reading *r, struct err *e)
{
	switch (xmlTextReaderNodeType(r->xml)) {
	case XML_READER_TYPE_ELEMENT:
		if (!open_element(r, e))
			return false;
		return !xmlTextReaderIsEmptyElement(r->xml) ||
		       close_element(r, e);
	case XML_READER_TYPE_END_ELEMENT:
		return close_element(r, e);
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
	case XML_READER_TYPE_WHITESPACE:
	case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
		return add_text(r, e);
	case XML_READER_TYPE_DOCUMENT_TYPE:
	case XML_READER_TYPE_ENTITY:
	case XML_READER_TYPE_ENTITY_REFERENCE:
		return refuse_declaration(e);
	default:
		return true;
	}
}

/* --- the file ------------------------------------------------------------- */

static void note_error(void *context, xmlErrorPtr error)
{
	struct reading *r = context;

	if (error->level < XML_ERR_ERROR)
		return;
	r->malformed = true;
	r->memory_failed = r->memory_failed || error->code == XML_ERR_NO_MEMORY;
}

/* Says which placemark a failure was found in, and where. */
static bool locate(
    const struct reading *r, const struct err *why, struct err *e)
{
	xmlNodePtr node = xmlTextReaderCurrentNode(r->xml);
	long line = node ? xmlGetLineNo(node) : -1;

	if (r->number == 0 || line <= 0)
		return err_set(e, why->code, "%s", why->text);
	return err_set(e, why->code, "placemark %ld, line %ld: %s", r->number,
	    line, why->text);
}

static bool fail_parsing(const struct reading *r, struct err *e)
{
	if (r->memory_failed)
		return out_of_memory(e);
	return err_set(e, ERR_INPUT, "the file is not valid XML at line %d",
	    xmlTextReaderGetParserLineNumber(r->xml));
}

static bool read_nodes(struct reading *r, struct err *e)
{
	struct err why = { .code = ERR_NONE };
	int more;

	while ((more = xmlTextReaderRead(r->xml)) == 1) {
		if (r->malformed)
			break;
		if (read_node(r, &why))
			continue;
		if (!r->visit_failed)
			return locate(r, &why, e);
		if (e)
			*e = why;
		return false;
	}
	return more == 0 && !r->malformed ? true : fail_parsing(r, e);
}

static bool read_document(struct reading *r, struct str text, struct err *e)
{
	const int options = XML_PARSE_NONET | XML_PARSE_BIG_LINES;
	bool good;

	r->xml =
	    xmlReaderForMemory(text.data, (int)text.len, NULL, NULL, options);
	if (!r->xml)
		return out_of_memory(e);
	good = read_nodes(r, e);
	xmlFreeTextReader(r->xml);
	xmlFree(r->space);
	return good;
}

/* The handler of the thread, not of the reader: where memory is exhausted
 * libxml2 tells the reader's nothing and goes on without the lost element. */
static bool read_file(struct reading *r, struct str text, struct err *e)
{
	xmlStructuredErrorFunc handler = xmlStructuredError;
	void *context = xmlStructuredErrorContext;
	bool good;

	xmlSetStructuredErrorFunc(r, note_error);
	good = read_document(r, text, e);
	xmlSetStructuredErrorFunc(context, handler);
	return good;
}

bool kml_read_features(struct str text, size_t max_bytes, struct arena *a,
    foreign_visit *visit, void *context, struct err *e)
{
	struct reading r = { .visit = visit, .context = context };
	bool good;

	if (text.len > max_bytes || text.len > INT_MAX)
		return err_set(e, ERR_LIMIT,
		    "the file is longer than %zu bytes", max_bytes);
	if (text.len == 0)
		return err_set(e, ERR_INPUT, "the file is empty");
	if (kml_has_declaration(text))
		return refuse_declaration(e);
	shape_init(&r.shape, FOREIGN_POSITIONS_MAX);
	gather_init(&r.gather, a);
	buf_init(&r.text, TEXT_SIZE_MAX);
	good = read_file(&r, text, e);
	shape_free(&r.shape);
	gather_free(&r.gather);
	buf_free(&r.text);
	return good;
}
