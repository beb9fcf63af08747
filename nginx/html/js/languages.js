// The language switch and the language remembered in this browser.

import { LANGS } from './codes.js';
import { byId, fill, h } from './dom.js';
import { t, useLanguage } from './i18n.js';
import { notify } from './notices.js';
import { set, state } from './state.js';

const KEY = 'budgetmap.lang';

/** The language chosen last in this browser, Kazakh at first. */
export function rememberedLanguage() {
  try {
    const code = localStorage.getItem(KEY);
    return LANGS.includes(code) ? code : LANGS[0];
  } catch {
    return LANGS[0]; // storage may be forbidden
  }
}

function remember(code) {
  try {
    localStorage.setItem(KEY, code);
  } catch {
    // Nothing is lost but the memory of the choice.
  }
}

async function choose(code) {
  try {
    await useLanguage(code);
  } catch {
    notify('lang', { text: () => t('error.language'), closes: true });
    return;
  }
  remember(code);
  set({ lang: code });
  byId('languages').querySelector(`[lang="${code}"]`)?.focus();
}

/** Draws the three buttons. */
export function drawLanguages() {
  fill(byId('languages'), LANGS.map((code) => h('button', {
    type: 'button', lang: code, class: 'language',
    'aria-pressed': String(code === state.lang),
    title: t(`lang.${code}`),
    on: { click: () => choose(code) },
  }, t(`lang.short.${code}`))));
}
