#include "api/routes.h"

#include "api/item.h"
#include "api/items.h"
#include "api/landing.h"
#include "api/media.h"
#include "api/pages.h"
#include "api/places.h"
#include "api/rows.h"
#include "api/stats.h"
#include "api/tiles.h"

#define ITEMS "/api/collections/projects/items"
#define DISTRICTS "/api/collections/districts/items"
#define LAYER "/api/collections/{collection}"

static const struct endpoint endpoints[] = {
	{ "landing", "/api", ENDPOINT_API, &table_resource, landing_get,
	    MEDIA_JSON, { "Бастапқы бет", "Начало", "Landing page" } },
	{ "landingSlash", "/api/", ENDPOINT_API, &table_resource, landing_get,
	    NULL, { NULL, NULL, NULL } },
	{ "conformance", "/api/conformance", ENDPOINT_DATA, &table_resource,
	    conformance_get, MEDIA_JSON,
	    { "Орындалатын стандарттар", "Какие стандарты соблюдены",
		"Standards that are followed" } },
	{ "openapi", "/api/openapi.json", ENDPOINT_API, &table_plain,
	    openapi_get, MEDIA_OPENAPI,
	    { "Осы сипаттама", "Это описание", "This description" } },
	{ "docs", "/api/docs", ENDPOINT_API, &table_page, docs_get, MEDIA_HTML,
	    { "Адамдарға арналған сипаттама", "Описание для людей",
		"Description for people" } },
	{ "collections", "/api/collections", ENDPOINT_API, &table_resource,
	    collections_get, MEDIA_JSON,
	    { "Жинақтар", "Коллекции", "Collections" } },
	{ "projects", "/api/collections/projects", ENDPOINT_API,
	    &table_resource, collection_get, MEDIA_JSON,
	    { "Жобалар жинағы", "Коллекция проектов",
		"The collection of projects" } },
	{ "districts", "/api/collections/districts", ENDPOINT_API,
	    &table_resource, collection_get, MEDIA_JSON,
	    { "Аудандар жинағы", "Коллекция районов",
		"The collection of districts" } },
	{ "layer", LAYER, ENDPOINT_API, &table_resource, collection_get,
	    MEDIA_JSON,
	    { "Енгізілген қабат", "Загруженный слой", "An imported layer" } },
	{ "projectItems", ITEMS, ENDPOINT_DATA, &table_projects, items_get,
	    MEDIA_GEOJSON,
	    { "Жобаларды таңдау", "Выбор проектов", "Select projects" } },
	{ "districtItems", DISTRICTS, ENDPOINT_DATA, &table_districts,
	    items_get, MEDIA_GEOJSON, { "Аудандар", "Районы", "Districts" } },
	{ "layerItems", LAYER "/items", ENDPOINT_DATA, &table_layer, items_get,
	    MEDIA_GEOJSON,
	    { "Қабат нысандары", "Объекты слоя", "Features of a layer" } },
	{ "projectItem", ITEMS "/{id}", ENDPOINT_DATA, &table_item, item_get,
	    MEDIA_GEOJSON,
	    { "Жобаның толық жазбасы", "Полная запись проекта",
		"The full record of a project" } },
	{ "districtItem", DISTRICTS "/{kato}", ENDPOINT_DATA, &table_item,
	    item_get, MEDIA_GEOJSON,
	    { "Бір аудан", "Один район", "One district" } },
	{ "layerItem", LAYER "/items/{id}", ENDPOINT_DATA, &table_item,
	    item_get, MEDIA_GEOJSON,
	    { "Қабаттың бір нысаны", "Один объект слоя",
		"One feature of a layer" } },
	{ "stats", "/api/stats", ENDPOINT_DATA, &table_stats, stats_get,
	    MEDIA_JSON,
	    { "Сандар мен сомалар", "Числа и суммы", "Counts and sums" } },
	{ "where", "/api/where", ENDPOINT_DATA, &table_where, where_get,
	    MEDIA_JSON,
	    { "Нүкте қай ауданда", "В каком районе точка",
		"Which district a point lies in" } },
	{ "places", "/api/places", ENDPOINT_DATA, &table_places, places_get,
	    MEDIA_JSON,
	    { "Елді мекендерді іздеу", "Поиск населённых пунктов",
		"Search for towns and villages" } },
	{ "columns", "/opendata/columns.json", ENDPOINT_DATA, &table_plain,
	    columns_get, MEDIA_JSON,
	    { "Бағандар сөздігі", "Словарь столбцов",
		"Dictionary of columns" } },
	{ "projectTile", "/tiles/projects/{z}/{x}/{y}.geojson", ENDPOINT_DATA,
	    &table_tile, tiles_projects, MEDIA_GEOJSON,
	    { "Карта тақтасы: топтар мен жобалар",
		"Плитка карты: группы и проекты",
		"Map tile: clusters and projects" } },
	{ "oblastPage", "/d/", ENDPOINT_PAGE, &table_list_page, page_oblast,
	    MEDIA_HTML,
	    { "Облыс беті", "Страница области", "Page of the oblast" } },
	{ "oblastPageShort", "/d", ENDPOINT_PAGE, &table_list_page, page_oblast,
	    NULL, { NULL, NULL, NULL } },
	{ "districtPage", "/d/{kato}", ENDPOINT_PAGE, &table_district_page,
	    page_district, MEDIA_HTML,
	    { "Аудан беті", "Страница района", "Page of a district" } },
	{ "projectPage", "/p/{id}", ENDPOINT_PAGE, &table_page, page_project,
	    MEDIA_HTML,
	    { "Жоба беті", "Страница проекта", "Page of a project" } },
	{ "wordsPage", "/words", ENDPOINT_PAGE, &table_page, page_words,
	    MEDIA_HTML,
	    { "Сөздердің мәні", "Что значат слова", "What the words mean" } },
};

const struct endpoint *routes_all(size_t *n)
{
	*n = sizeof(endpoints) / sizeof(endpoints[0]);
	return endpoints;
}
