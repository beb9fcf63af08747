// Invented organisations. Their BINs have a right check digit, yet the serial
// numbers from 90000 on belong to nobody; names say that they are made up.
import { DISTRICTS } from './places.mjs';

const WEIGHTS = [
	[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
	[3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2],
];

// The check digit of 11 digits, -1 when none is issued for them.
export function checkDigit(digits) {
	for (const weights of WEIGHTS) {
		const sum = weights.reduce((s, w, i) =>
			s + w * Number(digits[i]), 0) % 11;
		if (sum < 10)
			return sum;
	}
	return -1;
}

// month: YYMM of registration; serials without a check digit are passed over.
function binFrom(month, counter) {
	for (;;) {
		const digits = `${month}40${90000 + counter.next++}`;
		const check = checkDigit(digits);
		if (check >= 0)
			return digits + check;
	}
}

const OBLAST = [
	['construction', 'құрылыс басқармасы', 'Управление строительства',
		'Construction Department'],
	['education', 'білім беру инфрақұрылымы басқармасы',
		'Управление инфраструктуры образования',
		'Education Infrastructure Department'],
	['health', 'денсаулық сақтау басқармасы', 'Управление здравоохранения',
		'Health Department'],
	['roads', 'жолаушылар көлігі және автомобиль жолдары басқармасы',
		'Управление пассажирского транспорта и автомобильных дорог',
		'Passenger Transport and Roads Department'],
	['energy', 'энергетика және тұрғын үй-коммуналдық шаруашылық басқармасы',
		'Управление энергетики и жилищно-коммунального хозяйства',
		'Energy and Utilities Department'],
	['sport', 'мәдениет және спорт басқармасы',
		'Управление культуры и спорта', 'Culture and Sports Department'],
	['nature', 'табиғи ресурстар басқармасы',
		'Управление природных ресурсов', 'Natural Resources Department'],
];

const LOCAL = [
	['building', 'құрылыс бөлімі', 'Отдел строительства',
		'Construction Section'],
	['utilities', 'тұрғын үй-коммуналдық шаруашылық және жолдар бөлімі',
		'Отдел жилищно-коммунального хозяйства и дорог',
		'Utilities and Roads Section'],
];

// Company names by kind of work: kk, ru, en.
const COMPANIES = {
	building: ['Үлгі Құрылыс', 'Мысал Құрылыс', 'Сынақ Сәулет',
		'Үлгі Тас', 'Мысал Баспана', 'Елес Құрылыс', 'Нобай Құрылыс',
		'Үлгі Кірпіш', 'Мысал Ғимарат', 'Сынақ Үй', 'Елес Сәулет',
		'Нобай Монтаж'],
	roads: ['Үлгі Жол', 'Мысал Жол', 'Сынақ Көпір', 'Елес Асфальт',
		'Нобай Жол', 'Үлгі Тасжол'],
	networks: ['Үлгі Су', 'Мысал Газ', 'Сынақ Құбыр', 'Елес Энерго',
		'Нобай Жылу', 'Үлгі Арна', 'Мысал Байланыс'],
	supply: ['Үлгі Жабдық', 'Мысал Мед', 'Сынақ Жиһаз', 'Елес Сервис'],
	design: ['Үлгі Жоба', 'Мысал Жоба', 'Сынақ Сараптама'],
	supervision: ['Үлгі Бақылау', 'Мысал Қадағалау'],
};

const LATIN = { ә: 'a', ғ: 'g', қ: 'k', ң: 'n', ө: 'o', ұ: 'u', ү: 'u',
	һ: 'h', і: 'i', а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e',
	ж: 'zh', з: 'z', и: 'i', й: 'i', к: 'k', л: 'l', м: 'm', н: 'n',
	о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh',
	ц: 'ts', ч: 'ch', ш: 'sh', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya' };
const RUSSIAN = { ә: 'а', ғ: 'г', қ: 'к', ң: 'н', ө: 'о', ұ: 'у', ү: 'у',
	һ: 'х', і: 'и' };

const spell = (text, table) => [...text].map((c) => {
	const low = c.toLowerCase();
	const put = table[low] ?? low;
	return c === low ? put : put.charAt(0).toUpperCase() + put.slice(1);
}).join('');

function company(name, number, counter) {
	const month = ['0506', '1103', '1410', '1702', '1909', '2301',
		'2506'][number % 7];
	return {
		bin: binFrom(month, counter), kind: 'company', district: '',
		name_kk: `«${name} Демо» ЖШС`,
		name_ru: `ТОО «${spell(name, RUSSIAN)} Демо»`,
		name_en: `${spell(name, LATIN)} Demo LLP`,
	};
}

// Sole traders have no number in public data, only a key of ours.
const TRADERS = [
	['Шебер', 'Шебер', 'Sheber'], ['Гүлзар', 'Гульзар', 'Gulzar'],
].map(([kk, ru, en], i) => ({
	external_id: `demo-trader-${i + 1}`, kind: 'individual_entrepreneur',
	name_kk: `«${kk} Демо» жеке кәсіпкер`, name_ru: `ИП «${ru} Демо»`,
	name_en: `${en} Demo, sole trader`, district: '',
}));

export function makeOrganisations() {
	const counter = { next: 1 };
	const oblast = {};
	for (const [key, kk, ru, en] of OBLAST)
		oblast[key] = {
			bin: binFrom('0501', counter), kind: 'state_body',
			name_kk: `Түркістан облысының ${kk} (көрсетілім)`,
			name_ru: `${ru} Туркестанской области (демо)`,
			name_en: `${en} of Turkistan oblast (demo)`,
			district: '610000000',
		};
	const local = new Map();
	for (const d of DISTRICTS) {
		const own = {};
		for (const [key, kk, ru, en] of LOCAL)
			own[key] = {
				bin: binFrom('0502', counter),
				kind: 'state_institution',
				name_kk: `${d.kk.of} ${kk} (көрсетілім)`,
				name_ru: `${ru} ${d.ru.of} (демо)`,
				name_en: `${en} of ${d.en.name} (demo)`,
				district: d.kato,
			};
		own.okrug = {
			bin: binFrom('0503', counter), kind: 'state_institution',
			name_kk: `${d.kk.of} үлгі округінің әкім аппараты (көрсетілім)`,
			name_ru: `Аппарат акима образцового округа ${d.ru.of} (демо)`,
			name_en: `Akim's office of a model okrug of ${d.en.name} (demo)`,
			district: d.kato,
		};
		local.set(d.kato, own);
	}
	const firms = {};
	let number = 0;
	for (const [kind, names] of Object.entries(COMPANIES))
		firms[kind] = names.map((n) => company(n, number++, counter));
	return { oblast, local, firms, traders: TRADERS };
}

export const organisationRows = (o) => [
	...Object.values(o.oblast),
	...[...o.local.values()].flatMap((own) => Object.values(own)),
	...Object.values(o.firms).flat(),
	...o.traders,
];
export const keyOf = (organisation) =>
	organisation.bin ?? organisation.external_id;
