#include "query/codes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "query/project.h"

static const struct codelist *const lists[] = { &codes_status, &codes_category,
	&codes_work_kind, &codes_budget_level, &codes_facility_type,
	&codes_precision };

/* Masks of queries have 32 bits, those of budget levels 8. */
static void test_lists_are_sound(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		const struct codelist *l = lists[i];

		assert_in_range(l->n, 1, 32);
		for (size_t j = 0; j < l->n; j++) {
			struct str code = str_from(l->codes[j].code);

			assert_int_equal(codes_find(l, code), (int)j);
			for (int k = 0; k < LANG_COUNT; k++) {
				struct str title =
				    str_from(l->codes[j].title[k]);

				assert_true(title.len && utf8_valid(title));
			}
		}
	}
	assert_in_range(codes_budget_level.n, 1, 8);
}

static void test_find_is_exact(void **state)
{
	static const char *const wrong[] = { "", "Education", "educatio",
		"education ", "educations" };

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(
		    codes_find(&codes_category, str_from(wrong[i])), -1);
	assert_int_equal(
	    codes_find(&codes_status, str_from("suspended")), STATUS_SUSPENDED);
	assert_int_equal(lang_find(str_from("ru")), LANG_RU);
	assert_int_equal(lang_find(str_from("de")), -1);
}

static void check_schema(const struct schema *s)
{
	for (size_t i = 0; i < s->n_fields; i++) {
		const struct field *f = &s->fields[i];

		assert_non_null(f->name);
		assert_int_not_equal(f->type, VALUE_NULL);
		for (int k = 0; k < LANG_COUNT; k++)
			assert_true(str_from(f->title[k]).len > 0);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(f->name, s->fields[j].name);
	}
}

static void test_schemas_are_sound(void **state)
{
	(void)state;
	check_schema(&project_schema);
	check_schema(&district_schema);
	assert_string_equal(project_schema.fields[PROJECT_DEMO].name, "demo");
	assert_string_equal(district_schema.fields[DISTRICT_KATO].name, "kato");
}

static const struct {
	int status;
	int32_t planned_end, actual_end, today;
	bool overdue;
} overdue_cases[] = {
	{ STATUS_IMPLEMENTATION, 20260101, 0, 20260102, true },
	{ STATUS_IMPLEMENTATION, 20260101, 0, 20260101, false },
	{ STATUS_IMPLEMENTATION, 20260102, 0, 20260101, false },
	{ STATUS_IMPLEMENTATION, 20260101, 20260105, 20260201, false },
	{ STATUS_IMPLEMENTATION, 0, 0, 20260201, false },
	{ STATUS_PREPARATION, 20251231, 0, 20260101, true },
	{ STATUS_SUSPENDED, 20251231, 0, 20260101, true },
	{ STATUS_IDENTIFICATION, 20251231, 0, 20260101, false },
	{ STATUS_COMPLETION, 20251231, 0, 20260101, false },
	{ STATUS_MAINTENANCE, 20251231, 0, 20260101, false },
	{ STATUS_DECOMMISSIONING, 20251231, 0, 20260101, false },
	{ STATUS_DECOMMISSIONED, 20251231, 0, 20260101, false },
	{ STATUS_CANCELLED, 20251231, 0, 20260101, false },
};

static void test_overdue(void **state)
{
	enum { N = sizeof(overdue_cases) / sizeof(overdue_cases[0]) };

	(void)state;
	for (size_t i = 0; i < N; i++)
		if (project_is_overdue(overdue_cases[i].status,
			overdue_cases[i].planned_end,
			overdue_cases[i].actual_end,
			overdue_cases[i].today) != overdue_cases[i].overdue)
			fail_msg("case %zu", i);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lists_are_sound),
		cmocka_unit_test(test_find_is_exact),
		cmocka_unit_test(test_schemas_are_sound),
		cmocka_unit_test(test_overdue),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
