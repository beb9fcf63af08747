#include "app/metrics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { OUTPUT = 1 << 20, NOW = 1000 };

static struct shared *shared;
static struct buf out;

static int begin(void **state)
{
	struct err e = { 0 };

	(void)state;
	buf_init(&out, OUTPUT);
	shared = shared_open(&e);
	return shared == NULL ? -1 : 0;
}

static int end(void **state)
{
	(void)state;
	buf_free(&out);
	shared_close(shared);
	return 0;
}

static void write_metrics(void)
{
	buf_reset(&out);
	metrics_write(&out, shared, NOW);
	buf_add_char(&out, '\0');
	assert_false(out.failed);
}

/* The text has this line. */
static void expect(const char *line)
{
	const char *at = strstr(out.data, line);

	assert_non_null(at);
	assert_true(at == out.data || at[-1] == '\n');
	assert_int_equal(at[strlen(line)], '\n');
}

static const struct {
	const char *route;
	int status;
	const char *line;
} requests[] = {
	{ "/api/collections/projects/items", 200,
	    "budgetmap_requests_total{route=\"items\",status=\"200\"} 1" },
	{ "/api/collections/projects/items/{id}", 410,
	    "budgetmap_requests_total{route=\"items\",status=\"410\"} 1" },
	{ "/api/collections/districts/items", 304,
	    "budgetmap_requests_total{route=\"districts\",status=\"304\"} 1" },
	{ "/tiles/projects/{z}/{x}/{y}.geojson", 200,
	    "budgetmap_requests_total{route=\"tiles\",status=\"200\"} 1" },
	{ "/api", 200,
	    "budgetmap_requests_total{route=\"api\",status=\"200\"} 1" },
	{ "/d/{kato}", 200,
	    "budgetmap_requests_total{route=\"pages\",status=\"200\"} 1" },
	{ NULL, 404,
	    "budgetmap_requests_total{route=\"none\",status=\"404\"} 1" },
	{ NULL, 418,
	    "budgetmap_requests_total{route=\"none\",status=\"0\"} 1" },
};

static void test_requests(void **state)
{
	size_t n = sizeof requests / sizeof requests[0];

	(void)state;
	/* Each by a process of its own: one answers for all. */
	for (size_t i = 0; i < n; i++)
		metrics_count(&shared->processes[i * 7], requests[i].route,
		    requests[i].status, 10, 1000);
	write_metrics();
	for (size_t i = 0; i < n; i++)
		expect(requests[i].line);
	expect("budgetmap_answer_bytes_total 80");
}

static void test_durations(void **state)
{
	struct shared_process *p = &shared->processes[0];

	(void)state;
	metrics_count(p, "/api/stats", 200, 0, 100 * 1000);
	metrics_count(p, "/api/stats", 200, 0, 101 * 1000);
	metrics_count(p, "/api/stats", 200, 0, 3600 * 1000000000LL);
	write_metrics();
#define BUCKET "budgetmap_request_seconds_bucket{route=\"stats\",le="
	expect(BUCKET "\"0.0001\"} 1");
	expect(BUCKET "\"0.00025\"} 2");
	expect(BUCKET "\"10\"} 2");
	expect(BUCKET "\"+Inf\"} 3");
#undef BUCKET
	expect("budgetmap_request_seconds_count{route=\"stats\"} 3");
	expect("budgetmap_request_seconds_sum{route=\"stats\"} 3600.000201");
}

/* The dead count no longer in what is now, but for good in what was. */
static void test_processes(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) {
		struct shared_process *p = &shared->processes[i];

		p->pid = i < 2 ? 100 + i : 0;
		p->ready = i != 1;
		p->in_flight = 5;
		p->memory = 1000;
		metrics_count(p, "/api", 200, 0, 0);
	}
	write_metrics();
	expect("budgetmap_workers 1");
	expect("budgetmap_requests_in_flight 10");
	expect("budgetmap_resident_memory_bytes 2000");
	expect("budgetmap_requests_total{route=\"api\",status=\"200\"} 3");
}

static const struct {
	bool database;
	uint32_t published;
	int status;
	const char *text;
} healths[] = {
	{ true, 1, 200,
	    "{\"status\":\"ok\",\"database\":true,"
	    "\"snapshot\":true,\"dataVersion\":7,"
	    "\"snapshotAge\":400,\"workers\":0}\n" },
	{ true, 0, 200,
	    "{\"status\":\"degraded\",\"database\":true,"
	    "\"snapshot\":false,\"dataVersion\":7,"
	    "\"snapshotAge\":0,\"workers\":0}\n" },
	{ false, 1, 503,
	    "{\"status\":\"failed\",\"database\":false,"
	    "\"snapshot\":true,\"dataVersion\":7,"
	    "\"snapshotAge\":400,\"workers\":0}\n" },
};

static void test_health(void **state)
{
	(void)state;
	shared->snapshots[SHARED_PROJECTS].version = 7;
	shared->snapshots[SHARED_PROJECTS].built = 600;
	for (size_t i = 0; i < sizeof healths / sizeof healths[0]; i++) {
		buf_reset(&out);
		shared->published = healths[i].published;
		assert_int_equal(
		    metrics_health(&out, shared, healths[i].database, NOW),
		    healths[i].status);
		assert_true(str_is(buf_str(&out), healths[i].text));
	}
}

/* Another process wakes who waits, without a limit of time being needed. */
static void test_wake(void **state)
{
	enum { LONG = 60 * 1000 };
	pid_t pid = fork();
	int status;

	(void)state;
	assert_true(pid >= 0);
	if (pid == 0) {
		atomic_fetch_add(&shared->published, 1);
		shared_wake(&shared->published);
		_exit(0);
	}
	while (shared_wait(&shared->published, 0, LONG) == 0)
		continue;
	assert_int_equal(shared->published, 1);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	/* What has changed already is not waited for. */
	assert_int_equal(shared_wait(&shared->published, 0, LONG), 1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_requests, begin, end),
		cmocka_unit_test_setup_teardown(test_durations, begin, end),
		cmocka_unit_test_setup_teardown(test_processes, begin, end),
		cmocka_unit_test_setup_teardown(test_health, begin, end),
		cmocka_unit_test_setup_teardown(test_wake, begin, end),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
