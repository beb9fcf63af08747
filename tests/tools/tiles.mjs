// Reads vector tiles by a decoder that is not ours, whole pyramids of them.
// Prints TAP lines without numbers ("ok - name"), for a shell test to count.
//
//   node tiles.mjs BASE [LAYER POLYGONS]     NODE_LIBRARIES: folder with node_modules
import { createRequire } from 'node:module';
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [base, layer, polygons] = process.argv.slice(2);
const require = createRequire(pathToFileURL(path.join(process.env.NODE_LIBRARIES, 'x.js')));
const load = async (name) => import(pathToFileURL(require.resolve(name)));
const { VectorTile, classifyRings } = await load('@mapbox/vector-tile');
const { default: Pbf } = await load('pbf');

const EXTENT = 4096;
const BUFFER = 64;
const BYTES_MAX = 500000;
const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });

let failed = 0;
function ok(good, name, why = '') {
  console.log(`${good ? 'ok' : 'not ok'} - ${name}`);
  if (good) return;
  failed = 1;
  console.log(`# ${String(why).slice(0, 400)}`);
}

function get(address) {
  return new Promise((resolve, reject) => {
    http.get(base + address, { agent }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({
        status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts),
      }));
      answer.on('error', reject);
    }).on('error', reject);
  });
}
const json = async (address) => JSON.parse((await get(address)).body);

// --- what is wrong with a tile ----------------------------------------------------
const side = (a, b, p) => Math.sign((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x));
const between = (a, b, p) => Math.min(a.x, b.x) <= p.x && p.x <= Math.max(a.x, b.x)
  && Math.min(a.y, b.y) <= p.y && p.y <= Math.max(a.y, b.y);

// Whether two segments share a point.
function meet(a, b, c, d) {
  const [abc, abd, cda, cdb] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (abc !== abd && cda !== cdb) return true;
  return (!abc && between(a, b, c)) || (!abd && between(a, b, d))
    || (!cda && between(c, d, a)) || (!cdb && between(c, d, b));
}

function isSimple(ring) {
  const n = ring.length - 1; // the last point is the first
  for (let i = 0; i < n; i++)
    for (let j = i + 2; j < n; j++)
      if (!(i === 0 && j === n - 1) && meet(ring[i], ring[i + 1], ring[j], ring[j + 1]))
        return false;
  return true;
}

function area2(ring) {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i++)
    sum += ring[i].x * ring[i + 1].y - ring[i + 1].x * ring[i].y;
  return sum;
}

function wrongPolygon(rings) {
  if (rings.some((r) => r.length < 4)) return 'a ring has fewer than three corners';
  if (rings.some((r) => area2(r) === 0)) return 'a ring has no area';
  if (area2(rings[0]) < 0) return 'the first ring is a hole';
  const bad = rings.find((r) => !isSimple(r));
  if (bad) return `a ring crosses itself: ${JSON.stringify(bad)}`;
  for (const [exterior, ...holes] of classifyRings(rings))
    if (holes.reduce((n, h) => n + Math.abs(area2(h)), 0) > area2(exterior))
      return 'holes are larger than what they are in';
  return null;
}

function wrongGeometry(feature) {
  const parts = feature.loadGeometry();
  const points = parts.flat();
  if (!points.length) return 'no geometry';
  if (points.some((p) => p.x < -BUFFER || p.y < -BUFFER || p.x > EXTENT + BUFFER
    || p.y > EXTENT + BUFFER)) return 'outside of the buffered tile';
  if (feature.type === 1) return null;
  for (const part of parts)
    for (let i = 1; i < part.length; i++)
      if (part[i].x === part[i - 1].x && part[i].y === part[i - 1].y) return 'a point is repeated';
  if (feature.type === 2) return parts.some((p) => p.length < 2) ? 'a line of one point' : null;
  return wrongPolygon(parts);
}

const types = {
  string: (v) => typeof v === 'string',
  number: (v) => typeof v === 'number',
  integer: (v) => Number.isInteger(v),
  boolean: (v) => typeof v === 'boolean',
};

function wrongFeature(feature, schema) {
  for (const [key, value] of Object.entries(feature.properties)) {
    if (!schema[key]) return `attribute ${key} is not described`;
    if (!types[schema[key].type](value)) return `attribute ${key} is ${value}`;
  }
  return wrongGeometry(feature);
}

function wrongLayer(layer, schema) {
  const ids = new Set();
  if (layer.version !== 2) return 'not version 2';
  if (layer.extent !== EXTENT) return 'another extent';
  if (!schema) return 'a layer that is not described';
  for (let i = 0; i < layer.length; i++) {
    const feature = layer.feature(i);
    const wrong = wrongFeature(feature, schema);
    if (wrong) return wrong;
    if (feature.id !== undefined && ids.has(feature.id)) return 'an id comes twice';
    ids.add(feature.id);
  }
  return null;
}

function wrongTile(answer, tile, schemas) {
  if (answer.body.length > BYTES_MAX) return `${answer.body.length} bytes`;
  if (answer.headers['content-type'] !== 'application/vnd.mapbox-vector-tile')
    return answer.headers['content-type'];
  for (const [name, layer] of Object.entries(tile.layers)) {
    const wrong = wrongLayer(layer, schemas[name]);
    if (wrong) return `layer ${name}: ${wrong}`;
  }
  return null;
}

// --- pyramids -----------------------------------------------------------------------
const childrenOf = ([z, x, y]) => [[0, 0], [1, 0], [0, 1], [1, 1]]
  .map(([i, k]) => [z + 1, 2 * x + i, 2 * y + k]);
const addressOf = (id, [z, x, y], filter) => `/tiles/${id}/${z}/${x}/${y}.mvt${filter}`;

// Every tile that is not empty, zoom by zoom; below an empty one all are empty.
async function walk(id, last, filter, visit) {
  let level = [[0, 0, 0]];
  for (let z = 0; z <= last && level.length; z++) {
    const next = [];
    for (let i = 0; i < level.length; i += 8) {
      const group = level.slice(i, i + 8);
      const answers = await Promise.all(group.map((t) => get(addressOf(id, t, filter))));
      for (const [k, answer] of answers.entries()) {
        if (answer.status === 204) continue;
        if (answer.status !== 200) throw new Error(`${group[k]}: ${answer.status}`);
        // A copy: pbf reads doubles from where the buffer below begins.
        await visit(group[k], answer, new VectorTile(new Pbf(new Uint8Array(answer.body))));
        next.push(...childrenOf(group[k]));
      }
    }
    level = next;
  }
}

async function schemasOf(id) {
  const set = await json(`/api/collections/${id}/tiles/WebMercatorQuad`);
  return Object.fromEntries(set.layers.map((l) => [l.id, l.propertiesSchema.properties]));
}

async function checkPyramid(id, last) {
  const schemas = await schemasOf(id);
  const wrong = [];
  let tiles = 0;
  await walk(id, last, '', (t, answer, tile) => {
    const what = wrongTile(answer, tile, schemas);
    tiles += 1;
    if (what) wrong.push(`${t.join('/')}: ${what}`);
  });
  ok(tiles > 0 && !wrong.length, `all ${tiles} tiles of ${id} to zoom ${last} are valid`,
    `${wrong.length} are wrong, ${wrong[0]}`);
}

// --- sums ---------------------------------------------------------------------------
const features = (layer) => Array.from({ length: layer?.length ?? 0 }, (_, i) => layer.feature(i));

function add(sums, tile) {
  for (const f of features(tile.layers.projects)) {
    const p = f.properties;
    if (p.anchored === false) continue;
    sums.count += 1;
    sums.overdue += p.overdue ? 1 : 0;
    for (const k of ['planned', 'contracted', 'paid']) sums[k] += Math.round((p[k] ?? 0) * 100);
  }
  for (const f of features(tile.layers.projects_clusters)) {
    const p = f.properties;
    sums.count += p.point_count;
    sums.overdue += p.overdue;
    for (const k of ['planned', 'contracted', 'paid']) sums[k] += Math.round(p[k] * 100);
  }
}

const sumsOf = (s) => ({
  count: s.count, overdue: s.overdue.count,
  planned: Math.round(s.planned * 100), contracted: Math.round(s.contracted * 100),
  paid: Math.round(s.paid * 100),
});
const nothing = () => ({ count: 0, overdue: 0, planned: 0, contracted: 0, paid: 0 });
const plus = (a, b) => Object.fromEntries(Object.keys(a).map((k) => [k, a[k] + b[k]]));
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const join = (filter, more) => (filter ? `${filter}&${more}` : `?${more}`);

// Clusters of any zoom and those without a place are all items, and the sums of
// the home districts with "none".
async function checkSums(filter, last) {
  const whole = sumsOf((await json(`/api/stats${filter}`)).total);
  const none = sumsOf((await json(`/api/stats${join(filter, 'place=none')}`)).total);
  const groups = (await json(`/api/stats${join(filter, 'group=district')}`)).groups
    .map(sumsOf).reduce(plus, nothing());
  const items = await json(`/api/collections/projects/items${join(filter, 'limit=1')}`);
  const zooms = Array.from({ length: last + 1 }, nothing);
  await walk('projects', last, filter, ([z], answer, tile) => add(zooms[z], tile));
  const bad = zooms.findIndex((s) => !same(plus(s, none), whole));
  ok(same(groups, whole) && items.numberMatched === whole.count && bad < 0,
    `sums agree on zooms 0 to ${last} for "${filter}" (${whole.count} projects)`,
    `zoom ${bad}: ${JSON.stringify([zooms[bad], none, whole, groups])}`);
}

function generator(seed) {
  let state = BigInt(seed);
  return (n) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n;
    return Number((state >> 33n) % BigInt(n));
  };
}

// One or two filters by chance.
async function randomFilter(random) {
  const pick = (list) => list[random(list.length)];
  const codes = async (group) => pick((await json(`/api/stats?group=${group}`)).groups).key;
  const kinds = [
    async () => `status=${await codes('status')},${await codes('status')}`,
    async () => `category=${await codes('category')}`,
    async () => `work_kind=${await codes('work_kind')}`,
    async () => `district=${await codes('district')},none`,
    async () => `overdue=${pick(['true', 'false'])}`,
    async () => `year=${2020 + random(7)}`,
    async () => `min_planned=${random(9) * 50000000}`,
    async () => `filter=${encodeURIComponent(pick([
      `planned > ${random(900)}000000 OR overdue`,
      `CASEI(title_ru) LIKE CASEI('%${pick(['ШКОЛ', 'дорог', 'ВОД'])}%')`,
      `S_INTERSECTS(geometry, POLYGON((67 41,${68 + random(3)} 42,70 45,67 44,67 41)))`,
      `geometry IS NULL OR NOT (paid < ${random(90)}0000000)`]))}`,
    async () => `q=${encodeURIComponent(pick(['мектеп', 'жол', 'су', 'а']))}`,
  ];
  const first = random(kinds.length);
  const second = random(kinds.length);
  const parts = [(await kinds[first]()).replace(/^status=(.*),\1$/, 'status=$1')
    .replace('none,none', 'none')];
  if (second !== first && random(2)) {
    parts.push((await kinds[second]()).replace(/^status=(.*),\1$/, 'status=$1')
      .replace('none,none', 'none'));
  }
  return `?${parts.join('&')}`;
}

// --- borders ------------------------------------------------------------------------
// In a tile that lies wholly within the districts they fill it exactly: borders
// are shared, there is no gap and no overlap.
async function checkBorders() {
  let full = 0;
  const wrong = [];
  await walk('districts', 10, '', (t, answer, tile) => {
    const rings = features(tile.layers.districts).flatMap((f) => f.loadGeometry());
    const sum = rings.reduce((n, r) => n + area2(r), 0);
    const whole = 2 * (EXTENT + 2 * BUFFER) ** 2;
    if (sum > whole) wrong.push(`${t.join('/')}: ${sum} of ${whole}`);
    if (sum === whole && features(tile.layers.districts).length > 1) full += 1;
  });
  ok(full > 0 && !wrong.length, `${full} tiles are filled by several districts exactly`, wrong[0]);
}

// Each polygon of a collection has one label on each zoom.
async function checkLabels(id, polygons) {
  const labels = {};
  await walk(id, 9, '', ([z], answer, tile) => {
    for (const f of features(tile.layers[`${id}_labels`])) (labels[z] ??= []).push(f.id);
  });
  const wanted = `${polygons}:${polygons}`;
  const counts = Object.values(labels).map((l) => `${l.length}:${new Set(l).size}`);
  ok(counts.length === 10 && counts.every((c) => c === wanted),
    `each of the ${polygons} polygons of ${id} has one label on each zoom`, counts);
}

// --- descriptions ---------------------------------------------------------------------
const isText = (v) => typeof v === 'string' && v.length > 0;

// What TileJSON 3.0 asks for; null when all is there.
function wrongTileJson(t) {
  const [w, s, e, n] = t.bounds ?? [];
  const [lon, lat, zoom] = t.center ?? [];
  const rules = {
    tilejson: t.tilejson === '3.0.0',
    tiles: Array.isArray(t.tiles) && t.tiles.length === 1
      && /^https?:\/\/[^{]*\{z\}\/\{x\}\/\{y\}\.mvt/.test(t.tiles[0]),
    zooms: t.minzoom === 0 && Number.isInteger(t.maxzoom) && t.maxzoom <= 30,
    bounds: w >= -180 && w <= e && e <= 180 && s >= -90 && s <= n && n <= 90,
    center: lon >= w && lon <= e && lat >= s && lat <= n && zoom >= 0 && zoom <= t.maxzoom,
    scheme: t.scheme === 'xyz',
    version: /^\d+\.\d+\.\d+$/.test(t.version),
    texts: isText(t.name) && (t.attribution === undefined || isText(t.attribution)) && typeof t.description === 'string',
    vector_layers: Array.isArray(t.vector_layers) && t.vector_layers.length > 0
      && new Set(t.vector_layers.map((l) => l.id)).size === t.vector_layers.length
      && t.vector_layers.every((l) => isText(l.id) && l.fields && !Array.isArray(l.fields)
        && Object.values(l.fields).every((f) => typeof f === 'string')
        && l.minzoom >= t.minzoom && l.maxzoom <= t.maxzoom),
  };
  return Object.keys(rules).find((k) => !rules[k]) ?? null;
}

// OGC 17-083r4 tileset metadata and its tiles: those of /tiles, row before column.
async function wrongTileset(id, [z, x, y]) {
  const sets = await json(`/api/collections/${id}/tiles`);
  const set = await json(`/api/collections/${id}/tiles/WebMercatorQuad`);
  const items = set.links.filter((l) => l.rel === 'item' && l.templated);
  const limits = set.tileMatrixSetLimits?.[z];
  const ogc = await get(`/api/collections/${id}/tiles/WebMercatorQuad/${z}/${y}/${x}`);
  const plain = await get(addressOf(id, [z, x, y], ''));
  const rules = {
    list: sets.tilesets.length === 1 && sets.tilesets[0].dataType === 'vector',
    crs: set.crs.endsWith('/EPSG/0/3857') && set.tileMatrixSetURI.endsWith('/WebMercatorQuad'),
    items: items.length === 2 && items.every((l) => ['{tileMatrix}', '{tileRow}', '{tileCol}']
      .every((v) => l.href.includes(v))),
    scheme: set.links.some((l) => l.rel.endsWith('/tiling-scheme')),
    geodata: set.links.some((l) => l.rel.endsWith('/geodata')),
    limits: limits?.tileMatrix === String(z) && limits.minTileRow <= y && limits.maxTileRow >= y
      && limits.minTileCol <= x && limits.maxTileCol >= x,
    layers: set.layers.every((l) => isText(l.id) && l.propertiesSchema.type === 'object'),
    bytes: ogc.status === 200 && ogc.body.equals(plain.body),
  };
  return Object.keys(rules).find((k) => !rules[k]) ?? null;
}

async function checkDescriptions(id, tile) {
  const found = wrongTileJson(await json(`/tiles/${id}.json`)) ?? await wrongTileset(id, tile);
  ok(!found, `TileJSON and OGC tileset of ${id} are as the standards want them`, found);
}

async function checkBelowEmpty() {
  const empty = [];
  await walk('projects', 8, '', async (t) => {
    for (const child of childrenOf(t)) {
      const answer = await get(addressOf('projects', child, ''));
      if (answer.status === 204) empty.push([child, answer]);
    }
  });
  const below = await Promise.all(empty.slice(0, 40).flatMap(([t]) => childrenOf(t))
    .map((t) => get(addressOf('projects', t, ''))));
  ok(empty.length && empty.every(([, a]) => a.headers['oatiles-hint'] === 'empty' && a.headers.etag)
    && below.every((a) => a.status === 204), 'below an empty tile all are empty');
}

await checkPyramid('projects', 15);
await checkPyramid('districts', 11);
await checkSums('', 13);
const random = generator(20261124);
for (let k = 0; k < 8; k++) await checkSums(await randomFilter(random), 11);
await checkBorders();
await checkLabels('districts', 17);
await checkDescriptions('projects', [6, 44, 23]);
await checkDescriptions('districts', [6, 44, 23]);
if (layer) {
  await checkPyramid(layer, 9);
  await checkLabels(layer, Number(polygons));
  await checkDescriptions(layer, [0, 0, 0]);
}
await checkBelowEmpty();
agent.destroy();
process.exit(failed);
