// Measures the product beside the floor: requests a second, CPU for each answer
// and the share of the floor, as the median of interleaved rounds. Prints TAP.
//
// BENCH_ROWS in the environment chooses rows by a regular expression.
//
//   node measure.mjs '{"product":{"base":..,"pids":[..]},"floor":{..},...}'
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';

const plan = JSON.parse(process.argv[2]);
const { product, floors, folder, rounds, seconds, binding } = plan;
const here = path.dirname(new URL(import.meta.url).pathname);

// name, class, how the addresses are varied, aim and limit of the CPU share.
const rows = [
  { name: 'small box, cold', kind: 'small', aim: 0.90, limit: 0.75 },
  { name: 'medium box, cold', kind: 'medium', aim: 0.85, limit: 0.65 },
  { name: 'large box, cold', kind: 'large', aim: 0.80, limit: 0.60 },
  { name: 'small KML box, cold', kind: 'small-kml', aim: 0.90, limit: 0.75 },
  { name: 'medium KML box, cold', kind: 'medium-kml', aim: 0.85, limit: 0.65 },
  { name: 'large KML box, cold', kind: 'large-kml', aim: 0.80, limit: 0.60 },
  { name: 'small box, cached', kind: 'small', cached: true },
  { name: 'medium box, cached', kind: 'medium', cached: true },
  { name: 'large box, cached', kind: 'large', cached: true },
  { name: 'small box, 304', kind: 'small', cached: true, etags: true },
  { name: 'tile z6, cold', kind: 'z6', aim: 0.80, limit: 0.60 },
  { name: 'tile z9, cold', kind: 'z9', aim: 0.80, limit: 0.60 },
  { name: 'tile z12, cold', kind: 'z12', aim: 0.50, limit: 0.30 },
  { name: 'tile z14, cold', kind: 'z14', aim: 0.50, limit: 0.30 },
  { name: 'tile of 6 KB, cold', kind: 'tile6k', aim: 0.80, limit: 0.60 },
  { name: 'tile of 43 KB, cold', kind: 'tile43k', aim: 0.50, limit: 0.30 },
  { name: 'tile of 6 KB, cached', kind: 'tile6k', cached: true },
  { name: 'tile of 6 KB, 304', kind: 'tile6k', cached: true, etags: true },
];

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
function load(side, urls, row) {
  const pids = family(side.pids);
  seed += 1000003;
  const env = { ...process.env, BENCH_URLS: urls, BENCH_SEED: String(row.cached ? 0 : seed) };
  if (row.etags && side === product) env.BENCH_ETAGS = path.join(folder, row.kind, 'etags-cached');
  const before = cpu(pids);
  const run = spawnSync('wrk', ['-t1', '-c8', `-d${seconds}s`, '--timeout', '10s', '-s',
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

async function writeEtags(kind, urls) {
  const tags = [];
  for (const url of fs.readFileSync(urls, 'utf8').trim().split('\n')) {
    const answer = await fetch(product.base + url, { headers: { 'accept-encoding': 'identity' } });
    await answer.arrayBuffer();
    tags.push(answer.headers.get('etag'));
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
// All tags first: connections kept over the measuring would be closed by nginx.
for (const row of chosen.filter((r) => r.etags)) await writeEtags(row.kind, fixedUrls(row.kind, 'urls'));
for (const row of chosen) {
  const floor = floors[row.kind];
  let urls = path.join(folder, row.kind, 'urls');
  let floorUrls = path.join(folder, row.kind, 'floor-urls');
  if (row.cached) {
    urls = fixedUrls(row.kind, 'urls');
    floorUrls = fixedUrls(row.kind, 'floor-urls');
  }
  const mine = [];
  const theirs = [];
  for (let round = 0; round < rounds; round++) {
    theirs.push(load(floor, floorUrls, row));
    mine.push(load(product, urls, row));
  }
  const pick = (list) => Object.fromEntries(Object.keys(list[0]).map((k) => [k, median(list.map((r) => r[k]))]));
  const own = pick(mine);
  const base = pick(theirs);
  const share = median(mine.map((r, k) => theirs[k].cpu / r.cpu));
  const speed = median(mine.map((r, k) => r.rps / theirs[k].rps));
  results[row.name] = { own, base };
  console.log(`# ${row.name} (${rounds} rounds)`);
  console.log(describe('floor  ', base));
  console.log(describe('product', own));
  const errors = mine.reduce((n, r) => n + r.errors, 0);
  const text = `${row.name}: ${f(share, 2)} of the floor by CPU, ${f(speed, 2)} by requests/s`;
  if (row.limit) report(errors === 0 && (!binding || share >= row.limit),
    `${text} (${binding ? `aim ${row.aim}, limit ${row.limit}` : 'limits hold at 100000'})`);
  else report(errors === 0, text);
}

function compare() {
  const cold = results['small box, cold'];
  const hit = results['small box, cached'].own.cpu / cold.base.cpu;
  const none = results['small box, 304'].own.cpu / cold.base.cpu;
  report(!binding || hit <= 0.5, `a cache hit costs ${f(hit, 2)} of the floor's CPU for a small answer (at most 0.5)`);
  report(!binding || none <= 1 / 3, `a 304 costs ${f(none, 2)} of the floor's CPU for a small answer (at most 0.33)`);
  const medium = results['medium box, cold'];
  const p99 = Math.max(plan.p99 ?? 20, 1.5 * medium.base.p99);
  report(medium.own.p99 <= p99, `p99 of boxes of 200 at 8 connections: ${f(medium.own.p99, 2)} ms (at most ${f(p99, 2)})`);
}
if (!process.env.BENCH_ROWS) compare();
console.log(`# RESULT ${JSON.stringify({ number, failed })}`);
process.exit(failed);
