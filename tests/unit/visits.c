#include "visits.h"

#include "format/wkt_write.h"

bool visits_read(visits_reader *read, struct str text, size_t max_bytes,
    struct arena *a, foreign_visit *visit, void *context, struct err *e)
{
	const struct foreign_file file = {
		.text = text, .max_bytes = max_bytes, .arena = a, .keep = true
	};
	const struct foreign_hooks hooks = { .visit = visit,
		.context = context };

	return read(&file, &hooks, e);
}

bool visits_add(void *context, const struct foreign_feature *f, struct err *e)
{
	struct buf *b = context;

	(void)e;
	buf_add_format(b, "%ld [", f->at.number);
	buf_add_str(b, f->id);
	buf_add_text(b, "] ");
	if (f->geom)
		wkt_add(b, f->geom);
	else
		buf_add_text(b, "nowhere");
	for (size_t i = 0; i < f->n; i++) {
		buf_add_char(b, ' ');
		buf_add_str(b, f->names[i]);
		buf_add_char(b, '=');
		buf_add_str(b, f->values[i]);
	}
	buf_add_char(b, '\n');
	return true;
}

bool visits_stop(void *context, const struct foreign_feature *f, struct err *e)
{
	(void)context;
	(void)f;
	return err_set(e, ERR_CONFLICT, "stop");
}
