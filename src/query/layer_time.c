#include "query/layer_time.h"

#include "base/clock.h"

#include <string.h>

static bool is_time(const struct field *f)
{
	return f->type == VALUE_DAY || f->type == VALUE_TIME;
}

/* By its name; NULL: the first of any name. */
static int find(const struct schema *s, const char *name)
{
	for (size_t i = 0; i < s->n_fields; i++)
		if (is_time(&s->fields[i]) &&
		    (!name || !strcmp(s->fields[i].name, name)))
			return (int)i;
	return -1;
}

struct layer_time layer_time_of(const struct schema *s)
{
	struct layer_time t = { find(s, "begin"), find(s, "end") };

	if (layer_time_is_known(&t))
		return t;
	t.begin = find(s, "when");
	if (t.begin < 0)
		t.begin = find(s, NULL);
	t.end = t.begin;
	return t;
}

bool layer_time_is_known(const struct layer_time *t)
{
	return t->begin >= 0 || t->end >= 0;
}

static int32_t day_of(const struct value *values, int field)
{
	const struct value *v = field < 0 ? NULL : &values[field];

	if (v && v->type == VALUE_DAY)
		return (int32_t)v->integer;
	return v && v->type == VALUE_TIME ? clock_local_day(v->integer) : 0;
}

void layer_time_days(
    struct days *out, const struct layer_time *t, const struct value *values)
{
	*out = (struct days){ .actual_start = day_of(values, t->begin),
		.actual_end = day_of(values, t->end) };
}
