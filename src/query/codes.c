#include "query/codes.h"

#include "base/array.h"

const char *const lang_codes[LANG_COUNT] = { "kk", "ru", "en" };

static const struct code status[] = {
	{ "identification", { "Қажеттілікті айқындау",
				"Определение потребности", "Identification" } },
	{ "preparation", { "Дайындық", "Подготовка", "Preparation" } },
	{ "implementation", { "Іске асыру", "Реализация", "Implementation" } },
	{ "completion", { "Аяқтау", "Завершение", "Completion" } },
	{ "maintenance", { "Пайдалану және күтіп ұстау",
			     "Эксплуатация и содержание", "Maintenance" } },
	{ "decommissioning", { "Пайдаланудан шығару", "Вывод из эксплуатации",
				 "Decommissioning" } },
	{ "decommissioned", { "Пайдаланудан шығарылған",
				"Выведен из эксплуатации", "Decommissioned" } },
	{ "cancelled", { "Бас тартылған", "Отменён", "Cancelled" } },
	{ "suspended", { "Уақытша тоқтатылған", "Приостановлен", "Suspended" } }
};

/* The top level of the sector list of OC4IDS. */
static const struct code category[] = {
	{ "education", { "Білім беру", "Образование", "Education" } },
	{ "health", { "Денсаулық сақтау", "Здравоохранение", "Health" } },
	{ "energy", { "Энергетика", "Энергетика", "Energy" } },
	{ "communications", { "Байланыс", "Связь", "Communications" } },
	{ "waterAndWaste", { "Сумен жабдықтау және қалдықтар",
			       "Водоснабжение и отходы", "Water and waste" } },
	{ "governance", { "Мемлекеттік басқару", "Государственное управление",
			    "Governance" } },
	{ "economy", { "Экономика", "Экономика", "Economy" } },
	{ "cultureSportsAndRecreation",
	    { "Мәдениет, спорт және демалыс", "Культура, спорт и отдых",
		"Culture, sports and recreation" } },
	{ "transport", { "Көлік және жолдар", "Транспорт и дороги",
			   "Transport and roads" } },
	{ "socialHousing",
	    { "Әлеуметтік тұрғын үй", "Социальное жильё", "Social housing" } },
	{ "naturalResources",
	    { "Табиғи ресурстар", "Природные ресурсы", "Natural resources" } }
};

static const struct code work_kind[] = {
	{ "new_build",
	    { "Жаңа құрылыс", "Новое строительство", "New construction" } },
	{ "reconstruction",
	    { "Реконструкциялау", "Реконструкция", "Reconstruction" } },
	{ "capital_repair",
	    { "Күрделі жөндеу", "Капитальный ремонт", "Major repair" } },
	{ "current_repair",
	    { "Ағымдағы жөндеу", "Текущий ремонт", "Routine repair" } },
	{ "expansion", { "Кеңейту", "Расширение", "Expansion" } },
	{ "replacement", { "Ауыстыру", "Замена", "Replacement" } },
	{ "upkeep", { "Күтіп ұстау", "Содержание", "Upkeep" } },
	{ "equipment",
	    { "Жабдықтау", "Оснащение оборудованием", "Equipment" } },
	{ "design", { "Жобалау", "Проектирование", "Design" } },
	{ "landscaping", { "Абаттандыру", "Благоустройство", "Landscaping" } },
	{ "demolition", { "Бұзу", "Снос", "Demolition" } }
};

static const struct code budget_level[] = {
	{ "national_fund",
	    { "Ұлттық қор", "Национальный фонд", "National Fund" } },
	{ "republican", { "Республикалық бюджет", "Республиканский бюджет",
			    "Republican budget" } },
	{ "oblast",
	    { "Облыстық бюджет", "Областной бюджет", "Oblast budget" } },
	{ "district_city",
	    { "Аудандық (қалалық) бюджет", "Районный (городской) бюджет",
		"District (city) budget" } },
	{ "okrug", { "Ауылдық округ бюджеті", "Бюджет сельского округа",
		       "Rural okrug budget" } },
	{ "quasi_state",
	    { "Квазимемлекеттік сектор", "Квазигосударственный сектор",
		"Quasi-state sector" } },
	{ "private", { "Жеке қаражат", "Частные средства", "Private funds" } },
	{ "donor", { "Донорлар қаражаты", "Средства доноров", "Donor funds" } }
};

static const struct code facility_type[] = {
	{ "school", { "Мектеп", "Школа", "School" } },
	{ "kindergarten", { "Балабақша", "Детский сад", "Kindergarten" } },
	{ "hospital", { "Аурухана", "Больница", "Hospital" } },
	{ "polyclinic", { "Емхана", "Поликлиника", "Polyclinic" } },
	{ "rural_health_post",
	    { "Медициналық пункт", "Медицинский пункт", "Rural health post" } },
	{ "sports",
	    { "Спорт нысаны", "Спортивный объект", "Sports facility" } },
	{ "culture",
	    { "Мәдениет нысаны", "Объект культуры", "Cultural facility" } },
	{ "library", { "Кітапхана", "Библиотека", "Library" } },
	{ "park", { "Саябақ", "Парк", "Park" } },
	{ "road", { "Жол", "Дорога", "Road" } },
	{ "bridge", { "Көпір", "Мост", "Bridge" } },
	{ "water", { "Сумен жабдықтау", "Водоснабжение", "Water supply" } },
	{ "sewerage", { "Кәріз", "Канализация", "Sewerage" } },
	{ "gas", { "Газбен жабдықтау", "Газоснабжение", "Gas supply" } },
	{ "heating", { "Жылумен жабдықтау", "Теплоснабжение", "Heat supply" } },
	{ "housing", { "Тұрғын үй", "Жилой дом", "Housing" } },
	{ "admin", { "Әкімшілік ғимарат", "Административное здание",
		       "Administrative building" } },
	{ "social_care",
	    { "Әлеуметтік қызмет нысаны", "Объект социальной защиты",
		"Social care facility" } },
	{ "other", { "Басқа", "Другое", "Other" } }
};

static const struct code precision[] = {
	{ "exact", { "Нақты орны", "Точное место", "Exact place" } },
	{ "street", { "Көше бойынша", "По улице", "Street" } },
	{ "settlement",
	    { "Елді мекен бойынша", "По населённому пункту", "Settlement" } },
	{ "district",
	    { "Тек аудан белгілі", "Известен только район", "District only" } }
};

const struct codelist codes_status = { "status", status, LENGTH(status) };
const struct codelist codes_category = { "category", category,
	LENGTH(category) };
const struct codelist codes_work_kind = { "work_kind", work_kind,
	LENGTH(work_kind) };
const struct codelist codes_budget_level = { "budget_level", budget_level,
	LENGTH(budget_level) };
const struct codelist codes_facility_type = { "facility_type", facility_type,
	LENGTH(facility_type) };
const struct codelist codes_precision = { "precision", precision,
	LENGTH(precision) };

int lang_find(struct str code)
{
	for (int i = 0; i < LANG_COUNT; i++)
		if (str_is(code, lang_codes[i]))
			return i;
	return -1;
}

int codes_find(const struct codelist *list, struct str code)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_is(code, list->codes[i].code))
			return (int)i;
	return -1;
}
