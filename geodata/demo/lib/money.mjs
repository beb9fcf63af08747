// The money of a plan: budget lines, contracts, amendments, payments.
// Amounts are whole tenge.
import { MONTH, TODAY, dayOf, textOf, workday, yearOf } from './days.mjs';
import { isFinished, isRunning } from './plan.mjs';
import { AMENDMENTS } from './texts.mjs';

const MILLION = 1e6;
const round = (value, to = 1000) => Math.round(value / to) * to;

// Functional group and budget programme by category.
const PROGRAMMES = {
	education: ['04', '2', '261', '012'], health: ['05', '9', '253', '038'],
	energy: ['07', '2', '279', '014'],
	communications: ['01', '9', '263', '007'],
	waterAndWaste: ['07', '2', '279', '030'],
	governance: ['01', '1', '120', '001'],
	economy: ['13', '3', '266', '051'],
	cultureSportsAndRecreation: ['08', '1', '285', '016'],
	transport: ['12', '1', '268', '022'],
	socialHousing: ['07', '1', '288', '010'],
	naturalResources: ['10', '5', '254', '003'],
};

// Shares of the budget levels by size in millions of tenge.
function levelsFor(random, millions, place) {
	if (millions > 1500)
		return random.weighted([
			[[['national_fund', 0.7], ['oblast', 0.3]], 2],
			[[['republican', 0.75], ['oblast', 0.25]], 5],
			[[['republican', 0.6], ['oblast', 0.4]], 2]]);
	if (millions > 300)
		return random.weighted([
			[[['republican', 0.7], ['oblast', 0.3]], 4],
			[[['oblast', 1]], 5],
			[[['oblast', 0.8], ['district_city', 0.2]], 2]]);
	if (millions > 50)
		return random.weighted([[[['oblast', 1]], 5],
			[[['oblast', 0.7], ['district_city', 0.3]], 2],
			[[['district_city', 1]], 5]]);
	return random.weighted([[[['district_city', 1]], 6], [[['oblast', 1]], 1],
		[[['okrug', 1]], place.kind === 'town' ? 1 : 6],
		[[['okrug', 0.4], ['district_city', 0.6]], 2]]);
}

const OTHER_SOURCES = {
	market: [['district_city', 0.5], ['private', 0.5]],
	mast: [['district_city', 0.3], ['quasi_state', 0.7]],
	wind: [['oblast', 0.4], ['donor', 0.6]],
	solar: [['district_city', 0.4], ['donor', 0.6]],
};

function costOf(random, plan) {
	const { work } = plan;
	const each = work.each ? plan.km ?? plan.size ?? 1 : 1;
	const rise = 1 + 0.06 * Math.max(0, yearOf(plan.plannedStart) - 2021);
	return round(random.real(work.costFrom, work.costTo) * each * rise *
		MILLION, 10000);
}

// Which part of a span of days lies in each year.
function spread(from, to) {
	const parts = new Map();
	for (let y = yearOf(from); y <= yearOf(to); y++) {
		const days = Math.min(to, dayOf(`${y}-12-31`)) -
			Math.max(from, dayOf(`${y}-01-01`)) + 1;
		parts.set(y, days / (to - from + 1));
	}
	return parts;
}

// Splits a sum by shares so that the parts add up.
function split(sum, shares) {
	let rest = sum;
	return shares.map((share, i) => {
		const part = i === shares.length - 1 ? rest : round(sum * share);
		rest -= part;
		return part;
	});
}

function amend(random, contract, plan) {
	const list = [];
	const add = (kind, day, changes) => list.push({
		kind, day: workday(day, TODAY - 3),
		texts: random.pick(AMENDMENTS[kind]), ...changes });
	const at = (share) => contract.start +
		share * (Math.min(contract.end, TODAY) - contract.start);
	if (contract.isMain && plan.lastEnd > plan.firstEnd)
		for (let i = 0, n = plan.late > 150 ? 2 : 1; i < n; i++) {
			const end = i === n - 1 ? plan.lastEnd : Math.round(
				plan.firstEnd + (plan.lastEnd - plan.firstEnd) / 2);
			add('duration', at(0.72 + 0.22 * i),
				{ oldEnd: contract.endNow, newEnd: end });
			contract.endNow = end;
		}
	const kind = random.weighted([['none', 78], ['value', 18], ['scope', 4]]);
	if (kind !== 'none' && contract.isMain) {
		const factor = kind === 'value' ? 1 + random.weighted([
			[random.real(0.02, 0.1), 6], [random.real(0.1, 0.25), 3],
			[random.real(0.25, 0.4), 1]]) : random.real(0.82, 0.95);
		const value = round(contract.now * factor);
		add(kind, at(random.real(0.35, 0.6)),
			{ oldValue: contract.now, newValue: value });
		contract.now = value;
	}
	return list.sort((a, b) => a.day - b.day);
}

function payFor(random, contract, share, until) {
	const total = round(contract.now * share);
	if (total <= 0 || until <= contract.signed + 12)
		return [];
	const advance = random.chance(0.6) && share > 0.3;
	const n = Math.max(1, Math.min(7,
		Math.round((until - contract.start) / 75)));
	const weights = Array.from({ length: n }, () => random.real(0.6, 1.4));
	const first = advance ? round(contract.original * 0.3) : 0;
	const sum = weights.reduce((a, b) => a + b, 0);
	const parts = split(Math.max(0, total - first),
		weights.map((w) => w / sum));
	const days = parts.map((_, i) => workday(contract.start +
		(until - contract.start) * (i + 1) / n, TODAY - 1));
	const list = parts.map((amount, i) => ({ amount, day: days[i] }));
	if (first > 0)
		list.unshift({ amount: Math.min(first, total),
			day: workday(contract.signed + 12) });
	return list.filter((p) => p.amount > 0);
}

// How much of a contract is paid: of finished work all, else by progress.
function paidShare(random, plan) {
	if (isFinished(plan.status))
		return plan.status === 'completion' && random.chance(0.3)
			? random.real(0.9, 0.98) : 1;
	const base = plan.progress / 100 * random.real(0.88, 1.06) +
		(random.chance(0.04) ? 0.25 : 0);
	return Math.min(1, base);
}

const FIRM_KINDS = { transport: 'roads', waterAndWaste: 'networks',
	energy: 'networks', communications: 'networks',
	naturalResources: 'networks' };

function supplierFor(random, plan, firms, traders) {
	if (plan.budget < 20 * MILLION && random.chance(0.5))
		return random.pick(traders);
	if (plan.work.kind === 'design')
		return random.pick(firms.design);
	if (plan.work.kind === 'equipment')
		return random.pick(firms.supply);
	return random.pick(firms[FIRM_KINDS[plan.kind.category] ?? 'building']);
}

function mainContract(random, plan, organisations) {
	const estimate = round(plan.budget * random.real(0.93, 0.98));
	const method = random.weighted([['open', 74], ['selective', 9],
		['limited', 6], ['direct', plan.budget < 60 * MILLION ? 30 : 5]]);
	const bidders = method === 'direct' ? 1
		: random.weighted([[1, 18], [2, 26], [3, 24], [4, 16], [5, 9],
			[7, 7]]);
	const drop = method === 'direct' ? random.real(0.99, 1)
		: bidders === 1 ? random.real(0.985, 1) : random.real(0.78, 0.985);
	const signed = workday(plan.start - random.whole(4, 20));
	const published = workday(signed - random.whole(28, 60));
	const value = round(estimate * drop);
	return {
		isMain: true, method, bidders, estimate, published, signed,
		nature: { design: 'design', equipment: 'equipment' }[plan.work.kind] ??
			'construction',
		due: workday(published + random.whole(10, 22)), original: value,
		now: value, start: plan.start, end: plan.firstEnd,
		endNow: plan.firstEnd,
		supplier: supplierFor(random, plan, organisations.firms,
			organisations.traders),
	};
}

function sideContract(random, plan, nature, share, firm, from, to) {
	const value = round(plan.budget * share);
	const signed = workday(from - random.whole(5, 15));
	const published = workday(signed - random.whole(20, 40));
	return {
		nature, method: random.pick(['open', 'limited', 'direct']),
		bidders: random.whole(1, 3), published, signed,
		due: workday(published + 8), estimate: round(value * 1.04),
		original: value, now: value, start: Math.round(from),
		end: Math.round(to), endNow: Math.round(to), supplier: firm,
	};
}

function contractsFor(random, plan, organisations) {
	const { firms } = organisations;
	if (plan.status === 'preparation' && random.chance(0.6)) {
		const c = mainContract(random, plan, organisations);
		const published = workday(TODAY - random.whole(3, 40));
		return [{ ...c, state: 'pre-award', published,
			due: workday(published + 15), signed: null, supplier: null,
			original: null, now: null, bidders: null }];
	}
	const begun = isFinished(plan.status) || isRunning(plan.status) ||
		plan.status === 'cancelled' && random.chance(0.4);
	if (!begun)
		return [];
	const list = [mainContract(random, plan, organisations)];
	const builds = list[0].nature === 'construction';
	if (builds && plan.budget > 350 * MILLION) {
		if (yearOf(plan.start - 260) > 2020)
			list.push(sideContract(random, plan, 'design',
			random.real(0.012, 0.022), random.pick(firms.design),
			plan.start - 200, plan.start - 60));
		list.push(sideContract(random, plan, 'supervision',
			random.real(0.01, 0.016), random.pick(firms.supervision),
			plan.start, plan.firstEnd));
	}
	return list;
}

function settle(random, plan, contract) {
	const until = plan.actualEnd ?? plan.stoppedOn ?? TODAY - 5;
	const early = contract.nature === 'design' && !contract.isMain;
	contract.amendments = amend(random, contract, plan);
	contract.state = isFinished(plan.status) || early ||
		plan.status === 'cancelled' ? 'closed' : 'active';
	const share = early ? 1 : paidShare(random, plan);
	contract.payments = payFor(random, contract, share,
		early ? contract.end : until);
	contract.final = contract.state === 'closed'
		? contract.payments.reduce((s, p) => s + p.amount, 0) : null;
}

// Budget lines: the plan by days of the first term, the adjusted plan by what
// was paid in years gone and what is left for those to come.
function fundingFor(random, plan, levels) {
	const planned = spread(plan.plannedStart, plan.firstEnd);
	const paid = new Map();
	for (const c of plan.contracts)
		for (const p of c.payments ?? [])
			paid.set(yearOf(p.day), (paid.get(yearOf(p.day)) ?? 0) +
				p.amount);
	const years = [...new Set([...planned.keys(), ...paid.keys()])].sort();
	const parts = split(plan.budget,
		years.map((y) => planned.get(y) ?? 0));
	const contracted = plan.contracts.reduce((s, c) => s + (c.now ?? 0), 0);
	let left = contracted || plan.budget;
	return years.flatMap((year, i) => {
		const spent = paid.get(year) ?? 0;
		const last = i === years.length - 1;
		const adjusted = year < yearOf(TODAY) ? round(spent, 1000)
			: last ? Math.max(spent, left) : Math.max(spent, parts[i]);
		left = Math.max(0, left - adjusted);
		const shares = levels.map(([, share]) => share);
		const [p, a, s] = [parts[i], adjusted, spent]
			.map((sum) => split(sum, shares));
		return levels.map(([level], k) => ({ year, level, planned: p[k],
			adjusted: a[k], paid: s[k] }));
	});
}

const customerKeys = { education: 'education', health: 'health',
	transport: 'roads', energy: 'energy', waterAndWaste: 'energy',
	cultureSportsAndRecreation: 'sport', naturalResources: 'nature' };

function customerFor(plan, levels, organisations) {
	const top = levels[0][0];
	const own = organisations.local.get(plan.district.kato);
	if (top === 'okrug')
		return own.okrug;
	if (top === 'district_city')
		return ['transport', 'waterAndWaste', 'energy']
			.includes(plan.kind.category) ? own.utilities : own.building;
	return organisations.oblast[
		customerKeys[plan.kind.category] ?? 'construction'];
}

function progressOf(random, plan) {
	if (isFinished(plan.status))
		return 100;
	if (!isRunning(plan.status))
		return null;
	const passed = Math.min(1, (TODAY - plan.start) /
		(plan.firstEnd - plan.start));
	const pace = plan.status === 'suspended' ? random.real(0.15, 0.6)
		: passed >= 1 ? random.real(0.55, 0.97) : random.real(0.75, 1.1);
	return Math.max(1, Math.min(99, Math.round(passed * pace * 100)));
}

// The current end of the plan: it moves when the work runs over.
function lastEndOf(random, plan) {
	if (isFinished(plan.status) && plan.actualEnd > plan.firstEnd + MONTH)
		return random.chance(0.75) ? plan.actualEnd : plan.firstEnd;
	if (isRunning(plan.status) && TODAY > plan.firstEnd &&
	    random.chance(0.35))
		return Math.round(plan.firstEnd + random.real(2, 11) * MONTH);
	return plan.firstEnd;
}

export function addMoney(random, plan, organisations) {
	plan.budget = costOf(random, plan);
	plan.lastEnd = lastEndOf(random, plan);
	plan.progress = progressOf(random, plan);
	if (plan.status === 'suspended')
		plan.stoppedOn = Math.round(random.real(
			plan.start + (TODAY - plan.start) * 0.4, TODAY - 40));
	if (plan.status === 'cancelled')
		plan.stoppedOn = plan.start + 40;
	const levels = OTHER_SOURCES[plan.kind.key] ??
		levelsFor(random, plan.budget / MILLION, plan.place);
	plan.customer = customerFor(plan, levels, organisations);
	plan.contracts = contractsFor(random, plan, organisations);
	plan.contracts.filter((c) => c.now !== null)
		.forEach((c) => settle(random, plan, c));
	plan.programme = PROGRAMMES[plan.kind.category];
	plan.funding = fundingFor(random, plan, levels);
	plan.approved = workday(plan.plannedStart - random.whole(35, 140));
	plan.asOf = textOf(TODAY - random.whole(4, 50));
	return plan;
}
