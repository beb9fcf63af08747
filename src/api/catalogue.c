#include "api/catalogue.h"

#include "api/layer_source.h"
#include "api/url.h"
#include "index/snapshot.h"
#include "query/project.h"

const struct collection collection_projects = {
	.id = "projects",
	.schema = &project_schema,
	.title = { "Жобалар", "Проекты", "Projects" },
	.description = { "Бюджет қаражатына салынатын, жөнделетін және күтіп "
			 "ұсталатын "
			 "әлеуметтік нысандар жобалары",
	    "Проекты строительства, ремонта и содержания социальных объектов "
	    "за счёт бюджета",
	    "Projects that build, repair and maintain social facilities with "
	    "budget money" },
	.overdue = true,
};

const struct collection collection_districts = {
	.id = "districts",
	.schema = &district_schema,
	.title = { "Аудандар мен қалалар", "Районы и города",
	    "Districts and cities" },
	.description = { "Облыстың аудандары мен облыстық маңызы бар қалалары; "
			 "шекаралар "
			 "жалпыланған болуы мүмкін, құқықтық мақсатқа "
			 "арналмаған",
	    "Районы и города областного значения; границы могут быть "
	    "обобщены, не для юридических целей",
	    "Districts and cities of the oblast; boundaries may be "
	    "generalised and are not for legal use" },
};

static const struct collection *find_layer(
    const struct exchange *x, struct str id)
{
	for (size_t i = 0; i < x->n_layers; i++)
		if (str_is(id, x->layers[i].id))
			return &x->layers[i];
	return NULL;
}

/* Then layers come from the database as projects do. */
static bool is_without_snapshots(const struct exchange *x)
{
	return !x->projects && !x->layers;
}

bool collection_find(
    const struct collection **out, struct call *c, struct str id, struct err *e)
{
	const struct collection *k = NULL;

	if (str_is(id, collection_projects.id))
		k = &collection_projects;
	else if (str_is(id, collection_districts.id))
		k = &collection_districts;
	else if (is_without_snapshots(c->x))
		return layer_source_find(out, c, id, e);
	else
		k = find_layer(c->x, id);
	if (!k)
		return err_set(e, ERR_MISSING, "there is no such collection");
	*out = k;
	return true;
}

static const char collections_path[] = "/api/collections/";

bool collection_of_call(
    const struct collection **out, struct call *c, struct err *e)
{
	struct str rest = c->x->request->path;
	size_t skip = sizeof(collections_path) - 1;

	if (rest.len < skip)
		return err_set(e, ERR_MISSING, "there is no such collection");
	rest.data += skip;
	rest.len -= skip;
	return collection_find(out, c, str_cut(&rest, '/'), e);
}

void collection_url(
    struct call *c, const struct collection *k, const char *tail)
{
	url_add(&c->scratch, c, collections_path);
	buf_add_text(&c->scratch, k->id);
	buf_add_text(&c->scratch, tail);
}

bool collections_layers(
    const struct collection **out, size_t *n, struct call *c, struct err *e)
{
	if (is_without_snapshots(c->x))
		return layer_source_all(out, n, c, e);
	*out = c->x->layers;
	*n = c->x->n_layers;
	return true;
}

bool collection_is_layer(const struct collection *k)
{
	return k != &collection_projects && k != &collection_districts;
}

int64_t collection_change(const struct collection *k)
{
	return k->snapshot ? snapshot_info_of(k->snapshot)->version : k->change;
}
