// Measures the product beside the floor: requests a second, CPU for each answer
// and the share of the floor, as the median of interleaved rounds. Prints TAP.
//
// BENCH_ROWS in the environment chooses rows by a regular expression.
//
//   node measure.mjs '{"product":{"base":..,"pids":[..]},"floor":{..},...}'
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { spawnSync } from 'node:child_process';

const plan = JSON.parse(process.argv[2]);
const { product, floors, mapserver, folder, rounds, seconds, binding } = plan;
const here = path.dirname(new URL(import.meta.url).pathname);

// name, class, how the addresses are varied, aim and limit of the CPU share. A
// row with gzip asks the product for compressed answers and the floor for plain
// ones; one that the cache may answer stands beside the floor's cold answers,
// so that twice its speed is half its cost. ms is the product's own CPU for an
// answer, at most.
const rows = [
  { name: 'small box, cold', kind: 'small', aim: 0.90, limit: 0.75 },
  { name: 'medium box, cold', kind: 'medium', aim: 0.85, limit: 0.65 },
  { name: 'large box, cold', kind: 'large', aim: 0.80, limit: 0.60 },
  { name: 'small KML box, cold', kind: 'small-kml', aim: 0.90, limit: 0.75 },
  { name: 'medium KML box, cold', kind: 'medium-kml', aim: 0.85, limit: 0.65 },
  { name: 'large KML box, cold', kind: 'large-kml', aim: 0.80, limit: 0.60 },
  { name: 'small box, gzip', kind: 'small', gzip: true, aim: 0.55, limit: 0.45 },
  { name: 'medium box, gzip', kind: 'medium', gzip: true, aim: 0.30, limit: 0.24 },
  { name: 'large box, gzip', kind: 'large', gzip: true, aim: 0.20, limit: 0.16 },
  { name: 'small box, cached', kind: 'small', cached: true, limit: 2 },
  { name: 'medium box, cached', kind: 'medium', cached: true },
  { name: 'large box, cached', kind: 'large', cached: true },
  { name: 'small box, 304', kind: 'small', cached: true, etags: true, limit: 3 },
  { name: 'tile z6, cold', kind: 'z6', aim: 0.80, limit: 0.60 },
  { name: 'tile z9, cold', kind: 'z9', aim: 0.80, limit: 0.60 },
  { name: 'tile z12, cold', kind: 'z12', aim: 0.50, limit: 0.30 },
  { name: 'tile z14, cold', kind: 'z14', aim: 0.50, limit: 0.30 },
  { name: 'tile of 6 KB, cold', kind: 'tile6k', aim: 0.80, limit: 0.60 },
  { name: 'tile of 43 KB, cold', kind: 'tile43k', aim: 0.50, limit: 0.30 },
  { name: 'tile of 6 KB, cached', kind: 'tile6k', cached: true, limit: 2 },
  { name: 'tile of 6 KB, 304', kind: 'tile6k', cached: true, etags: true, limit: 3 },
  { name: 'cluster tile, cold', kind: 'clusters', aim: 0.80, limit: 0.60 },
  { name: 'CQL2 filter of numbers', kind: 'cql2-number', ms: 5 },
  { name: 'CQL2 filter of text, CASEI', kind: 'cql2-text', ms: 5 },
  { name: 'CQL2 filter of places', kind: 'cql2-place', ms: 5 },
];

// Boxes and tiles that MapServer is asked for, too, and how many times its
// answers a second the product has to give.
const peerKinds = ['small', 'medium', 'large', 'z9', 'z12', 'z14'];
const TIMES = 40;
const peerHow = { rounds: 2, seconds: 3 };

// All processes of a side: those named and their children.
function family(pids) {
  const all = new Set(pids);
  for (const entry of fs.readdirSync('/proc').filter((n) => /^\d+$/.test(n))) {
    try {
      const fields = fs.readFileSync(`/proc/${entry}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
      if (all.has(Number(fields[1]))) all.add(Number(entry));
    } catch { /* it ended meanwhile */ }
  }
  return [...all];
}

// CPU seconds of all threads, from the scheduler's own nanoseconds.
function cpu(pids) {
  let total = 0;
  for (const pid of pids) {
    let tasks = [];
    try { tasks = fs.readdirSync(`/proc/${pid}/task`); } catch { continue; }
    for (const task of tasks) {
      try {
        total += Number(fs.readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]);
      } catch { /* it ended meanwhile */ }
    }
  }
  return total / 1e9;
}

let seed = 0;
function load(side, urls, { cached, gzip, etags, time = seconds }) {
  const pids = family(side.pids);
  seed += 1000003;
  const env = { ...process.env, BENCH_URLS: urls, BENCH_SEED: String(cached ? 0 : seed) };
  if (gzip) env.BENCH_GZIP = '1';
  if (etags) env.BENCH_ETAGS = etags;
  const before = cpu(pids);
  const run = spawnSync('wrk', ['-t1', '-c8', `-d${time}s`, '--timeout', '10s', '-s',
    path.join(here, 'load.lua'), side.base], { env, encoding: 'utf8' });
  const spent = cpu(pids) - before;
  const found = /RESULT (.*)/.exec(run.stdout);
  if (!found) throw new Error(`wrk failed: ${run.stdout}${run.stderr}`);
  const result = JSON.parse(found[1]);
  return {
    rps: result.requests / (result.us / 1e6),
    cpu: (spent / result.requests) * 1e6,
    p50: result.p50 / 1000,
    p99: result.p99 / 1000,
    kb: result.bytes / result.requests / 1024,
    errors: result.errors,
    requests: result.requests,
  };
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

// Fixed addresses for the rows that the cache may answer.
function fixedUrls(kind, name) {
  const file = path.join(folder, kind, `${name}-fixed`);
  fs.writeFileSync(file, fs.readFileSync(path.join(folder, kind, name), 'utf8').replaceAll('@', '0000000')
    .replaceAll('#', 'place=located&lang=kk'));
  return file;
}

// A connection for each: kept ones would be closed by the server while a load
// runs, and the next request on them would fail.
function get(address) {
  return new Promise((done, fail) => {
    http.get(address, { agent: false, headers: { 'accept-encoding': 'identity' } }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('error', fail);
      answer.on('end', () => done({ headers: answer.headers, text: Buffer.concat(parts).toString() }));
    }).on('error', fail);
  });
}

async function writeEtags(kind, urls) {
  const tags = [];
  for (const url of fs.readFileSync(urls, 'utf8').trim().split('\n')) {
    tags.push((await get(product.base + url)).headers.etag);
  }
  fs.writeFileSync(path.join(folder, kind, 'etags-cached'), tags.join('\n') + '\n');
}

let number = 0;
let failed = 0;
function report(good, text) {
  number += 1;
  if (!good) failed = 1;
  console.log(`${good ? 'ok' : 'not ok'} ${number} - ${text}`);
}

const f = (value, digits = 0) => value.toFixed(digits);
function describe(name, r) {
  return `#   ${name}: ${f(r.rps)} req/s, ${f(r.cpu)} us CPU, p50 ${f(r.p50, 2)} ms, p99 ${f(r.p99, 2)} ms, ${f(r.kb, 1)} KB`;
}

const results = {};
const wanted = new RegExp(process.env.BENCH_ROWS ?? '');
const chosen = rows.filter((r) => wanted.test(r.name));
for (const row of chosen.filter((r) => r.etags)) await writeEtags(row.kind, fixedUrls(row.kind, 'urls'));
const pick = (list) => Object.fromEntries(Object.keys(list[0]).map((k) => [k, median(list.map((r) => r[k]))]));

// Floor, product, floor, product: what disturbs one round disturbs both sides.
function measure(row) {
  const folderOf = (name) => path.join(folder, row.kind, name);
  const urls = row.cached ? fixedUrls(row.kind, 'urls') : folderOf('urls');
  const how = { cached: row.cached, gzip: row.gzip, etags: row.etags && folderOf('etags-cached') };
  const mine = [];
  const theirs = [];
  for (let round = 0; round < rounds; round++) {
    theirs.push(load(floors[row.kind], folderOf('floor-urls'), {}));
    mine.push(load(product, urls, how));
  }
  return { mine, theirs };
}

function judge(row, { mine, theirs }) {
  const share = median(mine.map((r, k) => theirs[k].cpu / r.cpu));
  const speed = median(mine.map((r, k) => r.rps / theirs[k].rps));
  const good = mine.concat(theirs).every((r) => r.errors === 0);
  const own = pick(mine).cpu / 1000;
  if (row.ms) {
    return report(good && (!binding || own <= row.ms),
      `${row.name}: ${f(own, 2)} ms CPU, ${f(share, 2)} of the floor (at most ${row.ms} ms)`);
  }
  let text = `${row.name}: ${f(share, 2)} of the floor by CPU, ${f(speed, 2)} by requests/s`;
  if (row.cached) text += `, ${f(1 / share, 2)} of its cost cold`;
  if (!row.limit) return report(good, text);
  const limits = row.aim ? `aim ${row.aim}, limit ${row.limit}` : `at least ${row.limit}`;
  return report(good && (!binding || share >= row.limit),
    `${text} (${binding ? limits : 'limits hold at 100000'})`);
}

for (const row of chosen) {
  const found = measure(row);
  results[row.name] = { own: pick(found.mine), base: pick(found.theirs) };
  console.log(`# ${row.name} (${rounds} rounds)`);
  console.log(describe('floor  ', results[row.name].base));
  console.log(describe('product', results[row.name].own));
  judge(row, found);
}

function compare() {
  const medium = results['medium box, cold'];
  const p99 = Math.max(plan.p99 ?? 20, 1.5 * medium.base.p99);
  report(medium.own.p99 <= p99, `p99 of boxes of 200 at 8 connections: ${f(medium.own.p99, 2)} ms (at most ${f(p99, 2)})`);
}
if (!process.env.BENCH_ROWS) compare();

// How many features the first boxes have on both sides: an answer that lacks
// most of them would be quick. Shapes are points there: those across an edge of a
// box may lie outside.
async function sameFeatures(kind) {
  const listOf = (name) => fs.readFileSync(path.join(folder, kind, name), 'utf8').trim().split('\n').slice(0, 5);
  const count = async (side, urls) => {
    let n = 0;
    for (const url of urls) n += JSON.parse((await get(side.base + url.replace('@', ''))).text).features.length;
    return n;
  };
  const [a, b] = [await count(product, listOf('urls')), await count(mapserver, listOf('mapserver-urls'))];
  if (Math.abs(a - b) <= 5 + a * 0.1) return true;
  console.log(`# MapServer's boxes hold ${b} features, the product's ${a}`);
  return false;
}

async function besideMapserver(kind) {
  const name = `${kind.startsWith('z') ? 'tile' : 'box'} ${kind}`;
  let same = kind.startsWith('z') || await sameFeatures(kind);
  const theirs = [];
  const mine = [];
  const least = [];
  for (let round = 0; round < peerHow.rounds; round++) {
    least.push(load(floors[kind], path.join(folder, kind, 'floor-urls'), {}));
    theirs.push(load(mapserver, path.join(folder, kind, 'mapserver-urls'), { time: peerHow.seconds }));
    mine.push(load(product, path.join(folder, kind, 'urls'), {}));
  }
  const [peer, own] = [pick(theirs), pick(mine)];
  const possible = pick(least).rps / peer.rps;
  same = same && theirs.concat(mine).every((r) => r.errors === 0);
  console.log(describe(`MapServer, ${name}`, peer));
  console.log(describe(`product, ${name}  `, own));
  report(same && (!binding || own.rps / peer.rps >= TIMES),
    `${f(own.rps / peer.rps)} times MapServer's requests/s, ${f(peer.cpu / own.cpu)} times by CPU, ${name}`
    + ` (at least ${TIMES}; the floor's are ${f(possible)})`);
}
if (mapserver) for (const kind of peerKinds.filter((k) => wanted.test(`MapServer ${k}`))) await besideMapserver(kind);
console.log(`# RESULT ${JSON.stringify({ number, failed })}`);
process.exit(failed);
