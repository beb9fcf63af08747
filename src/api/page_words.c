#include "api/pages.h"

#include "api/media.h"
#include "api/page.h"

bool page_words(struct call *c, struct err *e)
{
	struct buf *b = call_text(c);
	struct page p = { .title = str_from(text_of(TEXT_WORDS, c->lang)),
		.description = str_from(text_of(TEXT_WORDS, c->lang)),
		.path = "/words" };
	size_t n;
	const struct meaning *m = text_meanings(&n);

	(void)e;
	if (answer_begin_fixed(c, MEDIA_HTML))
		return true;
	page_begin(c, &p);
	buf_add_text(b, "<dl>\n");
	for (size_t i = 0; i < n; i++) {
		buf_add_format(b, "<dt id=\"%s\">", m[i].anchor);
		html_text(b, str_from(m[i].word[c->lang]));
		buf_add_text(b, "</dt>\n<dd>");
		html_text(b, str_from(m[i].meaning[c->lang]));
		buf_add_text(b, "</dd>\n");
	}
	buf_add_text(b, "</dl>\n<p>");
	page_text(c, TEXT_LOCAL_NUMBERS);
	buf_add_text(b, ".</p>\n");
	page_end(c, &p);
	return true;
}
