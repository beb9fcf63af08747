#include "metrics.h"

#include "base/array.h"

#include <inttypes.h>
#include <string.h>

/* The first row whose beginning fits the pattern counts. */
static const struct {
	const char *name, *begin;
} classes[SHARED_CLASSES] = {
	{ "items", "/api/collections/projects/items" },
	{ "districts", "/api/collections/districts/items" },
	{ "tiles", "/tiles/" }, { "stats", "/api/stats" },
	{ "search", "/api/places" }, { "where", "/api/where" },
	{ "api", "/api" }, { "pages", "/" }, { "none", "" }, /* no route */
};

static const int statuses[SHARED_STATUSES] = { 200, 204, 304, 400, 404, 405,
	406, 409, 410, 413, 429, 500, 503, 0 /* any other */ };

/* Upper bounds in microseconds, the last one open. */
static const int64_t bounds[SHARED_BUCKETS] = { 100, 250, 500, 1000, 2500, 5000,
	10000, 25000, 50000, 100000, 250000, 1000000, 10000000, INT64_MAX };

static const char *const collections[SHARED_COLLECTIONS] = { "projects",
	"districts" };

static int class_of(const char *route)
{
	int i = 0;

	if (route == NULL)
		return SHARED_CLASSES - 1;
	while (strncmp(route, classes[i].begin, strlen(classes[i].begin)) != 0)
		i++;
	return i;
}

static int status_of(int status)
{
	for (int i = 0; i < SHARED_STATUSES - 1; i++)
		if (statuses[i] == status)
			return i;
	return SHARED_STATUSES - 1;
}

static void add(_Atomic uint64_t *counter, uint64_t n)
{
	atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

void metrics_count(struct shared_process *p, const char *route, int status,
    uint64_t bytes, int64_t nanoseconds)
{
	int class = class_of(route), bucket = 0;

	while (nanoseconds / 1000 > bounds[bucket])
		bucket++;
	add(&p->requests[class][status_of(status)], 1);
	add(&p->buckets[class][bucket], 1);
	add(&p->nanoseconds[class], (uint64_t)nanoseconds);
	add(&p->bytes, bytes);
}

/* --- out --------------------------------------------------------------------
 */

static void head(
    struct buf *out, const char *name, const char *type, const char *text)
{
	buf_add_format(out, "# HELP budgetmap_%s %s\n# TYPE budgetmap_%s %s\n",
	    name, text, name, type);
}

static void gauge(
    struct buf *out, const char *name, const char *text, int64_t value)
{
	head(out, name, "gauge", text);
	buf_add_format(out, "budgetmap_%s %" PRId64 "\n", name, value);
}

static void counter(
    struct buf *out, const char *name, const char *text, uint64_t value)
{
	head(out, name, "counter", text);
	buf_add_format(out, "budgetmap_%s %" PRIu64 "\n", name, value);
}

static void write_requests(struct buf *out, const struct shared *s)
{
	head(out, "requests_total", "counter", "Answers by route and status.");
	for (int c = 0; c < SHARED_CLASSES; c++)
		for (int k = 0; k < SHARED_STATUSES; k++) {
			uint64_t n = 0;

			for (int i = 0; i < SHARED_PROCESSES; i++)
				n += s->processes[i].requests[c][k];
			if (n > 0)
				buf_add_format(out,
				    "budgetmap_requests_total{route=\"%s\","
				    "status=\"%d\"} %" PRIu64 "\n",
				    classes[c].name, statuses[k], n);
		}
}

static void write_durations_of(struct buf *out, const struct shared *s, int c)
{
	uint64_t sum = 0, nanoseconds = 0;

	for (int i = 0; i < SHARED_PROCESSES; i++)
		nanoseconds += s->processes[i].nanoseconds[c];
	for (int b = 0; b < SHARED_BUCKETS; b++) {
		for (int i = 0; i < SHARED_PROCESSES; i++)
			sum += s->processes[i].buckets[c][b];
		buf_add_format(out,
		    "budgetmap_request_seconds_bucket{route=\"%s\",le=\"",
		    classes[c].name);
		if (b == SHARED_BUCKETS - 1)
			buf_add_text(out, "+Inf");
		else
			buf_add_double(out, (double)bounds[b] / 1e6, 6);
		buf_add_format(out, "\"} %" PRIu64 "\n", sum);
	}
	buf_add_format(out, "budgetmap_request_seconds_sum{route=\"%s\"} ",
	    classes[c].name);
	buf_add_double(out, (double)nanoseconds / 1e9, 9);
	buf_add_format(out,
	    "\nbudgetmap_request_seconds_count{route=\"%s\"} %" PRIu64 "\n",
	    classes[c].name, sum);
}

static void write_durations(struct buf *out, const struct shared *s)
{
	head(out, "request_seconds", "histogram",
	    "Time from a request's arrival to its answer's first byte.");
	for (int c = 0; c < SHARED_CLASSES; c++)
		write_durations_of(out, s, c);
}

/* --- snapshots ---------------------------------------------------------------
 */

enum what { VERSION, AGE, BUILD_SECONDS, FEATURES, BYTES };

static const struct {
	enum what what;
	const char *name, *text;
} rows[] = {
	{ VERSION, "snapshot_version", "Data version of the snapshot." },
	{ AGE, "snapshot_age_seconds", "Seconds since it was built." },
	{ BUILD_SECONDS, "snapshot_build_seconds", "How long that took." },
	{ FEATURES, "snapshot_features", "Features it holds." },
	{ BYTES, "snapshot_bytes", "Size of its file." },
};

static void write_value(struct buf *out, enum what what,
    const struct shared_snapshot *s, int64_t now)
{
	int64_t built = s->built;

	switch (what) {
	case VERSION:
		buf_add_int(out, s->version);
		break;
	case AGE:
		buf_add_int(out, built > 0 ? now - built : 0);
		break;
	case BUILD_SECONDS:
		buf_add_double(out, (double)s->build_ns / 1e9, 6);
		break;
	case FEATURES:
		buf_add_int(out, (int64_t)s->features);
		break;
	case BYTES:
		buf_add_int(out, (int64_t)s->size);
		break;
	}
}

static void write_snapshots(
    struct buf *out, const struct shared *s, int64_t now)
{
	for (size_t i = 0; i < LENGTH(rows); i++) {
		head(out, rows[i].name, "gauge", rows[i].text);
		for (int c = 0; c < SHARED_COLLECTIONS; c++) {
			buf_add_format(out, "budgetmap_%s{collection=\"%s\"} ",
			    rows[i].name, collections[c]);
			write_value(out, rows[i].what, &s->snapshots[c], now);
			buf_add_char(out, '\n');
		}
	}
}

static int count_ready(const struct shared *s)
{
	int n = 0;

	for (int i = 0; i < SHARED_PROCESSES; i++)
		n += s->processes[i].pid != 0 && s->processes[i].ready;
	return n;
}

static void write_processes(struct buf *out, const struct shared *s)
{
	int64_t in_flight = 0;
	uint64_t bytes = 0, memory = 0;

	for (int i = 0; i < SHARED_PROCESSES; i++) {
		const struct shared_process *p = &s->processes[i];

		bytes += p->bytes;
		if (p->pid == 0)
			continue;
		in_flight += p->in_flight;
		memory += p->memory;
	}
	gauge(out, "workers", "Worker processes that serve.", count_ready(s));
	gauge(out, "requests_in_flight", "Requests being answered.", in_flight);
	gauge(out, "resident_memory_bytes",
	    "Resident memory of all processes, shared pages counted in each.",
	    (int64_t)memory);
	counter(out, "answer_bytes_total", "Bytes of bodies.", bytes);
}

void metrics_write(struct buf *out, const struct shared *s, int64_t now)
{
	write_requests(out, s);
	write_durations(out, s);
	write_snapshots(out, s, now);
	write_processes(out, s);
	counter(out, "snapshot_builds_total", "Snapshots built.", s->builds);
	counter(out, "snapshot_build_failures_total",
	    "Snapshots that could not be built.", s->failed_builds);
	counter(out, "worker_restarts_total",
	    "Processes that died and were replaced.", s->restarts);
	counter(out, "reloads_total", "Configurations read again.", s->reloads);
	gauge(out, "uptime_seconds", "Seconds since the start.",
	    now - s->started);
}

int metrics_health(
    struct buf *out, const struct shared *s, bool database, int64_t now)
{
	const struct shared_snapshot *p = &s->snapshots[SHARED_PROJECTS];
	bool indexed = s->published > 0;

	buf_add_format(out,
	    "{\"status\":\"%s\",\"database\":%s,\"snapshot\":%s,"
	    "\"dataVersion\":%" PRId64 ",\"snapshotAge\":%" PRId64
	    ",\"workers\":%d}\n",
	    !database ? "failed"
	    : indexed ? "ok"
		      : "degraded",
	    database ? "true" : "false", indexed ? "true" : "false",
	    (int64_t)p->version, indexed ? now - p->built : 0, count_ready(s));
	return database ? 200 : 503;
}
