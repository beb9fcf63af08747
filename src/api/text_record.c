#include "api/text.h"

/* Columns of a full record in the order people read them in. */
static const struct code columns[] = {
	{ "funding", { "Қаржыландыру", "Финансирование", "Funding" } },
	{ "contracts", { "Шарттар", "Договоры", "Contracts" } },
	{ "amendments",
	    { "Шарт өзгерістері", "Изменения договоров", "Amendments" } },
	{ "payments", { "Төлемдер", "Платежи", "Payments" } },
	{ "milestones", { "Кезеңдер", "Этапы", "Milestones" } },
	{ "documents", { "Құжаттар", "Документы", "Documents" } },
	{ "observations", { "Бақылаулар", "Наблюдения", "Observations" } },
	{ "history", { "Өзгерістер тарихы", "История изменений",
			 "History of changes" } },
	{ "fiscal_year", { "Жыл", "Год", "Year" } },
	{ "budget_level",
	    { "Бюджет деңгейі", "Уровень бюджета", "Budget level" } },
	{ "administrator", { "Бағдарлама әкімшісі", "Администратор программ",
			       "Administrator" } },
	{ "programme", { "Бағдарлама", "Программа", "Programme" } },
	{ "title", { "Атауы", "Название", "Title" } },
	{ "planned", { "Жоспарланған", "Запланировано", "Planned" } },
	{ "adjusted", { "Нақтыланған", "Уточнено", "Adjusted" } },
	{ "contracted", { "Шарт бойынша", "По договорам", "Contracted" } },
	{ "paid", { "Төленген", "Оплачено", "Paid" } },
	{ "contract_id", { "Шарт", "Договор", "Contract" } },
	{ "external_no",
	    { "Тіркеу нөмірі", "Номер в реестре", "Registry number" } },
	{ "nature", { "Түрі", "Вид", "Kind" } },
	{ "method", { "Сатып алу тәсілі", "Способ закупки", "Method" } },
	{ "supplier", { "Өнім беруші", "Поставщик", "Supplier" } },
	{ "signed_on",
	    { "Қол қойылған күні", "Дата подписания", "Signed on" } },
	{ "bidders", { "Қатысушылар саны", "Число участников", "Bidders" } },
	{ "value_original",
	    { "Бастапқы құны", "Первоначальная стоимость", "Original value" } },
	{ "value_current",
	    { "Ағымдағы құны", "Текущая стоимость", "Current value" } },
	{ "final_value",
	    { "Түпкілікті құны", "Итоговая стоимость", "Final value" } },
	{ "end_original",
	    { "Бастапқы мерзімі", "Первоначальный срок", "Original end" } },
	{ "end_current",
	    { "Ағымдағы мерзімі", "Текущий срок", "Current end" } },
	{ "date", { "Күні", "Дата", "Date" } },
	{ "kind", { "Түрі", "Вид", "Kind" } },
	{ "old_value", { "Бұрынғы құны", "Прежняя стоимость", "Old value" } },
	{ "new_value", { "Жаңа құны", "Новая стоимость", "New value" } },
	{ "old_end", { "Бұрынғы мерзімі", "Прежний срок", "Old end" } },
	{ "new_end", { "Жаңа мерзімі", "Новый срок", "New end" } },
	{ "description", { "Сипаттамасы", "Описание", "Description" } },
	{ "rationale", { "Негіздемесі", "Обоснование", "Rationale" } },
	{ "amount", { "Сомасы", "Сумма", "Amount" } },
	{ "payer", { "Төлеуші", "Плательщик", "Payer" } },
	{ "payee", { "Алушы", "Получатель", "Payee" } },
	{ "type", { "Түрі", "Вид", "Type" } },
	{ "status", { "Күйі", "Статус", "Status" } },
	{ "due_original",
	    { "Бастапқы мерзімі", "Первоначальный срок", "Originally due" } },
	{ "due_current",
	    { "Ағымдағы мерзімі", "Текущий срок", "Currently due" } },
	{ "met_on", { "Орындалған күні", "Выполнено", "Met on" } },
	{ "document_type",
	    { "Құжат түрі", "Вид документа", "Type of document" } },
	{ "url", { "Сілтеме", "Ссылка", "Link" } },
	{ "language", { "Тілі", "Язык", "Language" } },
	{ "date_published",
	    { "Жарияланған күні", "Опубликовано", "Published on" } },
	{ "metric", { "Көрсеткіш", "Показатель", "Metric" } },
	{ "value", { "Мәні", "Значение", "Value" } },
	{ "unit", { "Өлшем бірлігі", "Единица", "Unit" } },
	{ "source", { "Дереккөз", "Источник", "Source" } },
	{ "as_of", { "Дерек күні", "Данные на дату", "Data as of" } },
	{ "at", { "Күні", "Дата", "Date" } },
	{ "entity", { "Жазба", "Запись", "Record" } },
	{ "reason", { "Себебі", "Причина", "Reason" } },
	{ "what", { "Не өзгерді", "Что изменилось", "What changed" } },
};

static const struct code values[] = {
	{ "design", { "Жобалау", "Проектирование", "Design" } },
	{ "construction", { "Құрылыс", "Строительство", "Construction" } },
	{ "supervision", { "Қадағалау", "Надзор", "Supervision" } },
	{ "equipment", { "Жабдық", "Оборудование", "Equipment" } },
	{ "expertise", { "Сараптама", "Экспертиза", "Expertise" } },
	{ "open", { "Ашық", "Открытый", "Open" } },
	{ "selective", { "Іріктеп", "Выборочный", "Selective" } },
	{ "limited", { "Шектеулі", "Ограниченный", "Limited" } },
	{ "direct", { "Тікелей", "Прямой", "Direct" } },
	{ "pre-award", { "Таңдау жүріп жатыр", "Идёт выбор", "Pre-award" } },
	{ "active", { "Қолданыста", "Действует", "Active" } },
	{ "closed", { "Жабылған", "Закрыт", "Closed" } },
	{ "value", { "Құны", "Стоимость", "Value" } },
	{ "duration", { "Мерзім", "Срок", "Duration" } },
	{ "scope", { "Жұмыс көлемі", "Объём работ", "Scope" } },
	{ "scheduled", { "Жоспарда", "Запланирован", "Scheduled" } },
	{ "met", { "Орындалды", "Выполнен", "Met" } },
	{ "notMet", { "Орындалмады", "Не выполнен", "Not met" } },
	{ "partiallyMet",
	    { "Ішінара орындалды", "Выполнен частично", "Partially met" } },
	{ "physicalProgress",
	    { "Жұмыстың орындалуы", "Выполнение работ", "Physical progress" } },
	{ "financialProgress",
	    { "Қаржының игерілуі", "Освоение средств", "Financial progress" } },
	{ "capacity", { "Қуаты", "Мощность", "Capacity" } },
	{ "forecast", { "Болжам", "Прогноз", "Forecast" } },
	{ "actual", { "Нақты", "Факт", "Actual" } },
	{ "project", { "Жоба", "Проект", "Project" } },
	{ "funding_line",
	    { "Қаржыландыру жолы", "Строка финансирования", "Funding line" } },
	{ "contract", { "Шарт", "Договор", "Contract" } },
	{ "amendment", { "Шарт өзгерісі", "Изменение договора", "Amendment" } },
	{ "payment", { "Төлем", "Платёж", "Payment" } },
	{ "milestone", { "Кезең", "Этап", "Milestone" } },
	{ "document", { "Құжат", "Документ", "Document" } },
	{ "observation", { "Бақылау", "Наблюдение", "Observation" } },
	{ "create", { "Жазба қосылды", "Запись добавлена", "Record added" } },
	{ "change", { "Жазба өзгерді", "Запись изменена", "Record changed" } },
	{ "withdraw",
	    { "Жазба алынды", "Запись отозвана", "Record withdrawn" } },
};

static const struct codelist column_list = { "columns", columns,
	sizeof(columns) / sizeof(columns[0]) };
static const struct codelist value_list = { "values", values,
	sizeof(values) / sizeof(values[0]) };

static const char *find(const struct codelist *list, struct str name, int lang)
{
	int i = codes_find(list, name);

	return i < 0 ? NULL : list->codes[i].title[lang];
}

const char *text_column(struct str name, int lang)
{
	return find(&column_list, name, lang);
}

const char *text_value(struct str value, int lang)
{
	return find(&value_list, value, lang);
}
