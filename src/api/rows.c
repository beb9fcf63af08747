#include "api/rows.h"

#include "api/crs.h"
#include "api/filter.h"
#include "api/items.h"
#include "api/narrow.h"
#include "api/sort.h"
#include "api/stats.h"
#include "api/tiles.h"
#include "base/array.h"

#define TABLE(rows)                                                            \
	{                                                                      \
		rows, LENGTH(rows)                                             \
	}

enum { PLACES_MAX = 1000, PAGE_ROWS_MAX = 200, FILE_PAGES_MAX = 1000000 };

static const struct code json_or_html[] = {
	{ "json", { "JSON", "JSON", "JSON" } },
	{ "html", { "HTML", "HTML", "HTML" } },
};
static const struct codelist codes_json = { "f", json_or_html, 1 };
static const struct codelist codes_json_html = { "f", json_or_html, 2 };

static const struct param param_f = { .name = "f",
	.type = PARAM_CHOICE,
	.codes = &codes_format,
	.text = { "Пішін; берілмесе Accept бойынша HTML немесе GeoJSON; limit "
		  "болмаса, geojson мен html-ден басқасы нәтижені толық береді",
	    "Формат; без него HTML или GeoJSON по Accept; все, кроме geojson "
	    "и html, без limit дают весь результат",
	    "Format; without it HTML or GeoJSON, as Accept says; all but "
	    "geojson and html give the whole result unless limit is given" } };

static const struct param param_f_page = { .name = "f",
	.type = PARAM_CHOICE,
	.codes = &codes_json_html,
	.text = { "Пішін; берілмесе Accept бойынша HTML немесе JSON",
	    "Формат; без него HTML или JSON по Accept",
	    "Format; without it HTML or JSON, as Accept says" } };

static const struct param param_f_json = { .name = "f",
	.type = PARAM_CHOICE,
	.codes = &codes_json,
	.fallback = "json",
	.text = { "Пішін", "Формат", "Format" } };

static const struct param param_f_tile = { .name = "f",
	.type = PARAM_CHOICE,
	.codes = &codes_tile_format,
	.fallback = "mvt",
	.text = { "Пішін", "Формат", "Format" } };

static const struct param param_group = { .name = "group",
	.type = PARAM_CHOICE,
	.codes = &codes_group,
	.text = { "Немен топтау керек; жылдар бойынша жоба бірнеше рет "
		  "саналуы мүмкін",
	    "По чему группировать; по годам проект может считаться несколько "
	    "раз",
	    "What to group by; by year a project may be counted more than "
	    "once" } };

static const struct param param_lon = { .name = "lon",
	.type = PARAM_NUMBER,
	.flags = PARAM_REQUIRED,
	.min = -180,
	.max = 180,
	.text = {
	    "Бойлық, градус", "Долгота, градусы", "Longitude, degrees" } };

static const struct param param_lat = { .name = "lat",
	.type = PARAM_NUMBER,
	.flags = PARAM_REQUIRED,
	.min = -90,
	.max = 90,
	.text = { "Ендік, градус", "Широта, градусы", "Latitude, degrees" } };

static const struct param param_places_limit = { .name = "limit",
	.type = PARAM_INT,
	.flags = PARAM_CLAMP,
	.min = 1,
	.max = PLACES_MAX,
	.fallback = "20",
	.text = { "Ең көп дегенде қанша орын", "Сколько мест, самое большее",
	    "How many places at most" } };

static const struct param param_page_limit = { .name = "limit",
	.type = PARAM_INT,
	.flags = PARAM_CLAMP,
	.min = 1,
	.max = PAGE_ROWS_MAX,
	.fallback = "50",
	.text = { "Бір беттегі жобалар саны", "Проектов на одной странице",
	    "Projects on a page; larger numbers mean the largest" } };

static const struct param param_places_q = { .name = "q",
	.type = PARAM_TEXT,
	.max = QUERY_TEXT_MAX,
	.text = { "Елді мекен атауының басы", "Начало названия места",
	    "How the name of the place begins" } };

/* What Google Earth adds of its own when it fetches a file by view. The files
 * are the same wherever it looks. */
static const struct param param_view = { .name = "BBOX",
	.type = PARAM_BBOX,
	.flags = PARAM_EMPTY,
	.text = { "Google Earth көрінісі: тексеріледі, ештеңе таңдамайды",
	    "Вид Google Earth: проверяется, но ничего не выбирает",
	    "The view of Google Earth: checked, it selects nothing" } };

static const struct param param_kml_bbox = { .name = "bbox",
	.type = PARAM_BBOX,
	.flags = PARAM_EMPTY,
	.text = { "Батыс, оңтүстік, шығыс, солтүстік; бос болса — барлығы",
	    "Запад, юг, восток, север; пусто — всё",
	    "West, south, east, north; empty means everything" } };

static const struct param param_file_page = { .name = "page",
	.type = PARAM_INT,
	.min = 1,
	.max = FILE_PAGES_MAX,
	.text = { "500 жазбадан тұратын бөлік, бір орында көп болса",
	    "Часть по 500 записей, когда в одном месте их больше",
	    "A part of 500 records, where one place has more" } };

/* query/layer_time.h is the rule. */
static const struct param param_time = { .name = "datetime",
	.type = PARAM_DATETIME,
	.text = { "Уақыты осы күнге немесе аралыққа түседі: 2026-01-31, "
		  "2026-01-31T12:00:00Z, 2025-01-01/2026-01-01, "
		  "../2026-01-01. Қабатта уақыт — begin және end "
		  "атрибуттары, олар болмаса when, ол да болмаса бірінші күн "
		  "не уақыт; ауданда уақыт жоқ; уақыты белгісіз нысандар да "
		  "сәйкес келеді",
	    "Время приходится на день или промежуток: 2026-01-31, "
	    "2026-01-31T12:00:00Z, 2025-01-01/2026-01-01, ../2026-01-01. "
	    "Время слоя — атрибуты begin и end, без них when, без него первая "
	    "дата или время; у районов времени нет; объекты без времени тоже "
	    "подходят",
	    "The time meets a day or an interval: 2026-01-31, "
	    "2026-01-31T12:00:00Z, 2025-01-01/2026-01-01, ../2026-01-01. The "
	    "time of a layer is in its attributes begin and end, without them "
	    "in when, without it in the first date or time; districts have no "
	    "time; features without time match too" } };

static const struct param *const plain[] = { &param_f_json, &param_lang };
static const struct param *const resource[] = { &param_f_page, &param_lang };

#define CQL2 &param_filter, &param_filter_lang, &param_filter_crs
#define OTHER_FILTERS                                                          \
	&param_status, &param_category, &param_work_kind, &param_year,         \
	    &param_budget_level, &param_min_planned, &param_max_planned,       \
	    &param_overdue, &param_datetime, &param_place, &param_q, CQL2
#define FILTERS &param_district, OTHER_FILTERS

static const struct param *const projects[] = { &param_bbox, &param_bbox_crs,
	FILTERS, &param_sortby, &param_properties, &param_zoom_level,
	&param_crs, &param_limit, &param_offset, &param_cursor, &param_f,
	&param_lang };
static const struct param *const districts[] = { &param_bbox, &param_bbox_crs,
	&param_time, CQL2, &param_sortby, &param_properties, &param_zoom_level,
	&param_crs, &param_limit, &param_offset, &param_cursor, &param_f,
	&param_lang };
static const struct param *const layer[] = { &param_bbox, &param_bbox_crs,
	&param_time, &param_place, CQL2, &param_sortby, &param_properties,
	&param_zoom_level, &param_crs, &param_limit, &param_offset,
	&param_cursor, &param_f, &param_lang };
static const struct param *const item[] = { &param_properties,
	&param_zoom_level, &param_crs, &param_f, &param_lang };
static const struct param *const stats[] = { &param_group, &param_bbox, FILTERS,
	&param_f_json, &param_lang };
static const struct param *const tile[] = { FILTERS, &param_lang };
static const struct param *const tile_ogc[] = { FILTERS, &param_f_tile,
	&param_lang };
static const struct param *const tile_plain[] = { &param_time, CQL2,
	&param_lang };
static const struct param *const tile_plain_ogc[] = { &param_time, CQL2,
	&param_f_tile, &param_lang };
static const struct param *const tile_dataset[] = { &param_f_tile,
	&param_lang };
static const struct param *const where[] = { &param_lon, &param_lat,
	&param_f_json, &param_lang };
static const struct param *const places[] = { &param_places_q,
	&param_places_limit, &param_f_json, &param_lang };
static const struct param *const list_page[] = { FILTERS, &param_page_limit,
	&param_cursor, &param_lang };
static const struct param *const district_page[] = { OTHER_FILTERS,
	&param_page_limit, &param_cursor, &param_lang };
static const struct param *const page[] = { &param_lang };
static const struct param *const kml_projects[] = { &param_view,
	&param_kml_bbox, FILTERS, &param_lang };
static const struct param *const kml_districts[] = { &param_view,
	&param_kml_bbox, &param_time, CQL2, &param_lang };
static const struct param *const kml_layer[] = { &param_view, &param_kml_bbox,
	&param_time, &param_place, CQL2, &param_lang };
static const struct param *const kml_project_file[] = { &param_view,
	&param_kml_bbox, FILTERS, &param_file_page, &param_lang };
static const struct param *const kml_file[] = { &param_view, &param_kml_bbox,
	&param_time, CQL2, &param_file_page, &param_lang };
static const struct param *const kml_layer_file[] = { &param_view,
	&param_kml_bbox, &param_time, &param_place, CQL2, &param_file_page,
	&param_lang };

const struct param_table table_plain = TABLE(plain);
const struct param_table table_resource = TABLE(resource);
const struct param_table table_projects = TABLE(projects);
const struct param_table table_districts = TABLE(districts);
const struct param_table table_layer = TABLE(layer);
const struct param_table table_item = TABLE(item);
const struct param_table table_stats = TABLE(stats);
const struct param_table table_tile = TABLE(tile);
const struct param_table table_tile_ogc = TABLE(tile_ogc);
const struct param_table table_tile_plain = TABLE(tile_plain);
const struct param_table table_tile_plain_ogc = TABLE(tile_plain_ogc);
const struct param_table table_tile_dataset = TABLE(tile_dataset);
const struct param_table table_where = TABLE(where);
const struct param_table table_places = TABLE(places);
const struct param_table table_list_page = TABLE(list_page);
const struct param_table table_district_page = TABLE(district_page);
const struct param_table table_page = TABLE(page);
const struct param_table table_kml_projects = TABLE(kml_projects);
const struct param_table table_kml_districts = TABLE(kml_districts);
const struct param_table table_kml_layer = TABLE(kml_layer);
const struct param_table table_kml_project_file = TABLE(kml_project_file);
const struct param_table table_kml_file = TABLE(kml_file);
const struct param_table table_kml_layer_file = TABLE(kml_layer_file);

const struct param_table *table_of_items(const struct collection *k)
{
	if (k == &collection_projects)
		return &table_projects;
	return k == &collection_districts ? &table_districts : &table_layer;
}
