// The filters that are on, as chips that take them off.

import { byId, fill, h } from './dom.js';
import { moneyShort } from './format.js';
import { hasFilters, NO_FILTERS, set, state, toggle, watch }
  from './state.js';
import { t, title } from './i18n.js';
import { icon } from './symbols.js';

const lists = ['status', 'category', 'work_kind', 'budget_level'];

function ofLists() {
  return lists.flatMap((name) => state[name].map((code) => ({
    text: title(name, code), off: () => toggle(name, code) })));
}

function ofAmounts() {
  const out = [];
  if (state.min_planned !== null) {
    out.push({ text: t('chip.from', { sum: moneyShort(state.min_planned) }),
      off: () => set({ min_planned: null }) });
  }
  if (state.max_planned !== null) {
    out.push({ text: t('chip.to', { sum: moneyShort(state.max_planned) }),
      off: () => set({ max_planned: null }) });
  }
  return out;
}

/** The filters that are on: [{ text, off() }]. */
export function activeFilters(districtName) {
  const out = [];
  if (state.q) {
    out.push({ text: t('chip.q', { q: state.q }), off: () => set({ q: '' }) });
  }
  out.push(...state.district.map((kato) => ({ text: districtName(kato),
    off: () => toggle('district', kato) })));
  out.push(...ofLists());
  out.push(...state.year.map((year) => ({ text: t('chip.year', { year }),
    off: () => toggle('year', year) })));
  out.push(...ofAmounts());
  if (state.overdue) {
    out.push({ text: t('chip.overdue'), off: () => set({ overdue: '' }) });
  }
  if (state.place) {
    out.push({ text: t('chip.unplaced'), off: () => set({ place: '' }) });
  }
  return out;
}

export class Chips {
  constructor(districtName) {
    this.districtName = districtName;
    watch(['lang', ...Object.keys(NO_FILTERS)], () => this.draw());
  }

  draw() {
    const active = activeFilters(this.districtName);
    fill(byId('chips'), active.map(({ text, off }) => h('li', {},
      h('button', { type: 'button', class: 'chip', on: { click: () => {
        off();
        this.keepFocus();
      } } }, h('span', { class: 'chip-text' }, text), icon('close'),
      h('span', { class: 'hidden-text' }, t('chip.remove'))))),
    active.length > 1 && h('li', {}, h('button', { type: 'button',
      class: 'link', on: { click: () => {
        set({ ...NO_FILTERS });
        this.keepFocus();
      } } }, t('chip.clear'))));
    byId('chips').hidden = !hasFilters();
    byId('filters-count').textContent = active.length || '';
  }

  // The button that was pressed is gone: the next one, else "Filters".
  keepFocus() {
    const next = byId('chips').querySelector('button');
    (next ?? byId('filters-button')).focus();
  }
}
