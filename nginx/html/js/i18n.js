// Texts of the page in the chosen language, from i18n/{kk,ru,en}.json.

import { LANGS } from './codes.js';

const loaded = new Map();
let lang = 'kk';
let texts = {};

async function fetchTexts(code) {
  const url = new URL(`../i18n/${code}.json`, import.meta.url);
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`i18n ${answer.status}`);
  return answer.json();
}

/** Loads a language once and makes it the current one. */
export async function useLanguage(code) {
  if (!loaded.has(code)) loaded.set(code, await fetchTexts(code));
  lang = code;
  texts = loaded.get(code);
  document.documentElement.lang = code;
}

export function language() {
  return lang;
}

function fillIn(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) =>
    values[name] ?? whole);
}

/** The text of a key; {name} is replaced by values.name. */
export function t(key, values = {}) {
  const text = texts[key];
  return typeof text === 'string' ? fillIn(text, values) : key;
}

export function has(key) {
  return key in texts;
}

const plurals = {
  kk: () => 'other',
  en: (n) => (n === 1 ? 'one' : 'other'),
  ru(n) {
    const tens = n % 100;
    const ones = n % 10;
    if (ones === 1 && tens !== 11) return 'one';
    if (ones >= 2 && ones <= 4 && (tens < 12 || tens > 14)) return 'few';
    return 'many';
  },
};

/** A text that depends on a whole number n; {n} is filled in as given by
 * values.n, so that it can be formatted. */
export function tn(key, n, values = {}) {
  const forms = texts[key];
  if (!forms) return key;
  return fillIn(forms[plurals[lang](Math.abs(n))] ?? forms.other ?? key,
    { n, ...values });
}

/** The text of a record in the current language, else in the first that has
 * it: { text, lang }, lang null when it is the current one. Null: none. */
export function pick(record, name) {
  const order = [lang, ...LANGS.filter((code) => code !== lang)];
  for (const code of order) {
    const text = record?.[`${name}_${code}`];
    if (text) return { text, lang: code === lang ? null : code };
  }
  return null;
}

/** A member of an object { kk, ru, en }, with the same fall-back. */
export function pickOf(titles) {
  if (!titles) return '';
  return titles[lang] || titles.kk || titles.ru || titles.en || '';
}

/** The title of a code; the code itself where the list has grown. */
export function title(list, code) {
  return has(`${list}.${code}`) ? t(`${list}.${code}`) : code;
}

const targets = [
  ['data-t', (e, text) => { e.textContent = text; }],
  ['data-t-label', (e, text) => e.setAttribute('aria-label', text)],
  ['data-t-hint', (e, text) => e.setAttribute('placeholder', text)],
  ['data-t-title', (e, text) => e.setAttribute('title', text)],
];

/** Writes the texts of all marked elements below root. */
export function translate(root) {
  for (const [attribute, write] of targets) {
    for (const e of root.querySelectorAll(`[${attribute}]`)) {
      write(e, t(e.getAttribute(attribute)));
    }
  }
}
