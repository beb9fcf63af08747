#include "store/values.h"

bool values_equal(const struct value *a, const struct value *b)
{
	if (a->type != b->type)
		return false;
	switch (a->type) {
	case VALUE_NULL:
		return true;
	case VALUE_TEXT:
	case VALUE_LIST:
		return str_equal(a->text, b->text);
	case VALUE_NUMBER:
		return a->number <= b->number && a->number >= b->number;
	default:
		return a->integer == b->integer;
	}
}
