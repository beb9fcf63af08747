#include "layer_fields.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "store/bin.h"

enum { SCRATCH_MAX = 1 << 16 };

static const unsigned can_all = ~0u;

/* --- names -----------------------------------------------------------------
 */

/* From U+0430 on, after folding; ё and Kazakh letters are plain by then. */
static const char *const latin[] = { "a", "b", "v", "g", "d", "e", "zh", "z",
	"i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "h",
	"ts", "ch", "sh", "sch", "", "y", "", "e", "yu", "ya" };

enum { CYRILLIC_FIRST = 0x430, LATIN = LENGTH(latin) };

/* A character of two bytes as its code point; others are no letters here. */
static unsigned code_point(struct str s)
{
	return ((unsigned char)s.data[0] & 0x1Fu) << 6 |
	       ((unsigned char)s.data[1] & 0x3Fu);
}

static void add_separator(struct buf *b, size_t start)
{
	if (b->len > start && b->data[b->len - 1] != '_')
		buf_add_char(b, '_');
}

static void add_latin(struct buf *b, struct str folded)
{
	size_t start = b->len;

	while (folded.len > 0) {
		size_t len = utf8_first(folded);
		char c = folded.data[0];
		unsigned point = len == 2 ? code_point(folded) : 0;

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			buf_add_char(b, c);
		else if (point >= CYRILLIC_FIRST &&
			 point < CYRILLIC_FIRST + LATIN)
			buf_add_text(b, latin[point - CYRILLIC_FIRST]);
		else
			add_separator(b, start);
		folded.data += len > 0 ? len : 1;
		folded.len -= len > 0 ? len : 1;
	}
	while (b->len > start && b->data[b->len - 1] == '_')
		b->len--;
}

bool layer_add_name(struct buf *b, struct str column, struct err *e)
{
	struct buf plain, folded;
	size_t start = b->len;

	buf_init(&plain, SCRATCH_MAX);
	buf_init(&folded, SCRATCH_MAX);
	if (utf8_add_caseless(&plain, column) &&
	    utf8_add_unaccented(&folded, buf_str(&plain)))
		add_latin(b, buf_str(&folded));
	buf_free(&plain);
	buf_free(&folded);
	if (b->len == start) {
		buf_add_text(b, "field");
	} else if (b->data[start] >= '0' && b->data[start] <= '9') {
		buf_add_char(b, ' ');
		memmove(
		    b->data + start + 1, b->data + start, b->len - start - 1);
		b->data[start] = 'f';
	}
	if (b->len > start + LAYER_NAME_MAX)
		b->len = start + LAYER_NAME_MAX;
	return !b->failed || err_no_memory(e);
}

/* Names that mean something else on the wires. */
static bool is_reserved(const char *name)
{
	static const char *const names[] = { "id", "lon", "lat", "wkt", "geom",
		"geometry", LAYER_SOURCE_ID };

	for (size_t i = 0; i < LENGTH(names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static bool is_taken(const struct layer_fields *f, const char *name)
{
	if (is_reserved(name))
		return true;
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->list[i].attribute.field.name, name) == 0)
			return true;
	return false;
}

/* A name that no other field has. */
static const char *free_name(
    struct layer_fields *f, struct str column, struct err *e)
{
	enum { TAIL = 8 };
	char *name;
	size_t len;

	buf_reset(&f->scratch);
	if (!layer_add_name(&f->scratch, column, e))
		return NULL;
	len = f->scratch.len;
	if (len > LAYER_NAME_MAX - TAIL)
		len = LAYER_NAME_MAX - TAIL;
	name = arena_alloc(f->arena, LAYER_NAME_MAX + 1);
	if (!name) {
		err_no_memory(e);
		return NULL;
	}
	memcpy(name, f->scratch.data, f->scratch.len);
	for (int k = 2; is_taken(f, name); k++)
		snprintf(name + len, TAIL, "_%d", k);
	return name;
}

static bool is_name(struct str s)
{
	if (s.len == 0 || s.len > LAYER_NAME_MAX || s.data[0] < 'a' ||
	    s.data[0] > 'z')
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.data[i];

		if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_')
			return false;
	}
	return true;
}

/* --- columns and fields ----------------------------------------------------
 */

void layer_fields_init(struct layer_fields *f, struct arena *a,
    const struct layer_mapping *map, size_t n_map)
{
	*f = (struct layer_fields){ .arena = a, .map = map, .n_map = n_map };
	buf_init(&f->scratch, SCRATCH_MAX);
}

void layer_fields_free(struct layer_fields *f)
{
	buf_free(&f->scratch);
}

static const char *copy(struct layer_fields *f, struct str text)
{
	return arena_copy(f->arena, text.data ? text.data : "", text.len);
}

static struct layer_field *append(struct layer_fields *f, struct err *e)
{
	if (f->n == LENGTH(f->list)) {
		err_set(e, ERR_LIMIT,
		    "There are more than %d attributes: leave some out with "
		    "--map.",
		    (int)(LENGTH(f->list)));
		return NULL;
	}
	return &f->list[f->n];
}

bool layer_fields_store(struct layer_fields *f,
    const struct layer_attribute *attribute, struct err *e)
{
	struct layer_field *to = append(f, e);

	if (!to)
		return false;
	*to = (struct layer_field){ .attribute = *attribute,
		.stored = attribute->field.type,
		.can = can_all,
		.titled = true };
	f->n++;
	return true;
}

static const struct layer_mapping *find_mapping(
    const struct layer_fields *f, struct str column)
{
	for (size_t i = 0; i < f->n_map; i++)
		if (str_equal(f->map[i].column, column))
			return &f->map[i];
	return NULL;
}

static bool check_mapped_name(
    const struct layer_fields *f, const struct layer_field *to, struct err *e)
{
	if (!is_name(str_from(to->attribute.field.name)) ||
	    is_taken(f, to->attribute.field.name))
		return err_set(e, ERR_INPUT,
		    "A field in the map is not a name of letters a to z, "
		    "digits and '_', is kept for something else, or stands "
		    "there twice.");
	return true;
}

static bool fill_titles(struct layer_fields *f, struct layer_field *to,
    const struct layer_mapping *m, struct err *e)
{
	for (int i = 0; i < 3; i++) {
		bool told = m && m->title[i].len > 0;

		to->titled = to->titled || told;
		to->attribute.field.title[i] =
		    told ? copy(f, m->title[i]) : to->attribute.source;
		if (!to->attribute.field.title[i])
			return err_no_memory(e);
	}
	return true;
}

/* Names and titles are published with every feature. */
static bool check_words(const struct str *words, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		if (bin_has_person(words[i]))
			return err_set(e, ERR_INPUT,
			    "The name or title of a column holds a person's "
			    "number (IIN).");
	return true;
}

static bool make_field(struct layer_fields *f, struct str column, struct err *e)
{
	const struct layer_mapping *m = find_mapping(f, column);
	struct layer_field *to;

	if (!check_words(&column, 1, e) ||
	    (m && (!check_words(&m->field, 1, e) ||
		      !check_words(m->title, 3, e))))
		return false;
	to = append(f, e);
	if (!to)
		return false;
	*to = (struct layer_field){ .can = can_all,
		.fixed = m ? m->type : VALUE_NULL };
	to->attribute.source = copy(f, column);
	if (!to->attribute.source)
		return err_no_memory(e);
	to->attribute.field.name =
	    m ? copy(f, m->field) : free_name(f, column, e);
	if (!to->attribute.field.name || (m && !check_mapped_name(f, to, e)) ||
	    !fill_titles(f, to, m, e))
		return false;
	f->n++;
	return true;
}

/* A stored field is what its column is called, or what it is itself called: our
 * own exports have the names of the wires. */
static int find_field(const struct layer_fields *f, struct str column)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_is(column, f->list[i].attribute.source))
			return (int)i;
	for (size_t i = 0; i < f->n; i++)
		if (f->list[i].stored &&
		    str_is(column, f->list[i].attribute.field.name))
			return (int)i;
	return -1;
}

bool layer_fields_find(
    struct layer_fields *f, struct str column, int *out, struct err *e)
{
	const struct layer_mapping *m;

	if (f->expected < f->n &&
	    str_is(column, f->list[f->expected].attribute.source)) {
		*out = (int)f->expected++;
		return true;
	}
	m = find_mapping(f, column);
	*out = m && m->field.len == 0 ? LAYER_COLUMN_DROPPED : LAYER_COLUMN_ID;
	if (m ? m->field.len == 0 || str_is(m->field, LAYER_SOURCE_ID)
	      : str_is(column, LAYER_SOURCE_ID))
		return true;
	*out = find_field(f, column);
	if (*out < 0) {
		if (!make_field(f, column, e))
			return false;
		*out = (int)f->n - 1;
	}
	f->expected = (size_t)*out + 1;
	return true;
}

bool layer_fields_title(
    struct layer_fields *f, struct str column, struct str title, struct err *e)
{
	int k = find_field(f, column);
	struct layer_field *to = k < 0 ? NULL : &f->list[k];

	if (!to || to->titled || title.len == 0)
		return true;
	if (!check_words(&title, 1, e))
		return false;
	for (int i = 0; i < 3; i++) {
		to->attribute.field.title[i] = copy(f, title);
		if (!to->attribute.field.title[i])
			return err_no_memory(e);
	}
	to->titled = true;
	return true;
}
