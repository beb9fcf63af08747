#include "api/kmz.h"

#include "api/pictures.h"
#include "format/kmz_write.h"

#include <stdio.h>
#include <string.h>

static struct str find_picture(const char *name)
{
	for (size_t i = 0; i < pictures_count; i++)
		if (!strcmp(pictures[i].name, name))
			return (struct str){ (const char *)pictures[i].data,
				pictures[i].len };
	return (struct str){ NULL, 0 };
}

static size_t list_entries(
    struct kmz_entry out[static 2], const struct call *c, unsigned which)
{
	char name[32];
	size_t n = 0;

	snprintf(name, sizeof(name), "legend-%s.png", lang_codes[c->lang]);
	if (which & KMZ_WITH_MARK)
		out[n++] =
		    (struct kmz_entry){ KMZ_MARK, find_picture("mark.png") };
	if (which & KMZ_WITH_LEGEND)
		out[n++] = (struct kmz_entry){ KMZ_LEGEND, find_picture(name) };
	return n;
}

bool kmz_pack(struct call *c, unsigned which, int64_t published, struct err *e)
{
	struct response *r = c->x->response;
	struct kmz_entry entries[2];
	size_t n = list_entries(entries, c, which);
	struct buf packed;

	if (r->text.failed)
		return err_no_memory(e);
	buf_init(&packed, r->text.limit);
	if (!kmz_write(&packed, buf_str(&r->text), entries, n, published, e)) {
		buf_free(&packed);
		return false;
	}
	buf_free(&r->text);
	r->text = packed;
	r->gzip_ok = false;
	return true;
}
