#include "http/problem_text.h"

#include <string.h>

#include "base/str.h"

enum { NUMBERS_MAX = 4 };

/* In a pattern '%' stands for the parameter's name, '#' for a number and '*' at
 * the end for all that follows. */
static const struct sentence {
	const char *en, *kk, *ru;
} sentences[] = {
	{ "% is missing", "% көрсетілмеген", "не указан параметр %" },
	{ "% is empty", "% бос", "параметр % пуст" },
	{ "% is given twice", "% екі рет берілген",
	    "параметр % указан дважды" },
	{ "% is malformed", "% дұрыс жазылмаған",
	    "параметр % записан неверно" },
	{ "% is out of range", "% рұқсат етілген шектен тыс",
	    "параметр % вне допустимых пределов" },
	{ "% is not valid UTF-8", "% дұрыс UTF-8 емес",
	    "параметр % — неверный UTF-8" },
	{ "% is longer than # bytes", "% # байттан ұзын",
	    "параметр % длиннее # байт" },
	{ "% holds a control character", "% ішінде басқару таңбасы бар",
	    "в параметре % есть управляющий символ" },
	{ "% holds no letter and no digit", "% ішінде әріп те, цифр да жоқ",
	    "в параметре % нет ни буквы, ни цифры" },
	{ "% must be true or false", "% true немесе false болуы керек",
	    "параметр % должен быть true или false" },
	{ "% must be a number from # to #",
	    "% # пен # аралығындағы сан "
	    "болуы керек",
	    "параметр % должен быть числом от # до #" },
	{ "% must be a whole number from # to #",
	    "% # пен # аралығындағы бүтін сан болуы керек",
	    "параметр % должен быть целым числом от # до #" },
	{ "% must be an amount in tenge, with at most two decimals",
	    "% теңгемен берілген сома болуы керек, үтірден кейін екі таңбадан "
	    "аспайды",
	    "параметр % должен быть суммой в тенге, не более двух знаков после "
	    "запятой" },
	{ "% must be a day, YYYY-MM-DD",
	    "% YYYY-MM-DD түріндегі күн болуы керек",
	    "параметр % должен быть днём, YYYY-MM-DD" },
	{ "% must be a time, YYYY-MM-DDThh:mm:ssZ",
	    "% YYYY-MM-DDThh:mm:ssZ түріндегі уақыт болуы керек",
	    "параметр % должен быть временем, YYYY-MM-DDThh:mm:ssZ" },
	{ "the filter took too long: ask for less with other filters",
	    "сүзгі тым ұзақ орындалды: басқа сүзгілермен азырақ сұраңыз",
	    "фильтр выполнялся слишком долго: сузьте выбор другими "
	    "фильтрами" },
	{ "there are coordinates that this reference system cannot tell",
	    "бұл координаттар жүйесімен жазуға келмейтін координаттар бар",
	    "есть координаты, которые эта система координат не может "
	    "передать" },
	{ "coordinates cannot be transformed at the moment",
	    "координаттарды қазір түрлендіру мүмкін емес",
	    "координаты сейчас нельзя преобразовать" },
	{ "the corners of the box are not in order",
	    "тіктөртбұрыштың бұрыштары ретімен емес",
	    "углы прямоугольника стоят не по порядку" },
	{ "this format knows no crs but CRS84",
	    "бұл пішім тек CRS84 жүйесін біледі",
	    "этот формат знает только систему CRS84" },
	{ "% takes one code of its list", "% тізімдегі бір кодты қабылдайды",
	    "параметр % принимает один код из списка" },
	{ "% takes codes of its list, separated by commas",
	    "% тізімдегі кодтарды үтірмен бөліп қабылдайды",
	    "параметр % принимает коды из списка через запятую" },
	{ "% takes KATO codes of nine digits, separated by commas",
	    "% тоғыз цифрлы КАТО кодтарын үтірмен бөліп қабылдайды",
	    "параметр % принимает коды КАТО из девяти цифр через запятую" },
	{ "% takes years from # to #, separated by commas",
	    "% # пен # аралығындағы жылдарды үтірмен бөліп қабылдайды",
	    "параметр % принимает годы от # до # через запятую" },
	{ "% takes names of attributes, separated by commas",
	    "% қасиеттердің атауларын үтірмен бөліп қабылдайды",
	    "параметр % принимает названия свойств через запятую" },
	{ "sortby names an attribute that features cannot be sorted by",
	    "sortby реттеуге болмайтын қасиетті атайды",
	    "sortby называет свойство, по которому нельзя сортировать" },
	{ "properties names an attribute that is not there",
	    "properties жоқ қасиетті атайды",
	    "properties называет свойство, которого нет" },
	{ "sortby names an attribute twice",
	    "sortby бір қасиетті екі рет атайды",
	    "sortby называет свойство дважды" },
	{ "sortby takes at most # attributes",
	    "sortby ең көбі # қасиет қабылдайды",
	    "sortby принимает не больше # свойств" },
	{ "sorting took too long: ask for less with filters",
	    "реттеу тым ұзақ орындалды: сүзгілермен азырақ сұраңыз",
	    "сортировка выполнялась слишком долго: сузьте выбор "
	    "фильтрами" },
	{ "% takes a day, a time with its zone, or two of them with / "
	  "between, of which one may be ..",
	    "% күнді, белдеуі бар уақытты немесе арасына / қойылған екеуін "
	    "қабылдайды, біреуі .. болуы мүмкін",
	    "параметр % принимает день, время с поясом или два таких значения "
	    "через /, одно из которых может быть .." },
	{ "% names a district that is not in force",
	    "% қолданыста жоқ ауданды атайды",
	    "параметр % называет район, которого нет" },
	{ "a parameter is not known here; known are: *",
	    "бұл жерде белгісіз параметр бар; белгілілері: *",
	    "здесь есть неизвестный параметр; известны: *" },
	{ "this address takes no parameters",
	    "бұл мекенжай параметр қабылдамайды",
	    "этот адрес не принимает параметров" },
	{ "the query has a broken percent code",
	    "сұрауда пайыздық код бүлінген",
	    "в запросе неверный процентный код" },
	{ "the query is longer than # bytes", "сұрау # байттан ұзын",
	    "запрос длиннее # байт" },
	{ "the path is malformed", "жол дұрыс жазылмаған",
	    "путь записан неверно" },
	{ "the request is malformed", "сұрау дұрыс жазылмаған",
	    "запрос записан неверно" },
	{ "the cursor is not one of this query",
	    "курсор бұл сұрауға тиесілі емес",
	    "курсор не относится к этому запросу" },
	{ "min_planned is above max_planned",
	    "min_planned max_planned мәнінен үлкен",
	    "min_planned больше max_planned" },
	{ "bbox takes four or six numbers",
	    "bbox төрт немесе алты сан "
	    "қабылдайды",
	    "bbox принимает четыре или шесть чисел" },
	{ "bbox south is above north", "bbox: оңтүстік шек солтүстіктен жоғары",
	    "bbox: юг выше севера" },
	{ "bbox low is above high", "bbox: төменгі биіктік жоғарғысынан үлкен",
	    "bbox: нижняя высота больше верхней" },
	{ "bbox longitudes lie between -180 and 180",
	    "bbox бойлықтары -180 мен 180 аралығында болуы керек",
	    "долготы bbox лежат между -180 и 180" },
	{ "bbox latitudes lie between -90 and 90",
	    "bbox ендіктері -90 мен 90 аралығында болуы керек",
	    "широты bbox лежат между -90 и 90" },
	{ "the zoom of a tile is a number from 0 to #",
	    "тақташаның масштабы 0 мен # аралығындағы сан",
	    "масштаб плитки — число от 0 до #" },
	{ "column and row of a tile lie outside its zoom",
	    "тақташаның бағаны мен жолы масштабынан тыс",
	    "столбец и строка плитки вне её масштаба" },
	{ "there is nothing here", "мұнда ештеңе жоқ", "здесь ничего нет" },
	{ "there is no such district", "ондай аудан жоқ", "такого района нет" },
	{ "there is no such feature", "ондай нысан жоқ", "такого объекта нет" },
	{ "there is no such collection", "ондай жинақ жоқ",
	    "такого набора нет" },
	{ "There is no such project.", "ондай жоба жоқ", "такого проекта нет" },
	{ "The project was withdrawn.", "жоба жариядан алынған",
	    "проект снят с публикации" },
	{ "the method is not offered here", "бұл жерде ондай әдіс жоқ",
	    "этот метод здесь не поддерживается" },
	{ "the data changed since this paging began: start again from the "
	  "first page",
	    "парақтау басталғалы деректер өзгерді: бірінші беттен қайта "
	    "бастаңыз",
	    "данные изменились после начала просмотра: начните с первой "
	    "страницы" },
	{ "the answer took too long: ask for less with limit or filters",
	    "жауап тым ұзаққа созылды: limit немесе сүзгілермен азырақ сұраңыз",
	    "ответ занял слишком много времени: запросите меньше с помощью "
	    "limit или фильтров" },
	{ "the answer would be too large", "жауап тым үлкен болар еді",
	    "ответ был бы слишком велик" },
	{ "the answer would be too large: ask for less with limit or filters",
	    "жауап тым үлкен болар еді: limit немесе сүзгілермен азырақ "
	    "сұраңыз",
	    "ответ был бы слишком велик: запросите меньше с помощью limit или "
	    "фильтров" },
	{ "the request needs too much memory", "сұрауға тым көп жад керек",
	    "запросу нужно слишком много памяти" },
	{ "the request is too large", "сұрау тым үлкен",
	    "запрос слишком велик" },
	{ "out of memory", "жад жетпейді", "не хватает памяти" },
	{ "memory is exhausted", "жад жетпейді", "не хватает памяти" },
	{ "the index of the data is damaged", "деректер индексі бүлінген",
	    "индекс данных повреждён" },
	{ "the snapshot is damaged", "деректер индексі бүлінген",
	    "индекс данных повреждён" },
	{ "The database is damaged.", "деректер қоры бүлінген",
	    "база данных повреждена" },
	{ "The database has the schema # now; this program knows #: the "
	  "service must be upgraded.",
	    "деректер қорының сызбасы енді #; бағдарлама # сызбасын біледі: "
	    "қызметті жаңарту керек",
	    "схема базы данных теперь #; программа знает #: сервис нужно "
	    "обновить" },
	{ "The database took too long.", "деректер қоры тым ұзақ жауап берді",
	    "база данных отвечала слишком долго" },
	{ "The disk failed.", "дискіден оқу мүмкін болмады",
	    "диск не читается" },
	{ "The database failed.", "деректер қорының қатесі",
	    "ошибка базы данных" },
	{ "Memory is exhausted.", "жад жетпейді", "не хватает памяти" },
	{ "the data cannot be read at the moment",
	    "деректерді қазір оқу мүмкін емес",
	    "данные сейчас нельзя прочитать" },
};

enum { SENTENCES = sizeof sentences / sizeof sentences[0] };

struct found {
	struct str name, rest, numbers[NUMBERS_MAX];
	size_t n;
};

static size_t number_length(const char *text)
{
	return strspn(text, "-.0123456789");
}

/* Reads what a mark stands for; NULL when the text does not fit. */
static const char *read_mark(struct found *f, char mark, const char *text)
{
	size_t len;

	switch (mark) {
	case '%':
		len = f->name.len;
		return len > 0 && strncmp(text, f->name.data, len) == 0
			   ? text + len
			   : NULL;
	case '#':
		len = number_length(text);
		if (len == 0 || f->n == NUMBERS_MAX)
			return NULL;
		f->numbers[f->n++] = (struct str){ text, len };
		return text + len;
	default:
		f->rest = str_from(text);
		return text + f->rest.len;
	}
}

static bool is_mark(char c)
{
	return c == '%' || c == '#' || c == '*';
}

static bool fits(struct found *f, const char *pattern, const char *text)
{
	f->n = 0;
	for (; *pattern != '\0'; pattern++) {
		if (is_mark(*pattern)) {
			text = read_mark(f, *pattern, text);
			if (text == NULL)
				return false;
		} else if (*pattern != *text++) {
			return false;
		}
	}
	return *text == '\0';
}

/* Appends to a text that is kept terminated; false when it is full. */
static bool append(char *out, size_t *len, struct str s)
{
	if (s.len >= PROBLEM_TEXT_SIZE - *len)
		return false;
	if (s.len > 0)
		memcpy(out + *len, s.data, s.len);
	*len += s.len;
	out[*len] = '\0';
	return true;
}

static bool write_sentence(char out[static PROBLEM_TEXT_SIZE],
    const struct found *f, const char *pattern)
{
	size_t len = 0, n = 0;
	bool good = true;

	out[0] = '\0';
	for (; good && *pattern != '\0'; pattern++) {
		struct str piece = { pattern, 1 };

		if (*pattern == '%')
			piece = f->name;
		else if (*pattern == '#' && n < f->n)
			piece = f->numbers[n++];
		else if (*pattern == '*')
			piece = f->rest;
		good = append(out, &len, piece);
	}
	return good;
}

static bool translate(
    char out[static PROBLEM_TEXT_SIZE], const struct err *e, int lang)
{
	struct found f = { .name = str_from(e->param) };

	for (size_t i = 0; i < SENTENCES; i++)
		if (fits(&f, sentences[i].en, e->text))
			return write_sentence(out, &f,
			    lang == 0 ? sentences[i].kk : sentences[i].ru);
	return false;
}

void problem_text(
    char out[static PROBLEM_TEXT_SIZE], const struct err *e, int lang)
{
	if ((lang == 0 || lang == 1) && translate(out, e, lang))
		return;
	memcpy(out, e->text, sizeof e->text);
}

size_t problem_text_count(void)
{
	return SENTENCES;
}

static bool same_marks(const char *a, const char *b)
{
	size_t counts[2][3] = { { 0 } };
	const char *texts[2] = { a, b };

	for (int k = 0; k < 2; k++)
		for (const char *p = texts[k]; *p != '\0'; p++)
			if (is_mark(*p))
				counts[k][*p == '%' ? 0 : *p == '#' ? 1 : 2]++;
	return memcmp(counts[0], counts[1], sizeof counts[0]) == 0;
}

const char *problem_text_pattern(size_t i, bool *whole)
{
	const struct sentence *s = &sentences[i];

	*whole = same_marks(s->en, s->kk) && same_marks(s->en, s->ru);
	return s->en;
}
