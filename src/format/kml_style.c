#include "kml_style.h"

#include "kml_text.h"

enum { DECIMALS = 2 };

/* How a placemark looks as it is, and under the pointer. Names of hundreds of
 * neighbours would cover each other: only the one pointed at has its name. */
static const struct {
	const char *state, *key;
	double scale;
	const char *label; /* scale of it, and what follows */
	const char *width;
} states[] = {
	{ "-normal", "normal", 0.8,
	    "<LabelStyle><scale>0</scale></LabelStyle>\n",
	    "</color><width>3</width></LineStyle>\n" },
	{ "-highlight", "highlight", 1.2,
	    "<LabelStyle><scale>1</scale></LabelStyle>\n",
	    "</color><width>5</width></LineStyle>\n" },
};

enum { STATES = sizeof(states) / sizeof(states[0]) };

/* All attributes, as the client finds them by the schema. */
static void add_entities(struct buf *b, const struct schema *s)
{
	buf_add_text(b, "<table>");
	for (size_t i = 0; i < s->n_fields; i++) {
		const char *field = s->fields[i].name;

		buf_add_format(b,
		    "<tr><td>$[%s/%s/displayName]</td><td>$[%s/%s]</td></tr>",
		    s->name, field, s->name, field);
	}
	buf_add_text(b, "</table>");
}

/* The same in every style, so written once and copied. */
static void add_balloon(struct buf *b, const struct kml_document *d)
{
	buf_add_text(b, "<BalloonStyle><text><![CDATA[<h3>$[name]</h3>");
	if (d->n_rows > 0 || !d->schema)
		buf_add_text(b, "$[description]");
	else
		add_entities(b, d->schema);
	if (d->page && d->schema) {
		buf_add_text(b, "<p><a href=\"");
		xml_add_text(b, str_from(d->page));
		buf_add_format(b, "$[%s/id]", d->schema->name);
		xml_add_text(b, str_from(d->page_tail));
		buf_add_text(b, "\">");
		xml_add_text(b, str_from(d->page_title));
		buf_add_text(b, "</a></p>");
	}
	buf_add_text(b, "]]></text></BalloonStyle>\n");
}

static void add_icon(struct buf *b, const struct kml_style *s, double scale)
{
	kml_put_text(b, "<IconStyle><color>");
	kml_put_text(b, s->color);
	kml_put_text(b, "</color><scale>");
	buf_add_double(b, s->scale > 0 ? s->scale * scale : scale, DECIMALS);
	kml_put_text(b, "</scale>");
	if (s->icon) {
		kml_put_text(b, "<Icon><href>");
		xml_add_text(b, str_from(s->icon));
		kml_put_text(b, "</href></Icon>");
	}
	kml_put_text(b, "</IconStyle>\n");
}

/* Areas are filled with the same colour, seen through. */
static void add_style(
    struct buf *b, const struct kml_style *s, int state, struct str balloon)
{
	kml_put_text(b, "<Style id=\"");
	xml_add_text(b, str_from(s->id));
	kml_put_text(b, states[state].state);
	kml_put_text(b, "\">\n");
	add_icon(b, s, states[state].scale);
	kml_put_text(b, states[s->named ? STATES - 1 : state].label);
	kml_put_text(b, "<LineStyle><color>");
	kml_put_text(b, s->color);
	kml_put_text(b, states[state].width);
	kml_put_text(b, "<PolyStyle><color>66");
	kml_put_text(b, s->color + 2);
	kml_put_text(b, "</color></PolyStyle>\n");
	kml_put(b, balloon);
	kml_put_text(b, "</Style>\n");
}

static void add_map(struct buf *b, const struct kml_style *s)
{
	kml_put_text(b, "<StyleMap id=\"");
	xml_add_text(b, str_from(s->id));
	kml_put_text(b, "\">\n");
	for (int i = 0; i < STATES; i++) {
		kml_put_text(b, "<Pair><key>");
		kml_put_text(b, states[i].key);
		kml_put_text(b, "</key><styleUrl>#");
		xml_add_text(b, str_from(s->id));
		kml_put_text(b, states[i].state);
		kml_put_text(b, "</styleUrl></Pair>\n");
	}
	kml_put_text(b, "</StyleMap>\n");
}

void kml_add_styles(struct buf *b, const struct kml_document *d)
{
	struct buf balloon;

	if (d->n_styles == 0)
		return;
	buf_init(&balloon, b->limit);
	add_balloon(&balloon, d);
	b->failed |= balloon.failed;
	for (size_t i = 0; i < d->n_styles; i++) {
		for (int k = 0; k < STATES; k++)
			add_style(b, &d->styles[i], k, buf_str(&balloon));
		add_map(b, &d->styles[i]);
	}
	buf_free(&balloon);
}
