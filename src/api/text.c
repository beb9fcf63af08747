#include "api/text.h"

#include "base/array.h"

static const char *const texts[][LANG_COUNT] = {
	[TEXT_MAP] = { "Карта", "Карта", "Map" },
	[TEXT_LICENCE] = { "Лицензия", "Лицензия", "Licence" },
	[TEXT_PUBLISHED] = { "Деректер жарияланған уақыт",
	    "Данные опубликованы", "Data published" },
	[TEXT_CONTACT] = { "Байланыс", "Связь", "Contact" },
	[TEXT_GENERALISED] = { "Аудан шекаралары жалпыланған, құқықтық "
			       "мақсатқа арналмаған",
	    "Границы районов обобщены, не для юридических целей",
	    "District borders are generalised, not for legal use" },
	[TEXT_DEMO_RULE] = { "demo белгісі бар жазбалар көрсетілім үшін ойдан "
			     "шығарылған",
	    "Записи с пометкой demo вымышлены для показа",
	    "Records marked demo are invented for demonstration" },
	[TEXT_DEMO_NOTE] = { "Көрсетілім деректері: бұл жобалар ойдан "
			     "шығарылған",
	    "Демонстрационные данные: эти проекты вымышлены",
	    "Demonstration data: these projects are invented" },
	[TEXT_DEMO_PROJECT] = { "Көрсетілім деректері: бұл жоба ойдан "
				"шығарылған",
	    "Демонстрационные данные: этот проект вымышлен",
	    "Demonstration data: this project is invented" },
	[TEXT_ON_MAP] = { "Картада көрсету", "Показать на карте",
	    "Show on the map" },
	[TEXT_LANGUAGE] = { "Тіл", "Язык", "Language" },
	[TEXT_SKIP] = { "Мазмұнға өту", "К содержанию", "Skip to content" },
	[TEXT_MENU] = { "Негізгі мәзір", "Главное меню", "Main menu" },
	[TEXT_PAGES] = { "Беттер", "Страницы", "Pages" },
	[TEXT_OBLAST] = { "Облыс бойынша", "По области", "The whole oblast" },
	[TEXT_DISTRICTS] = { "Аудандар мен қалалар", "Районы и города",
	    "Districts and cities" },
	[TEXT_PROJECTS] = { "Жобалар", "Проекты", "Projects" },
	[TEXT_PROJECT] = { "Жоба", "Проект", "Project" },
	[TEXT_DISTRICT] = { "Аудан немесе қала", "Район или город",
	    "District or city" },
	[TEXT_COUNT] = { "Жобалар саны", "Число проектов",
	    "Number of projects" },
	[TEXT_PLANNED] = { "Жоспарланған", "Запланировано", "Planned" },
	[TEXT_CONTRACTED] = { "Шарт бойынша", "По договорам", "Contracted" },
	[TEXT_PAID] = { "Төленген", "Оплачено", "Paid" },
	[TEXT_PROGRESS] = { "Жұмыстың орындалуы", "Выполнение работ",
	    "Work done" },
	[TEXT_OVERDUE] = { "Мерзімі өткен", "Просрочено", "Overdue" },
	[TEXT_OVERDUE_PLANNED] = { "Мерзімі өткендерге жоспарланған",
	    "Запланировано на просроченные", "Planned for overdue ones" },
	[TEXT_SHARE_PAID] = { "Төленген үлес", "Доля оплаты", "Share paid" },
	[TEXT_NOT_PUBLISHED] = { "жарияланбаған", "не опубликовано",
	    "not published" },
	[TEXT_NOT_COUNTED] = { "сомасы жарияланбаған жобалар",
	    "проектов без опубликованной суммы",
	    "projects without a published amount" },
	[TEXT_MISSING] = { "дерек жоқ", "нет данных", "no data" },
	[TEXT_NO_DISTRICT] = { "Ауданы көрсетілмеген", "Район не указан",
	    "District not stated" },
	[TEXT_NO_YEAR] = { "Жылы көрсетілмеген", "Год не указан",
	    "Year not stated" },
	[TEXT_TITLE] = { "Атауы", "Название", "Title" },
	[TEXT_STATUS] = { "Күйі", "Статус", "Status" },
	[TEXT_CATEGORY] = { "Сала", "Отрасль", "Sector" },
	[TEXT_WORK_KIND] = { "Жұмыс түрі", "Вид работ", "Kind of work" },
	[TEXT_MONEY] = { "Қаражат", "Деньги", "Money" },
	[TEXT_DATES] = { "Мерзімдер", "Сроки", "Dates" },
	[TEXT_PLACE] = { "Орны", "Место", "Place" },
	[TEXT_ABOUT] = { "Жоба туралы", "О проекте", "About the project" },
	[TEXT_PARTIES] = { "Қатысушылар", "Участники", "Parties" },
	[TEXT_CUSTOMER] = { "Тапсырыс беруші", "Заказчик", "Customer" },
	[TEXT_CONTRACTOR] = { "Мердігер", "Подрядчик", "Contractor" },
	[TEXT_ADDRESS] = { "Мекенжайы", "Адрес", "Address" },
	[TEXT_YES] = { "иә", "да", "yes" },
	[TEXT_NO] = { "жоқ", "нет", "no" },
	[TEXT_FIRST_PAGE] = { "Бірінші бет", "Первая страница", "First page" },
	[TEXT_NEXT_PAGE] = { "Келесі бет", "Следующая страница", "Next page" },
	[TEXT_SHOWN] = { "Осы бетте", "На этой странице", "On this page" },
	[TEXT_NO_PROJECTS] = { "Бұл шарттарға сай жоба табылмады",
	    "По этим условиям проектов не найдено",
	    "No project matches these conditions" },
	[TEXT_DOWNLOAD] = { "Деректерді алу", "Получить данные",
	    "Get the data" },
	[TEXT_SEARCH] = { "Іздеу", "Поиск", "Search" },
	[TEXT_FIND] = { "Табу", "Найти", "Find" },
	[TEXT_ANY] = { "Барлығы", "Все", "All" },
	[TEXT_YEAR] = { "Жыл", "Год", "Year" },
	[TEXT_WORDS] = { "Сөздердің мәні", "Что значат слова",
	    "What the words mean" },
	[TEXT_GIS] = { "ГАЖ үшін", "Для ГИС", "For GIS" },
	[TEXT_API] = { "Бағдарламашыларға (API)", "Разработчикам (API)",
	    "For developers (API)" },
	[TEXT_SOURCE] = { "Дереккөз", "Источник", "Source" },
	[TEXT_AS_OF] = { "Дерек күні", "Данные на дату", "Data as of" },
	[TEXT_ERROR_BACK] = { "Аудандар тізіміне өту", "К списку районов",
	    "To the list of districts" },
	[TEXT_MORE] = { "Толығырақ", "Подробнее", "More" },
	[TEXT_FEATURES] = { "Нысандар саны", "Число объектов",
	    "Number of features" },
	[TEXT_MARK_SIZE] = { "Белгінің көлемі", "Размер значка",
	    "Size of the mark" },
	[TEXT_LEGEND] = { "Шартты белгілер", "Условные обозначения", "Legend" },
	[TEXT_LOCAL_NUMBERS] = { "Сомалар теңгемен көрсетілген",
	    "Суммы указаны в тенге", "Amounts are in tenge" },
};

static const struct meaning meanings[] = {
	{ "planned", { "Жоспарланған", "Запланировано", "Planned" },
	    { "Жобаның бекітілген бюджеті. Ол жарияланбаса — қаржыландыру "
	      "жолдарының нақтыланған сомасы, ол да болмаса — бастапқы "
	      "жоспары.",
		"Утверждённый бюджет проекта. Если он не опубликован — сумма "
		"уточнённых строк финансирования, если нет и их — сумма "
		"первоначального плана.",
		"The approved budget of the project. Where it is not "
		"published: the sum of its adjusted funding lines, and where "
		"those are missing too, of the lines as first planned." } },
	{ "contracted", { "Шарт бойынша", "По договорам", "Contracted" },
	    { "Қолданыстағы және аяқталған шарттардың ағымдағы құны, барлық "
	      "өзгерістерімен бірге.",
		"Текущая стоимость действующих и закрытых договоров со всеми "
		"изменениями.",
		"The current value of active and closed contracts, with all "
		"their amendments." } },
	{ "paid", { "Төленген", "Оплачено", "Paid" },
	    { "Жарияланған төлемдердің қосындысы. Төлемдер жарияланбаса — "
	      "қаржыландыру жолдарында көрсетілген төлем.",
		"Сумма опубликованных платежей. Если платежи не опубликованы "
		"— оплата, указанная в строках финансирования.",
		"The sum of published payments. Where payments are not "
		"published: what the funding lines say was paid." } },
	{ "overdue", { "Мерзімі өткен", "Просрочен", "Overdue" },
	    { "Жоспарлы аяқталу күні бүгінгі күннен бұрын (Алматы уақыты), "
	      "нақты аяқталу күні жоқ, ал жоба дайындықта, іске асырылуда "
	      "немесе уақытша тоқтатылған.",
		"Плановый срок окончания раньше сегодняшнего дня (по времени "
		"Алматы), фактического окончания нет, а проект готовится, "
		"реализуется или приостановлен.",
		"The planned end lies before today (Almaty time), there is no "
		"actual end, and the project is in preparation, in "
		"implementation or suspended." } },
	{ "not-published",
	    { "Жарияланбаған", "Не опубликовано", "Not published" },
	    { "Дерек жоқ. Ол ешқашан нөл деп саналмайды: қосындының жанында "
	      "сомасы жарияланбаған жобалар саны көрсетіледі.",
		"Данных нет. Это никогда не считается нулём: рядом с суммой "
		"указано, по скольким проектам она не опубликована.",
		"There is no figure. It is never counted as zero: beside a "
		"sum stands for how many projects it is missing." } },
	{ "paid-share", { "Төленген үлес", "Доля оплаты", "Share paid" },
	    { "Төленген соманың жоспарланған сомаға қатынасы — екеуі де "
	      "жарияланған жобалар бойынша.",
		"Отношение оплаченного к запланированному — по проектам, у "
		"которых опубликовано и то и другое.",
		"Paid divided by planned, over the projects that publish "
		"both." } },
	{ "year",
	    { "Жыл және бюджет деңгейі", "Год и уровень бюджета",
		"Year and budget level" },
	    { "Жоба қаржыландыру жолдарының бірі сәйкес келсе табылады; оның "
	      "сомалары толық күйінде қалады. Жылдар бойынша топтауда жоба "
	      "бірнеше рет саналуы мүмкін.",
		"Проект подходит, если подходит хотя бы одна строка его "
		"финансирования; его суммы остаются полными. При группировке "
		"по годам проект может считаться несколько раз.",
		"A project matches when one of its funding lines does; its "
		"figures stay whole. Grouped by year, a project may be "
		"counted more than once." } },
	{ "district", { "Аудан", "Район", "District" },
	    { "Жобаның негізгі ауданы: құжатта көрсетілген ӘАОЖ коды, ол "
	      "болмаса — картадағы орны. Бірнеше ауданнан өтетін жоба әр "
	      "ауданның тізімінде болуы мүмкін.",
		"Основной район проекта: код КАТО из документов, а если его "
		"нет — место на карте. Проект, проходящий через несколько "
		"районов, может стоять в списке каждого.",
		"The home district of a project: the KATO code its papers "
		"declare, else its place on the map. A project that crosses "
		"several districts may stand in the list of each." } },
	{ "demonstration",
	    { "Көрсетілім деректері", "Демонстрационные данные",
		"Demonstration data" },
	    { "Қызметтің жұмысын көрсету үшін ойдан шығарылған жобалар. "
	      "Олар шынайы емес және әр жерде осылай белгіленеді.",
		"Вымышленные проекты для показа работы сервиса. Они не "
		"настоящие и везде так отмечены.",
		"Projects invented to show how the service works. They are "
		"not real and are marked so everywhere." } },
};

const char *text_of(enum text_id id, int lang)
{
	return id < TEXT_API_START ? texts[id][lang]
				   : text_api[id - TEXT_API_START][lang];
}

const char *text_of_failure(enum err_code code, int lang)
{
	static const struct {
		enum err_code code;
		const char *title[LANG_COUNT];
	} failures[] = {
		{ ERR_INPUT, { "Сұрау түсініксіз", "Запрос непонятен",
				 "The request is not understood" } },
		{ ERR_MISSING, { "Мұндай бет жоқ", "Такой страницы нет",
				   "There is no such page" } },
		{ ERR_GONE,
		    { "Бұл жазба алынып тасталған", "Эта запись отозвана",
			"This was here and is gone" } },
		{ ERR_METHOD, { "Мұнда бұлай сұрауға болмайды",
				  "Так здесь спрашивать нельзя",
				  "This cannot be asked that way" } },
	};
	static const char *const other[LANG_COUNT] = {
		"Қызмет қазір жауап бере алмайды, сәл кейін қайталаңыз",
		"Сервис сейчас не может ответить, повторите чуть позже",
		"The service cannot answer now, try again shortly",
	};

	for (size_t i = 0; i < LENGTH(failures); i++)
		if (failures[i].code == code)
			return failures[i].title[lang];
	return other[lang];
}

const struct meaning *text_meanings(size_t *n)
{
	*n = LENGTH(meanings);
	return meanings;
}
