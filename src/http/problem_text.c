#include "http/problem_text.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/str.h"
#include "problem_sentences.h"

enum { NUMBERS_MAX = 4, NUMBER_SIZE = 24 };

struct found {
	struct str name, rest, numbers[NUMBERS_MAX];
	size_t n;
};

static size_t number_length(const char *text)
{
	return strspn(text, "-.0123456789");
}

/* Reads what a mark stands for; NULL when the text does not fit. */
static const char *read_mark(struct found *f, char mark, const char *text)
{
	size_t len;

	switch (mark) {
	case '%':
		len = f->name.len;
		return len > 0 && strncmp(text, f->name.data, len) == 0
			   ? text + len
			   : NULL;
	case '#':
		len = number_length(text);
		if (len == 0 || f->n == NUMBERS_MAX)
			return NULL;
		f->numbers[f->n++] = (struct str){ text, len };
		return text + len;
	default:
		f->rest = str_from(text);
		return text + f->rest.len;
	}
}

static bool is_mark(char c)
{
	return c == '%' || c == '#' || c == '*';
}

static bool fits(struct found *f, const char *pattern, const char *text)
{
	f->n = 0;
	for (; *pattern != '\0'; pattern++) {
		if (is_mark(*pattern)) {
			text = read_mark(f, *pattern, text);
			if (text == NULL)
				return false;
		} else if (*pattern != *text++) {
			return false;
		}
	}
	return *text == '\0';
}

/* Appends to a text that is kept terminated; false when it is full. */
static bool append(char *out, size_t *len, struct str s)
{
	if (s.len >= PROBLEM_TEXT_SIZE - *len)
		return false;
	if (s.len > 0)
		memcpy(out + *len, s.data, s.len);
	*len += s.len;
	out[*len] = '\0';
	return true;
}

static bool write_sentence(char out[static PROBLEM_TEXT_SIZE], size_t len,
    const struct found *f, const char *pattern)
{
	size_t n = 0;
	bool good = true;

	for (; good && *pattern != '\0'; pattern++) {
		struct str piece = { pattern, 1 };

		if (*pattern == '%')
			piece = f->name;
		else if (*pattern == '#' && n < f->n)
			piece = f->numbers[n++];
		else if (*pattern == '*')
			piece = f->rest;
		good = append(out, &len, piece);
	}
	return good;
}

static const struct problem_sentence *find(struct found *f, const char *text)
{
	static const struct problem_sentences *const all[] = {
		&problem_sentences_all, &problem_sentences_filter
	};

	for (size_t k = 0; k < LENGTH(all); k++)
		for (size_t i = 0; i < all[k]->n; i++)
			if (fits(f, all[k]->list[i].en, text))
				return &all[k]->list[i];
	return NULL;
}

/* Takes "at byte 7 " from before the sentence or " at byte 7" from behind it;
 * leaves the number, empty when there is none. */
static void cut_place(char text[ERR_TEXT_SIZE], char number[NUMBER_SIZE])
{
	static const char before[] = "at byte ", behind[] = " at byte ";
	char *end = strstr(text, behind), *at = NULL;
	size_t len;

	number[0] = '\0';
	if (strncmp(text, before, sizeof before - 1) == 0)
		at = text + sizeof before - 1;
	else if (end != NULL)
		at = end + sizeof behind - 1;
	len = at != NULL ? strspn(at, "0123456789") : 0;
	if (len == 0 || len >= NUMBER_SIZE)
		return;
	memcpy(number, at, len);
	number[len] = '\0';
	if (end != NULL && at > end)
		*end = '\0';
	else if (at[len] == ' ')
		memmove(text, at + len + 1, strlen(at + len + 1) + 1);
}

static size_t write_place(
    char out[static PROBLEM_TEXT_SIZE], const char *number, int lang)
{
	int len = lang == 0
		      ? snprintf(out, PROBLEM_TEXT_SIZE, "%s-байтта: ", number)
		      : snprintf(out, PROBLEM_TEXT_SIZE, "байт %s: ", number);

	return len > 0 ? (size_t)len : 0;
}

static bool translate(
    char out[static PROBLEM_TEXT_SIZE], const struct err *e, int lang)
{
	struct found f = { .name = str_from(e->param) };
	const struct problem_sentence *s;
	char text[ERR_TEXT_SIZE], number[NUMBER_SIZE];
	size_t len = 0;

	memcpy(text, e->text, sizeof text);
	cut_place(text, number);
	s = find(&f, text);
	if (s == NULL)
		return false;
	out[0] = '\0';
	if (number[0] != '\0')
		len = write_place(out, number, lang);
	return write_sentence(out, len, &f, lang == 0 ? s->kk : s->ru);
}

void problem_text(
    char out[static PROBLEM_TEXT_SIZE], const struct err *e, int lang)
{
	if ((lang == 0 || lang == 1) && translate(out, e, lang))
		return;
	memcpy(out, e->text, sizeof e->text);
}

size_t problem_text_count(void)
{
	return problem_sentences_all.n + problem_sentences_filter.n;
}

static bool same_marks(const char *a, const char *b)
{
	size_t counts[2][3] = { { 0 } };
	const char *texts[2] = { a, b };

	for (int k = 0; k < 2; k++)
		for (const char *p = texts[k]; *p != '\0'; p++)
			if (is_mark(*p))
				counts[k][*p == '%' ? 0 : *p == '#' ? 1 : 2]++;
	return memcmp(counts[0], counts[1], sizeof counts[0]) == 0;
}

const char *problem_text_pattern(size_t i, bool *whole)
{
	const size_t n = problem_sentences_all.n;
	const struct problem_sentence *s =
	    i < n ? &problem_sentences_all.list[i]
		  : &problem_sentences_filter.list[i - n];

	*whole = same_marks(s->en, s->kk) && same_marks(s->en, s->ru);
	return s->en;
}
