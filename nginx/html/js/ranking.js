// The districts as a ranked table.

import { MEASURE } from './codes.js';
import { measureOf } from './classes.js';
import { byId, fill, h } from './dom.js';
import { number } from './format.js';
import { t } from './i18n.js';
import { measureText } from './measures.js';
import { set, state, toggle, watch } from './state.js';

function ranked(rows, measure) {
  return rows.filter((row) => row.key !== 'none' || row.count > 0)
    .map((row) => ({ row, value: measureOf(row, measure) }))
    .sort((a, b) => (a.row.key === 'none') - (b.row.key === 'none') ||
      (b.value ?? -1) - (a.value ?? -1));
}

/** Fills a select with the measures of the map. */
export function fillMeasures(select) {
  fill(select, MEASURE.map((name) =>
    h('option', { value: name }, t(`measure.${name}`))));
  select.value = state.measure;
}

export class Ranking {
  constructor(districts, on) {
    this.districts = districts;
    this.on = on;
    this.rows = null;
    this.failed = false;
    this.select = byId('ranking-measure');
    this.select.addEventListener('change', () =>
      set({ measure: this.select.value }));
    watch(['lang', 'measure', 'district'], () => this.draw());
  }

  setSums(stats) {
    this.failed = false;
    this.rows = stats.groups;
    this.draw();
  }

  fail() {
    this.failed = true;
    this.draw();
  }

  draw() {
    fillMeasures(this.select);
    const root = byId('ranking');
    if (this.failed) {
      fill(root, h('p', { class: 'empty' }, t('error.districts')),
        h('button', { type: 'button', class: 'button', on: {
          click: () => this.on.again() } }, t('error.again')));
    } else if (this.rows) {
      fill(root, this.table());
    }
  }

  table() {
    const all = ranked(this.rows, state.measure);
    const most = Math.max(...all.map(({ value }) => value ?? 0), 0);
    return h('table', { class: 'ranking-table' },
      h('caption', {}, t('ranking.caption')),
      h('thead', {}, h('tr', {},
        h('th', { scope: 'col', class: 'number' }, t('ranking.place')),
        h('th', { scope: 'col' }, t('column.district')),
        h('th', { scope: 'col', class: 'number' },
          t(`measure.${state.measure}`)),
        h('th', { scope: 'col', class: 'number' }, t('column.count')))),
      h('tbody', {}, all.map((entry, i) => this.row(entry, i, most))));
  }

  row({ row, value }, i, most) {
    const chosen = state.district.includes(row.key);
    const share = value !== null && most > 0 ? value / most : 0;
    const none = row.key === 'none';
    return h('tr', { class: chosen ? 'chosen' : null },
      h('td', { class: 'number muted' }, none ? '' : String(i + 1)),
      h('th', { scope: 'row' }, none ? t('district.none')
        : h('button', { type: 'button', class: 'link',
          'aria-pressed': String(chosen), on: { click: () =>
            this.choose(row.key) } }, this.districts.name(row.key)),
      h('span', { class: 'rank-track', 'aria-hidden': 'true' },
        h('span', { class: 'rank-fill',
          css: { width: `${share * 100}%` } }))),
      h('td', { class: value === null ? 'number missing' : 'number' },
        measureText(state.measure, value)),
      h('td', { class: 'number' }, number(row.count)));
  }

  choose(kato) {
    const going = !state.district.includes(kato);
    toggle('district', kato);
    if (going) this.on.zoom(this.districts.boxOf([kato]));
  }
}
