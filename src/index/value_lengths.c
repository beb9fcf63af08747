#include "index/value_lengths.h"

#include "base/mem.h"
#include "format/fragment.h"

bool value_lengths_init(struct value_lengths *v, const struct schema *schema)
{
	const size_t n = schema->n_fields;
	size_t begin = 0;

	*v = (struct value_lengths){ .n = n };
	buf_init(&v->names, SIZE_MAX / 2);
	v->keys = mem_alloc((n + 1) * sizeof(*v->keys));
	v->values = mem_alloc((n + 1) * sizeof(*v->values));
	v->lengths = mem_alloc(n + 1);
	if (!v->keys || !v->values || !v->lengths)
		return false;
	for (size_t i = 0; i < n; i++) {
		fragment_add_key(&v->names, schema, i);
		v->keys[i].len = v->names.len - begin;
		begin = v->names.len;
	}
	begin = 0;
	for (size_t i = 0; i < n && !v->names.failed; i++) {
		v->keys[i].data = v->names.data + begin;
		begin += v->keys[i].len;
	}
	return !v->names.failed;
}

void value_lengths_free(struct value_lengths *v)
{
	buf_free(&v->names);
	mem_free(v->keys);
	mem_free(v->values);
	mem_free(v->lengths);
	*v = (struct value_lengths){ .n = 0 };
}

void value_lengths_add(
    struct value_lengths *v, struct buf *section, struct str fragment)
{
	fragment_measure(v->lengths, v->values, v->keys, v->n, fragment);
	buf_add(section, v->lengths, v->n);
}
