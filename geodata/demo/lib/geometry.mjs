// Points, lines and areas that stay inside a district, as WKT.
import { readFileSync } from 'node:fs';

const KM_LAT = 111.2;
const kmLon = (lat) => KM_LAT * Math.cos(lat * Math.PI / 180);
const round = (v) => Math.round(v * 1e5) / 1e5;
// Nothing comes nearer to the border of the generalised layer than this.
const MARGIN_KM = 2.2;

export const districtShapes = new Map(JSON.parse(readFileSync(
	new URL('../../districts.geojson', import.meta.url), 'utf8'))
	.features.map((f) => [f.properties.kato, f.geometry.coordinates.flat()]));

function distanceKm(a, b, lon, lat) {
	const kx = kmLon(lat);
	const dx = (b[0] - a[0]) * kx;
	const dy = (b[1] - a[1]) * KM_LAT;
	const px = (lon - a[0]) * kx;
	const py = (lat - a[1]) * KM_LAT;
	const length = dx * dx + dy * dy;
	const t = length ? Math.max(0, Math.min(1,
		(px * dx + py * dy) / length)) : 0;
	return Math.hypot(px - t * dx, py - t * dy);
}

export function isInside(kato, [lon, lat]) {
	let inside = false;
	for (const ring of districtShapes.get(kato))
		for (let i = 1; i < ring.length; i++) {
			const a = ring[i - 1];
			const b = ring[i];
			if (a[1] > lat !== b[1] > lat && lon <
			    (b[0] - a[0]) * (lat - a[1]) / (b[1] - a[1]) + a[0])
				inside = !inside;
			if (distanceKm(a, b, lon, lat) < MARGIN_KM)
				return false;
		}
	return inside;
}

// The point some km from another, towards an angle from the east.
export const offset = ([lon, lat], km, angle) => [
	round(lon + km * Math.cos(angle) / kmLon(lat)),
	round(lat + km * Math.sin(angle) / KM_LAT),
];

export function lengthKm(line) {
	let sum = 0;
	for (let i = 1; i < line.length; i++)
		sum += Math.hypot((line[i][0] - line[i - 1][0]) *
			kmLon(line[i][1]),
		(line[i][1] - line[i - 1][1]) * KM_LAT);
	return sum;
}

// Tries until what make() gives lies inside; null when it never does.
function tryInside(kato, make) {
	for (let i = 0; i < 200; i++) {
		const points = make();
		if (points.every((p) => isInside(kato, p)))
			return points;
	}
	return null;
}

// How far the built-up area of a settlement reaches.
const reachKm = { town: 2.4, kent: 1.4, village: 0.9 };

export const pointIn = (random, place) => tryInside(place.kato, () =>
	[offset([place.lon, place.lat],
		reachKm[place.kind] * Math.sqrt(random.next()),
		random.real(0, 2 * Math.PI))])?.[0] ?? null;

// A line of about km kilometres, bending a little, that begins in a place.
export const lineIn = (random, place, km) => tryInside(place.kato, () => {
	const n = Math.max(3, Math.min(14, Math.round(km * 2.5)));
	let angle = random.real(0, 2 * Math.PI);
	const line = [offset([place.lon, place.lat],
		reachKm[place.kind] * random.next(),
		random.real(0, 2 * Math.PI))];
	for (let i = 0; i < n; i++) {
		angle += random.real(-0.35, 0.35);
		line.push(offset(line[i], km / n, angle));
	}
	return line;
});

// A part of the way between two places, km long.
export const lineBetween = (random, from, to, km) =>
	tryInside(from.kato, () => {
		const whole = lengthKm([[from.lon, from.lat], [to.lon, to.lat]]);
		const part = Math.min(0.9, km / whole);
		const start = random.real(0.03, 0.97 - part);
		const n = Math.max(4, Math.min(16, Math.round(km * 1.5)));
		const bow = random.real(-0.09, 0.09);
		const line = [];
		for (let i = 0; i <= n; i++) {
			const t = start + part * i / n;
			const side = bow * Math.sin(Math.PI * t) +
				random.real(-0.004, 0.004);
			line.push([
				round(from.lon + (to.lon - from.lon) * t -
					(to.lat - from.lat) * side),
				round(from.lat + (to.lat - from.lat) * t +
					(to.lon - from.lon) * side),
			]);
		}
		return line;
	});

// A turned oblong of the given sides, its corners cut when soft.
export const areaIn = (random, place, width, height, soft) =>
	tryInside(place.kato, () => {
		const middle = offset([place.lon, place.lat],
			reachKm[place.kind] * Math.sqrt(random.next()),
			random.real(0, 2 * Math.PI));
		const turn = random.real(0, Math.PI);
		const cut = soft ? 0.7 : 1;
		const corners = soft
			? [[-1, -cut], [-cut, -1], [cut, -1], [1, -cut],
				[1, cut], [cut, 1], [-cut, 1], [-1, cut]]
			: [[-1, -1], [1, -1], [1, 1], [-1, 1]];
		const ring = corners.map(([x, y]) => offset(middle,
			Math.hypot(x * width, y * height) / 2,
			turn + Math.atan2(y * height, x * width)));
		return [...ring, ring[0]];
	});

const pair = ([lon, lat]) => `${lon} ${lat}`;
export const wktLine = (line) => `LINESTRING (${line.map(pair).join(', ')})`;
export const wktArea = (ring) => `POLYGON ((${ring.map(pair).join(', ')}))`;
