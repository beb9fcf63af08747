#include "format/value_text.h"

#include <math.h>

#include "base/clock.h"

enum { DECIMALS_MAX = 9 };

bool value_is_null(const struct value *v)
{
	return v->type == VALUE_NULL ||
	       (v->type == VALUE_DAY && v->integer == CLOCK_NO_DAY);
}

void value_add_number(struct buf *b, double number)
{
	static const double first = 1e6; /* six digits before nine decimals */
	int decimals = DECIMALS_MAX;

	for (double size = fabs(number); size >= first && decimals > 0;
	     size /= 10)
		decimals--;
	buf_add_double(b, number, decimals);
}

static void add_day(struct buf *b, int32_t day)
{
	char text[CLOCK_DAY_SIZE];

	clock_day_text(day, text);
	buf_add(b, text, CLOCK_DAY_SIZE - 1);
}

static void add_time(struct buf *b, int64_t microseconds)
{
	char text[CLOCK_TIME_SIZE];

	clock_time_text(microseconds, text);
	buf_add_text(b, text);
}

void value_add_text(struct buf *b, const struct value *v)
{
	if (value_is_null(v))
		return;
	switch (v->type) {
	case VALUE_NULL:
		break;
	case VALUE_TEXT:
	case VALUE_LIST:
		buf_add_str(b, v->text);
		break;
	case VALUE_INT:
		buf_add_int(b, v->integer);
		break;
	case VALUE_NUMBER:
		value_add_number(b, v->number);
		break;
	case VALUE_MONEY:
		buf_add_money(b, v->integer);
		break;
	case VALUE_BOOL:
		buf_add_text(b, v->integer ? "true" : "false");
		break;
	case VALUE_DAY:
		add_day(b, (int32_t)v->integer);
		break;
	case VALUE_TIME:
		add_time(b, v->integer);
		break;
	}
}
