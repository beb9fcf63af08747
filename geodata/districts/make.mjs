// Builds geodata/districts.geojson from arcs.json (the drawing) and units.csv
// (names and facts). Run it after a change of either:
//   node geodata/districts/make.mjs          writes the layer
//   node geodata/districts/make.mjs --check  fails when the layer is stale
import { readFileSync, writeFileSync } from 'node:fs';

const here = (name) => new URL(name, import.meta.url);
const layer = here('../districts.geojson');

const NOTICE = 'Жалпыланған шекаралар, заңды күші жоқ / обобщённые границы, ' +
	'не имеют юридической силы / generalised, not for legal use';
const SOURCE = 'budgetmap: ' + NOTICE.toLowerCase();
const AS_OF = '2026-11-24';
const PARENT = '610000000';

function readUnits() {
	const [head, ...rows] = readFileSync(here('units.csv'), 'utf8')
		.trim().split('\n').map((line) => line.split(','));
	return rows.map((row) =>
		Object.fromEntries(row.map((cell, i) => [head[i], cell])));
}

// Walks the arcs named by an outline and returns its closed ring. A name with
// a minus before it is walked backwards.
function ringOf(drawing, outline) {
	const ring = [];
	for (const name of outline) {
		const backwards = name.startsWith('-');
		const arc = drawing.arcs[backwards ? name.slice(1) : name];
		const points = arc.map((p) =>
			typeof p === 'string' ? drawing.nodes[p] : p);
		if (backwards)
			points.reverse();
		if (ring.length && ring.at(-1) !== points[0])
			throw new Error(`${name} does not follow the arc before it`);
		ring.push(...points.slice(ring.length ? 1 : 0));
	}
	if (ring[0] !== ring.at(-1))
		throw new Error(`the outline ${outline[0]}... is open`);
	return ring;
}

const outlineRing = (drawing, outline) =>
	outline.length === 1 && drawing.rings[outline[0]]
		? islandRing(drawing, outline[0]) : ringOf(drawing, outline);

function islandRing(drawing, name) {
	const ring = drawing.rings[name];
	return [...ring, ring[0]];
}

function signedArea(ring) {
	let sum = 0;
	for (let i = 1; i < ring.length; i++)
		sum += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
	return sum / 2;
}

// RFC 7946 3.1.6: outer rings counterclockwise, holes clockwise.
const wound = (ring, outer) =>
	signedArea(ring) > 0 === outer ? ring : [...ring].reverse();

const polygonOf = (drawing, face) => [
	wound(outlineRing(drawing, face.outer), true),
	...(face.holes ?? []).map((name) =>
		wound(islandRing(drawing, name), false)),
];

const feature = (drawing, unit) => ({
	type: 'Feature',
	id: unit.kato,
	properties: {
		kato: unit.kato,
		name_kk: unit.name_kk,
		name_ru: unit.name_ru,
		name_en: unit.name_en,
		parent: PARENT,
		label_lon: Number(unit.label_lon),
		label_lat: Number(unit.label_lat),
		area_km2: Number(unit.area_km2),
		generalised: true,
		source: SOURCE,
		as_of: AS_OF,
	},
	geometry: {
		type: 'MultiPolygon',
		coordinates: drawing.faces[unit.kato]
			.map((face) => polygonOf(drawing, face)),
	},
});

function build() {
	const drawing = JSON.parse(readFileSync(here('arcs.json'), 'utf8'));
	const head = {
		type: 'FeatureCollection',
		name: 'districts',
		notice: NOTICE,
		licence: 'MIT, as the rest of budgetmap; drawn by the project, ' +
			'see geodata/README.md',
		as_of: AS_OF,
	};
	const features = readUnits().map((unit) =>
		JSON.stringify(feature(drawing, unit)));
	return JSON.stringify(head).slice(0, -1) + ',"features":[\n' +
		features.join(',\n') + '\n]}\n';
}

if (process.argv[2] === '--check') {
	if (readFileSync(layer, 'utf8') !== build()) {
		console.error('districts.geojson is stale: run make.mjs');
		process.exit(1);
	}
} else {
	writeFileSync(layer, build());
}
