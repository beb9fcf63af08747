#include "api/tile_write.h"

#include "base/clock.h"
#include "format/mvt.h"

/* What tile_write_note adds at most. */
enum { NOTE_BYTES = 256 };

void tile_job_begin(struct tile_job *job, struct call *c,
    const struct collection *k, const struct source *s, const struct tile *t,
    struct arena *scratch)
{
	*job = (struct tile_job){ .call = c,
		.collection = k,
		.source = s,
		.query = source_filter(s),
		.tile = t,
		.scratch = scratch,
		.most = TILE_BYTES_MAX - NOTE_BYTES };
}

void tile_job_end(struct tile_job *job)
{
	geos_close(job->geos);
	job->geos = NULL;
}

bool tile_job_has_time(const struct tile_job *job, struct err *e)
{
	int64_t deadline = job->call->x->deadline;

	if (!deadline || clock_monotonic() < deadline)
		return true;
	return err_set(e, ERR_BUSY, "the tile takes too long");
}

void tile_write_note(const struct tile_note *note, struct buf *out)
{
	const struct grid_point middle = { GRID_EXTENT / 2, GRID_EXTENT / 2 };
	struct mvt_layer l;

	if (!note->thinned)
		return;
	mvt_begin(&l, str_from("meta"), TILE_BYTES_MAX);
	mvt_tag(&l, mvt_key(&l, str_from("thinned")),
	    mvt_text(&l, str_from(note->thinned)));
	mvt_tag(&l, mvt_key(&l, str_from("shown")), mvt_count(&l, note->shown));
	mvt_tag(&l, mvt_key(&l, str_from("found")), mvt_count(&l, note->found));
	mvt_add_point(&l, MVT_NO_ID, middle);
	mvt_end(&l, out);
	mvt_free(&l);
}
