/* Small parts of KML that its writers share. */
#ifndef BUDGETMAP_SRC_FORMAT_KML_TEXT_H
#define BUDGETMAP_SRC_FORMAT_KML_TEXT_H

#include "format/kml_write.h"
#include "kml_put.h"

/* As buf_add and buf_add_text, inline: a placemark is put together of a hundred
 * short pieces, and the length of a literal is known. */
static inline void kml_put(struct buf *b, struct str s)
{
	if (b->failed || s.len == 0 || s.len > b->size - b->len) {
		buf_add(b, s.data, s.len);
		return;
	}
	b->len = (size_t)(put(b->data + b->len, s) - b->data);
}

static inline void kml_put_text(struct buf *b, const char *text)
{
	kml_put(b, (struct str){ text, strlen(text) });
}

/* <tag>text</tag> and a line end. */
void kml_add_element(struct buf *b, const char *tag, struct str text);

/* An id attribute. It has to begin with a letter (xs:ID); a number gets one. */
void kml_add_id(struct buf *b, struct str id);

/* Snippet of one line; nothing when it is empty. */
void kml_add_snippet(struct buf *b, struct str text);

/* atom:link to what the feature is about. */
void kml_add_link_element(struct buf *b, struct str href);

/* LookAt straight from above. */
void kml_add_view(struct buf *b, const struct kml_view *v);

/* What is inside a JSON string as json_add_string writes it, escaped for XML.
 */
void kml_add_json_text(struct buf *b, struct str inside);

#endif
