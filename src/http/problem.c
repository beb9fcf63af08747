#include "http/problem.h"

#include <stdio.h>

#include "base/array.h"
#include "http/problem_text.h"

enum { CACHED_SECONDS = 5, TITLE_LANGS = 3 };

static const struct row {
	enum err_code code;
	int status;
	const char *name; /* the end of its type, and its "code" */
	const char *title[TITLE_LANGS]; /* kk, ru, en */
} rows[] = {
	{ ERR_INPUT, 400, "input",
	    { "Сұрау дұрыс емес", "Неверный запрос", "Bad request" } },
	{ ERR_MISSING, 404, "missing",
	    { "Табылмады", "Не найдено", "Not found" } },
	{ ERR_METHOD, 405, "method",
	    { "Әдіске рұқсат жоқ", "Метод не поддерживается",
		"Method not allowed" } },
	{ ERR_ACCEPT, 406, "accept",
	    { "Сұралған пішін жоқ", "Нет подходящего формата",
		"Not acceptable" } },
	{ ERR_CONFLICT, 409, "conflict",
	    { "Қайшылық", "Конфликт", "Conflict" } },
	{ ERR_GONE, 410, "gone",
	    { "Бұдан былай жоқ", "Больше не существует", "Gone" } },
	{ ERR_LIMIT, 413, "limit",
	    { "Тым үлкен", "Слишком большой запрос", "Too large" } },
	{ ERR_BUSY, 503, "busy",
	    { "Қызмет уақытша бос емес", "Сервис временно занят",
		"Service busy" } },
	{ ERR_DAMAGED, 503, "damaged",
	    { "Деректер уақытша қолжетімсіз", "Данные временно недоступны",
		"Data unavailable" } },
	{ ERR_MEMORY, 503, "memory",
	    { "Қызмет уақытша бос емес", "Сервис временно занят",
		"Service busy" } },
	/* The last row stands for every other code. */
	{ ERR_SYSTEM, 500, "system",
	    { "Ішкі қате", "Внутренняя ошибка", "Internal error" } },
};

static const struct row *find_row(enum err_code code)
{
	size_t last = LENGTH(rows) - 1;

	for (size_t i = 0; i < last; i++)
		if (rows[i].code == code)
			return &rows[i];
	return &rows[last];
}

/* A JSON string (RFC 8259 section 7) of text that is UTF-8. */
static void add_string(struct buf *b, const char *text)
{
	buf_add_char(b, '"');
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < 0x20 || c == 0x7f)
			buf_add_format(b, "\\u%04x", c);
		else if (c == '"' || c == '\\')
			buf_add_format(b, "\\%c", c);
		else
			buf_add_char(b, (char)c);
	}
	buf_add_char(b, '"');
}

static void add_member(struct buf *b, const char *name, const char *text)
{
	buf_add_format(b, ",\"%s\":", name);
	add_string(b, text);
}

int problem_status(enum err_code code)
{
	return find_row(code)->status;
}

void problem_write(
    struct response *r, const struct err *e, const struct request *q, int lang)
{
	const struct row *row = find_row(e->code);
	struct buf *b = &r->text;
	char text[PROBLEM_TEXT_SIZE];

	if (lang < 0 || lang >= TITLE_LANGS)
		lang = 0;
	response_clear(r);
	r->status = row->status;
	r->media = "application/problem+json";
	r->vary = RESPONSE_VARY_LANGUAGE;
	r->max_age =
	    row->status == 404 || row->status == 410 ? CACHED_SECONDS : -1;
	if (row->status == 503)
		response_header(r, "Retry-After", "1");
	buf_add_text(b, "{\"type\":");
	buf_add_format(b, "\"urn:budgetmap:problem:%s\"", row->name);
	add_member(b, "title", row->title[lang]);
	buf_add_format(b, ",\"status\":%d", row->status);
	problem_text(text, e, lang);
	add_member(b, "detail", text);
	add_member(b, "code", row->name);
	add_member(b, "request_id", q->id);
	if (e->param[0] != '\0')
		add_member(b, "parameter", e->param);
	buf_add_text(b, "}\n");
}
