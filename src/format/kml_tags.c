#include "kml_tags.h"

/* What is passed over, and the two bytes that stand before the '>' at its end.
 */
static const char ends[][2] = {
	[TAGS_COMMENT] = { '-', '-' },
	[TAGS_CDATA] = { ']', ']' },
	[TAGS_INSTRUCTION] = { '\0', '?' },
};

static void begin(struct kml_tags *t, int state)
{
	t->state = state;
	t->last[0] = '\0';
	t->last[1] = '\0';
	t->attributes = 0;
}

/* What no name begins with ends it: half of a wide character, mostly. */
static void open(struct kml_tags *t, char c)
{
	const bool name = (unsigned char)c > ' ' && c != '/';

	if (c == '!')
		begin(t, TAGS_MARK);
	else if (c == '?')
		begin(t, TAGS_INSTRUCTION);
	else
		begin(t, name ? TAGS_ELEMENT : TAGS_TEXT);
}

static void see_in_element(struct kml_tags *t, char c)
{
	if (c == '>') {
		begin(t, TAGS_TEXT);
	} else if (c == '"' || c == '\'') {
		t->quote = c;
		t->state = TAGS_VALUE;
	} else {
		t->attributes += c == '=';
	}
}

static void pass_over(struct kml_tags *t, char c)
{
	const char *end = ends[t->state];

	if (c == '>' && t->last[1] == end[1] &&
	    (end[0] == '\0' || t->last[0] == end[0])) {
		begin(t, TAGS_TEXT);
		return;
	}
	t->last[0] = t->last[1];
	t->last[1] = c;
}

static void see(struct kml_tags *t, char c)
{
	switch (t->state) {
	case TAGS_TEXT:
		if (c == '<')
			begin(t, TAGS_OPEN);
		break;
	case TAGS_OPEN:
		open(t, c);
		break;
	case TAGS_ELEMENT:
		see_in_element(t, c);
		break;
	case TAGS_VALUE:
		if (c == t->quote)
			t->state = TAGS_ELEMENT;
		break;
	case TAGS_MARK:
		begin(t, c == '-' ? TAGS_COMMENT : TAGS_CDATA);
		break;
	case TAGS_COMMENT:
	case TAGS_CDATA:
	case TAGS_INSTRUCTION:
		pass_over(t, c);
	}
}

bool kml_tags_fit(struct kml_tags *t, struct str piece)
{
	for (size_t i = 0; i < piece.len; i++) {
		t->newlines += piece.data[i] == '\n';
		/* Two bytes a character: one of them says nothing. */
		if (piece.data[i] != '\0')
			see(t, piece.data[i]);
		if (t->attributes > KML_ATTRIBUTES_MAX)
			return false;
	}
	return true;
}
