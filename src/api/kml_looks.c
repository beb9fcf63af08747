#include "api/kml_looks.h"

#include "base/array.h"
#include "base/mem.h"
#include "query/codes.h"
#include "query/project.h"

enum { MEMORY = 4 << 20 };

static const struct schema *const schemas[] = { &project_schema,
	&district_schema };
enum { SCHEMAS = LENGTH(schemas) };

struct kml_looks {
	struct kml_looked all[SCHEMAS][LANG_COUNT];
	struct arena arena;
};

/* Styles and schema, in the arena; data NULL without memory. */
static struct str keep_looks(const struct kml_document *d, struct arena *a)
{
	struct str kept = { NULL, 0 };
	struct buf text;

	buf_init(&text, MEMORY);
	kml_add_looks(&text, d);
	if (!text.failed)
		kept.data = arena_copy(a, text.data, text.len);
	kept.len = kept.data ? text.len : 0;
	buf_free(&text);
	return kept;
}

static bool make(struct kml_looked *out, const struct schema *schema, int lang,
    const char *base, struct arena *a)
{
	struct kml_document *d = &out->look.document;

	kml_look(&out->look, schema, lang, base);
	out->placemarks = kml_placemarks(d, a, NULL);
	d->looks = keep_looks(d, a);
	return out->placemarks && d->looks.data;
}

static bool make_all(struct kml_looks *l, const char *base)
{
	for (size_t i = 0; i < SCHEMAS; i++)
		for (int lang = 0; lang < LANG_COUNT; lang++)
			if (!make(&l->all[i][lang], schemas[i], lang, base,
				&l->arena))
				return false;
	return true;
}

struct kml_looks *kml_looks_make(const char *base, struct err *e)
{
	struct kml_looks *l = mem_alloc(sizeof(*l));

	if (l) {
		arena_init(&l->arena, MEMORY);
		if (make_all(l, base))
			return l;
		kml_looks_free(l);
	}
	err_no_memory(e);
	return NULL;
}

void kml_looks_free(struct kml_looks *l)
{
	if (l)
		arena_free(&l->arena);
	mem_free(l);
}

const struct kml_looked *kml_looks_find(
    const struct kml_looks *l, const struct schema *schema, int lang)
{
	for (size_t i = 0; l && i < SCHEMAS; i++)
		if (schemas[i] == schema)
			return &l->all[i][lang];
	return NULL;
}
