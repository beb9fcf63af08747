// Measures geodata/districts.geojson by the rules of geodata/README.md and
// prints TAP. What needs the test layers of ../shared/geodata is skipped with
// the reason when they are not there.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readCsv } from './csv.mjs';
import { areaKm2, edgesOf, inPolygons, isSimple, properCrossing, ringsOf,
	signedArea } from './shapes.mjs';
import { finish, ok, skip } from './tap.mjs';

const root = new URL('../../', import.meta.url);
const shared = new URL('../shared/geodata/', root);
const read = (name, base = root) => readFileSync(new URL(name, base), 'utf8');

const OBLAST_KM2 = 116280;
const KNOWN = [
	[68.270, 43.302, '611000000', 'Turkistan'],
	[68.024, 43.395, '615500000', 'Shornak'],
	[69.590, 42.342, null, 'Shymkent'],
	[69.280, 41.311, null, 'Tashkent'],
	[66.500, 44.500, null, 'Kyzylorda oblast'],
	[71.370, 42.900, null, 'Taraz'],
	[68.600, 45.500, '615600000', 'the north of Sozak'],
	[68.895, 43.593, '612000000', 'the eastern part of Kentau'],
];

const layer = JSON.parse(read('geodata/districts.geojson')).features
	.map((f) => ({ ...f.properties, polygons: f.geometry.coordinates }));
const districtAt = (lon, lat, from = layer) =>
	from.find((d) => inPolygons(d.polygons, lon, lat))?.kato ?? null;

function checkReproduced() {
	const run = spawnSync(process.execPath, [fileURLToPath(
		new URL('geodata/districts/make.mjs', root)), '--check']);
	ok(run.status === 0, 'the layer is what the drawing makes',
		String(run.stderr).trim());
}

function checkAttributes() {
	const katos = new Set(layer.map((d) => d.kato));
	ok(katos.size === 17 && layer.length === 17, '17 districts of 17 codes');
	ok([...katos].every((k) => /^61[0-9]{7}$/.test(k)), 'codes are KATO');
	ok(layer.every((d) => d.name_kk && d.name_ru && d.name_en),
		'names in three languages');
	ok(layer.every((d) => d.generalised === true &&
		d.source.includes('not for legal use')),
	'every district is marked generalised, not for legal use');
	ok(layer.every((d) => d.parent === '610000000'), 'parent is the oblast');
}

function checkShapes() {
	const sizes = layer.map((d) =>
		ringsOf(d).reduce((n, r) => n + r.length - 1, 0));
	ok(sizes.every((n) => n >= 20 && n <= 60),
		'20 to 60 vertices a district',
		`from ${Math.min(...sizes)} to ${Math.max(...sizes)}`);
	ok(layer.every((d) => ringsOf(d).every(isSimple)), 'rings are simple');
	ok(layer.every((d) => d.polygons.every((p) => p.every((r, i) =>
		signedArea(r) > 0 === (i === 0)))), 'rings wind by RFC 7946');
}

// In a partition without gap and overlap no two edges cross, and each edge is
// either walked once in each direction, by two districts, or lies on the
// border of the whole.
function checkPartition() {
	const directed = new Map();
	for (const d of layer)
		for (const [a, b] of ringsOf(d).flatMap(edgesOf))
			directed.set(`${a};${b}`, [a, b]);
	const all = layer.flatMap((d) => ringsOf(d).flatMap(edgesOf));
	ok(directed.size === all.length, 'no edge is walked twice the same way');
	const crossing = all.filter((e) => all.some((f) => properCrossing(e, f)));
	ok(crossing.length === 0, 'no two borders cross',
		crossing.length ? crossing[0].join(' ') : '');
	const border = all.filter(([a, b]) => !directed.has(`${b};${a}`));
	const loops = loopsOf(border);
	ok(loops.length === 2, 'the union has one outline and one hole',
		`${loops.length} loops, ${border.length} edges of ${all.length}`);
	const hole = loops.find((r) => signedArea(r) < 0);
	ok(hole && inPolygons([[hole]], 69.590, 42.342),
		'the hole is Shymkent',
		hole ? `${areaKm2([[hole]]).toFixed(0)} km2` : '');
	const outer = loops.find((r) => signedArea(r) > 0);
	const whole = areaKm2([[outer, hole]]);
	const sum = layer.reduce((s, d) => s + areaKm2(d.polygons), 0);
	ok(Math.abs(whole - sum) < 0.01, 'areas add up to the union: no overlap',
		`${sum.toFixed(2)} and ${whole.toFixed(2)} km2`);
	ok(Math.abs(sum / OBLAST_KM2 - 1) < 0.03,
		'area within 3 % of the published 116,280 km2');
}

function loopsOf(edges) {
	const next = new Map(edges.map(([a, b]) => [String(a), b]));
	const loops = [];
	while (next.size) {
		const ring = [];
		let at = next.keys().next().value;
		while (next.has(at)) {
			const to = next.get(at);
			next.delete(at);
			ring.push(to);
			at = String(to);
		}
		loops.push([ring.at(-1), ...ring]);
	}
	return loops;
}

function checkPoints() {
	for (const [lon, lat, kato, what] of KNOWN)
		ok(districtAt(lon, lat) === kato,
			`${what} is in ${kato ?? 'no district'}`);
	const places = readCsv(new URL('geodata/places.csv', root));
	const wrong = places.filter((p) =>
		districtAt(Number(p.lon), Number(p.lat)) !== p.district);
	ok(places.length === 17 && !wrong.length,
		'the 17 centres are in their districts',
		wrong.map((p) => p.name_en).join(' '));
	ok(layer.every((d) => inPolygons(d.polygons, d.label_lon, d.label_lat)),
		'labels are inside');
}

function checkAreas() {
	const off = layer.map((d) => [areaKm2(d.polygons) / d.area_km2 - 1, d]);
	const worst = off.reduce((a, b) =>
		Math.abs(a[0]) > Math.abs(b[0]) ? a : b);
	ok(Math.abs(worst[0]) < 0.15, 'areas within 15 % of the figures',
		`worst ${(worst[0] * 100).toFixed(2)} % in ${worst[1].name_en}`);
}

function checkSettlements() {
	const all = readCsv(new URL('settlements.csv', shared));
	const inside = new Map(layer.map((d) => [d.kato, [0, 0]]));
	for (const s of all) {
		const row = inside.get(s.district_kato);
		row[1]++;
		row[0] += districtAt(Number(s.lon), Number(s.lat)) ===
			s.district_kato ? 1 : 0;
	}
	const rows = [...inside.values()];
	const good = rows.reduce((n, r) => n + r[0], 0);
	ok(good >= 0.9 * all.length, '90 % of the settlements in their district',
		`${good} of ${all.length}`);
	ok(rows.every((r) => r[0] >= 0.9 * r[1]), '90 % in each district',
		[...inside].filter(([, r]) => r[0] < r[1])
			.map(([k, r]) => `${k} ${r[0]}/${r[1]}`).join(', '));
}

function checkFigures() {
	const facts = readCsv(new URL('districts.csv', shared));
	const byKato = new Map(facts.map((f) => [f.kato, f]));
	const off = layer.map((d) => [d.name_en, areaKm2(d.polygons) /
		Number(byKato.get(d.kato).area_km2_osm) - 1]);
	ok(off.every(([, e]) => Math.abs(e) < 0.15),
		'areas within 15 % of the measured ones',
		off.map(([n, e]) => `${n} ${(e * 100).toFixed(1)}`).join(', '));
	const touching = neighbourPairs();
	const wanted = new Set(facts.flatMap((f) => f.neighbours_kato.split(' ')
		.map((n) => [f.kato, n].sort().join(' '))));
	const missing = [...wanted].filter((p) => !touching.has(p));
	const extra = [...touching].filter((p) => !wanted.has(p));
	ok(extra.length === 0 && missing.length <= 5,
		'neighbours as computed, but for exclaves left out',
		`missing ${missing.join(', ')}; extra ${extra.join(', ') || 'none'}`);
}

function neighbourPairs() {
	const owner = new Map();
	for (const d of layer)
		for (const p of ringsOf(d).flat())
			owner.set(String(p),
				(owner.get(String(p)) ?? new Set()).add(d.kato));
	const pairs = new Set();
	for (const set of owner.values())
		for (const a of set)
			for (const b of set)
				if (a < b)
					pairs.add(`${a} ${b}`);
	return pairs;
}

// How much ground the two layers call the same, on a grid of about 2 km.
function checkAgreement() {
	const other = JSON.parse(read('turkistan_adm2_osm.geojson', shared))
		.features.map((f) => ({ kato: f.properties.kato,
			polygons: f.geometry.type === 'Polygon'
				? [f.geometry.coordinates] : f.geometry.coordinates }));
	let same = 0;
	let all = 0;
	for (let lat = 40.51; lat < 46.1; lat += 0.04)
		for (let lon = 65.91; lon < 71; lon += 0.04) {
			const theirs = districtAt(lon, lat, other);
			const weight = theirs ? Math.cos(lat * Math.PI / 180) : 0;
			all += weight;
			same += districtAt(lon, lat) === theirs ? weight : 0;
		}
	ok(same / all > 0.8, 'four fifths of the ground agree with the OSM layer',
		`${(same / all * 100).toFixed(1)} %`);
}

checkReproduced();
checkAttributes();
checkShapes();
checkPartition();
checkPoints();
checkAreas();
const needShared = [checkSettlements, checkFigures, checkAgreement];
if (existsSync(new URL('settlements.csv', shared)))
	needShared.forEach((check) => check());
else
	skip('settlements, figures and agreement', '../shared/geodata is missing');
finish();
