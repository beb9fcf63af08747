#include "cql2_build.h"

#include <strings.h>

static const char geometry_name[] = "geometry";
static const char id_name[] = "id";

/* What a name stands for. */
struct found {
	int index;
	const char *name; /* as it is written properly */
	enum value_type type; /* VALUE_NULL: the geometry */
	int n; /* how many it could be */
};

typedef bool same_name(struct str name, const char *known);

static bool same_exactly(struct str name, const char *known)
{
	return known && str_is(name, known);
}

static bool same_but_case(struct str name, const char *known)
{
	return known && str_from(known).len == name.len &&
	       strncasecmp(name.data, known, name.len) == 0;
}

static void find(struct found *f, const struct cql2_context *c, struct str name,
    same_name *same)
{
	const struct schema *s = c->schema;

	for (size_t i = 0; i < s->n_fields; i++) {
		if (!same(name, s->fields[i].name))
			continue;
		f->index = (int)i;
		f->name = s->fields[i].name;
		f->type = s->fields[i].type;
		f->n++;
	}
	if (f->n > 0)
		return;
	if (same(name, geometry_name) || same(name, c->geometry_alias))
		*f = (struct found){ CQL2_GEOMETRY, geometry_name, VALUE_NULL,
			1 };
	else if (same(name, id_name))
		*f = (struct found){ CQL2_ID, id_name, c->id, 1 };
}

static struct found look_up(const struct cql2_context *c, struct str name)
{
	struct found f = { .n = 0 };

	find(&f, c, name, same_exactly);
	if (f.n == 0)
		find(&f, c, name, same_but_case);
	return f;
}

bool cql2_is_property(const struct cql2_build *b, struct str name)
{
	return look_up(b->context, name).n == 1;
}

static enum cql2_type type_of(enum value_type type)
{
	static const enum cql2_type types[] = {
		[VALUE_NULL] = TYPE_GEOMETRY,
		[VALUE_TEXT] = TYPE_TEXT,
		[VALUE_INT] = TYPE_NUMBER,
		[VALUE_NUMBER] = TYPE_NUMBER,
		[VALUE_MONEY] = TYPE_NUMBER,
		[VALUE_BOOL] = TYPE_TRUTH,
		[VALUE_DAY] = TYPE_DAY,
		[VALUE_LIST] = TYPE_LIST,
		[VALUE_TIME] = TYPE_TIME,
	};

	return types[type];
}

/* The geometry and the id stand behind the fields. */
static size_t used_place(int index, size_t n_fields)
{
	if (index == CQL2_GEOMETRY)
		return n_fields;
	if (index == CQL2_ID)
		return n_fields + 1;
	return (size_t)index;
}

struct cql2_node *cql2_make_property(
    struct cql2_build *b, size_t at, struct str name)
{
	const struct cql2_context *c = b->context;
	struct found f = look_up(c, name);
	struct cql2_node *node;

	if (f.n != 1)
		return cql2_refuse(b, at, "there is no such property");
	node = cql2_new_node(b, OP_PROPERTY, type_of(f.type), at);
	if (!node)
		return NULL;
	node->constant = false;
	node->property.index = f.index;
	node->property.name = str_from(f.name);
	node->property.type = f.type;
	b->used[used_place(f.index, c->schema->n_fields)] = true;
	return node;
}

bool cql2_uses(const struct cql2 *f, int field)
{
	bool named = field == CQL2_GEOMETRY || field == CQL2_ID;

	if (!named && (field < 0 || (size_t)field >= f->n_fields))
		return false;
	return f->used[used_place(field, f->n_fields)];
}
