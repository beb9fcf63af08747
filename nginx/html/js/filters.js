// The dialog of filters. Changes are tried first: the button tells how many
// projects they would leave.

import { filterQuery, isAbort, lane, paths } from './api.js';
import { BUDGET_LEVEL, CATEGORY, STATUS, WORK_KIND } from './codes.js';
import { byId, debounce, fill, h } from './dom.js';
import { number } from './format.js';
import { t, title, tn } from './i18n.js';
import { NO_FILTERS, set, state } from './state.js';
import { icon, sectorGlyph, statusSign } from './symbols.js';

// One row a group of boxes.
const groups = [
  { name: 'status', codes: () => STATUS, sign: statusSign },
  { name: 'category', codes: () => CATEGORY, sign: sectorGlyph },
  { name: 'work_kind', codes: () => WORK_KIND },
  { name: 'year', codes: (about) => about.years() },
  { name: 'district', codes: (about) => about.katos(), tall: true },
  { name: 'budget_level', codes: () => BUDGET_LEVEL },
];

export class Filters {
  /** about: { districtName(kato), katos(), years() } */
  constructor(about) {
    this.about = about;
    this.ask = lane();
    this.draft = null;
    this.dialog = byId('filters');
    byId('filters-close').addEventListener('click', () => this.close());
    byId('filters-clear').addEventListener('click', () => this.clear());
    byId('filters-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.apply();
    });
    fill(byId('filters-close'), icon('close'));
    this.dialog.addEventListener('click', (event) => {
      if (event.target === this.dialog) this.close();
    });
    this.count = debounce(() => this.tryOut(), 150);
  }

  open() {
    this.draft = Object.fromEntries(Object.keys(NO_FILTERS)
      .map((name) => [name, structuredClone(state[name])]));
    this.draw();
    this.dialog.showModal();
    this.tryOut();
  }

  close() {
    this.dialog.close();
  }

  clear() {
    this.draft = structuredClone({ ...NO_FILTERS, q: this.draft.q });
    this.draw();
    this.tryOut();
    byId('filters-clear').focus();
  }

  apply() {
    if (!this.readAmounts()) return;
    set(this.draft);
    this.close();
  }

  draw() {
    fill(byId('filters-body'), groups.map((group) => this.group(group)),
      this.amounts(), this.overdue());
  }

  group({ name, codes, sign, tall }) {
    return h('fieldset', { class: tall ? 'boxes tall' : 'boxes' },
      h('legend', {}, t(`filter.${name}`)),
      h('div', { class: 'boxes-list' }, codes(this.about).map((code) =>
        h('label', { class: 'box' }, h('input', { type: 'checkbox', name,
          value: code, checked: this.draft[name].includes(code),
          on: { change: (event) => this.choose(name, code,
            event.target.checked) } }),
        sign && sign(code), h('span', {}, this.text(name, code))))));
  }

  text(name, code) {
    if (name === 'district') return this.about.districtName(code);
    return name === 'year' ? code : title(name, code);
  }

  choose(name, code, on) {
    const rest = this.draft[name].filter((v) => v !== code);
    this.draft[name] = (on ? [...rest, code] : rest).sort();
    this.count();
  }

  amounts() {
    const field = (name) => h('label', { class: 'field' },
      h('span', {}, t(`filter.${name}`)),
      h('input', { type: 'text', inputmode: 'decimal', name, id: name,
        autocomplete: 'off', value: this.draft[name] === null ? ''
          : String(this.draft[name] / 1e6).replace('.', ','),
        on: { input: () => { this.readAmounts(); this.count(); } } }));
    return h('fieldset', { class: 'boxes' },
      h('legend', {}, t('filter.amount')),
      h('div', { class: 'fields' }, field('min_planned'),
        field('max_planned')),
      h('p', { class: 'field-error', id: 'amount-error', hidden: true,
        role: 'alert' }, t('filter.amount_error')));
  }

  overdue() {
    return h('fieldset', { class: 'boxes' },
      h('legend', {}, t('filter.overdue')),
      h('label', { class: 'box' }, h('input', { type: 'checkbox',
        checked: this.draft.overdue === 'true', on: { change: (event) => {
          this.draft.overdue = event.target.checked ? 'true' : '';
          this.count();
        } } }), h('span', {}, t('filter.overdue_only'))));
  }

  // Amounts are typed in millions. False when they make no sense.
  readAmounts() {
    let good = true;
    for (const name of ['min_planned', 'max_planned']) {
      const input = byId(name);
      const text = input.value.replace(/[\s\u00a0]/g, '').replace(',', '.');
      const value = text === '' ? null : Number(text);
      const fits = value === null || (value >= 0 && value < 1e9);
      input.setAttribute('aria-invalid', String(!fits));
      if (!fits) good = false;
      else this.draft[name] = value === null ? null
        : Math.round(value * 1e8) / 100;
    }
    const { min_planned: least, max_planned: most } = this.draft;
    if (good && least !== null && most !== null && least > most) good = false;
    byId('amount-error').hidden = good;
    return good;
  }

  async tryOut() {
    const button = byId('filters-apply');
    try {
      const { total } = await this.ask(paths.stats(filterQuery(this.draft)));
      button.textContent = tn('filter.show', total.count,
        { n: number(total.count) });
    } catch (error) {
      if (!isAbort(error)) button.textContent = t('filter.show_some');
    }
  }
}
