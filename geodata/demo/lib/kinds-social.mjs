// What is built for people: schools, clinics, sport, culture, housing.
//
// share: how often among all projects. where: which settlements have one.
// sizes with unit: capacity. A work is [work kind, weight, cost from, to in
// millions of tenge (per unit of capacity when each is set), months from, to,
// titles]. In titles {at} is where it is, {n} the capacity, {no} a number,
// {name} a name of the list names.

export const SOCIAL = [
	{
		key: 'school', share: 88, category: 'education',
		sector: 'education', type: 'school', where: 'any', shape: 'point',
		unit: 'pupil_place', sizes: [80, 150, 200, 300, 320, 600, 900, 1200],
		facility: {
			kk: '№ {no} жалпы білім беретін мектеп',
			ru: 'Общеобразовательная школа № {no}',
			en: 'General secondary school No. {no}',
		},
		works: [
			['new_build', 5, 2.4, 3.6, 14, 22, {
				kk: '{at} {n} орындық мектеп құрылысы',
				ru: 'Строительство школы на {n} мест {at}',
				en: 'Construction of a {n}-place school {at}',
			}, 'each'],
			['capital_repair', 5, 90, 480, 6, 12, {
				kk: '{at} № {no} мектепті күрделі жөндеу',
				ru: 'Капитальный ремонт школы № {no} {at}',
				en: 'Major repair of school No. {no} {at}',
			}],
			['current_repair', 3, 8, 45, 2, 4, {
				kk: '{at} № {no} мектептің шатырын ағымдағы жөндеу',
				ru: 'Текущий ремонт кровли школы № {no} {at}',
				en: 'Routine repair of the roof of school No. {no} {at}',
			}],
			['expansion', 2, 2.0, 2.9, 9, 15, {
				kk: '{at} № {no} мектепке {n} орындық қосымша ғимарат салу',
				ru: 'Строительство пристройки на {n} мест к школе № {no} {at}',
				en: 'A {n}-place annexe to school No. {no} {at}',
			}, 'each'],
			['equipment', 2, 12, 70, 2, 5, {
				kk: '{at} № {no} мектепті пәндік кабинеттермен жарақтандыру',
				ru: 'Оснащение предметных кабинетов школы № {no} {at}',
				en: 'Equipment of subject classrooms at school No. {no} {at}',
			}],
			['design', 2, 9, 28, 4, 8, {
				kk: '{at} {n} орындық мектеп құрылысының ' +
					'жобалау-сметалық құжаттамасын әзірлеу',
				ru: 'Разработка проектно-сметной документации на ' +
					'строительство школы на {n} мест {at}',
				en: 'Design documents for a {n}-place school {at}',
			}],
			['demolition', 1, 12, 40, 2, 4, {
				kk: '{at} № {no} мектептің апатты жағдайдағы ескі ' +
					'ғимаратын бұзу',
				ru: 'Снос аварийного старого здания школы № {no} {at}',
				en: 'Demolition of the unsafe old building of school ' +
					'No. {no} {at}',
			}],
		],
	},
	{
		key: 'kindergarten', share: 38, category: 'education',
		sector: 'education', type: 'kindergarten', where: 'any',
		shape: 'point', unit: 'pupil_place', sizes: [50, 90, 140, 240, 280],
		names: [['Балапан', 'Балапан', 'Balapan'],
			['Күншуақ', 'Куншуак', 'Kunshuak'],
			['Айгөлек', 'Айголек', 'Aigolek'],
			['Бөбек', 'Бобек', 'Bobek'],
			['Балдәурен', 'Балдаурен', 'Baldauren'],
			['Еркемай', 'Еркемай', 'Yerkemai'],
			['Қарлығаш', 'Карлыгаш', 'Karlygash']],
		facility: {
			kk: '«{name}» балабақшасы', ru: 'Детский сад «{name}»',
			en: '{name} kindergarten',
		},
		works: [
			['new_build', 4, 2.1, 3.0, 10, 16, {
				kk: '{at} {n} орындық балабақша құрылысы',
				ru: 'Строительство детского сада на {n} мест {at}',
				en: 'Construction of a {n}-place kindergarten {at}',
			}, 'each'],
			['capital_repair', 3, 45, 190, 4, 9, {
				kk: '{at} «{name}» балабақшасын күрделі жөндеу',
				ru: 'Капитальный ремонт детского сада «{name}» {at}',
				en: 'Major repair of the {name} kindergarten {at}',
			}],
			['current_repair', 2, 5, 22, 1, 3, {
				kk: '{at} «{name}» балабақшасының жылу жүйесін ' +
					'ағымдағы жөндеу',
				ru: 'Текущий ремонт системы отопления детского сада ' +
					'«{name}» {at}',
				en: 'Routine repair of the heating of the {name} ' +
					'kindergarten {at}',
			}],
			['equipment', 2, 4, 16, 1, 3, {
				kk: '{at} «{name}» балабақшасының ойын алаңын жабдықтау',
				ru: 'Оборудование игровой площадки детского сада ' +
					'«{name}» {at}',
				en: 'Playground equipment for the {name} kindergarten {at}',
			}],
			['landscaping', 1, 9, 35, 2, 4, {
				kk: '{at} «{name}» балабақшасының аумағын абаттандыру',
				ru: 'Благоустройство территории детского сада ' +
					'«{name}» {at}',
				en: 'Landscaping of the grounds of the {name} ' +
					'kindergarten {at}',
			}],
		],
	},
	{
		key: 'hospital', share: 22, category: 'health', sector: 'health',
		type: 'hospital', where: 'centre', shape: 'point', unit: 'bed',
		sizes: [60, 100, 150, 200],
		facility: {
			kk: 'Орталық аурухана', ru: 'Центральная больница',
			en: 'Central hospital',
		},
		works: [
			['new_build', 2, 38, 62, 24, 34, {
				kk: '{at} {n} төсектік көпбейінді аурухана құрылысы',
				ru: 'Строительство многопрофильной больницы ' +
					'на {n} коек {at}',
				en: 'Construction of a {n}-bed general hospital {at}',
			}, 'each'],
			['capital_repair', 3, 220, 1300, 8, 16, {
				kk: '{at} орталық аурухананы күрделі жөндеу',
				ru: 'Капитальный ремонт центральной больницы {at}',
				en: 'Major repair of the central hospital {at}',
			}],
			['expansion', 1, 22, 34, 12, 18, {
				kk: '{at} орталық ауруханаға {n} төсектік қосымша ' +
					'корпус салу',
				ru: 'Строительство дополнительного корпуса на {n} коек ' +
					'центральной больницы {at}',
				en: 'A {n}-bed extra block for the central hospital {at}',
			}, 'each'],
			['equipment', 3, 120, 850, 3, 7, {
				kk: '{at} орталық аурухананы медициналық жабдықпен ' +
					'жарақтандыру',
				ru: 'Оснащение медицинским оборудованием центральной ' +
					'больницы {at}',
				en: 'Medical equipment for the central hospital {at}',
			}],
			['reconstruction', 2, 400, 1800, 12, 20, {
				kk: '{at} перзентхананы реконструкциялау',
				ru: 'Реконструкция родильного дома {at}',
				en: 'Reconstruction of the maternity hospital {at}',
			}],
		],
	},
	{
		key: 'polyclinic', share: 18, category: 'health', sector: 'health',
		type: 'polyclinic', where: 'any', shape: 'point',
		unit: 'visit_per_shift', sizes: [100, 150, 250, 350, 500],
		facility: { kk: 'Емхана', ru: 'Поликлиника', en: 'Polyclinic' },
		works: [
			['new_build', 3, 5.2, 7.8, 14, 20, {
				kk: '{at} ауысымына {n} адам қабылдайтын емхана құрылысы',
				ru: 'Строительство поликлиники на {n} посещений ' +
					'в смену {at}',
				en: 'Construction of a polyclinic for {n} visits ' +
					'per shift {at}',
			}, 'each'],
			['capital_repair', 3, 110, 420, 6, 10, {
				kk: '{at} емхана ғимаратын күрделі жөндеу',
				ru: 'Капитальный ремонт здания поликлиники {at}',
				en: 'Major repair of the polyclinic building {at}',
			}],
			['equipment', 2, 60, 190, 2, 5, {
				kk: '{at} емхананы цифрлық рентген аппаратымен ' +
					'жарақтандыру',
				ru: 'Оснащение цифровым рентгеновским аппаратом ' +
					'поликлиники {at}',
				en: 'A digital X-ray unit for the polyclinic {at}',
			}],
		],
	},
	{
		key: 'health_post', share: 22, category: 'health', sector: 'health',
		type: 'rural_health_post', where: 'village', shape: 'point',
		facility: {
			kk: 'Медициналық пункт', ru: 'Медицинский пункт',
			en: 'Rural health post',
		},
		works: [
			['new_build', 5, 62, 140, 5, 9, {
				kk: '{at} медициналық пункт құрылысы',
				ru: 'Строительство медицинского пункта {at}',
				en: 'Construction of a rural health post {at}',
			}],
			['capital_repair', 2, 28, 85, 3, 7, {
				kk: '{at} дәрігерлік амбулаторияны күрделі жөндеу',
				ru: 'Капитальный ремонт врачебной амбулатории {at}',
				en: 'Major repair of the outpatient clinic {at}',
			}],
			['replacement', 1, 3, 9, 1, 2, {
				kk: '{at} медициналық пункттің терезелері мен ' +
					'есіктерін ауыстыру',
				ru: 'Замена окон и дверей медицинского пункта {at}',
				en: 'New windows and doors for the rural health post {at}',
			}],
		],
	},
	{
		key: 'social_care', share: 10, category: 'health', sector: 'health',
		type: 'social_care', where: 'centre', shape: 'point',
		sizes: [30, 50, 80, 100],
		facility: {
			kk: 'Арнаулы әлеуметтік қызметтер орталығы',
			ru: 'Центр специальных социальных услуг',
			en: 'Special social services centre',
		},
		works: [
			['new_build', 2, 9, 15, 12, 18, {
				kk: '{at} {n} орындық арнаулы әлеуметтік қызметтер ' +
					'орталығының құрылысы',
				ru: 'Строительство центра специальных социальных услуг ' +
					'на {n} мест {at}',
				en: 'Construction of a {n}-place special social ' +
					'services centre {at}',
			}, 'each'],
			['capital_repair', 2, 60, 240, 5, 9, {
				kk: '{at} күндіз болу орталығын күрделі жөндеу',
				ru: 'Капитальный ремонт центра дневного пребывания {at}',
				en: 'Major repair of the day care centre {at}',
			}],
			['equipment', 1, 14, 60, 2, 4, {
				kk: '{at} оңалту орталығын арнайы жабдықпен қамтамасыз ету',
				ru: 'Обеспечение специальным оборудованием ' +
					'реабилитационного центра {at}',
				en: 'Special equipment for the rehabilitation centre {at}',
			}],
		],
	},
	{
		key: 'sports_complex', share: 16, sector: 'cultureSportsAndRecreation',
		category: 'cultureSportsAndRecreation', type: 'sports',
		where: 'any', shape: 'point',
		facility: {
			kk: 'Дене шынықтыру-сауықтыру кешені',
			ru: 'Физкультурно-оздоровительный комплекс',
			en: 'Sports and fitness complex',
		},
		works: [
			['new_build', 4, 480, 1600, 12, 20, {
				kk: '{at} дене шынықтыру-сауықтыру кешенінің құрылысы',
				ru: 'Строительство физкультурно-оздоровительного ' +
					'комплекса {at}',
				en: 'Construction of a sports and fitness complex {at}',
			}],
			['capital_repair', 2, 70, 290, 5, 9, {
				kk: '{at} спорт мектебін күрделі жөндеу',
				ru: 'Капитальный ремонт спортивной школы {at}',
				en: 'Major repair of the sports school {at}',
			}],
			['equipment', 1, 6, 24, 1, 2, {
				kk: '{at} ашық жаттығу алаңын жабдықтау',
				ru: 'Оборудование открытой тренировочной площадки {at}',
				en: 'Equipment of an open-air training ground {at}',
			}],
		],
	},
	{
		key: 'stadium', share: 18, sector: 'cultureSportsAndRecreation',
		category: 'cultureSportsAndRecreation', type: 'sports',
		where: 'any', shape: 'area', area: [0.17, 0.11], soft: true,
		facility: { kk: 'Стадион', ru: 'Стадион', en: 'Stadium' },
		works: [
			['reconstruction', 3, 160, 640, 7, 12, {
				kk: '{at} орталық стадионды реконструкциялау',
				ru: 'Реконструкция центрального стадиона {at}',
				en: 'Reconstruction of the central stadium {at}',
			}],
			['new_build', 3, 90, 330, 6, 10, {
				kk: '{at} шағын стадион құрылысы',
				ru: 'Строительство малого стадиона {at}',
				en: 'Construction of a small stadium {at}',
			}],
			['current_repair', 1, 12, 50, 2, 4, {
				kk: '{at} стадионның жабынын ағымдағы жөндеу',
				ru: 'Текущий ремонт покрытия стадиона {at}',
				en: 'Routine repair of the stadium surface {at}',
			}],
		],
	},
	{
		key: 'culture', share: 18, sector: 'cultureSportsAndRecreation',
		category: 'cultureSportsAndRecreation', type: 'culture',
		where: 'any', shape: 'point', sizes: [100, 150, 200, 300],
		facility: {
			kk: 'Мәдениет үйі', ru: 'Дом культуры', en: 'House of culture',
		},
		works: [
			['new_build', 3, 1.9, 3.2, 10, 16, {
				kk: '{at} {n} орындық мәдениет үйінің құрылысы',
				ru: 'Строительство дома культуры на {n} мест {at}',
				en: 'Construction of a {n}-seat house of culture {at}',
			}, 'each'],
			['capital_repair', 3, 70, 260, 5, 9, {
				kk: '{at} мәдениет үйін күрделі жөндеу',
				ru: 'Капитальный ремонт дома культуры {at}',
				en: 'Major repair of the house of culture {at}',
			}],
			['equipment', 1, 9, 35, 1, 3, {
				kk: '{at} мәдениет үйін дыбыс және жарық аппаратурасымен ' +
					'жарақтандыру',
				ru: 'Оснащение звуковой и световой аппаратурой дома ' +
					'культуры {at}',
				en: 'Sound and light equipment for the house of ' +
					'culture {at}',
			}],
		],
	},
	{
		key: 'library', share: 9, sector: 'cultureSportsAndRecreation',
		category: 'cultureSportsAndRecreation', type: 'library',
		where: 'any', shape: 'point',
		facility: { kk: 'Кітапхана', ru: 'Библиотека', en: 'Library' },
		works: [
			['capital_repair', 2, 24, 110, 4, 7, {
				kk: '{at} орталық кітапхананы күрделі жөндеу',
				ru: 'Капитальный ремонт центральной библиотеки {at}',
				en: 'Major repair of the central library {at}',
			}],
			['equipment', 1, 5, 22, 1, 3, {
				kk: '{at} кітапхананы заманауи жиһазбен жабдықтау',
				ru: 'Оснащение современной мебелью библиотеки {at}',
				en: 'Modern furniture for the library {at}',
			}],
		],
	},
	{
		key: 'park', share: 26, sector: 'cultureSportsAndRecreation',
		category: 'cultureSportsAndRecreation', type: 'park', where: 'any',
		shape: 'area', area: [0.34, 0.22],
		facility: { kk: 'Саябақ', ru: 'Парк', en: 'Park' },
		works: [
			['landscaping', 4, 70, 520, 4, 9, {
				kk: '{at} орталық саябақты абаттандыру',
				ru: 'Благоустройство центрального парка {at}',
				en: 'Landscaping of the central park {at}',
			}],
			['new_build', 2, 120, 680, 7, 12, {
				kk: '{in} жаңа саябақ салу',
				ru: 'Создание нового парка {at}',
				en: 'A new park {at}',
			}],
			['upkeep', 2, 6, 38, 9, 11, {
				kk: '{at} жасыл желектерді күтіп ұстау',
				ru: 'Содержание зелёных насаждений {at}',
				en: 'Upkeep of green areas {at}',
			}],
			['reconstruction', 1, 60, 260, 5, 8, {
				kk: '{at} балалар саябағын реконструкциялау',
				ru: 'Реконструкция детского парка {at}',
				en: 'Reconstruction of the children’s park {at}',
			}],
		],
	},
	{
		key: 'housing', share: 30, category: 'socialHousing',
		sector: 'socialHousing', type: 'housing', where: 'any',
		shape: 'point', unit: 'apartment', sizes: [20, 36, 45, 60, 90],
		facility: {
			kk: 'Көппәтерлі тұрғын үй', ru: 'Многоквартирный жилой дом',
			en: 'Apartment house',
		},
		works: [
			['new_build', 5, 17, 24, 12, 18, {
				kk: '{at} {n} пәтерлі тұрғын үй құрылысы',
				ru: 'Строительство {n}-квартирного жилого дома {at}',
				en: 'Construction of a {n}-apartment house {at}',
			}, 'each'],
			['capital_repair', 3, 45, 160, 4, 8, {
				kk: '{at} көппәтерлі тұрғын үйдің қасбеті мен шатырын ' +
					'күрделі жөндеу',
				ru: 'Капитальный ремонт фасада и кровли ' +
					'многоквартирного дома {at}',
				en: 'Major repair of the facade and roof of an ' +
					'apartment house {at}',
			}],
			['demolition', 2, 14, 45, 2, 5, {
				kk: '{at} апатты тұрғын үйді бұзу',
				ru: 'Снос аварийного жилого дома {at}',
				en: 'Demolition of an unsafe apartment house {at}',
			}],
		],
	},
	{
		key: 'housing_area', share: 12, category: 'socialHousing',
		sector: 'socialHousing', type: 'housing', where: 'any',
		shape: 'area', area: [0.7, 0.5],
		facility: {
			kk: 'Жаңа тұрғын үй алабы', ru: 'Новый жилой массив',
			en: 'New housing area',
		},
		works: [
			['new_build', 3, 320, 1500, 10, 18, {
				kk: '{at} жаңа тұрғын үй алабына инженерлік-' +
					'коммуникациялық инфрақұрылым жүргізу',
				ru: 'Подведение инженерно-коммуникационной ' +
					'инфраструктуры к новому жилому массиву {at}',
				en: 'Utilities for a new housing area {at}',
			}],
			['design', 1, 18, 60, 5, 9, {
				kk: '{at} жаңа тұрғын үй алабының егжей-тегжейлі ' +
					'жоспарлау жобасын әзірлеу',
				ru: 'Разработка проекта детальной планировки нового ' +
					'жилого массива {at}',
				en: 'Detailed plan of a new housing area {at}',
			}],
		],
	},
	{
		key: 'admin', share: 16, category: 'governance',
		sector: 'governance', type: 'admin', where: 'any', shape: 'point',
		facility: {
			kk: 'Әкімшілік ғимарат', ru: 'Административное здание',
			en: 'Administrative building',
		},
		works: [
			['capital_repair', 3, 35, 170, 4, 8, {
				kk: '{at} әкімдік ғимаратын күрделі жөндеу',
				ru: 'Капитальный ремонт здания акимата {at}',
				en: 'Major repair of the akimat building {at}',
			}],
			['new_build', 2, 190, 620, 10, 15, {
				kk: '{at} халыққа қызмет көрсету орталығының құрылысы',
				ru: 'Строительство центра обслуживания населения {at}',
				en: 'Construction of a public service centre {at}',
			}],
			['equipment', 1, 11, 60, 2, 4, {
				kk: '{in} бейнебақылау жүйесін орнату',
				ru: 'Установка системы видеонаблюдения {at}',
				en: 'Video surveillance {at}',
			}],
			['upkeep', 1, 4, 14, 10, 11, {
				kk: '{at} мемлекеттік мекеме ғимаратын күтіп ұстау',
				ru: 'Содержание здания государственного учреждения {at}',
				en: 'Upkeep of a public building {at}',
			}],
		],
	},
];
