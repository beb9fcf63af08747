// Plane geometry on rings of [lon, lat] for the measuring tests.

export const ringsOf = (district) => district.polygons.flat();

export const edgesOf = (ring) =>
	ring.slice(1).map((to, i) => [ring[i], to]);

export function signedArea(ring) {
	return edgesOf(ring).reduce((s, [a, b]) =>
		s + a[0] * b[1] - b[0] * a[1], 0) / 2;
}

// By even and odd crossings; holes count like any ring.
export function inPolygons(polygons, lon, lat) {
	let inside = false;
	for (const polygon of polygons)
		for (const ring of polygon)
			inside ^= oddCrossings(ring, lon, lat);
	return Boolean(inside);
}

function oddCrossings(ring, lon, lat) {
	let odd = false;
	for (let i = 1; i < ring.length; i++) {
		const [ax, ay] = ring[i - 1];
		const [bx, by] = ring[i];
		if (ay > lat !== by > lat &&
		    lon < (bx - ax) * (lat - ay) / (by - ay) + ax)
			odd = !odd;
	}
	return odd;
}

const side = (a, b, p) => {
	const v = (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
	return Math.abs(v) < 1e-12 ? 0 : Math.sign(v);
};

const within = (a, b, p) => side(a, b, p) === 0 &&
	Math.min(a[0], b[0]) <= p[0] && p[0] <= Math.max(a[0], b[0]) &&
	Math.min(a[1], b[1]) <= p[1] && p[1] <= Math.max(a[1], b[1]);

const samePoint = (a, b) => a[0] === b[0] && a[1] === b[1];

// Do two edges meet anywhere but at common ends? The same edge does not.
export function properCrossing([a, b], [c, d]) {
	const shared = [c, d].filter((p) => samePoint(p, a) || samePoint(p, b));
	if (shared.length === 2)
		return false;
	if (shared.length === 1) {
		const other = samePoint(shared[0], c) ? d : c;
		const mine = samePoint(shared[0], a) ? b : a;
		return within(a, b, other) || within(c, d, mine);
	}
	return side(a, b, c) * side(a, b, d) <= 0 &&
		side(c, d, a) * side(c, d, b) <= 0 &&
		Math.max(a[0], b[0]) >= Math.min(c[0], d[0]) &&
		Math.max(c[0], d[0]) >= Math.min(a[0], b[0]);
}

export function isSimple(ring) {
	const edges = edgesOf(ring);
	return !edges.some((e, i) =>
		edges.some((f, j) => j > i && properCrossing(e, f)));
}

// The area under an edge on the WGS 84 ellipsoid, through the authalic
// function of latitude (Snyder 1987, 3-12).
const A = 6378.137;
const E2 = 0.0066943799901413165;
function authalic(lat) {
	const e = Math.sqrt(E2);
	const s = Math.sin(lat * Math.PI / 180);
	return (1 - E2) * (s / (1 - E2 * s * s) -
		Math.log((1 - e * s) / (1 + e * s)) / (2 * e));
}

const underEdge = ([a, b]) => (b[0] - a[0]) * Math.PI / 180 *
	(authalic(a[1]) + 4 * authalic((a[1] + b[1]) / 2) + authalic(b[1])) / 6;

export const areaKm2 = (polygons) => Math.abs(A * A / 2 *
	polygons.flat().flatMap(edgesOf)
		.reduce((sum, edge) => sum + underEdge(edge), 0));
