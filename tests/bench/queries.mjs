// Prepares a benchmark: finds boxes that hold 10, 200 and 2000 features, asks
// the product for them in each format, and for vector tiles around projects,
// and keeps what it answered, so that the floor can return the very same bytes.
//
//   node queries.mjs BASE CSV OUT
//
// Writes OUT/<class>/urls, floor-urls, etags and answers 0, 1, 2 ...; and
// mapserver-urls, where MapServer (mapserver.sh) can be asked for the same.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const [base, csv, out] = process.argv.slice(2);
const classes = [
  { name: 'small', features: 10, queries: 200 },
  { name: 'medium', features: 200, queries: 200 },
  { name: 'large', features: 2000, queries: 40 },
];
const tiles = [
  { name: 'z6', zooms: [6] },
  { name: 'z9', zooms: [9] },
  { name: 'z12', zooms: [12] },
  { name: 'z14', zooms: [14] },
  // Of whatever zoom, by their size.
  { name: 'tile6k', zooms: [12, 13, 14, 15], kb: [4, 8] },
  { name: 'tile43k', zooms: [12, 13, 14], kb: [33, 53] },
  // What the page fetches from far away to near by.
  { name: 'clusters', zooms: [5, 6, 7, 8, 9, 10, 11], ending: 'geojson' },
];
const TILES = 200;
// A class is prepared once in each, under its name and this ending.
const formats = [
  { ending: '', query: '' },
  { ending: '-kml', query: '&f=kml&lang=ru' },
];
const SEED = 20261124;
const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });

// A small linear congruential generator: the same boxes in every run.
function generator(seed) {
  let state = BigInt(seed);
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n;
    return Number(state >> 11n) / 2 ** 53;
  };
}

function get(address, headers = {}) {
  return new Promise((resolve, reject) => {
    http.get(base + address, { agent, headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({
        status: answer.statusCode, raw: answer.rawHeaders, headers: answer.headers,
        body: Buffer.concat(parts),
      }));
      answer.on('error', reject);
    }).on('error', reject);
  });
}

// Positions of the first rows of the generated file, which is in random order.
function readPositions(file) {
  const size = 8 * 1024 * 1024;
  const handle = fs.openSync(file);
  const bytes = Buffer.alloc(size);
  const text = bytes.subarray(0, fs.readSync(handle, bytes, 0, size)).toString('utf8');
  fs.closeSync(handle);
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const names = splitRow(lines[0]);
  const lon = names.indexOf('lon');
  const lat = names.indexOf('lat');
  return lines.slice(1, -1).map(splitRow)
    .map((row) => [Number(row[lon]), Number(row[lat])])
    .filter(([x, y]) => x && y);
}

function splitRow(line) {
  const cells = [];
  for (const match of line.matchAll(/("(?:[^"]|"")*"|[^,]*)(,|$)/g)) {
    cells.push(match[1]);
    if (match[2] === '') break;
  }
  return cells;
}

const boxOf = ([lon, lat], half) =>
  [lon - half, lat - half * 0.75, lon + half, lat + half * 0.75]
    .map((v) => v.toFixed(6)).join(',');
const addressOf = (box, limit) =>
  `/api/collections/projects/items?bbox=${box}&place=located&limit=${limit}`;

async function findBox(centre, wanted) {
  let low = 0.00001;
  let high = 4;
  for (let step = 0; step < 18; step++) {
    const half = Math.sqrt(low * high);
    const answer = await get(addressOf(boxOf(centre, half), 1));
    const found = JSON.parse(answer.body).numberMatched;
    if (Math.abs(found - wanted) <= wanted * 0.05) return boxOf(centre, half);
    if (found < wanted) low = half; else high = half;
  }
  return boxOf(centre, high);
}

// What nginx adds itself is left out: the floor's nginx adds it too.
const byNginx = new Set(['server', 'date', 'connection', 'x-cache', 'vary-nginx',
  'content-security-policy', 'referrer-policy', 'permissions-policy',
  'cross-origin-opener-policy', 'keep-alive', 'transfer-encoding']);

function stored(answer) {
  const lines = [];
  const seen = new Set();
  for (let k = 0; k < answer.raw.length; k += 2) {
    const name = answer.raw[k].toLowerCase();
    if (byNginx.has(name) || (name === 'x-content-type-options' && seen.has(name))) continue;
    seen.add(name);
    lines.push(`${answer.raw[k]}: ${answer.raw[k + 1]}`);
  }
  lines.push('X-Accel-Expires: 1');
  return Buffer.concat([Buffer.from(lines.join('\r\n') + '\r\n\r\n'), answer.body]);
}

// Boxes of a class around random projects.
async function findBoxes(kind, positions, random) {
  const boxes = [];
  for (let k = 0; k < kind.queries; k++) {
    const centre = positions[Math.floor(random() * positions.length)];
    boxes.push(await findBox(centre, kind.features));
  }
  return boxes;
}

// Keeps what was asked and answered; each query is an address, with what varies
// in it, and an answer.
function keep(name, queries) {
  const folder = path.join(out, name);
  fs.mkdirSync(folder, { recursive: true });
  let bytes = 0;
  for (const [k, { answer }] of queries.entries()) {
    if (answer.status !== 200) throw new Error(`${name}: status ${answer.status}`);
    bytes += answer.body.length;
    fs.writeFileSync(path.join(folder, String(k)), stored(answer));
  }
  const write = (file, lines) =>
    fs.writeFileSync(path.join(folder, file), lines.join('\n') + '\n');
  write('urls', queries.map((q) => q.address));
  write('floor-urls', queries.map((q, k) => `${q.address}&i=${k}`));
  write('etags', queries.map((q) => q.answer.headers.etag));
  if (queries.every((q) => q.mapserver)) write('mapserver-urls', queries.map((q) => q.mapserver));
  return `# ${name}: ${queries.length} answers,`
    + ` ${(bytes / queries.length / 1024).toFixed(1)} KB on average`;
}

const boxOfMapserver = (box, limit) =>
  `/bench/ogcapi/collections/projects/items?f=json&bbox=${box}&limit=${limit}`;
const mvtOf = ([z, x, y]) => `/?map=bench&mode=tile&tilemode=gmap&layers=marks&tile=${x}+${y}+${z}`;

async function prepare(kind, format, boxes) {
  const queries = [];
  let features = 0;
  for (const box of boxes) {
    const address = (end) => addressOf(box + end, kind.features * 2) + format.query;
    const answer = await get(address('0000000'));
    features += Number(answer.headers['ogc-numberreturned']);
    queries.push({ address: address('@'), answer, 
      mapserver: format.ending ? null : boxOfMapserver(box, kind.features * 2) });
  }
  console.log(keep(kind.name + format.ending, queries)
    + `, ${(features / boxes.length).toFixed(1)} features`);
}

const tileOf = ([lon, lat], z) => {
  const north = Math.atanh(Math.sin((lat * Math.PI) / 180));
  return [z, Math.floor(((lon + 180) / 360) * 2 ** z),
    Math.floor((0.5 - north / (2 * Math.PI)) * 2 ** z)].join('/');
};

// A threshold of planned amounts that one project in a hundred exceeds.
async function findAmount(total) {
  let low = 0;
  let high = 1e13;
  for (let step = 0; step < 40; step++) {
    const middle = Math.round((low + high) / 2);
    const found = (await filtered(`planned > ${middle}`)).matched;
    if (Math.abs(found - total / 100) <= total / 1000) return middle;
    if (found > total / 100) low = middle; else high = middle;
  }
  return high;
}

const addressOfFilter = (filter) => '/api/collections/projects/items?limit=10&filter-lang=cql2-text&filter='
  + encodeURIComponent(filter).replaceAll("'", '%27');

async function filtered(filter) {
  const answer = await get(addressOfFilter(filter));
  return { answer, matched: Number(answer.headers['ogc-numbermatched']) };
}

const diamondOf = (box) => {
  const [w, s, e, n] = box.split(',').map(Number);
  const [x, y] = [(w + e) / 2, (s + n) / 2];
  return `POLYGON((${w} ${y},${x} ${s},${e} ${y},${x} ${n},${w} ${y}))`;
};

// Filters that go over all features and meet about one in a hundred.
async function prepareFilters(positions, random) {
  const total = (await filtered('planned >= 0 OR planned IS NULL')).matched;
  const amount = await findAmount(total);
  const box = await findBox(positions[Math.floor(random() * positions.length)], total / 75);
  const filters = {
    'cql2-number': `planned > ${amount}`,
    'cql2-text': "CASEI(address_ru) LIKE CASEI('%ДОМ 77%')",
    'cql2-place': `S_INTERSECTS(geometry,${diamondOf(box)})`,
  };
  for (const [name, filter] of Object.entries(filters)) {
    // Never the same twice, and true of every feature that has an amount.
    const changing = `${filter} AND planned <> 0.0`;
    const { answer, matched } = await filtered(`${changing}0000000`);
    console.log(keep(name, [{ address: addressOfFilter(`${changing}@`).replace('%40', '@'), answer }])
      + `, ${((matched / total) * 100).toFixed(2)} % of the features`);
  }
}

async function prepareTiles(kind, positions, random) {
  const queries = [];
  for (let k = 0; queries.length < TILES && k < 100 * TILES; k++) {
    const centre = positions[Math.floor(random() * positions.length)];
    const zoom = kind.zooms[k % kind.zooms.length];
    const tile = tileOf(centre, zoom);
    const address = `/tiles/projects/${tile}.${kind.ending ?? 'mvt'}`;
    const answer = await get(`${address}?place=located&lang=kk`);
    const kb = answer.body.length / 1024;
    if (!kind.kb || (kb >= kind.kb[0] && kb <= kind.kb[1]))
      queries.push({ address: `${address}?#`, answer, mapserver: kind.ending ? null : mvtOf(tile.split('/')) });
  }
  console.log(keep(kind.name, queries));
}

const positions = readPositions(csv);
const random = generator(SEED);
for (const kind of classes) {
  const boxes = await findBoxes(kind, positions, random);
  for (const format of formats) await prepare(kind, format, boxes);
}
for (const kind of tiles) await prepareTiles(kind, positions, random);
await prepareFilters(positions, random);
agent.destroy();
