// The list beside the map.

import { byId, fill, h } from './dom.js';
import { number } from './format.js';
import { t, tn } from './i18n.js';
import { amount, lateness, shareBar, stateLink, statusLine, titleOf }
  from './rows.js';
import { SORT } from './codes.js';
import { set, state, watch } from './state.js';
import { icon } from './symbols.js';

const SKELETONS = 6;

function skeleton() {
  return h('li', { class: 'item skeleton', 'aria-hidden': 'true' },
    h('span', { class: 'bone bone-wide' }), h('span', { class: 'bone' }),
    h('span', { class: 'bone bone-half' }));
}

export class List {
  /** on: { open(id), hot(id or null) }; about: { day, districtName(kato) } */
  constructor(items, about, on) {
    this.items = items;
    this.about = about;
    this.on = on;
    this.root = byId('items');
    this.status = byId('items-status');
    this.more = byId('items-more');
    this.sort = byId('sort');
    items.onChange(() => this.draw());
    this.more.addEventListener('click', () => this.showMore());
    this.sort.addEventListener('change', () =>
      set({ sort: this.sort.value }));
    this.root.addEventListener('keydown', (event) => this.walk(event));
    watch(['lang'], () => this.draw());
    watch(['p'], () => this.markChosen());
  }

  draw() {
    this.drawSort();
    const { status } = this.items;
    const first = status === 'loading' && this.items.size === 50;
    this.root.setAttribute('aria-busy', String(status === 'loading'));
    if (status === 'failed') fill(this.root);
    else if (first && this.items.features.length === 0) {
      fill(this.root, Array.from({ length: SKELETONS }, skeleton));
    } else if (status === 'ready') {
      fill(this.root, this.items.shown().map((f) => this.row(f)));
    }
    this.root.classList.toggle('stale', status === 'loading');
    this.drawStatus();
    this.markChosen();
  }

  drawSort() {
    fill(this.sort, SORT.map((name) => {
      const value = ['planned', 'paid_share'].includes(name) ? `-${name}`
        : name;
      return h('option', { value }, t(`sort.${name}`));
    }));
    const known = [...this.sort.options].some((o) => o.value === state.sort);
    if (!known) {
      this.sort.append(h('option', { value: state.sort },
        t('sort.reversed', { what: t(`sort.${state.sort.slice(1)}`) })));
    }
    this.sort.value = state.sort;
  }

  drawStatus() {
    const { items } = this;
    this.more.hidden = items.status !== 'ready' || !items.hasMore();
    fill(this.status);
    if (items.status === 'failed') {
      this.status.append(h('p', { class: 'empty' }, t('error.list')),
        h('button', { type: 'button', class: 'button', on: {
          click: () => items.load(true) } }, t('error.again')));
    } else if (items.status === 'ready' && items.matched === 0) {
      this.status.append(h('p', { class: 'empty' }, t('empty.list')),
        h('p', { class: 'muted' }, t('empty.hint')));
    } else if (items.status === 'ready') {
      this.status.append(h('p', { class: 'muted' }, this.summary()));
    }
  }

  summary() {
    const { items } = this;
    const n = items.shown().length;
    const words = tn('list.shown', items.matched,
      { shown: number(n), n: number(items.matched) });
    return items.sortedInPart() ? `${words} ${t('list.sorted_part',
      { n: number(items.features.length) })}` : words;
  }

  row(feature) {
    const p = feature.properties;
    const open = () => this.on.open(feature.id);
    return h('li', { class: 'item', 'data-id': feature.id, on: {
      mouseenter: () => this.on.hot(feature),
      mouseleave: () => this.on.hot(null),
    } }, stateLink({ p: feature.id }, { class: 'item-link', on: {
      focus: () => this.on.hot(feature),
      blur: () => this.on.hot(null),
    } }, open, h('span', { class: 'item-title' }, titleOf(p)),
    h('span', { class: 'item-facts' }, statusLine(p),
      h('span', {}, this.about.districtName(p.district)),
      feature.geometry ? null
        : h('span', {}, icon('pin'), t('place.none_short'))),
    h('span', { class: 'item-money' }, amount(p.planned), shareBar(p)),
    lateness(p, this.about.day)));
  }

  async showMore() {
    const before = this.root.children.length;
    await this.items.more();
    this.root.children[before]?.querySelector('a')?.focus();
  }

  markChosen() {
    for (const row of this.root.querySelectorAll('[data-id]')) {
      const chosen = row.dataset.id === state.p;
      row.classList.toggle('chosen', chosen);
      const link = row.querySelector('a');
      if (chosen) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  }

  /** Lights the rows of a project, or of those the test accepts. */
  light(test) {
    const byId_ = new Map(this.items.features.map((f) => [f.id, f]));
    for (const row of this.root.querySelectorAll('[data-id]')) {
      row.classList.toggle('hot', test !== null &&
        test(byId_.get(row.dataset.id)));
    }
  }

  walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const links = [...this.root.querySelectorAll('.item-link')];
    const at = links.indexOf(event.target.closest('.item-link'));
    const next = links[at + step];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  }

  /** Puts the focus back to a row after its card was closed. */
  focusOn(id) {
    const row = this.root.querySelector(`[data-id="${CSS.escape(id)}"] a`);
    row?.focus();
    return Boolean(row);
  }
}

export function listHeading() {
  if (state.at) return t('list.here');
  if (state.place === 'none') return t('list.unplaced');
  return state.q ? t('list.found', { q: state.q }) : t('tab.projects');
}

