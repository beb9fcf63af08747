// Roads, water, energy, communications, nature, economy. The fields are those
// of kinds-social.mjs; further: length (kilometres of a line; costs are per
// kilometre when each is set), {km} in titles, {street...} a street, {from} and
// {to} two settlements (shape: between), {d...} the district, {year}.

const flow = (kk, ru, en) => ({ kk, ru, en });

export const NETWORKS = [
	{
		key: 'street', share: 62, category: 'transport',
		sector: 'transport;transport.road', type: 'road', where: 'any',
		shape: 'line', length: [0.6, 4.5], street: true,
		works: [
			['capital_repair', 4, 55, 105, 3, 6, flow(
				'{at} {street.of} {km} км учаскесін күрделі жөндеу',
				'Капитальный ремонт участка {street.of} ' +
				'протяжённостью {km} км {at}',
				'Major repair of {km} km of {street} {at}'), 'each'],
			['current_repair', 4, 22, 48, 1, 4, flow(
				'{at} {street.acc} ағымдағы жөндеу ({km} км)',
				'Текущий ремонт {street.of} {at} ({km} км)',
				'Routine repair of {street} {at} ({km} km)'), 'each'],
			['new_build', 2, 110, 190, 5, 9, flow(
				'{at} жаңа тұрғын үй алабының көшелерін салу ({km} км)',
				'Строительство улиц нового жилого массива {at} ({km} км)',
				'Streets of a new housing area {at} ({km} km)'), 'each'],
			['landscaping', 1, 24, 60, 3, 6, flow(
				'{at} {street.acc} абаттандыру және көгалдандыру',
				'Благоустройство и озеленение {street.of} {at}',
				'Landscaping and planting of {street} {at}'), 'each'],
		],
	},
	{
		key: 'road', share: 34, category: 'transport',
		sector: 'transport;transport.road', type: 'road', where: 'any',
		shape: 'between', length: [3, 16],
		works: [
			['reconstruction', 3, 140, 260, 9, 16, flow(
				'«{from} – {to}» автомобиль жолының {km} км учаскесін ' +
				'реконструкциялау',
				'Реконструкция участка автомобильной дороги ' +
				'«{from} – {to}» протяжённостью {km} км',
				'Reconstruction of {km} km of the {from}–{to} road'),
			'each'],
			['capital_repair', 3, 70, 120, 5, 9, flow(
				'«{from} – {to}» автомобиль жолының {km} км учаскесін ' +
				'күрделі жөндеу',
				'Капитальный ремонт участка автомобильной дороги ' +
				'«{from} – {to}» протяжённостью {km} км',
				'Major repair of {km} km of the {from}–{to} road'),
			'each'],
			['current_repair', 3, 30, 55, 2, 5, flow(
				'«{from} – {to}» автомобиль жолының {km} км учаскесін ' +
				'орташа жөндеу',
				'Средний ремонт участка автомобильной дороги ' +
				'«{from} – {to}» протяжённостью {km} км',
				'Medium repair of {km} km of the {from}–{to} road'),
			'each'],
		],
	},
	{
		key: 'road_upkeep', share: 18, category: 'transport',
		sector: 'transport;transport.road', type: 'road',
		where: 'district', shape: 'none',
		works: [
			['upkeep', 1, 30, 140, 10, 11, flow(
				'{d.of} жергілікті маңызы бар автомобиль жолдарын ' +
				'күтіп ұстау, {year} жыл',
				'Содержание автомобильных дорог местного значения ' +
				'{d.of}, {year} год',
				'Upkeep of the local roads of {d}, {year}')],
		],
	},
	{
		key: 'bridge', share: 9, category: 'transport',
		sector: 'transport;transport.road', type: 'bridge', where: 'any',
		shape: 'point',
		facility: flow('Автожол көпірі', 'Автодорожный мост', 'Road bridge'),
		works: [
			['new_build', 3, 240, 980, 8, 15, flow(
				'{at} өзен арқылы өтетін көпір құрылысы',
				'Строительство моста через реку {at}',
				'Construction of a road bridge over the river {at}')],
			['capital_repair', 2, 70, 310, 4, 8, flow(
				'{at} автожол көпірін күрделі жөндеу',
				'Капитальный ремонт автодорожного моста {at}',
				'Major repair of the road bridge {at}')],
			['demolition', 1, 18, 60, 2, 4, flow(
				'{at} апатты көпірді бұзу', 'Снос аварийного моста {at}',
				'Demolition of the unsafe bridge {at}')],
		],
	},
	{
		key: 'bus_stops', share: 6, category: 'transport',
		sector: 'transport;transport.urban', type: 'other',
		where: 'centre', shape: 'point',
		facility: flow('Аялдама павильоны', 'Остановочный павильон',
			'Bus shelter'),
		works: [
			['equipment', 2, 9, 40, 2, 4, flow(
				'{in} заманауи аялдама павильондарын орнату',
				'Установка современных остановочных павильонов {at}',
				'Modern bus shelters {at}')],
			['replacement', 1, 6, 25, 1, 3, flow(
				'{at} аялдама павильондарын ауыстыру',
				'Замена остановочных павильонов {at}',
				'Replacement of bus shelters {at}')],
		],
	},
	{
		key: 'water_network', share: 44, category: 'waterAndWaste',
		sector: 'waterAndWaste', type: 'water', where: 'any',
		shape: 'line', length: [2, 14],
		works: [
			['new_build', 4, 38, 68, 7, 13, flow(
				'{at} ауызсу желілерінің құрылысы ({km} км)',
				'Строительство сетей питьевого водоснабжения {at} ' +
				'({km} км)',
				'Construction of drinking water networks {at} ({km} km)'),
			'each'],
			['reconstruction', 3, 34, 60, 7, 12, flow(
				'{at} сумен жабдықтау жүйесін реконструкциялау ({km} км)',
				'Реконструкция системы водоснабжения {at} ({km} км)',
				'Reconstruction of the water supply {at} ({km} km)'),
			'each'],
			['replacement', 2, 22, 40, 3, 6, flow(
				'{at} тозған су құбырларын ауыстыру ({km} км)',
				'Замена изношенных водопроводных труб {at} ({km} км)',
				'Replacement of worn water pipes {at} ({km} km)'), 'each'],
			['expansion', 1, 30, 52, 4, 8, flow(
				'{at} ауызсу желілерін жаңа көшелерге дейін кеңейту ' +
				'({km} км)',
				'Расширение сетей водоснабжения {at} до новых улиц ' +
				'({km} км)',
				'Extension of water networks {at} to new streets ' +
				'({km} km)'), 'each'],
			['design', 1, 2.2, 3.6, 3, 7, flow(
				'{at} су құбыры желілерінің жобалау-сметалық ' +
				'құжаттамасын әзірлеу',
				'Разработка проектно-сметной документации на сети ' +
				'водоснабжения {at}',
				'Design documents for water networks {at}'), 'each'],
		],
	},
	{
		key: 'water_intake', share: 12, category: 'waterAndWaste',
		sector: 'waterAndWaste', type: 'water', where: 'any',
		shape: 'point', unit: 'm3_day', sizes: [300, 600, 1200, 2500, 5000],
		facility: flow('Су алу құрылысы', 'Водозаборное сооружение',
			'Water intake'),
		works: [
			['new_build', 3, 0.09, 0.22, 6, 11, flow(
				'{at} су алу ұңғымасы мен сорғы станциясының құрылысы',
				'Строительство водозаборной скважины и насосной ' +
				'станции {at}',
				'Construction of a well and pumping station {at}'), 'each'],
			['equipment', 1, 14, 55, 2, 4, flow(
				'{at} сорғы станциясын энергия үнемдейтін ' +
				'жабдықпен жарақтандыру',
				'Оснащение энергосберегающим оборудованием насосной ' +
				'станции {at}',
				'Energy-saving equipment for the pumping station {at}')],
		],
	},
	{
		key: 'sewerage', share: 12, category: 'waterAndWaste',
		sector: 'waterAndWaste', type: 'sewerage', where: 'centre',
		shape: 'line', length: [2, 9],
		works: [
			['new_build', 3, 62, 110, 9, 15, flow(
				'{at} кәріз желілерінің құрылысы ({km} км)',
				'Строительство канализационных сетей {at} ({km} км)',
				'Construction of sewer networks {at} ({km} km)'), 'each'],
			['replacement', 1, 40, 70, 4, 7, flow(
				'{at} кәріз коллекторын ауыстыру ({km} км)',
				'Замена канализационного коллектора {at} ({km} км)',
				'Replacement of the main sewer {at} ({km} km)'), 'each'],
		],
	},
	{
		key: 'treatment', share: 7, category: 'waterAndWaste',
		sector: 'waterAndWaste', type: 'sewerage', where: 'centre',
		shape: 'point', unit: 'm3_day', sizes: [3000, 5000, 10000, 15000],
		facility: flow('Кәріз тазарту құрылыстары',
			'Канализационные очистные сооружения',
			'Sewage treatment plant'),
		works: [
			['reconstruction', 2, 0.34, 0.62, 18, 30, flow(
				'{at} кәріз тазарту құрылыстарын реконструкциялау',
				'Реконструкция канализационных очистных сооружений {at}',
				'Reconstruction of the sewage treatment plant {at}'),
			'each'],
			['expansion', 1, 0.3, 0.5, 14, 22, flow(
				'{at} кәріз тазарту құрылыстарын кеңейту',
				'Расширение канализационных очистных сооружений {at}',
				'Extension of the sewage treatment plant {at}'), 'each'],
		],
	},
	{
		key: 'landfill', share: 8, category: 'waterAndWaste',
		sector: 'waterAndWaste', type: 'other', where: 'any',
		shape: 'area', area: [0.42, 0.3],
		facility: flow('Қатты қалдықтар полигоны',
			'Полигон твёрдых отходов', 'Waste landfill'),
		works: [
			['new_build', 2, 280, 900, 8, 14, flow(
				'{d.at} тұрмыстық қатты қалдықтар полигонының құрылысы',
				'Строительство полигона твёрдых бытовых отходов {d.at}',
				'Construction of a municipal waste landfill {d.at}')],
			['demolition', 2, 60, 210, 5, 10, flow(
				'{d.at} ескі қоқыс полигонын жабу және жерін ' +
				'қалпына келтіру',
				'Закрытие и рекультивация старого полигона ' +
				'отходов {d.at}',
				'Closure and reclamation of the old landfill {d.at}')],
		],
	},
	{
		key: 'gas', share: 28, category: 'energy', sector: 'energy',
		type: 'gas', where: 'any', shape: 'line', length: [3, 18],
		works: [
			['new_build', 4, 18, 34, 6, 11, flow(
				'{at} газ тарату желілерінің құрылысы ({km} км)',
				'Строительство газораспределительных сетей {at} ({km} км)',
				'Construction of gas distribution networks {at} ({km} km)'),
			'each'],
			['expansion', 1, 15, 26, 3, 7, flow(
				'{at} газ желілерін жаңа көшелерге дейін кеңейту ({km} км)',
				'Расширение газовых сетей {at} до новых улиц ({km} км)',
				'Extension of gas networks {at} to new streets ({km} km)'),
			'each'],
			['design', 1, 1.1, 2.2, 3, 6, flow(
				'{at} газ тарату желілерінің жобалау-сметалық ' +
				'құжаттамасын әзірлеу',
				'Разработка проектно-сметной документации на ' +
				'газораспределительные сети {at}',
				'Design documents for gas distribution networks {at}'),
			'each'],
		],
	},
	{
		key: 'heating', share: 9, category: 'energy', sector: 'energy',
		type: 'heating', where: 'centre', shape: 'point',
		facility: flow('Қазандық', 'Котельная', 'Boiler house'),
		works: [
			['new_build', 2, 260, 1300, 7, 12, flow(
				'{at} блокты-модульді қазандық құрылысы',
				'Строительство блочно-модульной котельной {at}',
				'Construction of a modular boiler house {at}')],
			['capital_repair', 2, 40, 190, 3, 6, flow(
				'{at} қазандықты күрделі жөндеу',
				'Капитальный ремонт котельной {at}',
				'Major repair of the boiler house {at}')],
		],
	},
	{
		key: 'heat_network', share: 6, category: 'energy', sector: 'energy',
		type: 'heating', where: 'town', shape: 'line', length: [0.8, 4],
		works: [
			['replacement', 1, 90, 170, 4, 7, flow(
				'{at} жылу желілерін ауыстыру ({km} км)',
				'Замена тепловых сетей {at} ({km} км)',
				'Replacement of heat networks {at} ({km} km)'), 'each'],
		],
	},
	{
		key: 'power', share: 13, category: 'energy', sector: 'energy',
		type: 'other', where: 'any', shape: 'line', length: [2, 15],
		works: [
			['reconstruction', 2, 16, 30, 4, 9, flow(
				'{at} 0,4–10 кВ электр желілерін реконструкциялау ({km} км)',
				'Реконструкция электрических сетей 0,4–10 кВ {at} ({km} км)',
				'Reconstruction of 0.4–10 kV power lines {at} ({km} km)'),
			'each'],
			['replacement', 1, 8, 16, 2, 4, flow(
				'{at} {street.of} жарықтандыру желілерін ауыстыру ({km} км)',
				'Замена сетей освещения {street.of} {at} ({km} км)',
				'Replacement of the lighting of {street} {at} ({km} km)'),
			'each'],
		],
	},
	{
		key: 'fibre', share: 12, category: 'communications',
		sector: 'communications', type: 'other', where: 'village',
		shape: 'line', length: [4, 22],
		works: [
			['new_build', 1, 4.2, 8.5, 3, 7, flow(
				'{in} талшықты-оптикалық байланыс желісін тарту ({km} км)',
				'Прокладка волоконно-оптической линии связи {at} ({km} км)',
				'Fibre-optic line {at} ({km} km)'), 'each'],
		],
	},
	{
		key: 'mast', share: 8, category: 'communications',
		sector: 'communications', type: 'other', where: 'village',
		shape: 'point',
		facility: flow('Байланыс мұнарасы', 'Вышка связи',
			'Communications mast'),
		works: [
			['new_build', 2, 22, 60, 3, 6, flow(
				'{in} ұялы байланыс мұнарасын орнату',
				'Установка вышки мобильной связи {at}',
				'A mobile communications mast {at}')],
			['upkeep', 1, 3, 9, 10, 11, flow(
				'{at} байланыс мұнарасын күтіп ұстау',
				'Содержание вышки связи {at}',
				'Upkeep of the communications mast {at}')],
		],
	},
	{
		key: 'industry', share: 8, category: 'economy', sector: 'economy',
		type: 'other', where: 'centre', shape: 'area', area: [0.8, 0.6],
		facility: flow('Индустриялық аймақ', 'Индустриальная зона',
			'Industrial zone'),
		works: [
			['new_build', 2, 420, 2400, 12, 20, flow(
				'{at} индустриялық аймақтың инфрақұрылымын салу',
				'Строительство инфраструктуры индустриальной зоны {at}',
				'Infrastructure of an industrial zone {at}')],
			['expansion', 1, 150, 600, 8, 12, flow(
				'{at} индустриялық аймақты кеңейту',
				'Расширение индустриальной зоны {at}',
				'Extension of the industrial zone {at}')],
		],
	},
	{
		key: 'market', share: 8, category: 'economy', sector: 'economy',
		type: 'other', where: 'any', shape: 'point',
		facility: flow('Коммуналдық базар', 'Коммунальный рынок',
			'Municipal market'),
		works: [
			['reconstruction', 2, 60, 320, 5, 9, flow(
				'{at} коммуналдық базарды реконструкциялау',
				'Реконструкция коммунального рынка {at}',
				'Reconstruction of the municipal market {at}')],
			['equipment', 1, 18, 75, 2, 5, flow(
				'{at} бизнес-инкубаторды жабдықтау',
				'Оснащение бизнес-инкубатора {at}',
				'Equipment of a business incubator {at}')],
		],
	},
	{
		key: 'bank', share: 10, category: 'naturalResources',
		sector: 'naturalResources;naturalResources.floodProtection',
		type: 'other', where: 'any', shape: 'line', length: [0.6, 3.5],
		works: [
			['new_build', 2, 70, 150, 4, 8, flow(
				'{at} өзен жағасын бекіту ({km} км)',
				'Укрепление берега реки {at} ({km} км)',
				'River bank protection {at} ({km} km)'), 'each'],
			['reconstruction', 1, 60, 120, 4, 8, flow(
				'{at} су тасқынынан қорғау бөгетін реконструкциялау ' +
				'({km} км)',
				'Реконструкция противопаводковой дамбы {at} ({km} км)',
				'Reconstruction of the flood dam {at} ({km} km)'), 'each'],
		],
	},
	{
		key: 'canal', share: 12, category: 'naturalResources',
		sector: 'naturalResources', type: 'water', where: 'village',
		shape: 'line', length: [3, 15],
		works: [
			['upkeep', 2, 1.6, 3.4, 3, 6, flow(
				'{at} суару каналын механикалық тазалау ({km} км)',
				'Механизированная очистка оросительного канала {at} ' +
				'({km} км)',
				'Mechanical cleaning of an irrigation canal {at} ({km} km)'),
			'each'],
			['reconstruction', 2, 28, 60, 6, 11, flow(
				'{at} суару каналын реконструкциялау ({km} км)',
				'Реконструкция оросительного канала {at} ({km} км)',
				'Reconstruction of an irrigation canal {at} ({km} km)'),
			'each'],
		],
	},
	{
		key: 'greenery', share: 8, category: 'naturalResources',
		sector: 'naturalResources', type: 'other', where: 'any',
		shape: 'area', area: [0.9, 0.18],
		facility: flow('Жасыл белдеу', 'Зелёный пояс', 'Green belt'),
		works: [
			['landscaping', 2, 35, 160, 3, 8, flow(
				'{in} жасыл белдеу отырғызу',
				'Закладка зелёного пояса {at}',
				'Planting of a green belt {at}')],
			['upkeep', 1, 6, 24, 9, 11, flow(
				'{at} жасыл белдеуді суару және күтіп ұстау',
				'Полив и содержание зелёного пояса {at}',
				'Watering and upkeep of the green belt {at}')],
		],
	},
];
