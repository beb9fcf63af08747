/* The query string: parsed, turned into a query, written and parsed again. */
#include "query/params.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* As api/ has them. */
static const struct param sortby = {
	.name = "sortby", .type = PARAM_NAMES, .flags = PARAM_SIGNED, .max = 512
};
static const struct param properties = {
	.name = "properties", .type = PARAM_NAMES, .max = 4096
};

static const struct param *const rows[] = { &param_bbox, &param_district,
	&param_status, &param_category, &param_work_kind, &param_year,
	&param_budget_level, &param_min_planned, &param_max_planned,
	&param_overdue, &param_datetime, &param_place, &param_q, &param_limit,
	&param_cursor, &param_lang, &sortby, &properties };
static const struct param_table table = { rows,
	sizeof(rows) / sizeof(rows[0]) };
static const struct str katos[] = { { "611600000", 9 }, { "612000000", 9 } };

static bool read_query(
    struct query *q, struct params *p, struct str raw, struct arena *a)
{
	struct err e = { 0 };
	struct str order;

	query_init(q);
	if (!params_parse(p, &table, raw, PARAMS_STRICT, a, &e))
		return false;
	order = params_text(p, sortby.name);
	return (!order.data ||
		   query_sort_parse(q, &project_schema, order, &e)) &&
	       params_to_query(q, p, katos, 2, a, &e);
}

/* What was accepted must be accepted again as written, with one meaning. */
static void check_again(
    const struct query *q, const struct params *p, struct arena *a)
{
	struct query again;
	struct params params;
	struct buf b;

	buf_init(&b, 1 << 16);
	params_write(&b, p, NULL);
	if (!b.failed && b.len <= PARAMS_QUERY_MAX) {
		if (!read_query(&again, &params, buf_str(&b), a))
			abort();
		if (query_hash(q) != query_hash(&again) ||
		    q->limit != again.limit)
			abort();
	}
	buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct query q;
	struct params p;
	struct arena a;

	arena_init(&a, 1 << 20);
	if (read_query(&q, &p, (struct str){ (const char *)data, size }, &a))
		check_again(&q, &p, &a);
	arena_free(&a);
	return 0;
}
