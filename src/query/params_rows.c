#include "query/params.h"

#include "base/array.h"

static const struct code places[] = {
	[PLACE_ANY] = { "any", { "Барлығы", "Все", "All" } },
	[PLACE_LOCATED] = { "located",
	    { "Орны белгілі", "С местом", "With a place" } },
	[PLACE_NONE] = { "none",
	    { "Орны белгісіз", "Без места", "Without a place" } },
};
static const struct codelist codes_place = { "place", places, LENGTH(places) };

static const struct code languages[] = {
	{ "kk", { "қазақша", "қазақша", "қазақша" } },
	{ "ru", { "русский", "русский", "русский" } },
	{ "en", { "English", "English", "English" } },
};
static const struct codelist codes_lang = { "lang", languages, LANG_COUNT };

const struct param param_bbox = { .name = "bbox",
	.type = PARAM_BBOX,
	.text = { "Тіктөртбұрыш: батыс, оңтүстік, шығыс, солтүстік градуспен; "
		  "орны жоқ жобалар да сәйкес келеді",
	    "Прямоугольник: запад, юг, восток, север в градусах; проекты без "
	    "места тоже подходят",
	    "Box: west, south, east, north in degrees; projects without a "
	    "place match too" } };

const struct param param_district = { .name = "district",
	.type = PARAM_DISTRICT,
	.text = { "Аудандардың ӘАОЖ кодтары, үтірмен; none — ауданы белгісіз",
	    "Коды КАТО районов через запятую; none — район неизвестен",
	    "KATO codes of districts, separated by commas; none: without a "
	    "district" } };

const struct param param_status = { .name = "status",
	.type = PARAM_CODES,
	.codes = &codes_status,
	.text = { "Жоба күйлері, үтірмен", "Состояния проекта через запятую",
	    "Statuses, separated by commas" } };

const struct param param_category = { .name = "category",
	.type = PARAM_CODES,
	.codes = &codes_category,
	.text = { "Салалар, үтірмен", "Отрасли через запятую",
	    "Sectors, separated by commas" } };

const struct param param_work_kind = { .name = "work_kind",
	.type = PARAM_CODES,
	.codes = &codes_work_kind,
	.text = { "Жұмыс түрлері, үтірмен", "Виды работ через запятую",
	    "Kinds of work, separated by commas" } };

const struct param param_year = { .name = "year",
	.type = PARAM_YEARS,
	.min = YEAR_FIRST,
	.max = YEAR_LAST,
	.text = { "Қаржыландыру жылдары, үтірмен",
	    "Годы финансирования через запятую",
	    "Years of funding, separated by commas" } };

const struct param param_budget_level = { .name = "budget_level",
	.type = PARAM_CODES,
	.codes = &codes_budget_level,
	.text = { "Бюджет деңгейлері, үтірмен", "Уровни бюджета через запятую",
	    "Budget levels, separated by commas" } };

const struct param param_min_planned = { .name = "min_planned",
	.type = PARAM_MONEY,
	.text = { "Жоспарланған сома осыдан кем емес, теңге",
	    "Запланировано не меньше, тенге",
	    "Planned amount at least, tenge" } };

const struct param param_max_planned = { .name = "max_planned",
	.type = PARAM_MONEY,
	.text = { "Жоспарланған сома осыдан артық емес, теңге",
	    "Запланировано не больше, тенге",
	    "Planned amount at most, tenge" } };

const struct param param_overdue = { .name = "overdue",
	.type = PARAM_BOOL,
	.text = { "Мерзімі өткендер ғана (true) немесе өтпегендер (false)",
	    "Только просроченные (true) или непросроченные (false)",
	    "Only overdue ones (true) or only others (false)" } };

const struct param param_datetime = { .name = "datetime",
	.type = PARAM_DATETIME,
	.text = { "Жұмыс кезеңі осы күнге немесе аралыққа түседі: 2026-01-31, "
		  "2026-01-31T12:00:00Z, 2025-01-01/2026-01-01, ../2026-01-01, "
		  "2025-01-01/..; мерзімі белгісіз жобалар да сәйкес келеді",
	    "Период работ приходится на день, время или промежуток: "
	    "2026-01-31, 2026-01-31T12:00:00Z, 2025-01-01/2026-01-01, "
	    "../2026-01-01, 2025-01-01/..; проекты без сроков тоже подходят",
	    "The period of work meets a day, a time or an interval: "
	    "2026-01-31, 2026-01-31T12:00:00Z, 2025-01-01/2026-01-01, "
	    "../2026-01-01, 2025-01-01/..; projects without days match "
	    "too" } };

const struct param param_place = { .name = "place",
	.type = PARAM_CHOICE,
	.codes = &codes_place,
	.fallback = "any",
	.text = { "Картадағы орны бойынша: any, located, none",
	    "По месту на карте: any, located, none",
	    "By place on the map: any, located, none" } };

const struct param param_q = { .name = "q",
	.type = PARAM_TEXT,
	.max = QUERY_TEXT_MAX,
	.text = { "Іздеу сөздері; қазақ әріптерінің орыс нұсқасы да табады",
	    "Слова поиска; казахские буквы можно писать русскими",
	    "Words to search for, by their beginnings" } };

const struct param param_limit = { .name = "limit",
	.type = PARAM_INT,
	.flags = PARAM_CLAMP,
	.min = 1,
	.max = QUERY_LIMIT_MAX,
	.fallback = "100",
	.text = { "Бір беттегі жазбалар саны", "Записей на одной странице",
	    "Records on a page; larger numbers mean the largest" } };

const struct param param_offset = { .name = "offset",
	.type = PARAM_INT,
	.flags = PARAM_CLAMP,
	.min = 0,
	.max = QUERY_OFFSET_MAX,
	.fallback = "0",
	.text = { "Беттің алдындағы жазбалар саны; next сілтемелері сенімдірек",
	    "Сколько записей пропустить; ссылки next надёжнее",
	    "Records before the page; next links are safer while data "
	    "changes" } };

const struct param param_cursor = { .name = "cursor",
	.type = PARAM_TOKEN,
	.max = 64,
	.text = { "Беттің басы, next сілтемесінен",
	    "Начало страницы, из ссылки next",
	    "Where the page begins, taken from a next link" } };

const struct param param_lang = { .name = "lang",
	.type = PARAM_CHOICE,
	.codes = &codes_lang,
	.fallback = "kk",
	.text = { "Мәтін тілі: kk, ru, en", "Язык текста: kk, ru, en",
	    "Language of texts: kk, ru, en" } };
