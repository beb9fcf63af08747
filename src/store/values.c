#include "store/values.h"

#include <math.h>

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

double value_rounded(double number)
{
	static const double first = 1e6;
	double scale = 1e9;

	for (double size = fabs(number); size >= first && scale > 1; size /= 10)
		scale /= 10;
	return round(number * scale) / scale + 0.0;
}
