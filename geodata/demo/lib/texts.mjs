// What is said in three languages beside the titles.
export const LANGS = ['kk', 'ru', 'en'];
export const SOURCE = 'Көрсетілім деректері / демонстрационные данные / ' +
	'demonstration data';

const INVENTED = {
	kk: 'Бұл жазба көрсетілім үшін ойдан құрастырылған.',
	ru: 'Эта запись вымышлена и служит для демонстрации.',
	en: 'This record is invented and serves for demonstration.',
};

const PURPOSE = {
	education: ['Оқу орындарының тапшылығын азайтуға және балаларға қауіпсіз жағдай жасауға арналған.',
		'Направлен на сокращение дефицита мест и безопасные условия для детей.',
		'Reduces the shortage of places and gives children safe conditions.'],
	health: ['Тұрғындарға медициналық көмекті жақындатуға арналған.',
		'Направлен на доступность медицинской помощи для жителей.',
		'Brings medical care closer to the people.'],
	energy: ['Үйлер мен мекемелерді сенімді энергиямен қамтамасыз етуге арналған.',
		'Направлен на надёжное энергоснабжение домов и учреждений.',
		'Gives homes and institutions a reliable supply of energy.'],
	communications: ['Ауыл тұрғындарын сапалы байланыспен қамтуға арналған.',
		'Направлен на обеспечение сельских жителей качественной связью.',
		'Gives villages good communications.'],
	waterAndWaste: ['Тұрғындарды таза сумен және санитарлық жағдаймен қамтамасыз етуге арналған.',
		'Направлен на обеспечение жителей чистой водой и санитарными условиями.',
		'Gives people clean water and sanitation.'],
	governance: ['Мемлекеттік қызметтерді қолайлы жағдайда көрсетуге арналған.',
		'Направлен на оказание государственных услуг в удобных условиях.',
		'Lets public services be given in good conditions.'],
	economy: ['Шағын бизнеске жағдай жасап, жұмыс орындарын ашуға арналған.',
		'Направлен на поддержку малого бизнеса и создание рабочих мест.',
		'Supports small business and makes jobs.'],
	cultureSportsAndRecreation: ['Тұрғындардың демалысы мен спортпен шұғылдануына жағдай жасауға арналған.',
		'Направлен на условия для отдыха и занятий спортом.',
		'Gives people room for leisure and sport.'],
	transport: ['Жол қауіпсіздігін арттыруға және жүру уақытын қысқартуға арналған.',
		'Направлен на безопасность движения и сокращение времени в пути.',
		'Makes travel safer and shorter.'],
	socialHousing: ['Кезекте тұрған отбасыларды баспанамен қамтамасыз етуге арналған.',
		'Направлен на обеспечение жильём семей, стоящих в очереди.',
		'Gives homes to families on the waiting list.'],
	naturalResources: ['Су мен жерді қорғауға және тиімді пайдалануға арналған.',
		'Направлен на охрану и рациональное использование воды и земли.',
		'Protects water and land and uses them well.'],
};

// The post that answers for a project; never a person.
export const RESPONSIBLE = 'Басқарма басшысының орынбасары / ' +
	'заместитель руководителя управления';

export const descriptionOf = (category) => Object.fromEntries(
	LANGS.map((lang, i) =>
		[lang, `${PURPOSE[category][i]} ${INVENTED[lang]}`]));

// Reasons of amendments: [description, rationale] by kind.
export const AMENDMENTS = {
	duration: [
		[['Шарт мерзімі ұзартылды', 'Срок договора продлён',
			'Contract term extended'],
		['Құрылыс материалдарының кешігіп жеткізілуі',
			'Задержка поставки материалов', 'Late delivery of materials']],
		[['Жұмыстың аяқталу күні ауыстырылды', 'Дата окончания перенесена',
			'Completion date moved'],
		['Қолайсыз ауа райы және жер асты суының көтерілуі',
			'Неблагоприятная погода и подъём грунтовых вод',
			'Bad weather and rising ground water']],
		[['Шарт мерзімі ұзартылды', 'Срок договора продлён',
			'Contract term extended'],
		['Инженерлік желілерді көшіру қажеттілігі',
			'Необходимость переноса инженерных сетей',
			'Utilities had to be moved']],
	],
	value: [
		[['Шарт бағасы өзгертілді', 'Изменена цена договора',
			'Contract price changed'],
		['Құрылыс материалдарының қымбаттауы',
			'Удорожание строительных материалов',
			'Materials became more expensive']],
		[['Қосымша жұмыстар енгізілді', 'Включены дополнительные работы',
			'Additional works included'],
		['Іргетас топырағын нығайту қажеттілігі анықталды',
			'Выявлена необходимость укрепления грунта основания',
			'The ground under the foundation had to be strengthened']],
	],
	scope: [
		[['Жұмыс көлемі қысқартылды', 'Объём работ сокращён',
			'Scope of works reduced'],
		['Бюджет шектеулі болғандықтан кейбір жұмыстар кейінге қалдырылды',
			'Часть работ отложена из-за ограничений бюджета',
			'Some works were put off because of the budget']],
	],
};

export const MILESTONES = {
	projectApproval: ['Жоба бекітілді', 'Проект утверждён',
		'Project approved'],
	commencement: ['Жұмыс басталды', 'Начало работ', 'Works begun'],
	completion: ['Жұмыс аяқталды', 'Завершение работ', 'Works completed'],
	commissioning: ['Пайдалануға берілді', 'Ввод в эксплуатацию',
		'Put into use'],
};

export const DOCUMENTS = {
	budgetApproval: ['Бюджетті бекіту туралы шешім',
		'Решение об утверждении бюджета', 'Decision on the budget'],
	projectScope: ['Жобаның қысқаша сипаттамасы',
		'Краткое описание проекта', 'Short description of the project'],
	designReport: ['Жобалау-сметалық құжаттама',
		'Проектно-сметная документация', 'Design and cost documents'],
	tenderNotice: ['Мемлекеттік сатып алу туралы хабарландыру',
		'Объявление о государственных закупках', 'Tender notice'],
	contractSigned: ['Қол қойылған шарт', 'Подписанный договор',
		'Signed contract'],
	contractAmendment: ['Шартқа қосымша келісім',
		'Дополнительное соглашение к договору', 'Amendment to the contract'],
	physicalProgressReport: ['Жұмыс барысы туралы есеп',
		'Отчёт о ходе работ', 'Progress report'],
	completionCertificate: ['Қабылдау актісі', 'Акт приёмки',
		'Certificate of acceptance'],
	cancellationDetails: ['Жобадан бас тарту туралы шешім',
		'Решение об отмене проекта', 'Decision to cancel the project'],
};

export const inLangs = (texts, field) => Object.fromEntries(
	LANGS.map((lang, i) => [`${field}_${lang}`, texts[i]]));
