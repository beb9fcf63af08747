#include "api/layer_info.h"

void layer_info(struct snapshot_info *info, struct snapshot_about *about,
    const struct layer *l)
{
	*about = (struct snapshot_about){
		.title = { l->title[0], l->title[1], l->title[2] },
		.description = { "", "", "" },
		.licence = l->licence,
		.source = l->source,
		.attribution = l->attribution,
		.date = l->date,
	};
	*info = (struct snapshot_info){ .schema = &l->schema,
		.version = l->change,
		.published = l->published,
		.about = about };
}
