#include "api/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "store/import_table.h"

/* Columns of codes that the page of a project shows. */
static const struct {
	const struct import_table *table;
	const char *column;
} shown[] = {
	{ &import_contracts, "nature" },
	{ &import_contracts, "method" },
	{ &import_contracts, "status" },
	{ &import_amendments, "kind" },
	{ &import_milestones, "type" },
	{ &import_milestones, "status" },
	{ &import_documents, "document_type" },
};

/* Whatever may be imported is a word in each language. */
static void codes_have_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		const struct import_table *t = shown[i].table;
		int k = import_column_find(t, str_from(shown[i].column));
		struct str rest, code;

		assert_true(k >= 0);
		rest = str_from(t->columns[k].words);
		assert_true(rest.len > 0);
		while (rest.data) {
			code = str_cut(&rest, ' ');
			for (int lang = 0; lang < LANG_COUNT; lang++) {
				const char *word = text_value(code, lang);

				if (!word || str_is(code, word))
					fail_msg("%.*s in %s", (int)code.len,
					    code.data, lang_codes[lang]);
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_have_words),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
