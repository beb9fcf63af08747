#include "query/project.h"

#include "query/codes.h"

#include <string.h>

static const struct field project_fields[PROJECT_FIELDS] = {
	[PROJECT_TITLE_KK] = { "title_kk", VALUE_TEXT,
	    { "Атауы (қазақша)", "Название (на казахском)",
		"Title (Kazakh)" } },
	[PROJECT_TITLE_RU] = { "title_ru", VALUE_TEXT,
	    { "Атауы (орысша)", "Название (на русском)", "Title (Russian)" } },
	[PROJECT_TITLE_EN] = { "title_en", VALUE_TEXT,
	    { "Атауы (ағылшынша)", "Название (на английском)",
		"Title (English)" } },
	[PROJECT_STATUS] = { "status", VALUE_TEXT,
	    { "Күйі", "Статус", "Status" } },
	[PROJECT_CATEGORY] = { "category", VALUE_TEXT,
	    { "Сала", "Отрасль", "Sector" } },
	[PROJECT_SECTOR] = { "sector", VALUE_LIST,
	    { "Салалар (толық)", "Отрасли (подробно)", "Sectors (detailed)" } },
	[PROJECT_WORK_KIND] = { "work_kind", VALUE_TEXT,
	    { "Жұмыс түрі", "Вид работ", "Kind of work" } },
	[PROJECT_FACILITY_TYPE] = { "facility_type", VALUE_TEXT,
	    { "Нысан түрі", "Вид объекта", "Facility type" } },
	[PROJECT_DISTRICT] = { "district", VALUE_TEXT,
	    { "Аудан (ӘАОЖ коды)", "Район (код КАТО)",
		"District (KATO code)" } },
	[PROJECT_ADDRESS_KK] = { "address_kk", VALUE_TEXT,
	    { "Мекенжайы (қазақша)", "Адрес (на казахском)",
		"Address (Kazakh)" } },
	[PROJECT_ADDRESS_RU] = { "address_ru", VALUE_TEXT,
	    { "Мекенжайы (орысша)", "Адрес (на русском)",
		"Address (Russian)" } },
	[PROJECT_ADDRESS_EN] = { "address_en", VALUE_TEXT,
	    { "Мекенжайы (ағылшынша)", "Адрес (на английском)",
		"Address (English)" } },
	[PROJECT_PRECISION] = { "precision", VALUE_TEXT,
	    { "Орнының дәлдігі", "Точность места", "Precision of the place" } },
	[PROJECT_YEARS] = { "years", VALUE_LIST,
	    { "Қаржыландыру жылдары", "Годы финансирования",
		"Years of funding" } },
	[PROJECT_BUDGET_LEVELS] = { "budget_levels", VALUE_LIST,
	    { "Бюджет деңгейлері", "Уровни бюджета", "Budget levels" } },
	[PROJECT_PLANNED] = { "planned", VALUE_MONEY,
	    { "Жоспарланған, ₸", "Запланировано, ₸", "Planned, ₸" } },
	[PROJECT_CONTRACTED] = { "contracted", VALUE_MONEY,
	    { "Шарт бойынша, ₸", "По договорам, ₸", "Contracted, ₸" } },
	[PROJECT_PAID] = { "paid", VALUE_MONEY,
	    { "Төленген, ₸", "Оплачено, ₸", "Paid, ₸" } },
	[PROJECT_PROGRESS] = { "progress", VALUE_NUMBER,
	    { "Орындалуы, %", "Выполнение, %", "Physical progress, %" } },
	[PROJECT_OVERDUE] = { "overdue", VALUE_BOOL,
	    { "Мерзімі өткен", "Просрочен", "Overdue" } },
	[PROJECT_PLANNED_START] = { "planned_start", VALUE_DAY,
	    { "Жоспарлы басталуы", "Начало по плану", "Planned start" } },
	[PROJECT_PLANNED_END] = { "planned_end", VALUE_DAY,
	    { "Жоспарлы аяқталуы", "Окончание по плану", "Planned end" } },
	[PROJECT_ACTUAL_START] = { "actual_start", VALUE_DAY,
	    { "Нақты басталуы", "Фактическое начало", "Actual start" } },
	[PROJECT_ACTUAL_END] = { "actual_end", VALUE_DAY,
	    { "Нақты аяқталуы", "Фактическое окончание", "Actual end" } },
	[PROJECT_CUSTOMER_BIN] = { "customer_bin", VALUE_TEXT,
	    { "Тапсырыс берушінің БСН-і", "БИН заказчика", "Customer BIN" } },
	[PROJECT_CUSTOMER_KK] = { "customer_kk", VALUE_TEXT,
	    { "Тапсырыс беруші (қазақша)", "Заказчик (на казахском)",
		"Customer (Kazakh)" } },
	[PROJECT_CUSTOMER_RU] = { "customer_ru", VALUE_TEXT,
	    { "Тапсырыс беруші (орысша)", "Заказчик (на русском)",
		"Customer (Russian)" } },
	[PROJECT_CONTRACTOR_BIN] = { "contractor_bin", VALUE_TEXT,
	    { "Мердігердің БСН-і", "БИН подрядчика", "Contractor BIN" } },
	[PROJECT_CONTRACTOR_KK] = { "contractor_kk", VALUE_TEXT,
	    { "Мердігер (қазақша)", "Подрядчик (на казахском)",
		"Contractor (Kazakh)" } },
	[PROJECT_CONTRACTOR_RU] = { "contractor_ru", VALUE_TEXT,
	    { "Мердігер (орысша)", "Подрядчик (на русском)",
		"Contractor (Russian)" } },
	[PROJECT_SOURCE] = { "source", VALUE_TEXT,
	    { "Дереккөз", "Источник", "Source" } },
	[PROJECT_AS_OF] = { "as_of", VALUE_DAY,
	    { "Дерек күні", "Данные на дату", "Data as of" } },
	[PROJECT_DEMO] = { "demo", VALUE_BOOL,
	    { "Көрсетілім дерегі (ойдан алынған)",
		"Демонстрационные данные (вымышлены)",
		"Demonstration data (invented)" } }
};

static const struct field district_fields[DISTRICT_FIELDS] = {
	[DISTRICT_KATO] = { "kato", VALUE_TEXT,
	    { "ӘАОЖ коды", "Код КАТО", "KATO code" } },
	[DISTRICT_NAME_KK] = { "name_kk", VALUE_TEXT,
	    { "Атауы (қазақша)", "Название (на казахском)", "Name (Kazakh)" } },
	[DISTRICT_NAME_RU] = { "name_ru", VALUE_TEXT,
	    { "Атауы (орысша)", "Название (на русском)", "Name (Russian)" } },
	[DISTRICT_NAME_EN] = { "name_en", VALUE_TEXT,
	    { "Атауы (ағылшынша)", "Название (на английском)",
		"Name (English)" } },
	[DISTRICT_PARENT] = { "parent", VALUE_TEXT,
	    { "Жоғары тұрған бірлік", "Вышестоящая единица", "Parent unit" } },
	[DISTRICT_LABEL_LON] = { "label_lon", VALUE_NUMBER,
	    { "Жазу бойлығы", "Долгота подписи", "Label longitude" } },
	[DISTRICT_LABEL_LAT] = { "label_lat", VALUE_NUMBER,
	    { "Жазу ендігі", "Широта подписи", "Label latitude" } },
	[DISTRICT_AREA] = { "area_km2", VALUE_NUMBER,
	    { "Ауданы, км²", "Площадь, км²", "Area, km²" } },
	[DISTRICT_GENERALISED] = { "generalised", VALUE_BOOL,
	    { "Жалпыланған шекара, құқықтық мақсатқа арналмаған",
		"Граница обобщена, не для юридических целей",
		"Generalised boundary, not for legal use" } },
	[DISTRICT_SOURCE] = { "source", VALUE_TEXT,
	    { "Дереккөз", "Источник", "Source" } },
	[DISTRICT_AS_OF] = { "as_of", VALUE_DAY,
	    { "Дерек күні", "Данные на дату", "Data as of" } }
};

const struct schema project_schema = { "projects", project_fields,
	PROJECT_FIELDS };
const struct schema district_schema = { "districts", district_fields,
	DISTRICT_FIELDS };

const struct codelist *project_codes(int field)
{
	switch (field) {
	case PROJECT_STATUS:
		return &codes_status;
	case PROJECT_CATEGORY:
		return &codes_category;
	case PROJECT_WORK_KIND:
		return &codes_work_kind;
	case PROJECT_FACILITY_TYPE:
		return &codes_facility_type;
	case PROJECT_PRECISION:
		return &codes_precision;
	case PROJECT_BUDGET_LEVELS:
		return &codes_budget_level;
	default:
		return NULL;
	}
}

bool project_is_overdue(
    int status, int32_t planned_end, int32_t actual_end, int32_t today)
{
	if (!planned_end || planned_end >= today || actual_end)
		return false;
	return status == STATUS_PREPARATION ||
	       status == STATUS_IMPLEMENTATION || status == STATUS_SUSPENDED;
}

void project_period(const struct days *d, int32_t *first, int32_t *last)
{
	int32_t start = d->actual_start ? d->actual_start : d->planned_start;
	int32_t end = d->actual_end ? d->actual_end : d->planned_end;
	bool reversed = start && end && end < start;

	*first = reversed ? end : start;
	*last = reversed ? start : end;
}

size_t project_years_text(uint64_t years, char out[static PROJECT_YEARS_SIZE])
{
	char *to = out;

	for (; years; years &= years - 1) {
		int year = YEAR_FIRST + __builtin_ctzll(years);

		if (to > out)
			*to++ = ';';
		*to++ = (char)('0' + year / 1000);
		*to++ = (char)('0' + year / 100 % 10);
		*to++ = (char)('0' + year / 10 % 10);
		*to++ = (char)('0' + year % 10);
	}
	return (size_t)(to - out);
}

size_t project_levels_text(
    unsigned levels, char out[static PROJECT_LEVELS_SIZE])
{
	size_t len = 0;

	for (size_t i = 0; i < codes_budget_level.n; i++) {
		struct str code = str_from(codes_budget_level.codes[i].code);

		if (!(levels >> i & 1) ||
		    len + code.len + 1 > PROJECT_LEVELS_SIZE)
			continue;
		if (len)
			out[len++] = ';';
		memcpy(out + len, code.data, code.len);
		len += code.len;
	}
	return len;
}
