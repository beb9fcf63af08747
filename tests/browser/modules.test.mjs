// Modules of the page that need no browser, by tables of cases.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

const JS = new URL('../../nginx/html/js/', import.meta.url);

// i18n.js fetches its texts; here they come from the files.
const realFetch = globalThis.fetch;
globalThis.fetch = async (url, ...rest) => {
  if (!String(url).startsWith('file:')) return realFetch(url, ...rest);
  const text = await readFile(new URL(url), 'utf8');
  return { ok: true, json: async () => JSON.parse(text) };
};

globalThis.document ??= { documentElement: {} }; // for <html lang>

const load = (name) => import(new URL(name, JS));
const i18n = await load('i18n.js');
const format = await load('format.js');
const state = await load('state.js');
const classes = await load('classes.js');
const geometry = await load('geometry.js');
const tiles = await load('tiles.js');
const walk = await load('walk.js');
const crowd = await load('crowd.js');

const N = '\u00a0';

test('money is written as the language writes it', async () => {
  const cases = [
    ['kk', 1234567.89, `1${N}234${N}567,89${N}₸`, `1,2${N}млн${N}₸`],
    ['ru', 129900000000, `129${N}900${N}000${N}000${N}₸`,
      `129,9${N}млрд${N}₸`],
    ['en', 1234567.89, '₸1,234,567.89', '₸1.2m'],
    ['en', 2500000000000, '₸2,500,000,000,000', '₸2.5trn'],
    ['ru', 999960000, `999${N}960${N}000${N}₸`, `1${N}млрд${N}₸`],
    ['ru', 0, `0${N}₸`, `0${N}₸`],
    ['kk', 1500, `1${N}500${N}₸`, `1${N}500${N}₸`],
    ['en', -3000000, '₸\u22123,000,000', '₸\u22123m'],
  ];
  for (const [lang, value, full, short] of cases) {
    await i18n.useLanguage(lang);
    assert.equal(format.money(value), full);
    assert.equal(format.moneyShort(value), short);
  }
});

test('what is not published is never shown as zero', async () => {
  for (const lang of ['kk', 'ru', 'en']) {
    await i18n.useLanguage(lang);
    for (const write of [format.money, format.moneyShort, format.percent]) {
      assert.doesNotMatch(write(null), /\d/);
    }
  }
});

test('dates and ranges', async () => {
  const cases = [
    ['kk', '2025-03-07', '2025 ж. 7 наурыз'],
    ['ru', '2025-03-07', '7 марта 2025 г.'],
    ['en', '2025-03-07', '7 March 2025'],
  ];
  for (const [lang, day, text] of cases) {
    await i18n.useLanguage(lang);
    assert.equal(format.date(day), text);
    assert.equal(format.date(null), null);
  }
  assert.equal(format.moment('2026-06-30T20:30:00Z'), '1 July 2026, 01:30');
  assert.equal(format.daysBetween('2024-02-28', '2024-03-01'), 2);
  assert.equal(format.range('₸1.2bn', '₸3bn'), '₸1.2–3bn');
  assert.equal(format.range('₸900m', '₸3bn'), '₸900m–3bn');
  assert.equal(format.range(`1,2${N}млрд${N}₸`, `3${N}млрд${N}₸`),
    `1,2–3${N}млрд${N}₸`);
  assert.equal(format.range('5', '5'), '5');
});

test('Russian counts in three forms, Kazakh in one', async () => {
  const forms = { 1: 'проект', 2: 'проекта', 5: 'проектов', 11: 'проектов',
    12: 'проектов', 21: 'проект', 22: 'проекта', 112: 'проектов', 0:
    'проектов' };
  await i18n.useLanguage('ru');
  for (const [n, word] of Object.entries(forms)) {
    assert.equal(i18n.tn('count.projects', Number(n)), `${n} ${word}`);
  }
  await i18n.useLanguage('kk');
  assert.equal(i18n.tn('count.projects', 21), '21 жоба');
});

test('a text falls back to another language and says which', async () => {
  await i18n.useLanguage('en');
  assert.deepEqual(i18n.pick({ title_kk: 'а', title_ru: 'б', title_en: null },
    'title'), { text: 'а', lang: 'kk' });
  assert.deepEqual(i18n.pick({ title_en: 'c' }, 'title'),
    { text: 'c', lang: null });
  assert.equal(i18n.pick({}, 'title'), null);
});

test('an address and the state it stands for', () => {
  const address = '?lang=ru&view=list&tab=districts&measure=overdue' +
    '&sort=-planned&q=%D1%88%D0%BA%D0%BE%D0%BB%D0%B0' +
    '&category=education,health&work_kind=new_build&status=implementation' +
    '&year=2024,2025&district=615500000&budget_level=oblast' +
    '&min_planned=1000000&max_planned=2500000.5&overdue=true' +
    '&p=TKS-2024-000001#map=9.5/43.3000/68.2500';
  const at = address.indexOf('#');
  const { state: read, ignored } = state.readAddress(address.slice(0, at),
    address.slice(at));
  assert.deepEqual(ignored, []);
  assert.deepEqual(read.category, ['education', 'health']);
  assert.equal(read.max_planned, 2500000.5);
  assert.deepEqual(read.map, { zoom: 9.5, lat: 43.3, lon: 68.25 });
  assert.equal(state.writeAddress(read), address);
});

test('what an address says wrong is left out with a note', () => {
  const cases = [
    ['?status=foo', '', ['status=foo']],
    ['?status=implementation,foo', '', ['status=foo']],
    ['?year=1999', '', ['year=1999']],
    ['?min_planned=-1', '', ['min_planned=-1']],
    ['?district=abc', '', ['district=abc']],
    ['?lang=de&measure=x', '', ['lang=de', 'measure=x']],
    ['?p=%3Cb%3E', '', ['p=<b>']],
    ['?utm_source=a&fbclid=b', '', []],
    ['', '#map=99/0/0', ['#map=99/0/0']],
    ['', '#list', ['#list']],
    [`?q=${'a'.repeat(300)}`, '', [`q=${'a'.repeat(300)}`]],
  ];
  for (const [search, hash, wanted] of cases) {
    assert.deepEqual(state.readAddress(search, hash).ignored, wanted);
  }
});

test('five classes of equal size that never part equal values', () => {
  const ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  assert.deepEqual(classes.classify(ten).map((c) => [c.from, c.to]),
    [[1, 2], [3, 4], [5, 6], [7, 8], [9, 10]]);
  assert.deepEqual(classes.classify([3, 3, 3, 3]), [{ from: 3, to: 3 }]);
  assert.deepEqual(classes.classify([null, null]), []);
  assert.deepEqual(classes.classify([0, 0, 0, 5, null]).map((c) => c.to),
    [0, 5]);
  const made = classes.classify([0, 0, 0, 5]);
  assert.equal(classes.shadeOf(null, made), -1);
  assert.equal(classes.shadeOf(0, made), 0);
  assert.equal(classes.shadeOf(5, made), 4);
});

test('a measure without data is null, not zero', () => {
  const none = { count: 2, planned: 0, missing: { planned: 2 },
    paid_share: null, overdue: { count: 0 } };
  const empty = { ...none, count: 0, missing: { planned: 0 } };
  assert.equal(classes.measureOf(none, 'planned'), null);
  assert.equal(classes.measureOf(none, 'mean'), null);
  assert.equal(classes.measureOf(none, 'overdue'), 0);
  assert.equal(classes.measureOf(empty, 'planned'), null);
  assert.equal(classes.measureOf(empty, 'count'), 0);
  assert.equal(classes.measureOf(undefined, 'count'), null);
});

test('anchors and points in polygons', () => {
  const square = [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]],
    [[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]]];
  const inside = (point) => geometry.contains({ type: 'Polygon',
    coordinates: square }, point);
  assert.equal(inside([0.5, 0.5]), true);
  assert.equal(inside([2, 2]), false, 'in the hole');
  assert.equal(inside([5, 2]), false);
  assert.deepEqual(geometry.anchorOf({ type: 'LineString',
    coordinates: [[0, 0], [2, 0], [2, 2]] }), [2, 0]);
  assert.deepEqual(geometry.anchorOf({ type: 'Polygon',
    coordinates: [square[0]] }), [2, 2]);
  assert.equal(geometry.anchorOf(null), null);
  assert.deepEqual(geometry.boxOf({ type: 'MultiPoint',
    coordinates: [[1, 5], [3, 2]] }), [1, 2, 3, 5]);
});

test('tiles of a box cover it and nothing far from it', () => {
  const box = [66, 40.5, 71, 46];
  const all = tiles.tilesOf(box, 7);
  const keys = all.map(tiles.tileKey);
  assert.equal(new Set(keys).size, keys.length);
  assert.ok(keys.includes('7/88/46'));
  for (const tile of all) {
    assert.ok(geometry.meets(tiles.tileBox(tile), box));
  }
  const [w, s, e, n] = tiles.tileBox({ z: 0, x: 0, y: 0 });
  assert.deepEqual([w, e], [-180, 180]);
  assert.ok(Math.abs(n - 85.0511) < 1e-3 && Math.abs(s + n) < 1e-9);
});

test('arrows lead to the nearest mark in their direction', () => {
  const at = (x, y) => ({ mark: `${x},${y}`, point: { x, y } });
  const marks = [at(0, 0), at(10, 0), at(30, 2), at(5, 40), at(-7, -3)];
  const to = (key) => walk.nearest(marks, '0,0', key)?.mark ?? null;
  assert.equal(to('ArrowRight'), '10,0');
  assert.equal(to('ArrowDown'), '5,40');
  assert.equal(to('ArrowLeft'), '-7,-3');
  assert.equal(to('ArrowUp'), null);
  assert.equal(walk.nearest(marks, '0,0', 'a'), undefined);
});

test('a crowd is joined without losing a project or a tenge', () => {
  const marks = [];
  for (let i = 0; i < 400; i += 1) {
    const at = [68 + (i % 20) * 0.003, 43 + Math.floor(i / 20) * 0.002];
    marks.push({ key: String(i), at, feature: { id: `P${i}`, properties: {
      status: i % 3 ? 'completion' : 'suspended', overdue: i % 5 === 0,
      planned: i % 7 ? 1000 + i : null } } });
  }
  const box = [68, 43, 68, 43];
  marks.push({ key: 'c', at: [68, 43], feature: { properties: {
    cluster: true, point_count: 10, planned: 5, missing_planned: 2,
    overdue: 1, status: { completion: 10 }, bbox: box } } });
  assert.equal(crowd.isCrowded(marks.length, { x: 360, y: 740 }), true);
  assert.equal(crowd.isCrowded(20, { x: 360, y: 740 }), false);
  for (const zoom of [12, 14, 16]) {
    const joined = crowd.join(marks, zoom);
    const sum = (value) => joined.reduce((n, { feature }) =>
      n + value(feature.properties), 0);
    assert.ok(joined.length < marks.length || zoom > 15);
    assert.equal(new Set(joined.map((m) => m.key)).size, joined.length);
    assert.equal(sum((p) => p.point_count ?? 1), 410);
    assert.equal(sum((p) => p.planned ?? 0), marks.reduce((n, m) =>
      n + (m.feature.properties.planned ?? 0), 0));
    assert.equal(sum((p) => Number(p.overdue)), 81);
    assert.equal(sum((p) => (p.cluster ? p.status.suspended ?? 0
      : Number(p.status === 'suspended'))), 134);
  }
  const same = crowd.join([marks[0], { ...marks[0], key: 'x' }], 12);
  assert.equal(same[0].feature.properties.expansion_zoom, null);
});
