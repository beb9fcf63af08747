/* Elements that stood in a file that was read (kml_kept.c), put where the
 * schema of KML has them. */
#include <string.h>

#include "kml_ready.h"

#include "base/array.h"
#include "kml_text.h"

/* Ranks and a half: what has a place between two of ours is of the later one.
 * What is not named here is an extension and comes last. */
static const struct {
	const char *name;
	enum kml_rank rank;
} ranks[] = {
	{ "visibility", RANK_LINK },
	{ "open", RANK_LINK },
	{ "atom:author", RANK_LINK },
	{ "atom:link", RANK_LINK },
	{ "address", RANK_SNIPPET },
	{ "xal:AddressDetails", RANK_SNIPPET },
	{ "phoneNumber", RANK_SNIPPET },
	{ "Snippet", RANK_SNIPPET },
	{ "LookAt", RANK_VIEW },
	{ "Camera", RANK_VIEW },
	{ "Region", RANK_REGION },
	{ "Metadata", RANK_DATA },
};

static enum kml_rank rank_of(struct str element)
{
	struct str name = { element.data + 1, 0 };

	while (name.len + 1 < element.len && name.data[name.len] != '>' &&
	       name.data[name.len] != ' ')
		name.len++;
	for (size_t i = 0; i < LENGTH(ranks); i++)
		if (str_is(name, ranks[i].name))
			return ranks[i].rank;
	return RANK_END;
}

/* The first element with all it holds. In text '<' is escaped, so that each one
 * is a tag; none is empty. Data NULL at the end, or when they are not so. */
static struct str take_element(struct str *rest)
{
	struct str element = { rest->data, 0 };
	const char *at = rest->data, *end = at + rest->len;
	int depth = 0;

	while (at < end && *at == '<') {
		const char *close = memchr(at, '>', (size_t)(end - at));
		const char *next;

		if (!close)
			break;
		depth += at[1] == '/' ? -1 : 1;
		if (depth == 0) {
			element.len = (size_t)(close + 1 - element.data);
			rest->data = close + 1;
			rest->len = (size_t)(end - rest->data);
			return element;
		}
		next = memchr(close, '<', (size_t)(end - close));
		at = next ? next : end;
	}
	return (struct str){ NULL, 0 };
}

static bool add_ranked(struct buf *b, struct str elements, enum kml_rank from,
    enum kml_rank to, const char *behind)
{
	bool found = false;
	struct str element;

	while (elements.len > 0 && (element = take_element(&elements)).data) {
		enum kml_rank rank = rank_of(element);

		if (rank <= from || rank > to)
			continue;
		found = found || rank == to;
		buf_add_str(b, element);
		buf_add_text(b, behind);
	}
	return found;
}

bool kml_add_ranked(
    struct buf *b, struct str elements, enum kml_rank from, enum kml_rank to)
{
	return add_ranked(b, elements, from, to, "\n");
}

/* The steps of put_elements in kml_placemark.c. */
void kml_sort_kept(struct buf *b, struct str elements)
{
	static const enum kml_rank steps[] = { RANK_NAME, RANK_LINK,
		RANK_SNIPPET, RANK_VIEW, RANK_DATA, RANK_END };

	for (size_t i = 1; i < LENGTH(steps); i++)
		(void)add_ranked(b, elements, steps[i - 1], steps[i], "");
}

void kml_add_kept(struct buf *b, struct str elements)
{
	(void)kml_add_ranked(b, elements, RANK_NAME, RANK_END);
}

void kml_take_kept(struct kml_placemarks *p, struct str style, struct str rest,
    struct str heights)
{
	p->heights = heights;
	p->style = style;
	p->rest = rest;
}
