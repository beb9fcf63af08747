#include "sample.h"

#define TEXT(s)                                                                \
	{                                                                      \
		.type = VALUE_TEXT, .text = { s, sizeof(s) - 1 }               \
	}
#define LIST(s)                                                                \
	{                                                                      \
		.type = VALUE_LIST, .text = { s, sizeof(s) - 1 }               \
	}
#define INT(n)                                                                 \
	{                                                                      \
		.type = VALUE_INT, .integer = (n)                              \
	}
#define NUMBER(n)                                                              \
	{                                                                      \
		.type = VALUE_NUMBER, .number = (n)                            \
	}
#define MONEY(n)                                                               \
	{                                                                      \
		.type = VALUE_MONEY, .integer = (n)                            \
	}
#define BOOL(n)                                                                \
	{                                                                      \
		.type = VALUE_BOOL, .integer = (n)                             \
	}
#define DAY(n)                                                                 \
	{                                                                      \
		.type = VALUE_DAY, .integer = (n)                              \
	}
#define UNKNOWN                                                                \
	{                                                                      \
		.type = VALUE_NULL, .integer = 0                               \
	}
#define STR(s)                                                                 \
	{                                                                      \
		s, sizeof(s) - 1                                               \
	}

static const struct field fields[SAMPLE_FIELDS] = {
	{ "title_kk", VALUE_TEXT, { "Атауы", "Название", "Title" } },
	{ "title_ru", VALUE_TEXT,
	    { "Атауы (ru)", "Название (ru)", "Title (ru)" } },
	{ "title_en", VALUE_TEXT,
	    { "Атауы (en)", "Название (en)", "Title (en)" } },
	{ "status", VALUE_TEXT, { "Күйі", "Состояние", "Status" } },
	{ "sectors", VALUE_LIST, { "Салалар", "Отрасли", "Sectors" } },
	{ "capacity", VALUE_INT, { "Қуаты", "Мощность", "Capacity" } },
	{ "area", VALUE_NUMBER, { "Ауданы", "Площадь", "Area" } },
	{ "planned", VALUE_MONEY, { "Жоспар", "План", "Planned" } },
	{ "overdue", VALUE_BOOL, { "Мерзімі өткен", "Просрочен", "Overdue" } },
	{ "starts", VALUE_DAY, { "Басталуы", "Начало", "Starts" } },
	{ "ends", VALUE_DAY, { "Аяқталуы", "Окончание", "Ends" } },
};

const struct schema sample_schema = { "samples", fields, SAMPLE_FIELDS };

static const struct kml_style styles[] = {
	{ "implementation", "Іске асырылуда <1>", "ffb4771f",
	    "https://map.example/marks/a.png?x=1&y=2", 0, false },
	{ "completion", "Аяқталды", "ff2ca02c", NULL, 1.5, true },
};

static const struct kml_code codes[] = {
	{ STR("completion"), STR("Завершено") },
	{ STR("implementation"), STR("Реализация & <надзор>") },
};

static const struct kml_row rows[] = {
	{ KML_ROW_TRUE, "Просрочено <!>", { SAMPLE_OVERDUE, -1 }, NULL, NULL, 0,
	    false },
	{ KML_ROW_TEXT, "Состояние", { SAMPLE_STATUS, -1 }, NULL, codes, 2,
	    true },
	{ KML_ROW_MONEY, "План", { SAMPLE_PLANNED, -1 }, NULL, NULL, 0, true },
	{ KML_ROW_NUMBER, "Площадь", { -1, SAMPLE_AREA }, " м²", NULL, 0,
	    false },
	{ KML_ROW_PERIOD, "Сроки", { -1, -1 }, NULL, NULL, 0, false },
	{ KML_ROW_TEXT, "Отрасли", { SAMPLE_SECTORS, -1 }, NULL, NULL, 0,
	    false },
	{ KML_ROW_TEXT, "Название", { SAMPLE_TITLE_EN, SAMPLE_TITLE_KK }, NULL,
	    NULL, 0, false },
};

const struct kml_document sample_document = {
	.name = "Жобалар & нысандар",
	.description = STR("Лицензия CC BY 4.0 <demo> ]]> end"),
	.schema = &sample_schema,
	.lang = 1,
	.name_fields = { SAMPLE_TITLE_RU, SAMPLE_TITLE_KK, -1 },
	.style_field = SAMPLE_STATUS,
	.description_field = -1,
	.begin_fields = { -1, SAMPLE_STARTS },
	.end_fields = { SAMPLE_ENDS, -1 },
	.styles = styles,
	.n_styles = sizeof(styles) / sizeof(styles[0]),
	.rows = rows,
	.n_rows = sizeof(rows) / sizeof(rows[0]),
	.page = "https://map.example/p/",
	.page_tail = "?lang=ru&x",
	.page_title = "Подробнее",
};

static const struct value plain[SAMPLE_FIELDS] = { TEXT("Мектеп"),
	TEXT("Школа"), TEXT("School"), TEXT("implementation"),
	LIST("education;education.primary"), INT(600), NUMBER(4567.125),
	MONEY(123456789050), BOOL(1), DAY(20240229), DAY(20261231) };

static const struct value unknown[SAMPLE_FIELDS] = { UNKNOWN, UNKNOWN, UNKNOWN,
	UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, DAY(0) };

static const struct value awkward[SAMPLE_FIELDS] = {
	TEXT("=1+1; \"a\",\r\n\tb\\ </script>&amp;\x01\xE2\x80\xA8 ]]>"),
	TEXT("''@x"), TEXT(" edges "), TEXT("nobody's style"), LIST(""),
	INT(-9007199254740993), NUMBER(-0.1), MONEY(-5), BOOL(0), DAY(19000101),
	UNKNOWN
};

static const struct position point[] = { { 68.2512345678, 43.3 } };
static const uint32_t point_parts[] = { 1 };
static const struct geom a_point = { GEOM_POINT, 1, 0, 1, point_parts, NULL,
	point, { 68.2512345678, 43.3, 68.2512345678, 43.3 } };

static const struct position line[] = { { 68, 43 }, { 68.5, 43.25 },
	{ 69, 43 } };
static const uint32_t line_parts[] = { 3 };
static const struct geom a_line = { GEOM_LINE, 1, 0, 3, line_parts, NULL, line,
	{ 68, 43, 69, 43.25 } };

/* Clockwise outside, counter-clockwise inside; then a second area. */
static const struct position areas[] = { { 68, 43 }, { 68, 44 }, { 69, 44 },
	{ 69, 43 }, { 68, 43 }, { 68.2, 43.2 }, { 68.8, 43.2 }, { 68.8, 43.8 },
	{ 68.2, 43.2 }, { 70, 43 }, { 70.5, 44 }, { 71, 43 }, { 70, 43 } };
static const uint32_t area_parts[] = { 5, 4, 4 };
static const uint32_t area_rings[] = { 2, 1 };
static const struct geom an_area = { GEOM_POLYGON, 2, 1, 9, area_parts,
	area_rings, areas, { 68, 43, 69, 44 } };
static const struct geom two_areas = { GEOM_MULTIPOLYGON, 3, 2, 13, area_parts,
	area_rings, areas, { 68, 43, 71, 44 } };

static const uint32_t points_parts[] = { 1, 1, 1 };
static const struct geom three_points = { GEOM_MULTIPOINT, 3, 0, 3,
	points_parts, NULL, line, { 68, 43, 69, 43.25 } };

static const uint32_t lines_parts[] = { 5, 4 };
static const struct geom two_lines = { GEOM_MULTILINE, 2, 0, 9, lines_parts,
	NULL, areas, { 68, 43, 69, 44 } };

const struct feature sample_features[SAMPLE_COUNT] = {
	{ 1, STR("TKS-2024-000001"), &a_point, &sample_schema, plain },
	{ 2, STR("TKS-2024-000002"), &a_line, &sample_schema, plain },
	{ 3, STR("TKS-2024-000003"), &an_area, &sample_schema, plain },
	{ 4, STR("TKS-2024-000004"), &three_points, &sample_schema, plain },
	{ 5, STR("TKS-2024-000005"), &two_lines, &sample_schema, plain },
	{ 6, STR("TKS-2024-000006"), &two_areas, &sample_schema, plain },
	{ 7, STR("611600000"), NULL, &sample_schema, unknown },
	{ 8, STR("TKS-2024-000008"), &a_point, &sample_schema, awkward },
};
