// The list view: the same projects and figures as a table.

import { byId, fill, h } from './dom.js';
import { date, money, moneyShort, number, percent } from './format.js';
import { t, title, tn } from './i18n.js';
import { shareOf } from './items.js';
import { lateness, stateLink, statusLine, titleOf } from './rows.js';
import { set, state, watch } from './state.js';
import { icon } from './symbols.js';

// One row a column; order names the sort it offers.
const columns = [
  { key: 'title', order: 'title', head: true,
    cell: (f, about) => [stateLink({ p: f.id }, {}, () => about.open(f.id),
      titleOf(f.properties)), h('div', { class: 'only-narrow muted' },
      statusLine(f.properties), ' ',
      about.districtName(f.properties.district)),
    lateness(f.properties, about.day)] },
  { key: 'district', wide: true, cell: (f, about) =>
    about.districtName(f.properties.district) },
  { key: 'status', wide: true, cell: (f) => statusLine(f.properties) },
  { key: 'category', wide: true,
    cell: (f) => title('category', f.properties.category) },
  { key: 'planned', order: 'planned', money: true,
    cell: (f) => amount(f.properties.planned) },
  { key: 'contracted', money: true, wide: true,
    cell: (f) => amount(f.properties.contracted) },
  { key: 'paid', money: true, wide: true,
    cell: (f) => amount(f.properties.paid) },
  { key: 'paid_share', order: 'paid_share', money: true,
    cell: (f) => percent(shareOf(f.properties)) },
  { key: 'planned_end', order: 'planned_end',
    cell: (f) => date(f.properties.planned_end) ?? t('date.missing') },
];

// Amounts begin with the largest, the rest with the smallest.
const largestFirst = ['planned', 'paid_share'];

function amount(value) {
  return value === null
    ? h('span', { class: 'missing' }, t('money.missing'))
    : h('span', { title: money(value) }, moneyShort(value));
}

function direction(order) {
  if (state.sort === order) return 'ascending';
  return state.sort === `-${order}` ? 'descending' : 'none';
}

function nextSort(order) {
  const first = largestFirst.includes(order) ? `-${order}` : order;
  if (state.sort !== first) return first;
  return first.startsWith('-') ? order : `-${order}`;
}

function classOf(column) {
  return [column.money && 'number', column.wide && 'only-wide',
    `col-${column.key}`].filter(Boolean).join(' ');
}

function headCell(column) {
  const text = t(`column.${column.key}`);
  const attributes = { scope: 'col', class: classOf(column) };
  if (!column.order) return h('th', attributes, text);
  const way = direction(column.order);
  return h('th', { ...attributes, 'aria-sort': way }, h('button', {
    type: 'button', class: 'sort-button', 'data-order': column.order,
    on: { click: () => set({ sort: nextSort(column.order) }) },
  }, text, way === 'ascending' && icon('up'),
  way === 'descending' && icon('down')));
}

function row(feature, about) {
  return h('tr', { 'data-id': feature.id,
    class: feature.id === state.p ? 'chosen' : null },
  columns.map((column) => h(column.head ? 'th' : 'td',
    { class: classOf(column), scope: column.head ? 'row' : null },
    column.cell(feature, about))));
}

/** A table of the records given, for the list view and for print. */
export function projectTable(features, about, caption) {
  return h('table', { class: 'projects-table' },
    h('caption', {}, caption),
    h('thead', {}, h('tr', {}, columns.map(headCell))),
    h('tbody', {}, features.map((f) => row(f, about))));
}

export class Table {
  constructor(items, about) {
    this.items = items;
    this.about = about;
    this.root = byId('table');
    this.status = byId('table-status');
    this.more = byId('table-more');
    items.onChange(() => this.draw());
    this.more.addEventListener('click', () => this.showMore());
    watch(['lang', 'view', 'p'], () => this.draw());
  }

  draw() {
    if (state.view !== 'list') {
      fill(this.root);
      return;
    }
    const { items } = this;
    const focused = document.activeElement?.dataset?.order;
    this.root.setAttribute('aria-busy', String(items.status === 'loading'));
    if (items.status === 'ready') {
      fill(this.root, projectTable(items.shown(), this.about,
        this.caption()));
    }
    this.more.hidden = items.status !== 'ready' || !items.hasMore();
    this.drawStatus();
    if (focused) {
      this.root.querySelector(`[data-order="${focused}"]`)?.focus();
    }
  }

  caption() {
    const { items } = this;
    const words = tn('list.shown', items.matched,
      { shown: number(items.shown().length), n: number(items.matched) });
    return items.sortedInPart() ? `${words} ${t('list.sorted_part',
      { n: number(items.features.length) })}` : words;
  }

  drawStatus() {
    const { items } = this;
    fill(this.status);
    if (items.status === 'failed') {
      fill(this.root);
      this.status.append(h('p', { class: 'empty' }, t('error.list')),
        h('button', { type: 'button', class: 'button', on: {
          click: () => items.load(true) } }, t('error.again')));
    } else if (items.status === 'ready' && items.matched === 0) {
      fill(this.root);
      this.status.append(h('p', { class: 'empty' }, t('empty.list')),
        h('p', { class: 'muted' }, t('empty.hint')));
    } else if (items.status === 'loading' && !this.root.firstChild) {
      this.root.append(...Array.from({ length: 8 }, () =>
        h('div', { class: 'bone bone-row', 'aria-hidden': 'true' })));
    }
  }

  async showMore() {
    const before = this.items.shown().length;
    await this.items.more();
    this.root.querySelectorAll('tbody tr')[before]?.querySelector('a')
      ?.focus();
  }
}
