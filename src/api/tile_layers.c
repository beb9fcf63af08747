#include "api/tile_layers.h"

#include "api/catalogue.h"
#include "api/tile_write.h"
#include "base/array.h"
#include "geo/tile.h"
#include "index/cluster.h"

#include <stdio.h>
#include <string.h>

const struct field project_tile_fields[PROJECT_TILE_FIELDS] = {
	[PROJECT_TILE_ID] = { "id", VALUE_TEXT,
	    { "Жобаның белгісі", "Идентификатор проекта",
		"Identifier of the project" } },
	[PROJECT_TILE_STATUS] = { "status", VALUE_TEXT,
	    { "Күйі", "Статус", "Status" } },
	[PROJECT_TILE_CATEGORY] = { "category", VALUE_TEXT,
	    { "Сала", "Отрасль", "Sector" } },
	[PROJECT_TILE_WORK_KIND] = { "work_kind", VALUE_TEXT,
	    { "Жұмыс түрі", "Вид работ", "Kind of work" } },
	[PROJECT_TILE_DISTRICT] = { "district", VALUE_TEXT,
	    { "Аудан (ӘАОЖ коды)", "Район (код КАТО)",
		"District (KATO code)" } },
	[PROJECT_TILE_PLANNED] = { "planned", VALUE_MONEY,
	    { "Жоспарланған, ₸", "Запланировано, ₸", "Planned, ₸" } },
	[PROJECT_TILE_CONTRACTED] = { "contracted", VALUE_MONEY,
	    { "Шарт бойынша, ₸", "По договорам, ₸", "Contracted, ₸" } },
	[PROJECT_TILE_PAID] = { "paid", VALUE_MONEY,
	    { "Төленген, ₸", "Оплачено, ₸", "Paid, ₸" } },
	[PROJECT_TILE_OVERDUE] = { "overdue", VALUE_BOOL,
	    { "Мерзімі өткен", "Просрочен", "Overdue" } },
	[PROJECT_TILE_ANCHORED] = { "anchored", VALUE_BOOL,
	    { "false: көрші тақтада саналады",
		"false: считается в соседней плитке",
		"false: counted in a tile near by" } },
	[PROJECT_TILE_TITLE_KK] = { "title_kk", VALUE_TEXT,
	    { "Атауы (қазақша), 15-масштабтан бастап",
		"Название (на казахском), с масштаба 15",
		"Title (Kazakh), from zoom 15 on" } },
	[PROJECT_TILE_TITLE_RU] = { "title_ru", VALUE_TEXT,
	    { "Атауы (орысша), 15-масштабтан бастап",
		"Название (на русском), с масштаба 15",
		"Title (Russian), from zoom 15 on" } },
	[PROJECT_TILE_TITLE_EN] = { "title_en", VALUE_TEXT,
	    { "Атауы (ағылшынша), 15-масштабтан бастап",
		"Название (на английском), с масштаба 15",
		"Title (English), from zoom 15 on" } },
};

const struct field cluster_tile_fields[CLUSTER_TILE_FIELDS] = {
	[CLUSTER_TILE_COUNT] = { "point_count", VALUE_INT,
	    { "Жобалар саны", "Число проектов", "Number of projects" } },
	[CLUSTER_TILE_PLANNED] = { "planned", VALUE_MONEY,
	    { "Барлығы жоспарланған, ₸", "Всего запланировано, ₸",
		"Planned in all, ₸" } },
	[CLUSTER_TILE_CONTRACTED] = { "contracted", VALUE_MONEY,
	    { "Барлығы шарттар бойынша, ₸", "Всего по договорам, ₸",
		"Contracted in all, ₸" } },
	[CLUSTER_TILE_PAID] = { "paid", VALUE_MONEY,
	    { "Барлығы төленген, ₸", "Всего оплачено, ₸", "Paid in all, ₸" } },
	[CLUSTER_TILE_MISSING_PLANNED] = { "missing_planned", VALUE_INT,
	    { "Жоспары жарияланбаған жобалар", "Проектов без суммы плана",
		"Projects without a planned amount" } },
	[CLUSTER_TILE_MISSING_CONTRACTED] = { "missing_contracted", VALUE_INT,
	    { "Шарт сомасы жарияланбаған жобалар",
		"Проектов без суммы договоров",
		"Projects without a contracted amount" } },
	[CLUSTER_TILE_MISSING_PAID] = { "missing_paid", VALUE_INT,
	    { "Төлемі жарияланбаған жобалар", "Проектов без суммы оплаты",
		"Projects without a paid amount" } },
	[CLUSTER_TILE_OVERDUE] = { "overdue", VALUE_INT,
	    { "Мерзімі өткен жобалар", "Просроченных проектов",
		"Overdue projects" } },
	[CLUSTER_TILE_OVERDUE_PLANNED] = { "overdue_planned", VALUE_MONEY,
	    { "Мерзімі өткендер бойынша жоспарланған, ₸",
		"Запланировано по просроченным, ₸",
		"Planned of overdue ones, ₸" } },
	[CLUSTER_TILE_EXPANSION_ZOOM] = { "expansion_zoom", VALUE_INT,
	    { "Топ бөлінетін масштаб", "Масштаб, где группа распадается",
		"Zoom where the cluster parts" } },
};

const struct field own_tile_fields[OWN_TILE_FIELDS] = {
	[OWN_TILE_ID] = { "id", VALUE_TEXT,
	    { "Белгісі", "Идентификатор", "Identifier" } },
	[OWN_TILE_ANCHORED] = { "anchored", VALUE_BOOL,
	    { "false: көрші тақтада саналады",
		"false: считается в соседней плитке",
		"false: counted in a tile near by" } },
};

static const struct field meta_fields[] = {
	{ "thinned", VALUE_TEXT,
	    { "Не қысқартылған: titles, shapes, features",
		"Что убрано: titles, shapes, features",
		"What was left out: titles, shapes, features" } },
	{ "shown", VALUE_INT,
	    { "Көрсетілген нысандар", "Показано объектов", "Features shown" } },
	{ "found", VALUE_INT,
	    { "Барлық нысандар", "Всего объектов", "Features in all" } },
};

const struct tile_layer tile_layer_meta = { .suffix = "meta",
	.max_zoom = TILE_MAX_ZOOM,
	.fields = meta_fields,
	.n_fields = LENGTH(meta_fields),
	.title = { "Тақтада не қысқартылды", "Что убрано из плитки",
	    "What was left out of the tile" } };

static const struct tile_layer project_layers[] = {
	{ .suffix = "",
	    .dimension = -1,
	    .max_zoom = TILE_MAX_ZOOM,
	    .fields = project_tile_fields,
	    .n_fields = PROJECT_TILE_FIELDS,
	    .title = { "Жобалар", "Проекты", "Projects" } },
	{ .suffix = "_clusters",
	    .max_zoom = TILE_MAX_ZOOM,
	    .fields = cluster_tile_fields,
	    .n_fields = CLUSTER_TILE_FIELDS,
	    .statuses = true,
	    .title = { "Жобалар топтары", "Группы проектов",
		"Clusters of projects" } },
};

bool tile_layer_has_own(const struct schema *schema, enum own_tile_field which)
{
	for (size_t i = 0; i < schema->n_fields; i++)
		if (!strcmp(
			schema->fields[i].name, own_tile_fields[which].name))
			return false;
	return true;
}

static void each_status(tile_field_visit *visit, void *context)
{
	char name[64];

	for (size_t i = 0; i < codes_status.n; i++) {
		const struct code *code = &codes_status.codes[i];
		const struct field f = { name, VALUE_INT,
			{ code->title[LANG_KK], code->title[LANG_RU],
			    code->title[LANG_EN] } };

		snprintf(name, sizeof(name), "status_%s", code->code);
		visit(context, &f);
	}
}

void tile_layer_each(
    const struct tile_layer *l, tile_field_visit *visit, void *context)
{
	for (size_t i = 0; i < l->n_fields; i++)
		if (!l->schema ||
		    tile_layer_has_own(l->schema, (enum own_tile_field)i))
			visit(context, &l->fields[i]);
	for (size_t i = 0; l->schema && i < l->schema->n_fields; i++)
		visit(context, &l->schema->fields[i]);
	if (l->statuses)
		each_status(visit, context);
}

/* Of the own fields those that come before the schema's. */
static struct tile_layer features_of(const struct collection *k)
{
	struct tile_layer l = { .suffix = "",
		.dimension = -1,
		.max_zoom = TILE_MAX_ZOOM,
		.fields = own_tile_fields,
		.n_fields = OWN_TILE_FIELDS,
		.schema = k->schema };

	for (int i = 0; i < LANG_COUNT; i++)
		l.title[i] = k->title[i];
	return l;
}

size_t tile_layers_of(
    struct tile_layer out[static TILE_LAYERS_MAX], const struct collection *k)
{
	static const char *const labels[LANG_COUNT] = { "Жазулар", "Подписи",
		"Labels" };

	if (k == &collection_projects) {
		memcpy(out, project_layers, sizeof(project_layers));
		return LENGTH(project_layers);
	}
	out[0] = features_of(k);
	out[1] = features_of(k);
	out[1].suffix = "_labels";
	out[1].dimension = 0;
	memcpy(out[1].title, labels, sizeof(labels));
	return 2;
}
