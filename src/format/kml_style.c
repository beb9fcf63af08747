#include "kml_style.h"

#include "base/array.h"
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

enum { STATES = LENGTH(states) };

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

/* A style with what all its parts need, escaped once: its id, and the icon,
 * which is mostly that of the style before. */
struct ready_style {
	const struct kml_style *style;
	struct buf id, icon;
};

static void take_style(struct ready_style *r, const struct kml_style *s)
{
	bool same = r->style && r->style->icon == s->icon;

	r->style = s;
	buf_reset(&r->id);
	xml_add_text(&r->id, str_from(s->id));
	if (same)
		return;
	buf_reset(&r->icon);
	if (!s->icon)
		return;
	buf_add_text(&r->icon, "<Icon><href>");
	xml_add_text(&r->icon, str_from(s->icon));
	buf_add_text(&r->icon, "</href></Icon>");
}

static void add_icon(struct buf *b, const struct ready_style *r, double scale)
{
	const struct kml_style *s = r->style;

	kml_put_text(b, "<IconStyle><color>");
	kml_put_text(b, s->color);
	kml_put_text(b, "</color><scale>");
	buf_add_double(b, s->scale > 0 ? s->scale * scale : scale, DECIMALS);
	kml_put_text(b, "</scale>");
	kml_put(b, buf_str(&r->icon));
	kml_put_text(b, "</IconStyle>\n");
}

/* Areas are filled with the same colour, seen through. */
static void add_style(
    struct buf *b, const struct ready_style *r, int state, struct str balloon)
{
	const struct kml_style *s = r->style;

	kml_put_text(b, "<Style id=\"");
	kml_put(b, buf_str(&r->id));
	kml_put_text(b, states[state].state);
	kml_put_text(b, "\">\n");
	add_icon(b, r, states[state].scale);
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

static void add_map(struct buf *b, const struct ready_style *r)
{
	kml_put_text(b, "<StyleMap id=\"");
	kml_put(b, buf_str(&r->id));
	kml_put_text(b, "\">\n");
	for (int i = 0; i < STATES; i++) {
		kml_put_text(b, "<Pair><key>");
		kml_put_text(b, states[i].key);
		kml_put_text(b, "</key><styleUrl>#");
		kml_put(b, buf_str(&r->id));
		kml_put_text(b, states[i].state);
		kml_put_text(b, "</styleUrl></Pair>\n");
	}
	kml_put_text(b, "</StyleMap>\n");
}

void kml_add_styles(struct buf *b, const struct kml_document *d)
{
	struct ready_style ready = { .style = NULL };
	struct buf balloon;

	if (d->n_styles == 0)
		return;
	buf_init(&balloon, b->limit);
	buf_init(&ready.id, b->limit);
	buf_init(&ready.icon, b->limit);
	add_balloon(&balloon, d);
	for (size_t i = 0; i < d->n_styles; i++) {
		take_style(&ready, &d->styles[i]);
		for (int k = 0; k < STATES; k++)
			add_style(b, &ready, k, buf_str(&balloon));
		add_map(b, &ready);
	}
	b->failed |= balloon.failed || ready.id.failed || ready.icon.failed;
	buf_free(&balloon);
	buf_free(&ready.id);
	buf_free(&ready.icon);
}
