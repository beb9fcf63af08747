#include "api/tile_write.h"

#include "api/catalogue.h"
#include "base/hash.h"

/* What else the database chose by may have changed without the rows. */
static int64_t change_of_all(const struct source *s)
{
	const int64_t marks[] = { s->info->version, s->info->day };

	return (int64_t)hash_bytes(marks, sizeof(marks), 0);
}

/* Which districts there are: filters are by their numbers. */
static uint64_t hash_districts(const struct snapshot_info *info)
{
	uint64_t hash = 0;

	for (size_t i = 0; i < info->n_katos; i++)
		hash =
		    hash_bytes(info->katos[i].data, info->katos[i].len, hash);
	return hash;
}

/* Nothing in a tile of projects tells the data version: it is the same until
 * something in it changes, also what a filter takes of it. Borders of others
 * may depend on those of neighbours far away: there it is the whole
 * collection. */
int64_t tile_change(
    const struct source *s, const struct collection *k, const struct tile *t)
{
	struct bbox bounds = grid_bounds(t, TILECUT_BUFFER);
	int64_t mark;

	if (s->selected || s->query.q.len)
		return change_of_all(s);
	/* Its licence, source and date may have changed alone. */
	if (collection_is_layer(k))
		return s->info->version;
	if (k != &collection_projects)
		return snapshot_change(s->snapshot);
	mark = snapshot_change_box(s->snapshot, &bounds);
	return (int64_t)hash_bytes(
	    &mark, sizeof(mark), hash_districts(s->info));
}
