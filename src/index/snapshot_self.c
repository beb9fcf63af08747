/* What a layer's snapshot says of itself. Texts, each ended by a NUL: the
 * layer's name, three titles, three descriptions, licence, source, attribution;
 * then of each field a letter for its type, name and three titles. */
#include "index/snapshot_view.h"

#include <string.h>

#include "base/mem.h"

enum { FIELDS_MAX = 1024, TYPE_BASE = 'A', HEAD_TEXTS = 10, FIELD_TEXTS = 5 };

static void add_text(struct buf *b, const char *text)
{
	buf_add(b, text, strlen(text) + 1);
}

void snapshot_self_add(struct buf *b, const struct snapshot_info *info)
{
	const struct snapshot_about *a = info->about;

	if (!a)
		return;
	add_text(b, info->schema->name);
	for (int i = 0; i < 3; i++)
		add_text(b, a->title[i]);
	for (int i = 0; i < 3; i++)
		add_text(b, a->description[i]);
	add_text(b, a->licence);
	add_text(b, a->source);
	add_text(b, a->attribution);
	for (size_t i = 0; i < info->schema->n_fields; i++) {
		const struct field *f = &info->schema->fields[i];

		buf_add_char(b, (char)(TYPE_BASE + (int)f->type));
		buf_add_char(b, '\0');
		add_text(b, f->name);
		for (int k = 0; k < 3; k++)
			add_text(b, f->title[k]);
	}
}

static bool damaged(struct err *e)
{
	snapshot_damaged(e);
	return err_detail(e, "what it says of itself");
}

/* How many texts there are; 0 when the last one has no end. */
static size_t count_texts(struct str section)
{
	size_t n = 0;

	if (section.len == 0 || section.data[section.len - 1] != '\0')
		return 0;
	for (size_t i = 0; i < section.len; i++)
		n += section.data[i] == '\0';
	return n;
}

static const char *next_text(const char **at)
{
	const char *text = *at;

	*at += strlen(text) + 1;
	return text;
}

static bool read_field(struct field *f, const char **at)
{
	const char *type = next_text(at);
	int number = type[0] - TYPE_BASE;

	f->name = next_text(at);
	for (int k = 0; k < 3; k++)
		f->title[k] = next_text(at);
	f->type = (enum value_type)number;
	return number > VALUE_NULL && number <= VALUE_TIME &&
	       f->name[0] != '\0';
}

static void read_head(struct snapshot_self *s, const char **at)
{
	s->schema.name = next_text(at);
	for (int i = 0; i < 3; i++)
		s->about.title[i] = next_text(at);
	for (int i = 0; i < 3; i++)
		s->about.description[i] = next_text(at);
	s->about.licence = next_text(at);
	s->about.source = next_text(at);
	s->about.attribution = next_text(at);
}

struct snapshot_self *snapshot_self_read(struct str section, struct err *e)
{
	const char *at = section.data;
	size_t texts = count_texts(section), n;
	struct snapshot_self *s;

	if (texts < HEAD_TEXTS || (texts - HEAD_TEXTS) % FIELD_TEXTS != 0 ||
	    (texts - HEAD_TEXTS) / FIELD_TEXTS > FIELDS_MAX) {
		damaged(e);
		return NULL;
	}
	n = (texts - HEAD_TEXTS) / FIELD_TEXTS;
	s = mem_alloc(sizeof(*s) + n * sizeof(s->fields[0]));
	if (!s) {
		err_no_memory(e);
		return NULL;
	}
	memset(s, 0, sizeof(*s));
	read_head(s, &at);
	s->schema.fields = s->fields;
	s->schema.n_fields = n;
	for (size_t i = 0; i < n; i++) {
		if (read_field(&s->fields[i], &at))
			continue;
		mem_free(s);
		damaged(e);
		return NULL;
	}
	return s;
}
