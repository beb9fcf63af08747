// What is done where, and when: a project without its money.
import { MONTH, TODAY, dayOf, yearOf } from './days.mjs';
import { areaIn, lengthKm, lineBetween, lineIn, pointIn, wktArea,
	wktLine } from './geometry.mjs';
import { STREETS, placesOf } from './places.mjs';
import { LANGS } from './texts.mjs';

const FIRST_DAY = dayOf('2021-01-15');

// Demolition ends otherwise than building.
const STATUSES = {
	usual: [['maintenance', 33], ['completion', 9], ['implementation', 33],
		['preparation', 9], ['identification', 6], ['suspended', 5],
		['cancelled', 5]],
	demolition: [['decommissioned', 5], ['decommissioning', 4],
		['preparation', 1]],
	upkeep: [['maintenance', 7], ['implementation', 3]],
	design: [['completion', 5], ['implementation', 4], ['preparation', 2],
		['cancelled', 1]],
};
const FINISHED = ['maintenance', 'completion', 'decommissioned'];
export const isFinished = (status) => FINISHED.includes(status);
const RUNNING = ['implementation', 'decommissioning', 'suspended'];
export const isRunning = (status) => RUNNING.includes(status);

function placeFor(random, kind, kato) {
	const all = placesOf(kato);
	if (kind.where === 'centre' || kind.where === 'town')
		return all[0];
	if (kind.where === 'village')
		return random.pick(all.slice(1));
	return random.weighted(all.map((p, i) => [p, i === 0 ? 5 : 2]));
}

export const isPossible = (kind, kato) =>
	kind.where !== 'town' || placesOf(kato)[0].kind === 'town';

const SHAPES = {
	none: () => ({ precision: 'district' }),
	point(random, kind, place) {
		const point = pointIn(random, place);
		const precision = random.weighted([['exact', 80], ['street', 9],
			['settlement', 7], ['district', 4]]);
		if (precision === 'settlement' || precision === 'district')
			return { precision };
		return { precision, point };
	},
	line(random, kind, place) {
		const line = lineIn(random, place, random.real(...kind.length));
		if (!line)
			return null;
		const shape = lineShape(line);
		return random.chance(0.06)
			? { precision: 'settlement', km: shape.km } : shape;
	},
	between(random, kind, place) {
		const others = placesOf(place.kato).filter((p) => p !== place);
		const to = random.pick(others);
		const line = lineBetween(random, place, to,
			random.real(...kind.length));
		return line ? { ...lineShape(line), to } : null;
	},
	area(random, kind, place) {
		const [w, h] = kind.area.map((side) =>
			side * random.real(0.7, 1.3));
		const ring = areaIn(random, place, w, h, kind.soft);
		return ring && { precision: 'exact', wkt: wktArea(ring),
			at: ring[0] };
	},
};

const lineShape = (line) => ({
	precision: 'exact', wkt: wktLine(line),
	km: Math.round(lengthKm(line) * 10) / 10,
	at: line[Math.floor(line.length / 2)],
});

function stretch(random, months) {
	return months * MONTH * random.real(0.95, 1.15);
}

// Days of the plan and of the work, by status. late is how much longer the
// work takes than planned when it runs over.
function timeline(random, status, months) {
	const length = Math.round(stretch(random, months));
	const late = random.chance(0.34)
		? Math.round(length * random.real(0.1, 0.8)) : 0;
	const t = { length, late };
	if (isFinished(status)) {
		const latest = TODAY - (status === 'completion' ? 8 : 60);
		const earliest = status === 'completion' ? TODAY - 200
			: FIRST_DAY + length + late;
		t.actualEnd = Math.round(random.real(
			Math.min(earliest, latest - 30), latest));
		t.start = Math.max(FIRST_DAY, t.actualEnd - length - late);
	} else if (isRunning(status)) {
		const share = status === 'suspended' ? random.real(0.6, 2)
			: random.real(0.08, 0.97) + (random.chance(0.3)
				? random.real(0.2, 0.9) : 0);
		t.start = Math.max(FIRST_DAY,
			Math.round(TODAY - share * length));
	} else if (status === 'cancelled') {
		t.start = Math.round(random.real(FIRST_DAY + 200, TODAY - 100));
	} else if (status === 'preparation' && random.chance(0.15)) {
		t.start = TODAY - length - Math.round(random.real(10, 90));
	} else {
		t.start = Math.round(TODAY + random.real(15, 420));
	}
	const slip = isFinished(status) || isRunning(status)
		? random.whole(0, 25) : 0;
	t.plannedStart = Math.max(t.start - slip, FIRST_DAY - 10);
	t.firstEnd = t.plannedStart + length;
	return t;
}

const decimal = (value, lang) => lang === 'en' ? String(value)
	: String(value).replace('.', ',');

// Fills {at}, {d.of} and the like of a title.
function fill(pattern, words) {
	const text = pattern.replace(/\{([a-z.]+)\}/g, (all, path) => {
		const value = path.split('.').reduce((o, k) => o?.[k], words);
		if (value === undefined)
			throw new Error(`nothing to fill ${all} with`);
		return typeof value === 'object' ? value.name : value;
	});
	return text.charAt(0).toUpperCase() + text.slice(1);
}

function wordsOf(plan, lang, i) {
	return {
		...plan.place[lang], d: plan.district[lang], n: plan.size,
		no: plan.number, km: plan.km && decimal(plan.km, lang),
		street: plan.street[lang], name: plan.name?.[i],
		year: yearOf(plan.plannedStart), from: plan.place[lang].bare,
		to: plan.to?.[lang].bare,
	};
}

const fillAll = (plan, patterns) => Object.fromEntries(LANGS.map((lang, i) =>
	[lang, fill(patterns[lang], wordsOf(plan, lang, i))]));

function addressOf(plan) {
	if (plan.precision === 'district')
		return null;
	if (plan.precision === 'settlement')
		return { kk: plan.place.kk.name, ru: plan.place.ru.name,
			en: plan.place.en.name };
	const house = plan.point && plan.precision === 'exact'
		? plan.house : null;
	return {
		kk: `${plan.place.kk.name}, ${plan.street.kk.name}` +
			(house ? `, ${house}` : ''),
		ru: `${plan.place.ru.name}, ${plan.street.ru.name}` +
			(house ? `, ${house}` : ''),
		en: (house ? `${house} ` : '') +
			`${plan.street.en.name}, ${plan.place.en.name}`,
	};
}

// The facility a work is done on, sometimes one that an earlier project was
// about. known: those of the projects so far.
function facilityOf(random, plan, known) {
	if (!plan.kind.facility || !plan.at && !plan.point)
		return null;
	const old = plan.work.kind !== 'new_build' && random.chance(0.35) &&
		known.find((f) => f.key === plan.kind.key &&
			f.kato === plan.district.kato);
	return old || {
		id: `F-${900001 + known.length}`, key: plan.kind.key,
		kato: plan.district.kato, type: plan.kind.type,
		names: fillAll(plan, plan.kind.facility), point: plan.point,
		wkt: plan.wkt, number: plan.number, name: plan.name,
		place: plan.place, street: plan.street, house: plan.house,
		size: plan.kind.unit ? plan.size : null, unit: plan.kind.unit,
		built: plan.work.kind === 'new_build' ? null
			: random.whole(1964, 2014),
		precision: plan.precision,
	};
}

const takeOver = (plan, facility) => Object.assign(plan, {
	point: facility.point, wkt: facility.wkt, number: facility.number,
	name: facility.name, place: facility.place, street: facility.street,
	house: facility.house, precision: facility.precision,
});

function statusFor(random, work) {
	if (work === 'demolition' || work === 'upkeep' || work === 'design')
		return random.weighted(STATUSES[work]);
	return random.weighted(STATUSES.usual);
}

const workOf = ([kind, , costFrom, costTo, from, to, titles, each]) =>
	({ kind, costFrom, costTo, from, to, titles, each });

export function makePlan(random, district, kind, known) {
	const place = placeFor(random, kind, district.kato);
	const shape = SHAPES[kind.shape](random, kind, place);
	if (!shape)
		return null;
	const work = workOf(random.weighted(
		kind.works.map((w) => [w, w[1]])));
	const plan = {
		kind, district, place, work, ...shape,
		size: kind.sizes ? random.pick(kind.sizes) : null,
		number: random.whole(1, 24), house: random.whole(1, 120),
		name: kind.names ? random.pick(kind.names) : null,
		street: random.pick(STREETS), status: statusFor(random, work.kind),
	};
	Object.assign(plan, timeline(random, plan.status,
		random.whole(work.from, work.to)));
	plan.facility = facilityOf(random, plan, known);
	if (plan.facility)
		takeOver(plan, plan.facility);
	plan.titles = fillAll(plan, work.titles);
	plan.address = addressOf(plan);
	return plan;
}
