#include "api/fragment.h"

#include "format/fragment.h"
#include "format/json_read.h"

static bool read_values(struct value *out, const struct fragment *f,
    const struct schema *schema, struct arena *a)
{
	for (size_t i = 0; i < schema->n_fields; i++) {
		enum value_type type = schema->fields[i].type;

		if (!fragment_value(&out[i], type, f->values[i], a))
			return false;
	}
	return true;
}

/* --- geometry ------------------------------------------------------------- */

bool fragment_geometry(const struct geom **out, const struct fragment *f,
    struct arena *a, struct err *e)
{
	static const struct schema nothing = { "", NULL, 0 };
	struct str json = f->geometry;
	struct feature only;
	struct buf b;
	bool done;

	*out = NULL;
	if (str_is(json, "null"))
		return true;
	buf_init(&b, json.len + 64);
	buf_add_text(&b, "{\"type\":\"Feature\",\"geometry\":");
	buf_add_str(&b, json);
	buf_add_text(&b, ",\"properties\":{}}");
	if (b.failed)
		done = err_no_memory(e);
	else
		done = json_read_fragment(&only, &nothing, buf_str(&b), a, e);
	buf_free(&b);
	if (done)
		*out = only.geom;
	return done;
}

static bool read_parts(struct feature *out, struct fragment *f,
    const struct snapshot *s, uint32_t row, struct arena *a, struct err *e)
{
	const struct schema *schema = snapshot_info_of(s)->schema;
	struct value *values =
	    arena_array(a, schema->n_fields + 1, sizeof(*values));

	*out = (struct feature){
		.id = snapshot_id(s, row), .schema = schema, .values = values
	};
	if (!values)
		return err_no_memory(e);
	if (!fragment_split(f, s, row, e))
		return false;
	if (!fragment_text(&out->public_id, f->id, a) ||
	    !read_values(values, f, schema, a))
		return snapshot_damaged(e);
	return true;
}

bool fragment_read_values(struct feature *out, const struct snapshot *s,
    uint32_t row, struct arena *a, struct err *e)
{
	struct fragment f;

	return read_parts(out, &f, s, row, a, e);
}

bool fragment_read(struct feature *out, const struct snapshot *s, uint32_t row,
    struct arena *a, struct err *e)
{
	struct fragment f;

	return read_parts(out, &f, s, row, a, e) &&
	       fragment_geometry(&out->geom, &f, a, e);
}
