#include "api/schema_type.h"

const struct schema_type *schema_type_of(enum value_type type)
{
	static const struct schema_type types[] = {
		[VALUE_NULL] = { "string", NULL },
		[VALUE_TEXT] = { "string", NULL },
		[VALUE_INT] = { "integer", NULL },
		[VALUE_NUMBER] = { "number", NULL },
		[VALUE_MONEY] = { "number", NULL },
		[VALUE_BOOL] = { "boolean", NULL },
		[VALUE_DAY] = { "string", "date" },
		[VALUE_LIST] = { "array", NULL },
		[VALUE_TIME] = { "string", "date-time" },
	};

	return &types[type];
}
