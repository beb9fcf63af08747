/* What a collection's features have, as JSON Schema: all, what can be filtered
 * by, what can be sorted by. */
#ifndef BUDGETMAP_API_SCHEMAS_H
#define BUDGETMAP_API_SCHEMAS_H

#include "api/catalogue.h"
#include "api/links.h"
#include "api/names.h"

enum schema_kind { SCHEMA_ALL, SCHEMA_QUERYABLES, SCHEMA_SORTABLES };

call_handler schema_get, queryables_get, sortables_get;

/* What "id" is called. */
extern const char *const schema_id_title[LANG_COUNT];

/* The codes of an attribute; NULL: any value. */
const struct codelist *schema_codes(const struct schema *s, size_t field);

/* The page for people. */
struct schema_view {
	const struct collection *collection;
	enum schema_kind kind;
	const struct schema *schema;
	struct names names;
	struct links links;
};
void schema_write_page(struct call *c, const struct schema_view *v);

#endif
