// Numbers, money and dates for people. Own code, because browsers differ in
// what they know of Kazakh.

import { language, t, tn } from './i18n.js';

const NBSP = '\u00a0';
const MINUS = '\u2212';
const DASH = '\u2013';
const TENGE = '\u20b8';

const steps = [
  [1e12, 'unit.trillion'],
  [1e9, 'unit.billion'],
  [1e6, 'unit.million'],
];

function marks() {
  return language() === 'en'
    ? { group: ',', point: '.' }
    : { group: NBSP, point: ',' };
}

/** A number with at most so many decimals, zeros at the end left out. */
export function number(value, decimals = 0) {
  const { group, point } = marks();
  const [whole, part] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  const tail = (part || '').replace(/0+$/, '');
  const sign = value < 0 && Number(value.toFixed(decimals)) !== 0 ? MINUS : '';
  return sign + grouped + (tail ? point + tail : '');
}

function withTenge(text) {
  return language() === 'en' ? TENGE + text : text + NBSP + TENGE;
}

/** The full amount in tenge, "not published" for null. */
export function money(value) {
  if (value === null || value === undefined) return t('money.missing');
  return withTenge(number(value, Number.isInteger(value) ? 0 : 2));
}

function short(value) {
  const size = Math.abs(value);
  // 999.96 million would be printed as 1000 million: take the next step.
  const step = steps.find(([unit]) => size >= unit * 0.99995);
  if (!step) return number(value);
  const [unit, key] = step;
  const gap = language() === 'en' ? '' : NBSP;
  return number(value / unit, 1) + gap + t(key);
}

/** The amount in words of the language: 1,2 bn. */
export function moneyShort(value) {
  if (value === null || value === undefined) return t('money.missing');
  return withTenge(short(value));
}

/** "From - to" of two written values; what both end or begin with (unit,
 * currency) is written once. */
export function range(from, to) {
  if (from === to) return from;
  const tail = / ?[^\d.,]*$/u;
  const head = /^[^\d]*/u;
  const [fromTail, toTail] = [tail.exec(from)[0], tail.exec(to)[0]];
  const [fromHead, toHead] = [head.exec(from)[0], head.exec(to)[0]];
  const left = fromTail === toTail ? from.slice(0, from.length -
    fromTail.length) : from;
  const right = fromHead === toHead ? to.slice(toHead.length) : to;
  return left + DASH + right;
}

/** A count on a mark of the map: 950, 1,2k. */
export function countShort(n) {
  if (n < 1000) return String(n);
  if (n < 1e6) return number(n / 1000, n < 1e4 ? 1 : 0) + t('unit.k');
  return number(n / 1e6, 1) + t('unit.m');
}

export function percent(share) {
  if (share === null || share === undefined) return t('money.missing');
  const shown = Math.round(share * 100);
  return number(shown) + (language() === 'en' ? '%' : `${NBSP}%`);
}

function parts(iso) {
  const m = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso || '');
  return m && { year: m[1], month: Number(m[2]), day: Number(m[3]) };
}

/** A day with the month in words; null when it is not known. */
export function date(iso) {
  const p = parts(iso);
  if (!p) return null;
  return t('date.long', { ...p, month: t(`month.${p.month}`) });
}

/** Month and year only. */
export function month(iso) {
  const p = parts(iso);
  if (!p) return null;
  return t('date.month', { ...p, month: t(`month.alone.${p.month}`) });
}

/** A moment in the oblast's time (UTC+5 all year since 2024). */
export function moment(iso) {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return null;
  const local = new Date(at.getTime() + 5 * 3600e3).toISOString();
  return `${date(local)}, ${local.slice(11, 16)}`;
}

/** Whole days from one day to another. */
export function daysBetween(from, to) {
  return Math.round((Date.parse(to) - Date.parse(from)) / 864e5);
}

export function days(n) {
  return tn('days', n, { n: number(n) });
}

export function bytes(n) {
  if (n < 1024) return `${number(n)}${NBSP}B`;
  if (n < 1024 * 1024) return `${number(n / 1024)}${NBSP}kB`;
  return `${number(n / 1024 / 1024, 1)}${NBSP}MB`;
}
