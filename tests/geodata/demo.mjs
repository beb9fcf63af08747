// Checks the demonstration data of geodata/demo and prints TAP.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCsv } from './csv.mjs';
import { inPolygons } from './shapes.mjs';
import { finish, ok, skip } from './tap.mjs';

const root = new URL('../../', import.meta.url);
const path = (name) => fileURLToPath(new URL(name, root));
const NAMES = ['organisations', 'facilities', 'projects', 'funding',
	'contracts', 'amendments', 'payments', 'milestones', 'documents'];
const TODAY = '2026-11-24';
const SOURCE = 'Көрсетілім деректері / демонстрационные данные / ' +
	'demonstration data';

const t = Object.fromEntries(NAMES.map((n) =>
	[n, readCsv(path(`geodata/demo/${n}.csv`))]));
const values = (rows, field) => new Set(rows.map((r) => r[field]));
const showsAll = (found, wanted, text) => {
	const missing = wanted.split(' ').filter((w) => !found.has(w));
	ok(missing.length === 0, text, missing.join(' '));
};

function checkReproduced() {
	const folder = mkdtempSync(join(tmpdir(), 'budgetmap-demo-'));
	const run = spawnSync(process.execPath,
		[path('geodata/demo/make.mjs'), folder]);
	const same = run.status === 0 && NAMES.every((n) =>
		readFileSync(join(folder, `${n}.csv`))
			.equals(readFileSync(path(`geodata/demo/${n}.csv`))));
	ok(same, 'the generator makes these very files', String(run.stderr));
	rmSync(folder, { recursive: true });
}

function checkMarks() {
	ok(t.projects.every((p) => p.demo === '1'), 'every project is marked');
	const sourced = NAMES.filter((n) => 'source' in t[n][0]);
	ok(sourced.length === 7 && sourced.every((n) =>
		t[n].every((r) => r.source === SOURCE)), 'every figure says so too');
}

function checkVariety() {
	const p = t.projects;
	ok(p.length === 600, '600 projects');
	ok(values(p, 'district').size === 17, 'all 17 units');
	showsAll(values(p, 'status'), 'identification preparation ' +
		'implementation completion maintenance decommissioning ' +
		'decommissioned cancelled suspended', 'every status');
	showsAll(values(p, 'category'), 'education health energy ' +
		'communications waterAndWaste governance economy ' +
		'cultureSportsAndRecreation transport socialHousing ' +
		'naturalResources', 'every category');
	showsAll(new Set(p.flatMap((r) => r.sector.split(';'))),
		'energy.solar energy.wind energy.hydropower energy.biomass ' +
		'energy.geothermal transport.air transport.water transport.rail ' +
		'transport.road transport.urban transport.lowCarbon ' +
		'naturalResources.floodProtection', 'every child sector');
	showsAll(values(p, 'work_kind'), 'new_build reconstruction ' +
		'capital_repair current_repair expansion replacement upkeep ' +
		'equipment design landscaping demolition', 'every kind of work');
	showsAll(values(t.funding, 'budget_level'),
		'republican oblast district_city okrug', 'four budget levels');
	showsAll(values(t.funding, 'fiscal_year'),
		'2021 2022 2023 2024 2025 2026', 'the years 2021 to 2026');
	showsAll(values(t.amendments, 'kind'), 'duration value scope',
		'every kind of amendment');
	showsAll(values(p, 'precision'), 'exact street settlement district',
		'every precision');
	const shapes = ['LINESTRING', 'POLYGON'].map((s) =>
		p.filter((r) => r.wkt.startsWith(s)).length);
	const points = p.filter((r) => r.lon !== '').length;
	const none = p.length - points - shapes[0] - shapes[1];
	ok(Math.min(points, none, ...shapes) >= 30,
		'points, lines, areas and projects without a place',
		`${points}, ${shapes.join(', ')}, ${none}`);
	const late = p.filter((r) => r.planned_end < TODAY && !r.actual_end &&
		['preparation', 'implementation', 'suspended']
			.includes(r.status)).length;
	ok(late > 30, 'delays', `${late} overdue`);
	ok(new Set(p.map((r) => r.title_kk)).size === p.length,
		'no two titles are the same');
}

const checkDigit = (digits) => {
	for (const w of [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
		[3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]]) {
		const sum = w.reduce((s, x, i) => s + x * digits[i], 0) % 11;
		if (sum < 10)
			return sum;
	}
	return -1;
};

function checkNumbers() {
	const bins = t.organisations.map((o) => o.bin).filter(Boolean);
	ok(bins.every((b) => /^\d{4}[456]\d{7}$/.test(b) &&
		checkDigit(b) === Number(b[11])), 'BINs have a right check digit');
	const text = NAMES.map((n) =>
		readFileSync(path(`geodata/demo/${n}.csv`), 'utf8')).join();
	const persons = (text.match(/(?<!\d)\d{12}(?!\d)/g) ?? [])
		.filter((n) => n[4] < '4' && checkDigit(n) === Number(n[11]));
	ok(persons.length === 0, 'no number of a person', persons[0]);
	ok(t.organisations.filter((o) => o.kind === 'individual_entrepreneur')
		.every((o) => o.bin === ''), 'sole traders without a number');
}

const KEYS = { facilities: 'id', projects: 'id', contracts: 'contract_id',
	amendments: 'amendment_id', payments: 'payment_id',
	milestones: 'milestone_id', documents: 'document_id' };

function checkReferences() {
	ok(Object.entries(KEYS).every(([n, key]) =>
		values(t[n], key).size === t[n].length), 'keys are unique');
	const projects = values(t.projects, 'id');
	ok(['funding', 'contracts', 'payments', 'milestones', 'documents']
		.every((n) => t[n].every((r) => projects.has(r.project))),
	'every part has its project');
	const contracts = new Map(t.contracts.map((c) => [c.contract_id, c]));
	ok(t.amendments.every((a) => contracts.has(a.contract_id)) &&
		t.payments.every((p) =>
			contracts.get(p.contract_id)?.project === p.project),
	'amendments and payments have their contract');
	const known = new Set(t.organisations.map((o) =>
		o.bin || o.external_id));
	const named = [[t.projects, 'customer_bin'],
		[t.projects, 'contractor_bin'], [t.contracts, 'supplier_bin'],
		[t.payments, 'payer_bin'], [t.payments, 'payee_bin']];
	ok(named.every(([rows, f]) => rows.every((r) =>
		r[f] === '' || known.has(r[f]))), 'organisations are in the list');
	const facilities = values(t.facilities, 'id');
	ok(t.projects.every((p) => p.facility === '' ||
		facilities.has(p.facility)), 'facilities are in the list');
}

function checkDays() {
	const before = (r, a, b) => !r[a] || !r[b] || r[a] <= r[b];
	ok(t.projects.every((p) => before(p, 'planned_start', 'planned_end') &&
		before(p, 'actual_start', 'actual_end')), 'ends follow starts');
	const past = [[t.projects, 'actual_start'], [t.projects, 'actual_end'],
		[t.projects, 'as_of'], [t.payments, 'date'], [t.amendments, 'date'],
		[t.milestones, 'met_on'], [t.documents, 'date_published'],
		[t.contracts, 'signed_on']];
	ok(past.every(([rows, f]) => rows.every((r) => r[f] <= TODAY)),
		'what has happened is not in the future');
	const signed = new Map(t.contracts.map((c) =>
		[c.contract_id, c.signed_on]));
	ok(t.payments.every((p) => p.date >= signed.get(p.contract_id)),
		'nothing is paid before it is signed');
}

function checkMoney() {
	const paid = new Map();
	for (const p of t.payments)
		paid.set(p.contract_id, (paid.get(p.contract_id) ?? 0) +
			Number(p.amount));
	ok(t.contracts.every((c) => (paid.get(c.contract_id) ?? 0) <=
		Number(c.value_current)), 'no more is paid than agreed');
	const grown = t.contracts.filter((c) =>
		Number(c.value_current) > Number(c.value_original)).length;
	ok(grown >= 40, 'overruns', `${grown} contracts grew`);
	const byProject = new Map();
	for (const f of t.funding)
		byProject.set(f.project, (byProject.get(f.project) ?? 0) +
			Number(f.planned));
	const median = [...byProject.values()].sort((a, b) => a - b)[
		Math.floor(byProject.size / 2)];
	ok(median > 5e7 && median < 1e9, 'money is of the right size',
		`median ${(median / 1e6).toFixed(0)} million tenge`);
}

const numbers = (wkt) => [...wkt.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)]
	.map((m) => [Number(m[1]), Number(m[2])]);
const placesOf = (p) => p.wkt ? numbers(p.wkt)
	: p.lon ? [[Number(p.lon), Number(p.lat)]] : [];

function strayFrom(file) {
	const shapes = new Map(JSON.parse(readFileSync(file, 'utf8')).features
		.map((f) => [f.properties.kato, f.geometry.type === 'Polygon'
			? [f.geometry.coordinates] : f.geometry.coordinates]));
	return [...t.projects, ...t.facilities].filter((p) => placesOf(p).some(
		([lon, lat]) => !inPolygons(shapes.get(p.district), lon, lat)));
}

function checkPlaces() {
	const stray = strayFrom(path('geodata/districts.geojson'));
	ok(stray.length === 0, 'everything lies in its district',
		stray.map((p) => p.id).join(' '));
	const other = path('../shared/geodata/turkistan_adm2_osm.geojson');
	if (!existsSync(other)) {
		skip('also by the OSM layer', '../shared/geodata is missing');
		return;
	}
	const also = strayFrom(other);
	ok(also.length <= 6, 'also by the OSM layer, but for one in a hundred',
		also.map((p) => p.id).join(' '));
}

// The attributive locative agrees with the vowels before it, and begins with т
// after a voiceless sound.
const BACK = 'аоұыяуё';
const FRONT = 'әеөүіэи';
function agrees(word) {
	const stem = word.slice(0, -4);
	const vowels = [...stem].filter((c) => (BACK + FRONT).includes(c));
	const front = FRONT.includes(vowels[vowels.length - 1]);
	const voiceless = 'пфкқтсшщцчх'.includes(stem[stem.length - 1]);
	return word.endsWith((voiceless ? 'т' : 'д') + (front ? 'егі' : 'ағы'));
}

function checkLanguage() {
	const titles = t.projects.map((p) => p.title_kk);
	const locatives = titles.flatMap((s) => s.toLowerCase()
		.match(/[а-яёәғқңөұүһі]+(?:дағы|дегі|тағы|тегі)(?![а-яә-ө])/gu) ?? []);
	const wrong = locatives.filter((w) => !agrees(w));
	ok(locatives.length > 400 && wrong.length === 0,
		'Kazakh locatives agree with their words', wrong[0]);
	const mixed = t.projects.flatMap((p) => [p.title_kk, p.title_ru])
		.filter((s) => /\p{Script=Cyrillic}[a-z]|[a-z]\p{Script=Cyrillic}/iu
			.test(s));
	ok(mixed.length === 0, 'no Latin letters within Cyrillic words', mixed[0]);
	const english = t.projects.filter((p) =>
		/\p{Script=Cyrillic}/u.test(p.title_en));
	ok(english.length === 0, 'no Cyrillic in English titles');
	ok(t.projects.every((p) => p.title_kk && p.title_ru && p.title_en &&
		!/[{}]|undefined|null/.test(p.title_kk + p.title_ru + p.title_en)),
	'titles are whole');
}

checkReproduced();
checkMarks();
checkVariety();
checkNumbers();
checkReferences();
checkDays();
checkMoney();
checkPlaces();
checkLanguage();
finish();
