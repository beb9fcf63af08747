#include "format/kml_read.h"

#include <string.h>

#include "base/array.h"
#include "base/clock.h"
#include "kml_reading.h"

enum { NODES_BETWEEN_LOOKS = 1024, OWN_MAX = 1 << 24 };

/* --- nodes -----------------------------------------------------------------
 */

/* Within a placemark, what is wrong with it is remembered and it is passed
 * over. */
static bool forgive(struct reading *r, const struct err *why, struct err *e)
{
	bool inside = false;

	for (int i = 0; i < r->depth && !inside; i++)
		inside = r->open[i] && r->open[i]->place == PLACEMARK;
	if (inside && !r->over && r->hooks->refuse && kml_is_of_feature(why)) {
		r->wrong = *why;
		return true;
	}
	if (e)
		*e = *why;
	return false;
}

static bool run(struct reading *r,
    bool (*act)(struct reading *r, struct err *e), struct err *e)
{
	struct err why = { .code = ERR_NONE };

	if (!act || (r->wrong.code != ERR_NONE && kml_place(r) != PLACEMARK))
		return true;
	return act(r, &why) || forgive(r, &why, e);
}

static bool open_root(struct reading *r, struct err *e)
{
	const xmlChar *space = xmlTextReaderConstNamespaceUri(r->xml);

	if (!kml_find_rule(r))
		return err_set(e, ERR_INPUT, "the file is no KML");
	if (!space)
		return true;
	r->space = xmlStrdup(space);
	return r->space ? true : err_no_memory(e);
}

/* An element that means nothing where it stands. */
static void open_unknown(struct reading *r, enum place parent)
{
	if (r->wrong.code != ERR_NONE || parent == OTHER)
		return;
	if (parent == PLACEMARK)
		kml_keep_begin(r, KEPT, true);
	else
		kml_leave_out(r, kml_element_name(r));
}

static bool open_element(struct reading *r, struct err *e)
{
	enum place parent = kml_place(r);
	const struct kml_rule *rule;

	if (r->depth == 0 && !open_root(r, e))
		return false;
	if (r->depth == FOREIGN_DEPTH_MAX) {
		r->over = true;
		return err_set(e, ERR_LIMIT,
		    "the file is nested more than %d levels deep at line %ld",
		    FOREIGN_DEPTH_MAX, kml_line(r));
	}
	rule = r->kept ? NULL : kml_find_rule(r);
	r->open[r->depth++] = rule;
	if (r->kept)
		kml_keep_open(r);
	else if (!rule)
		open_unknown(r, parent);
	return !rule || run(r, rule->begin, e);
}

static bool close_element(struct reading *r, struct err *e)
{
	const struct kml_rule *rule = kml_current(r);
	bool good;

	if (r->kept)
		good = kml_keep_close(r, e);
	else
		good = !rule || run(r, rule->end, e);
	r->depth--;
	return good;
}

static const uint64_t texts = IN(CONTAINER_TEXT) | IN(ATTRIBUTE) |
			      IN(DESCRIPTION) | IN(SIMPLE_DATA) | IN(VALUE) |
			      IN(COORDINATES) | IN(COORD) | IN(FIELD_TITLE) |
			      IN(ALTITUDE) | IN(TRACK_TIME);

static bool add_text(struct reading *r, struct err *e)
{
	struct str text =
	    str_from((const char *)xmlTextReaderConstValue(r->xml));

	if (r->kept) {
		kml_keep_text(r, text);
		return true;
	}
	if (!(IN(kml_place(r)) & texts))
		return true;
	if (text.len > KML_TEXT_MAX - r->text.len)
		return err_set(e, ERR_LIMIT, "a text is too long");
	buf_add_str(&r->text, text);
	return r->text.failed ? err_no_memory(e) : true;
}

static bool refuse_declaration(long line, struct err *e)
{
	return err_set(e, ERR_INPUT,
	    "a document type declaration (DOCTYPE) is not allowed, line %ld",
	    line);
}

static bool read_node(struct reading *r, struct err *e)
{
	switch (xmlTextReaderNodeType(r->xml)) {
	case XML_READER_TYPE_ELEMENT: {
		bool empty = xmlTextReaderIsEmptyElement(r->xml) != 0;

		return open_element(r, e) && (!empty || close_element(r, e));
	}
	case XML_READER_TYPE_END_ELEMENT:
		return close_element(r, e);
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_WHITESPACE:
	case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
		kml_note_line(r);
		return add_text(r, e);
	case XML_READER_TYPE_CDATA:
		return add_text(r, e);
	case XML_READER_TYPE_DOCUMENT_TYPE:
	case XML_READER_TYPE_ENTITY:
	case XML_READER_TYPE_ENTITY_REFERENCE:
		return refuse_declaration(kml_line(r), e);
	default:
		return true;
	}
}

/* --- the file --------------------------------------------------------------
 */

/* Google Earth uses prefixes that it does not declare: not well-formed by
 * Namespaces in XML, but well-formed XML. */
static void note_error(void *context, xmlErrorPtr error)
{
	struct reading *r = context;

	if (error->level < XML_ERR_ERROR || error->domain == XML_FROM_NAMESPACE)
		return;
	r->malformed = true;
	/* Told as a lack of memory. */
	if (error->message && strstr(error->message, "huge text node"))
		r->huge = true;
	else if (error->code == XML_ERR_NO_MEMORY)
		r->memory_failed = true;
}

/* Says which placemark a failure was found in, and where. */
static bool locate(
    const struct reading *r, const struct err *why, struct err *e)
{
	long line = kml_line(r);

	if (r->number == 0 || line <= 0)
		return err_set(e, why->code, "%s", why->text);
	return err_set(e, why->code, "placemark %ld, line %ld: %s", r->number,
	    line, why->text);
}

static bool fail_parsing(const struct reading *r, struct err *e)
{
	if (r->stopped.code != ERR_NONE) {
		if (e)
			*e = r->stopped;
		return false;
	}
	if (r->stream.passed == 0)
		return err_set(e, ERR_INPUT, "the file is empty");
	if (r->huge)
		return err_set(e, ERR_LIMIT,
		    "a text is longer than 10 MB at line %d",
		    xmlTextReaderGetParserLineNumber(r->xml));
	if (r->memory_failed)
		return err_no_memory(e);
	return err_set(e, ERR_INPUT, "the file is not valid XML at line %d",
	    xmlTextReaderGetParserLineNumber(r->xml));
}

static bool in_time(const struct reading *r, long nodes, struct err *e)
{
	if (nodes % NODES_BETWEEN_LOOKS != 0 || !r->file->deadline ||
	    clock_monotonic() <= r->file->deadline)
		return true;
	return err_set(e, ERR_LIMIT, "reading the file takes too long");
}

static bool read_nodes(struct reading *r, struct err *e)
{
	struct err why = { .code = ERR_NONE };
	long nodes = 0;
	int more;

	while ((more = xmlTextReaderRead(r->xml)) == 1) {
		if (r->malformed)
			break;
		if (!in_time(r, nodes++, e))
			return false;
		if (read_node(r, &why))
			continue;
		if (!r->over)
			return locate(r, &why, e);
		if (e)
			*e = why;
		return false;
	}
	return more == 0 && !r->malformed ? true : fail_parsing(r, e);
}

/* Gives libxml2 the next bytes, once it is sure that they declare nothing and
 * can be parsed in time. */
static int give(void *context, char *to, int n)
{
	struct reading *r = context;
	ptrdiff_t got;

	if (r->stopped.code != ERR_NONE)
		return -1;
	got = foreign_stream_take(&r->stream, to, (size_t)n, &r->stopped);
	if (got > 0 &&
	    kml_prolog_declares(&r->prolog, (struct str){ to, (size_t)got })) {
		refuse_declaration(r->prolog.newlines + 1, &r->stopped);
		got = -1;
	}
	if (got > 0 &&
	    !kml_tags_fit(&r->tags, (struct str){ to, (size_t)got })) {
		err_set(&r->stopped, ERR_LIMIT,
		    "an element has more than %d attributes, line %ld",
		    KML_ATTRIBUTES_MAX, r->tags.newlines + 1);
		got = -1;
	}
	return (int)got;
}

static bool read_document(struct reading *r, struct err *e)
{
	const int options = XML_PARSE_NONET | XML_PARSE_BIG_LINES;
	bool good;

	r->xml =
	    xmlReaderForIO(give, NULL, r, NULL, r->file->encoding, options);
	if (!r->xml)
		return r->stopped.code != ERR_NONE ? fail_parsing(r, e)
						   : err_no_memory(e);
	good =
	    read_nodes(r, e) && kml_note_all(r, e) && kml_visit_document(r, e);
	xmlFreeTextReader(r->xml);
	xmlFree(r->space);
	return good;
}

/* The handler of the thread, not of the reader: where memory is exhausted
 * libxml2 tells the reader's nothing and goes on without the lost element. */
static bool read_file(struct reading *r, struct err *e)
{
	xmlStructuredErrorFunc handler = xmlStructuredError;
	void *context = xmlStructuredErrorContext;
	bool good;

	xmlSetStructuredErrorFunc(r, note_error);
	good = read_document(r, e);
	xmlSetStructuredErrorFunc(context, handler);
	return good;
}

static void prepare(struct reading *r)
{
	shape_init(&r->shape, FOREIGN_POSITIONS_MAX);
	gather_init(&r->gather, r->file->arena);
	arena_init(&r->own, OWN_MAX);
	r->schemas.arena = &r->own;
	buf_init(&r->text, KML_TEXT_MAX);
	buf_init(&r->description, KML_TEXT_MAX);
	buf_init(&r->clean, (size_t)KML_TEXT_MAX * 2);
	buf_init(&r->times, KML_TEXT_MAX);
	buf_init(&r->style, KML_KEPT_MAX);
	buf_init(&r->rest, KML_KEPT_MAX);
	buf_init(&r->sorted, KML_KEPT_MAX);
	buf_init(&r->all_style, KML_KEPT_MAX);
	buf_init(&r->all_rest, KML_KEPT_MAX);
	buf_init(&r->href, KML_KEPT_MAX);
	buf_init(&r->folders, KML_FOLDERS_MAX);
}

static void finish(struct reading *r)
{
	struct buf *const bufs[] = { &r->text, &r->description, &r->clean,
		&r->times, &r->style, &r->rest, &r->sorted, &r->all_style,
		&r->all_rest, &r->href, &r->folders };

	for (size_t i = 0; i < LENGTH(bufs); i++)
		buf_free(bufs[i]);
	shape_free(&r->shape);
	gather_free(&r->gather);
	arena_free(&r->own);
}

bool kml_read_features(const struct foreign_file *file,
    const struct foreign_hooks *hooks, struct err *e)
{
	struct reading r = {
		.file = file, .hooks = hooks, .stream = { .file = file }
	};
	bool good;

	prepare(&r);
	good = read_file(&r, e);
	finish(&r);
	return good;
}
