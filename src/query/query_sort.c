#include "query/query.h"

#include "query/cql2.h"

bool query_can_sort(const struct field *f)
{
	return f->type != VALUE_LIST;
}

/* False when there is no such field, or none with an order. */
static bool find_field(int *out, const struct schema *s, struct str name)
{
	for (size_t i = 0; i < s->n_fields; i++) {
		if (!str_is(name, s->fields[i].name))
			continue;
		*out = (int)i;
		return query_can_sort(&s->fields[i]);
	}
	*out = CQL2_ID;
	return str_is(name, "id");
}

static bool has_rule(const struct query *q, int field)
{
	for (size_t i = 0; i < q->n_rules; i++)
		if (q->rules[i].field == field)
			return true;
	return false;
}

bool query_sort_parse(
    struct query *q, const struct schema *s, struct str text, struct err *e)
{
	q->n_rules = 0;
	do {
		struct str name = str_cut(&text, ',');
		bool minus = str_starts(name, "-");
		int field;

		if (minus || str_starts(name, "+") || str_starts(name, " ")) {
			name.data++;
			name.len--;
		}
		if (!find_field(&field, s, name))
			return err_set(e, ERR_INPUT,
			    "sortby names an attribute that features cannot "
			    "be sorted by");
		if (has_rule(q, field))
			return err_set(
			    e, ERR_INPUT, "sortby names an attribute twice");
		if (q->n_rules == QUERY_RULES_MAX)
			return err_set(e, ERR_INPUT,
			    "sortby takes at most %d attributes",
			    QUERY_RULES_MAX);
		q->rules[q->n_rules++] = (struct query_rule){ field, minus };
	} while (text.data);
	return true;
}
