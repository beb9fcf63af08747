#include "cql2_build.h"

#include <string.h>

#include "base/utf8.h"

/* Patterns of LIKE (21-065r2 section 7.2): '%' is any text, '_' any character,
 * a backslash takes the meaning from what follows. */

/* One step through a pattern. */
struct step {
	bool any; /* % */
	bool one; /* _ */
	struct str literal; /* a character */
	size_t len; /* bytes of the pattern */
};

static struct step step_at(struct str pattern, size_t at)
{
	struct str rest = { pattern.data + at, pattern.len - at };
	struct step s = { .len = 1 };

	s.any = rest.data[0] == '%';
	s.one = rest.data[0] == '_';
	if (s.any || s.one)
		return s;
	if (rest.data[0] == '\\') {
		rest.data++;
		rest.len--;
		s.len++;
	}
	s.literal = (struct str){ rest.data, utf8_first(rest) };
	s.len += s.literal.len - 1;
	return s;
}

/* --- taking it apart ------------------------------------------------------ */

/* From at up to the next '%' or the end; the text of a plain one is copied. */
static bool read_segment(struct cql2_build *b, struct cql2_segment *out,
    struct str pattern, const struct utf8_letters *letters, size_t at,
    size_t *end)
{
	char *text = arena_alloc(b->arena, pattern.len);
	size_t len = 0, head = SIZE_MAX;

	if (!text)
		return cql2_no_memory(b);
	*out = (struct cql2_segment){ .plain = true };
	for (*end = at; *end < pattern.len;) {
		struct step s = step_at(pattern, *end);

		if (s.any)
			break;
		if (s.one && len == 0)
			out->lead++;
		else if (s.one && head == SIZE_MAX)
			head = len;
		out->plain = out->plain && !s.one;
		out->chars++;
		if (s.literal.len > 0)
			memcpy(text + len, s.literal.data, s.literal.len);
		len += s.literal.len;
		*end += s.len;
	}
	out->text = out->plain ? (struct str){ text, len }
			       : (struct str){ pattern.data + at, *end - at };
	utf8_needle_init(&out->needle,
	    (struct str){ text, head < len ? head : len }, letters);
	return true;
}

const struct cql2_pattern *cql2_make_pattern(struct cql2_build *b,
    struct str pattern, const struct utf8_letters *letters)
{
	struct cql2_pattern *p = arena_alloc(b->arena, sizeof(*p));
	size_t at = 0, n = 1;

	for (size_t i = 0; i < pattern.len; i++)
		n += pattern.data[i] == '%';
	if (p)
		p->segments = arena_array(b->arena, n, sizeof(*p->segments));
	if (!p || !p->segments)
		return cql2_no_memory(b);
	p->from_start = pattern.len == 0 || pattern.data[0] != '%';
	p->to_end = true;
	while (at < pattern.len) {
		p->to_end = pattern.data[at] != '%';
		if (!p->to_end)
			at++;
		else if (!read_segment(b, &p->segments[p->n++], pattern,
			     letters, at, &at))
			return NULL;
	}
	return p;
}

/* --- matching ------------------------------------------------------------- */

/* Whether the segment stands at a place of the text; *end is behind it. */
static bool stands_at(const struct cql2_segment *s,
    const struct cql2_seen *seen, size_t at, size_t *end)
{
	struct str rest = { seen->text.data + at, seen->text.len - at };
	const char *start = seen->text.data;
	size_t len;

	*end = at + s->text.len;
	if (s->plain)
		return utf8_letters_begin(seen->letters, rest, s->text);
	for (size_t i = 0; i < s->text.len;) {
		struct step step = step_at(s->text, i);

		if (rest.len == 0)
			return false;
		len = step.one ? utf8_first(rest) : step.literal.len;
		if (!step.one &&
		    !utf8_letters_begin(seen->letters, rest, step.literal))
			return false;
		rest = (struct str){ rest.data + len, rest.len - len };
		i += step.len;
	}
	*end = (size_t)(rest.data - start);
	return true;
}

/* Where n characters from the end begin; SIZE_MAX when there are fewer. */
static size_t back_from_end(struct str text, size_t n)
{
	size_t at = text.len;

	for (; n > 0; n--) {
		if (at == 0)
			return SIZE_MAX;
		do
			at--;
		while (((unsigned char)text.data[at] & 0xC0) == 0x80);
	}
	return at;
}

/* Where n characters from a place on end; SIZE_MAX when there are fewer. */
static size_t forth(struct str text, size_t at, size_t n)
{
	for (; n > 0; n--) {
		if (at == text.len)
			return SIZE_MAX;
		at += utf8_first((struct str){ text.data + at, text.len - at });
	}
	return at;
}

/* The next place from one on where the segment's needle stands as far behind as
 * it does in the segment, SIZE_MAX when nowhere. */
static size_t find_head(
    const struct cql2_segment *s, const struct cql2_seen *seen, size_t at)
{
	size_t found = forth(seen->text, at, s->lead);

	if (found == SIZE_MAX || s->needle.text.len == 0)
		return found == SIZE_MAX ? found : at;
	found = utf8_needle_find(&s->needle, seen->letters, seen->text, found);
	if (found == SIZE_MAX)
		return found;
	return back_from_end((struct str){ seen->text.data, found }, s->lead);
}

/* The first place from *at on that the segment stands at; *at gets behind it.
 */
static bool find(
    const struct cql2_segment *s, const struct cql2_seen *seen, size_t *at)
{
	const struct str text = seen->text;
	size_t place = find_head(s, seen, *at);

	while (place < text.len && !stands_at(s, seen, place, at)) {
		size_t step = utf8_first(
		    (struct str){ text.data + place, text.len - place });

		/* 0 where damaged data are no text. */
		place = find_head(s, seen, place + (step ? step : 1));
	}
	return place < text.len;
}

/* The first segment stands at the start, the last at the end, those between
 * are found one behind the other, each as early as can be. */
bool cql2_like(const struct cql2_seen *seen, const struct cql2_pattern *p)
{
	size_t first = 0, last = p->n, at = 0, end = seen->text.len, stop;
	struct cql2_seen rest = *seen;

	if (p->n == 0)
		return !p->to_end || end == 0;
	if (end == 0)
		return false;
	if (p->from_start && !stands_at(&p->segments[first++], seen, 0, &at))
		return false;
	if (p->to_end && first == last)
		return at == end;
	if (p->to_end) {
		end = back_from_end(seen->text, p->segments[--last].chars);
		if (end == SIZE_MAX || end < at ||
		    !stands_at(&p->segments[last], seen, end, &stop))
			return false;
	}
	rest.text.len = end;
	for (; first < last; first++)
		if (!find(&p->segments[first], &rest, &at))
			return false;
	return true;
}

void cql2_add_glob(struct buf *out, struct str pattern)
{
	for (size_t p = 0; p < pattern.len;) {
		struct step s = step_at(pattern, p);
		bool special = s.literal.len == 1 &&
			       strchr("*?[", s.literal.data[0]) != NULL;

		if (s.any)
			buf_add_char(out, '*');
		if (s.one)
			buf_add_char(out, '?');
		if (special)
			buf_add_char(out, '[');
		buf_add_str(out, s.literal);
		if (special)
			buf_add_char(out, ']');
		p += s.len;
	}
}
