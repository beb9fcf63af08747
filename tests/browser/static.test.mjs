// What can be proven of the page's files without a browser.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';

const HTML = new URL('../../nginx/html/', import.meta.url);
const LANGS = ['kk', 'ru', 'en'];
const FORMS = { kk: ['other'], ru: ['one', 'few', 'many'],
  en: ['one', 'other'] };

const read = (name) => readFile(new URL(name, HTML), 'utf8');
const texts = Object.fromEntries(await Promise.all(LANGS.map(async (lang) =>
  [lang, JSON.parse(await read(`i18n/${lang}.json`))])));
const scripts = await Promise.all((await readdir(new URL('js/', HTML)))
  .filter((name) => name.endsWith('.js'))
  .map(async (name) => [name, await read(`js/${name}`)]));
const page = await read('index.html');

const holes = (text) => [...text.matchAll(/\{\w+\}/g)].map((m) => m[0])
  .sort();

test('the three languages have the same keys in the same order', () => {
  for (const lang of LANGS) {
    assert.deepEqual(Object.keys(texts[lang]), Object.keys(texts.kk));
  }
});

test('every text has something to say, every plural its forms', () => {
  for (const lang of LANGS) {
    for (const [key, text] of Object.entries(texts[lang])) {
      const all = typeof text === 'string' ? [text] : FORMS[lang].map(
        (form) => text[form]);
      for (const one of all) assert.ok(one?.trim(), `${lang} ${key}`);
      if (typeof text !== 'string') {
        assert.deepEqual(Object.keys(text), FORMS[lang], `${lang} ${key}`);
      }
    }
  }
});

test('what is filled in is the same in the three languages', () => {
  for (const [key, text] of Object.entries(texts.kk)) {
    const own = typeof text === 'string' ? text : text.other;
    for (const lang of LANGS) {
      const other = texts[lang][key];
      const all = typeof other === 'string' ? [other] : Object.values(other);
      for (const one of all) {
        assert.deepEqual(holes(one), holes(own), `${lang} ${key}`);
      }
    }
  }
});

test('every key that code or page names exists', () => {
  const named = [...page.matchAll(/data-t(?:-\w+)?="([^"]+)"/g)]
    .map((m) => m[1]);
  for (const [, code] of scripts) {
    named.push(...[...code.matchAll(/\btn?\(\s*'([^']+)'/g)]
      .map((m) => m[1]));
  }
  assert.ok(named.length > 150);
  const missing = named.filter((key) => !(key in texts.kk));
  assert.deepEqual(missing, []);
});

test('every code that the page offers has a title', async () => {
  const codes = await import(new URL('js/codes.js', HTML));
  const lists = { status: codes.STATUS, category: codes.CATEGORY,
    work_kind: codes.WORK_KIND, budget_level: codes.BUDGET_LEVEL,
    measure: codes.MEASURE, sort: codes.SORT };
  for (const [list, all] of Object.entries(lists)) {
    for (const code of all) assert.ok(texts.kk[`${list}.${code}`], code);
  }
});

function codeLists(source) {
  const out = {};
  for (const [, name, body] of source.matchAll(
    /static const struct code (\w+)\[\] = \{([\s\S]*?)\n\};/g)) {
    out[name] = [...body.matchAll(
      /\{\s*"(\w+)",\s*\{\s*"(.*?)",\s*"(.*?)",\s*"(.*?)"\s*\}\s*\}/g)]
      .map(([, code, kk, ru, en]) => ({ code, kk, ru, en }));
  }
  return out;
}

test('code lists say the same as those of the server', async () => {
  const lists = codeLists(await readFile(
    new URL('../../src/query/codes.c', HTML), 'utf8'));
  const { STATUS, CATEGORY, WORK_KIND, BUDGET_LEVEL } = await import(
    new URL('js/codes.js', HTML));
  const offered = { status: STATUS, category: CATEGORY,
    work_kind: WORK_KIND, budget_level: BUDGET_LEVEL };
  for (const name of ['status', 'category', 'work_kind', 'budget_level',
    'facility_type', 'precision']) {
    assert.ok(lists[name].length > 3, name);
    for (const row of lists[name]) {
      for (const lang of LANGS) {
        assert.equal(texts[lang][`${name}.${row.code}`], row[lang]);
      }
    }
    if (offered[name]) {
      assert.deepEqual([...offered[name]].sort(),
        lists[name].map((row) => row.code).sort());
    }
  }
});

test('words of the page are those of the pages without scripts', async () => {
  const source = await readFile(new URL('../../src/api/text.c', HTML),
    'utf8');
  const said = new Map([...source.matchAll(
    /\[TEXT_(\w+)\] = \{((?:\s*"[^"]*",?)+)\s*\}/g)].map(([, name, list]) =>
    [name, list.replace(/"\s*"/g, '').match(/"[^"]*"/g)
      .map((text) => text.slice(1, -1))]));
  const alike = { PLANNED: 'money.planned', CONTRACTED: 'money.contracted',
    PAID: 'money.paid', SHARE_PAID: 'measure.paid_share',
    OVERDUE: 'project.overdue', PROGRESS: 'card.progress',
    NOT_PUBLISHED: 'money.missing', MISSING: 'measure.no_data',
    STATUS: 'filter.status', CATEGORY: 'filter.category',
    WORK_KIND: 'filter.work_kind', DISTRICT: 'filter.district',
    NO_DISTRICT: 'district.none', COUNT: 'measure.count',
    PROJECTS: 'tab.projects', CUSTOMER: 'card.customer',
    CONTRACTOR: 'card.contractor', DATES: 'card.dates',
    PLACE: 'card.place', ABOUT: 'card.about', ON_MAP: 'card.show_on_map', WORDS: 'words.link',
    GIS: 'foot.gis', YES: 'value.yes', NO: 'value.no' };
  for (const [name, key] of Object.entries(alike)) {
    assert.deepEqual(said.get(name), LANGS.map((lang) => texts[lang][key]),
      name);
  }
});

test('colours are those that the server gives to other formats', async () => {
  const palette = await readFile(new URL('../../src/api/palette.c', HTML),
    'utf8');
  const light = (await read('css/tokens.css')).split('@media')[0];
  const token = (name) =>
    new RegExp(`--${name}: #(\\w{6});`).exec(light)[1];
  const statuses = [...palette.matchAll(
    /\[STATUS_(\w+)\] = 0x(\w{6}),/g)];
  assert.equal(statuses.length, 9);
  for (const [, name, colour] of statuses) {
    assert.equal(colour, token(`status-${name.toLowerCase()}`), name);
  }
  for (const [mine, page_] of [['district', 'district-line'],
    ['layer', 'accent'], ['edge', 'mark-edge']]) {
    assert.equal(new RegExp(`palette_${mine} = 0x(\\w{6});`).exec(palette)[1],
      token(page_), mine);
  }
});

test('no text stands in the page but the title and the way without scripts',
  () => {
    const noscript = /<noscript>([\s\S]*?)<\/noscript>/.exec(page);
    const links = [...noscript[1].matchAll(
      /<p lang="(\w\w)"><a href="\/d\/\?lang=\1">(.*?)<\/a><\/p>/g)];
    assert.deepEqual(links.map(([, lang, text]) => [lang, text]),
      LANGS.map((lang) => [lang, texts[lang]['plain.link']]));
    const title = /<title>(.*?)<\/title>/.exec(page);
    assert.equal(title[1], texts.kk['service.name']);
    const rest = page.replace(noscript[0], '').replace(title[0], '')
      .replace(/<!--[\s\S]*?-->/g, '');
    const words = [...rest.matchAll(/>([^<]*[\p{L}][^<]*)</gu)]
      .map((m) => m[1].trim());
    assert.deepEqual(words, []);
    const spoken = /\s(?:title|alt|placeholder|aria-label)="[^"]+"/;
    assert.doesNotMatch(rest, spoken);
  });

test('no text for people stands in code', () => {
  for (const [name, code] of scripts) {
    const bare = code.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
      .replace(/\s\/\/ .*$/gm, '');
    assert.doesNotMatch(bare, /[\u0400-\u04ff]/, `${name}: Cyrillic`);
    // A string of two words or more with a capital is a sentence.
    const sentences = [...bare.matchAll(/'([A-Z][a-z]+ [a-z ]+)'/g)];
    assert.deepEqual(sentences.map((m) => m[1]), [], name);
  }
});

test('nothing in the page needs more than the content policy gives', () => {
  assert.doesNotMatch(page, /\sstyle="/);
  assert.doesNotMatch(page, /\son\w+="/);
  assert.doesNotMatch(page, /<style|<script(?![^>]*\ssrc=)/);
  assert.doesNotMatch(page, /(?:src|href)="(?:https?:)?\/\//);
  for (const [name, code] of scripts) {
    assert.doesNotMatch(code, /innerHTML|insertAdjacentHTML|\beval\b|cssText/,
      name);
    assert.doesNotMatch(code, /https?:\/\/(?!www\.w3\.org)[a-z]/, name);
    assert.doesNotMatch(code, /document\.cookie/, name);
  }
});

test('style sheets ask for nothing from elsewhere', async () => {
  for (const name of await readdir(new URL('css/', HTML))) {
    const css = await read(`css/${name}`);
    assert.doesNotMatch(css, /@import|https?:|url\((?!#)/, name);
  }
});

test('libraries are pinned and come without addresses', async () => {
  const wanted = JSON.parse(await read('package.json'));
  const lock = await read('package-lock.json');
  for (const version of Object.values({ ...wanted.dependencies,
    ...wanted.devDependencies })) assert.match(version, /^\d+\.\d+\.\d+$/);
  assert.doesNotMatch(lock, /"resolved":/);
});
