/* One feature of a GeoJSON file: decoded, visited or refused. */
#include "json_reading.h"

static json_t *load(struct str text, json_error_t *error)
{
	return json_loadb(text.data, text.len,
	    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, error);
}

/* The same with whole numbers beyond 64 bits as decimals. */
static json_t *load_large(struct str text, json_error_t *error)
{
	json_t *value = NULL;
	struct buf b;

	buf_init(&b, 2 * (size_t)JSON_VALUE_MAX);
	json_scan_add_decimals(&b, text);
	if (!b.failed)
		value = load(buf_str(&b), error);
	buf_free(&b);
	return value;
}

json_t *json_decode(struct str text, size_t start, long *large, struct err *e)
{
	json_error_t error;
	json_t *value;

	if (json_scan_is_heavy(text)) {
		err_set(e, ERR_LIMIT, "holds too many values");
		return NULL;
	}
	value = load(text, &error);
	if (!value && json_error_code(&error) == json_error_numeric_overflow) {
		++*large;
		value = load_large(text, &error);
	}
	if (value)
		return value;
	if (json_error_code(&error) == json_error_out_of_memory)
		err_no_memory(e);
	else if (json_error_code(&error) == json_error_duplicate_key)
		err_set(e, ERR_INPUT, "a name stands twice before byte %zu",
		    start + (size_t)error.position);
	else
		err_set(e, ERR_INPUT, "not valid JSON at byte %zu",
		    start + (size_t)error.position);
	err_detail(e, "%s", error.text);
	return NULL;
}

/* Whether a failure is one feature's own, so that the next can be read. */
static bool is_of_feature(const struct err *why)
{
	return why->code == ERR_INPUT || why->code == ERR_LIMIT;
}

static bool refuse(struct reading *r, const struct foreign_feature *f,
    const struct err *why, struct err *e)
{
	if (r->hooks->refuse && is_of_feature(why))
		return r->hooks->refuse(
		    r->hooks->context, &f->at, why->text, e);
	err_set(e, why->code, "feature %ld: %s", r->number, why->text);
	return err_detail(e, "%s", why->detail);
}

bool json_visit_feature(struct reading *r, struct str text, struct err *e)
{
	struct foreign_feature f = { .at = { .number = ++r->number,
					 .line = json_scan_line(&r->scan) } };
	struct err why = { .code = ERR_NONE };
	bool visited = false, good;
	json_t *value;

	if (!gather_goes_on(r->file, r->number, e))
		return false;
	if (!r->file->keep)
		arena_reset(r->file->arena);
	value = json_decode(
	    text, json_scan_byte(&r->scan, text.data) - 1, &r->large, &why);
	good = value && json_feature_read(
			    &r->feature, &f, value, r->hooks, &visited, &why);
	json_decref(value);
	r->heights += r->feature.shape.heights > 0;
	if (good)
		return true;
	if (!visited)
		return refuse(r, &f, &why, e);
	if (e)
		*e = why;
	return false;
}
