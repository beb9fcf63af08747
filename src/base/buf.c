#include "base/buf.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

enum {
	SMALLEST = 256,
	INTEGER_SIZE = 20, /* digits of UINT64_MAX */
	DIGITS_MAX = 15,
	FORMAT_SIZE = 512,
	DOUBLE_SIZE = 352 /* 309 digits, sign, point, 15 decimals */
};

static const uint64_t powers[DIGITS_MAX + 1] = { 1, 10, 100, 1000, 10000,
	100000, 1000000, 10000000, 100000000, 1000000000, 10000000000,
	100000000000, 1000000000000, 10000000000000, 100000000000000,
	1000000000000000 };

static const char pairs[] = "00010203040506070809"
			    "10111213141516171819"
			    "20212223242526272829"
			    "30313233343536373839"
			    "40414243444546474849"
			    "50515253545556575859"
			    "60616263646566676869"
			    "70717273747576777879"
			    "80818283848586878889"
			    "90919293949596979899";

/* Makes room for len bytes behind what is there. */
static bool grow(struct buf *b, size_t len)
{
	size_t size = b->size < SMALLEST / 2 ? SMALLEST : b->size;
	char *data;

	if (len > b->limit - b->len) {
		b->failed = true;
		return false;
	}
	while (size < b->len + len || size == b->size)
		size = size > SIZE_MAX / 2 ? SIZE_MAX : size * 2;
	if (size > b->limit)
		size = b->limit;
	data = mem_realloc(b->data, size);
	if (!data) {
		b->failed = true;
		return false;
	}
	b->data = data;
	b->size = size;
	return true;
}

static bool has_room(struct buf *b, size_t len)
{
	if (b->failed)
		return false;
	return len <= b->size - b->len || grow(b, len);
}

/* Writes value so that it ends before end; returns where it begins. */
static char *put_integer(char *end, uint64_t value)
{
	while (value >= 100) {
		end -= 2;
		memcpy(end, pairs + value % 100 * 2, 2);
		value /= 100;
	}
	if (value < 10) {
		*--end = (char)('0' + value);
		return end;
	}
	end -= 2;
	memcpy(end, pairs + value * 2, 2);
	return end;
}

/* Writes a fraction of digits digits, leading zeros kept, trailing ones cut;
 * nothing for zero. */
static void add_fraction(struct buf *b, uint64_t fraction, int digits)
{
	char text[INTEGER_SIZE];
	char *end = text + digits, *start;

	if (fraction == 0)
		return;
	start = put_integer(end, fraction);
	while (start > text)
		*--start = '0';
	while (end[-1] == '0')
		end--;
	buf_add_char(b, '.');
	buf_add(b, text, (size_t)(end - text));
}

static void add_unsigned(struct buf *b, bool negative, uint64_t value)
{
	char text[INTEGER_SIZE + 1];
	char *end = text + sizeof(text);
	char *start = put_integer(end, value);

	if (negative)
		*--start = '-';
	buf_add(b, start, (size_t)(end - start));
}

/* The product of two doubles is off by less than 2^-53 of itself. Where that
 * cannot change how it rounds, the integer is the correctly rounded one. */
static bool scale(double value, int digits, uint64_t *out)
{
	static const double most = 4503599627370496.0; /* 2^52 */
	double product = value * (double)powers[digits];
	double whole, fraction, doubt;

	if (!(product < most))
		return false;
	whole = (double)(uint64_t)product;
	fraction = product - whole;
	doubt = product / most;
	if (fabs(fraction - 0.5) <= doubt)
		return false;
	*out = (uint64_t)whole + (fraction > 0.5);
	return true;
}

/* By printf, whose point depends on the locale. value is not negative. */
static void add_double_slowly(
    struct buf *b, bool negative, double value, int digits)
{
	char text[DOUBLE_SIZE];
	int len = snprintf(text, sizeof(text), "%.*f", digits, value);
	size_t whole = strspn(text, "0123456789");
	const char *fraction = text + len - digits;

	while (digits > 0 && fraction[digits - 1] == '0')
		digits--;
	if (negative && (digits > 0 || whole > 1 || text[0] != '0'))
		buf_add_char(b, '-');
	buf_add(b, text, whole);
	if (digits == 0)
		return;
	buf_add_char(b, '.');
	buf_add(b, fraction, (size_t)digits);
}

/* The text of a format, too long for the stack. */
__attribute__((format(printf, 2, 0))) static void add_long_format(
    struct buf *b, const char *format, va_list args, size_t len)
{
	char *text = mem_alloc(len + 1);

	if (!text) {
		b->failed = true;
		return;
	}
	vsnprintf(text, len + 1, format, args);
	buf_add(b, text, len);
	mem_free(text);
}

void buf_init(struct buf *b, size_t limit)
{
	*b = (struct buf){ .limit = limit };
}

void buf_free(struct buf *b)
{
	mem_free(b->data);
	buf_init(b, b->limit);
}

void buf_reset(struct buf *b)
{
	b->len = 0;
	b->failed = false;
}

void buf_add(struct buf *b, const void *data, size_t len)
{
	if (len == 0 || !has_room(b, len))
		return;
	memcpy(b->data + b->len, data, len);
	b->len += len;
}

void buf_add_char(struct buf *b, char c)
{
	if (!has_room(b, 1))
		return;
	b->data[b->len++] = c;
}

void buf_add_text(struct buf *b, const char *text)
{
	buf_add(b, text, strlen(text));
}

void buf_add_str(struct buf *b, struct str s)
{
	buf_add(b, s.data, s.len);
}

void buf_add_int(struct buf *b, int64_t value)
{
	bool negative = value < 0;
	uint64_t size = (uint64_t)value;

	add_unsigned(b, negative, negative ? 0 - size : size);
}

void buf_add_double(struct buf *b, double value, int digits)
{
	bool negative = value < 0;
	uint64_t scaled;

	if (!isfinite(value)) {
		b->failed = true;
		return;
	}
	value = fabs(value);
	if (!scale(value, digits, &scaled)) {
		add_double_slowly(b, negative, value, digits);
		return;
	}
	add_unsigned(b, negative && scaled > 0, scaled / powers[digits]);
	add_fraction(b, scaled % powers[digits], digits);
}

void buf_add_money(struct buf *b, int64_t tiyn)
{
	enum { TIYN_DIGITS = 2 };
	bool negative = tiyn < 0;
	uint64_t size = negative ? 0 - (uint64_t)tiyn : (uint64_t)tiyn;

	add_unsigned(b, negative, size / powers[TIYN_DIGITS]);
	add_fraction(b, size % powers[TIYN_DIGITS], TIYN_DIGITS);
}

void buf_add_format(struct buf *b, const char *format, ...)
{
	char text[FORMAT_SIZE];
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (len < 0) {
		b->failed = true;
	} else if ((size_t)len < sizeof(text)) {
		buf_add(b, text, (size_t)len);
	} else {
		va_start(args, format);
		add_long_format(b, format, args, (size_t)len);
		va_end(args);
	}
}

char *buf_reserve(struct buf *b, size_t len)
{
	if (!has_room(b, len) || (!b->data && !grow(b, len)))
		return NULL;
	return b->data + b->len;
}

struct str buf_str(const struct buf *b)
{
	return (struct str){ b->data, b->len };
}
