// What the page shows, and its address: each is made from the other.

import {
  BUDGET_LEVEL, CATEGORY, LANGS, MEASURE, SORT, STATUS, WORK_KIND,
} from './codes.js';

const oneOf = (codes) => (text) => (codes.includes(text) ? text : null);
const matching = (pattern) => (text) => (pattern.test(text) ? text : null);

const readYear = (text) =>
  (/^\d{4}$/.test(text) && text >= '2000' && text <= '2063' ? text : null);
const readAmount = (text) =>
  (/^\d{1,15}(\.\d{1,2})?$/.test(text) ? Number(text) : null);

function readText(text) {
  const trimmed = text.trim().replace(/\s+/g, ' ');
  const length = new TextEncoder().encode(trimmed).length;
  return trimmed && length <= 200 ? trimmed : null;
}

function readPoint(text) {
  const m = /^(-?\d{1,3}(?:\.\d+)?),(-?\d{1,2}(?:\.\d+)?)$/.exec(text);
  return m && Math.abs(m[1]) <= 180 && Math.abs(m[2]) <= 90 ? text : null;
}

// One row a parameter: how a value is read, whether it is a list, whether it
// selects projects, and what holds when it is not given.
const rows = [
  { name: 'lang', read: oneOf(LANGS), none: 'kk' },
  { name: 'view', read: oneOf(['map', 'list']), none: 'map' },
  { name: 'tab', read: oneOf(['projects', 'districts']), none: 'projects' },
  { name: 'measure', read: oneOf(MEASURE), none: 'planned' },
  { name: 'sort', read: matching(new RegExp(`^-?(${SORT.join('|')})$`)),
    none: 'place' },
  { name: 'q', read: readText, none: '', filter: true },
  { name: 'category', read: oneOf(CATEGORY), list: true, filter: true },
  { name: 'work_kind', read: oneOf(WORK_KIND), list: true, filter: true },
  { name: 'status', read: oneOf(STATUS), list: true, filter: true },
  { name: 'year', read: readYear, list: true, filter: true },
  { name: 'district', read: matching(/^\d{9}$/), list: true, filter: true },
  { name: 'budget_level', read: oneOf(BUDGET_LEVEL), list: true,
    filter: true },
  { name: 'min_planned', read: readAmount, none: null, filter: true },
  { name: 'max_planned', read: readAmount, none: null, filter: true },
  { name: 'overdue', read: oneOf(['true']), none: '', filter: true },
  { name: 'place', read: oneOf(['none']), none: '', filter: true },
  { name: 'layers', read: matching(/^[a-z][a-z0-9_]{0,62}$/), list: true },
  { name: 'districts', read: oneOf(['off']), none: '' },
  { name: 'at', read: readPoint, none: '' },
  { name: 'p', read: matching(/^[A-Za-z0-9-]{1,40}$/), none: '' },
];

export const FILTERS = rows.filter((r) => r.filter).map((r) => r.name);

const emptyOf = (row) => (row.list ? [] : row.none);

export const NO_FILTERS = Object.freeze(Object.fromEntries(
  rows.filter((r) => r.filter).map((r) => [r.name, emptyOf(r)])));

function readRow(row, text, ignored) {
  const wanted = row.list ? text.split(',') : [text];
  const good = [];
  for (const part of wanted) {
    const value = row.read(part);
    if (value === null) ignored.push(`${row.name}=${part}`);
    else if (!good.includes(value)) good.push(value);
  }
  if (row.list) return good.sort();
  return good.length ? good[0] : emptyOf(row);
}

/** "#map=zoom/lat/lon" as { zoom, lat, lon }, null where it is none. */
export function readHash(hash) {
  const m = /^#map=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(hash);
  if (!m) return null;
  const [zoom, lat, lon] = m.slice(1).map(Number);
  const good = zoom <= 22 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
  return good ? { zoom, lat, lon } : null;
}

/** The state an address stands for; ignored lists what was not understood.
 * Parameters of others (utm_source) are passed over. */
export function readAddress(search, hash) {
  const given = new URLSearchParams(search);
  const ignored = [];
  const state = { map: readHash(hash) };
  for (const row of rows) {
    const text = given.get(row.name);
    state[row.name] = text === null ? emptyOf(row)
      : readRow(row, text, ignored);
  }
  state.given = new Set(given.keys());
  if (hash && hash !== '#' && !state.map) ignored.push(hash);
  return { state, ignored };
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function writeHash(map) {
  if (!map) return '';
  const zoom = Math.round(map.zoom * 100) / 100;
  return `#map=${zoom}/${map.lat.toFixed(4)}/${map.lon.toFixed(4)}`;
}

/** The address of a state, from "?" on. The language always stands in it, so
 * that a shared link looks the same to everybody. */
export function writeAddress(state) {
  const out = [];
  for (const row of rows) {
    const value = state[row.name];
    if (row.name !== 'lang' && same(value, emptyOf(row))) continue;
    const text = encodeURIComponent(row.list ? value.join(',') : value)
      .replace(/%2C/g, ',');
    out.push(`${row.name}=${text}`);
  }
  return `?${out.join('&')}${writeHash(state.map)}`;
}

const watchers = [];

/** The current state. Read it anywhere, change it by set(). */
export const state = readAddress('', '').state;

/** Calls run(changed) after a change of one of the keys; changed is a Set. */
export function watch(keys, run) {
  watchers.push({ keys, run });
}

function announce(changed) {
  for (const { keys, run } of watchers) {
    if (keys.some((key) => changed.has(key))) run(changed);
  }
}

function apply(patch) {
  const changed = new Set();
  for (const [key, value] of Object.entries(patch)) {
    if (same(state[key], value)) continue;
    state[key] = value;
    changed.add(key);
  }
  return changed;
}

// Browsers refuse when it is written very often: the next change writes it.
function writeBar(address, push) {
  try {
    if (push) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
  } catch (error) {
    if (error.name !== 'SecurityError') throw error;
  }
}

/** Changes the state. With push a step back leads to what was before. */
export function set(patch, push = true) {
  const changed = apply(patch);
  if (changed.size === 0) return;
  writeBar(location.pathname + writeAddress(state), push);
  announce(changed);
}

/** Takes the state from the address bar, without touching history. */
export function adopt() {
  const { state: read, ignored } = readAddress(location.search,
    location.hash);
  if (!read.given.has('lang')) read.lang = state.lang;
  const { given, ...patch } = read;
  if (patch.map === null) delete patch.map;
  announce(apply(patch));
  return { given, ignored };
}

export function hasFilters() {
  return FILTERS.some((name) => !same(state[name], NO_FILTERS[name]));
}

/** Adds a value to a list filter, or takes it away. */
export function toggle(name, value) {
  const now = state[name];
  const next = now.includes(value) ? now.filter((v) => v !== value)
    : [...now, value].sort();
  set({ [name]: next });
}
