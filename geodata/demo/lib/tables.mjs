// Turns plans into rows of the import files.
import { TODAY, dayOf, textOf, workday, yearOf } from './days.mjs';
import { keyOf } from './organisations.mjs';
import { isFinished, isRunning } from './plan.mjs';
import { DOCUMENTS, LANGS, MILESTONES, RESPONSIBLE, SOURCE, descriptionOf,
	inLangs } from './texts.mjs';

const three = (stem) => LANGS.map((lang) => `${stem}_${lang}`);
export const COLUMNS = {
	organisations: ['bin', 'kind', ...three('name'), 'district',
		'external_id'],
	facilities: ['id', 'facility_type', ...three('name'),
		...three('address'), 'district', 'lon', 'lat', 'wkt',
		'capacity_value', 'capacity_unit', 'built_year'],
	projects: ['id', 'source_system', 'source_ref', ...three('title'),
		...three('description'), 'status', 'category', 'sector',
		'work_kind', 'facility', 'facility_type', 'district',
		...three('address'), 'precision', 'lon', 'lat', 'wkt',
		'planned_start', 'planned_end', 'actual_start', 'actual_end',
		'first_planned_end', ...three('end_reason'), 'budget_approved',
		'approval_date', 'contracted', 'paid', 'final_cost',
		...three('final_cost_reason'), ...three('final_scope'), 'progress',
		'customer_bin', 'contractor_bin', 'operator_bin',
		'responsible_title', 'years', 'budget_levels', 'capacity_planned',
		'capacity_actual', 'capacity_unit', 'warranty_until', 'source',
		'as_of', 'demo'],
	funding: ['project', 'fiscal_year', 'budget_level', 'budget_district',
		'func_group', 'func_subgroup', 'administrator', 'programme',
		'subprogramme', 'specific', ...three('title'), 'planned',
		'adjusted', 'contracted', 'paid', 'as_of', 'source'],
	contracts: ['contract_id', 'project', 'external_no', 'nature', 'method',
		'published_on', 'bids_due', 'estimate', 'bidders', 'supplier_bin',
		'signed_on', 'value_original', 'value_current', 'start_original',
		'end_original', 'start_current', 'end_current', 'status',
		'final_value', 'url', 'as_of', 'source'],
	amendments: ['amendment_id', 'contract_id', 'date', 'kind', 'old_value',
		'new_value', 'old_end', 'new_end', ...three('description'),
		...three('rationale'), 'as_of', 'source'],
	payments: ['payment_id', 'project', 'contract_id', 'date', 'amount',
		'payer_bin', 'payee_bin', 'invoice_ref', 'as_of', 'source'],
	milestones: ['milestone_id', 'project', 'type', 'code', 'status',
		'due_original', 'due_current', 'met_on', ...three('title'),
		'as_of', 'source'],
	documents: ['document_id', 'project', 'document_type', ...three('title'),
		'url', 'sha256', 'bytes', 'format', 'language', 'date_published',
		'as_of', 'source'],
};

const day = (value) => value === null || value === undefined ? ''
	: textOf(value);
const byLang = (field, texts) => texts ? Object.fromEntries(
	LANGS.map((lang) => [`${field}_${lang}`, texts[lang]])) : {};
const pad = (number, width) => String(number).padStart(width, '0');
const pointOf = (point) => point ? { lon: point[0], lat: point[1] } : {};

function facilityRow(f) {
	return {
		id: f.id, facility_type: f.type, ...byLang('name', f.names),
		district: f.kato, ...pointOf(f.point), wkt: f.wkt,
		capacity_value: f.size, capacity_unit: f.size ? f.unit : '',
		built_year: f.built,
	};
}

// Capacity is told where it is what the work makes.
function capacityOf(random, plan) {
	const made = ['new_build', 'expansion'].includes(plan.work.kind);
	const unit = plan.km ? 'km' : plan.kind.unit;
	if (!unit || !plan.km && !made)
		return {};
	const planned = plan.km ?? plan.size;
	const done = isFinished(plan.status);
	const actual = done && random.chance(0.06)
		? Math.round(planned * 0.9 * 10) / 10 : planned;
	return { capacity_planned: planned, capacity_unit: unit,
		capacity_actual: done ? actual : '' };
}

function datesOf(plan) {
	const begun = isFinished(plan.status) || isRunning(plan.status);
	const guaranteed = plan.actualEnd && ['new_build', 'reconstruction',
		'capital_repair', 'expansion'].includes(plan.work.kind);
	return {
		planned_start: day(plan.plannedStart),
		planned_end: day(plan.lastEnd),
		first_planned_end: day(plan.firstEnd),
		actual_start: begun ? day(plan.start) : '',
		actual_end: day(plan.actualEnd),
		approval_date: day(Math.min(plan.approved, TODAY - 20)),
		warranty_until: guaranteed ? day(plan.actualEnd + 730) : '',
	};
}

// What a finished project says of its end; reasons are those of amendments.
function endOf(plan) {
	const main = plan.contracts.find((c) => c.isMain && c.supplier);
	if (!isFinished(plan.status) || !main)
		return {};
	const why = (kind) => main.amendments.findLast((a) => a.kind === kind);
	const late = why('duration'), value = why('value'), scope = why('scope');
	return {
		...(late ? inLangs(late.texts[1], 'end_reason') : {}),
		final_cost: sum(plan.contracts, (c) => c.now),
		...(value ?? scope ? inLangs((value ?? scope).texts[1],
			'final_cost_reason') : {}),
		...(scope ? inLangs(scope.texts[0], 'final_scope') : {}),
		operator_bin: plan.customer.bin,
	};
}

const sum = (list, pick) => list.reduce((s, x) => s + (pick(x) ?? 0), 0);

// One project in twenty publishes only its sums, one in thirty no money yet.
function summaryOf(plan) {
	const contracts = plan.contracts.filter((c) => c.now !== null);
	return {
		contracted: contracts.length ? sum(contracts, (c) => c.now) : '',
		paid: contracts.length ? sum(contracts, (c) =>
			sum(c.payments, (p) => p.amount)) : '',
		years: [...new Set(plan.funding.map((f) => f.year))].join(';'),
		budget_levels: [...new Set(plan.funding.map((f) => f.level))]
			.join(';'),
	};
}

function projectRow(random, plan) {
	const main = plan.contracts.find((c) => c.isMain && c.supplier);
	const hidesBudget = plan.publishes === 'nothing' ||
		plan.publishes === 'tables' && random.chance(0.25);
	return {
		id: plan.id, source_system: 'demo', source_ref: plan.ref,
		...byLang('title', plan.titles),
		...byLang('description', descriptionOf(plan.kind.category)),
		status: plan.status, category: plan.kind.category,
		sector: plan.kind.sector, work_kind: plan.work.kind,
		facility: plan.facility?.id, facility_type: plan.kind.type,
		district: plan.district.kato, ...byLang('address', plan.address),
		precision: plan.precision, ...pointOf(plan.point), wkt: plan.wkt,
		...datesOf(plan), budget_approved: hidesBudget ? '' : plan.budget,
		...(plan.publishes === 'sums' ? summaryOf(plan) : {}),
		progress: plan.progress, customer_bin: plan.customer.bin,
		contractor_bin: main ? keyOf(main.supplier) : '',
		responsible_title: RESPONSIBLE,
		...(plan.publishes === 'nothing' ? {} : endOf(plan)),
		...capacityOf(random, plan), source: SOURCE, as_of: plan.asOf,
		demo: 1,
	};
}

function fundingRows(plan) {
	const [group, subgroup, administrator, programme] = plan.programme;
	const subprogrammes = { national_fund: '032', republican: '011',
		oblast: '015', district_city: '015', okrug: '015' };
	return plan.funding.map((f) => ({
		project: plan.id, fiscal_year: f.year, budget_level: f.level,
		budget_district: ['district_city', 'okrug'].includes(f.level)
			? plan.district.kato : '610000000',
		func_group: group, func_subgroup: subgroup, administrator, programme,
		subprogramme: subprogrammes[f.level] ?? '',
		planned: f.planned, adjusted: f.adjusted,
		paid: f.year <= yearOf(TODAY) ? f.paid : '', as_of: plan.asOf,
		source: SOURCE,
	}));
}

function contractRow(plan, c) {
	return {
		contract_id: c.id, project: plan.id, external_no: c.number,
		nature: c.nature, method: c.method, published_on: day(c.published),
		bids_due: c.method === 'direct' ? '' : day(c.due),
		estimate: c.estimate, bidders: c.bidders,
		supplier_bin: c.supplier ? keyOf(c.supplier) : '',
		signed_on: day(c.signed), value_original: c.original,
		value_current: c.now, start_original: day(c.start),
		end_original: day(c.end), start_current: day(c.start),
		end_current: day(c.endNow), status: c.state, final_value: c.final,
		as_of: plan.asOf, source: SOURCE,
	};
}

const amendmentRow = (plan, contract, a, n) => ({
	amendment_id: `${contract.id}-A${n + 1}`, contract_id: contract.id,
	date: day(a.day), kind: a.kind, old_value: a.oldValue,
	new_value: a.newValue, old_end: day(a.oldEnd), new_end: day(a.newEnd),
	...inLangs(a.texts[0], 'description'),
	...inLangs(a.texts[1], 'rationale'), as_of: plan.asOf, source: SOURCE,
});

const paymentRow = (plan, contract, p, n) => ({
	payment_id: `${contract.id}-P${n + 1}`, project: plan.id,
	contract_id: contract.id, date: day(p.day), amount: p.amount,
	payer_bin: plan.customer.bin, payee_bin: keyOf(contract.supplier),
	invoice_ref: `D-${contract.id.slice(-6)}/${n + 1}`, as_of: plan.asOf,
	source: SOURCE,
});

function milestoneRows(random, plan) {
	const begun = isFinished(plan.status) || isRunning(plan.status);
	const ended = isFinished(plan.status);
	const approved = Math.min(plan.approved, TODAY - 20);
	const list = [
		['approval', 'projectApproval', approved, approved, approved],
		['delivery', 'commencement', plan.plannedStart, plan.plannedStart,
			begun ? plan.start : null],
		['delivery', 'completion', plan.firstEnd, plan.lastEnd,
			ended ? plan.actualEnd : null],
		['delivery', 'commissioning', plan.firstEnd + 20, plan.lastEnd + 20,
			plan.status === 'maintenance' ? plan.actualEnd + 14 : null],
	];
	const kept = list.filter(([, code]) => code !== 'commissioning' ||
		!['upkeep', 'design', 'demolition'].includes(plan.work.kind));
	return kept.map(([type, code, original, current, met], i) => ({
		milestone_id: `${plan.id}-M${i + 1}`, project: plan.id, type, code,
		status: met !== null ? 'met'
			: plan.status === 'cancelled' || current < TODAY - 180
				? 'notMet'
				: current < TODAY && begun ? 'partiallyMet' : 'scheduled',
		due_original: day(original), due_current: day(current),
		met_on: day(met), ...inLangs(MILESTONES[code], 'title'),
		as_of: plan.asOf, source: SOURCE,
	}));
}

function documentDays(plan) {
	const main = plan.contracts.find((c) => c.isMain);
	const list = [
		['budgetApproval', Math.min(plan.approved, TODAY - 20)],
		['projectScope', Math.min(plan.approved, TODAY - 20) - 15]];
	if (plan.budget > 3e8)
		list.push(['designReport', Math.min(plan.approved, TODAY - 20) - 30]);
	if (main)
		list.push(['tenderNotice', main.published]);
	if (main?.signed)
		list.push(['contractSigned', main.signed]);
	for (const a of main?.amendments ?? [])
		list.push(['contractAmendment', a.day]);
	if (isRunning(plan.status))
		list.push(['physicalProgressReport', workday(TODAY - 12)]);
	if (plan.actualEnd)
		list.push(['completionCertificate', workday(plan.actualEnd)]);
	if (plan.status === 'cancelled')
		list.push(['cancellationDetails', Math.min(plan.stoppedOn,
			TODAY - 5)]);
	return list;
}

function documentRows(random, plan) {
	const kept = documentDays(plan).filter(() => random.chance(0.6));
	return kept.map(([type, published], i) => {
		const id = `${plan.id}-D${i + 1}`;
		const reachable = random.chance(0.3);
		return {
			document_id: id, project: plan.id, document_type: type,
			...inLangs(DOCUMENTS[type], 'title'),
			url: reachable
				? `https://example.org/budgetmap-demo/${id}.pdf` : '',
			bytes: reachable ? random.whole(60, 4200) * 1024 : '',
			format: 'application/pdf',
			language: random.chance(0.7) ? 'kk' : 'ru',
			date_published: day(published), as_of: plan.asOf,
			source: SOURCE,
		};
	});
}

function numberAll(random, plans) {
	let contract = 900001;
	plans.forEach((plan, i) => {
		const year = yearOf(Math.min(plan.approved, TODAY));
		plan.id = `TKS-${Math.max(2021, year)}-${900001 + i}`;
		plan.ref = `D-${pad(i + 1, 4)}`;
		plan.publishes = random.weighted([['tables', 91], ['sums', 6],
			['nothing', 3]]);
		for (const c of plan.contracts) {
			c.id = `DC-${contract++}`;
			c.number = `DEMO-${yearOf(c.signed ?? c.published)}-` +
				`${c.id.slice(3)}/00`;
		}
	});
}

export function tablesOf(random, plans, facilities, organisations) {
	numberAll(random, plans);
	const open = plans.filter((p) => p.publishes === 'tables');
	const each = (make) => open.flatMap((plan) =>
		plan.contracts.flatMap((c) => make(plan, c)));
	return {
		organisations,
		facilities: facilities.map(facilityRow),
		projects: plans.map((plan) => projectRow(random, plan)),
		funding: open.flatMap(fundingRows),
		contracts: each((plan, c) => contractRow(plan, c)),
		amendments: each((plan, c) => (c.amendments ?? [])
			.map((a, n) => amendmentRow(plan, c, a, n))),
		payments: each((plan, c) => (c.payments ?? [])
			.map((p, n) => paymentRow(plan, c, p, n))),
		milestones: plans.flatMap((plan) => milestoneRows(random, plan)),
		documents: plans.flatMap((plan) => documentRows(random, plan)),
	};
}
