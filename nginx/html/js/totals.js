// The money bar: planned, contracted and paid of exactly what filters and view
// select, and the figures of a chosen district.

import { measureOf } from './classes.js';
import { byId, fill, h } from './dom.js';
import { money, moneyShort, number, percent } from './format.js';
import { t, tn } from './i18n.js';
import { set, state, watch } from './state.js';
import { icon, lateSign } from './symbols.js';

const PHASES = ['planned', 'contracted', 'paid'];

// Short to the eye, in full to who points at it, comes by Tab or listens.
function fullFigure(value) {
  const full = money(value);
  return h('span', { class: 'bar-figure', tabindex: 0, 'data-full': full },
    h('span', { 'aria-hidden': 'true' }, moneyShort(value)),
    h('span', { class: 'hidden-text' }, full));
}

function bar(phase, sums, most) {
  const nothing = sums.count > 0 && sums.count === sums.missing[phase];
  const share = most > 0 ? sums[phase] / most : 0;
  return h('div', { class: `bar bar-${phase}` },
    h('dt', {}, t(`money.${phase}`)),
    h('dd', {},
      h('span', { class: 'bar-track', 'aria-hidden': 'true' },
        h('span', { class: 'bar-fill',
          css: { width: `${nothing ? 0 : share * 100}%` } })),
      nothing ? h('span', { class: 'bar-figure missing' },
        t('money.missing'))
        : fullFigure(sums[phase])));
}

/** Three bars on one scale, for the totals and for a district. */
export function moneyBars(sums) {
  const most = Math.max(...PHASES.map((phase) => sums[phase]));
  return h('dl', { class: 'bars' },
    PHASES.map((phase) => bar(phase, sums, most)));
}

function skeletonBars() {
  return h('div', { class: 'bars', 'aria-hidden': 'true' },
    PHASES.map(() => h('span', { class: 'bone bone-bar' })));
}

function missing(sums) {
  const parts = PHASES.filter((phase) => sums.missing[phase] > 0)
    .map((phase) => t(`missing.${phase}`,
      { n: number(sums.missing[phase]) }));
  return parts.length === 0 || sums.count === 0 ? null
    : h('p', { class: 'muted missing-line' },
      t('missing.line', { parts: parts.join(', ') }));
}

function overdue(sums) {
  if (sums.overdue.count === 0) return null;
  const words = t('total.overdue', { n: number(sums.overdue.count),
    sum: moneyShort(sums.overdue.planned) });
  return h('button', { type: 'button', class: 'overdue-line',
    'aria-pressed': String(state.overdue === 'true'),
    title: t('total.overdue_hint'), on: { click: () =>
      set({ overdue: state.overdue ? '' : 'true' }) } },
  lateSign(), words);
}

export class Totals {
  /** on: { again() }; districts gives names and figures of districts. */
  constructor(districts, on) {
    this.districts = districts;
    this.on = on;
    this.sums = null;
    this.status = 'loading';
    this.unplaced = 0;
    this.unsure = false;
    watch(['lang', 'district', 'overdue', 'place', 'measure'],
      () => this.draw());
  }

  wait() {
    this.status = 'loading';
    this.draw();
  }

  fail() {
    this.status = 'failed';
    this.draw();
  }

  setSums(sums) {
    this.sums = sums;
    this.status = 'ready';
    this.draw();
  }

  /** How many that pass the filters have no place on the map. */
  setUnplaced(n) {
    this.unplaced = n;
    this.draw();
  }

  draw() {
    this.drawCount();
    this.drawBars();
    this.drawDistrict();
  }

  drawCount() {
    const { sums, status } = this;
    const stale = status === 'loading' && sums !== null;
    byId('totals').classList.toggle('stale', stale);
    byId('totals').setAttribute('aria-busy', String(status === 'loading'));
    byId('count').textContent = this.heading();
    byId('scope').textContent = t(state.place === 'none' ? 'scope.unplaced'
      : 'scope.view');
    fill(byId('unplaced'), this.unplacedLine());
  }

  heading() {
    const { sums, status } = this;
    if (status === 'failed') return t('error.totals');
    return sums ? tn('count.projects', sums.count, { n: number(sums.count) })
      : t('count.wait');
  }

  unplacedLine() {
    if (state.place === 'none') {
      return h('button', { type: 'button', class: 'link', on: {
        click: () => set({ place: '' }) } }, t('unplaced.back'));
    }
    if (this.unplaced === 0) return null;
    return h('button', { type: 'button', class: 'link', on: {
      click: () => set({ place: 'none', tab: 'projects', at: '' }) } },
    tn('unplaced.more', this.unplaced, { n: number(this.unplaced) }));
  }

  drawBars() {
    const { sums, status } = this;
    if (status === 'failed') {
      fill(byId('money'),
        h('button', { type: 'button', class: 'button', on: {
          click: () => this.on.again() } }, t('error.again')));
      fill(byId('money-notes'));
    } else if (sums === null) {
      fill(byId('money'), skeletonBars());
    } else {
      fill(byId('money'), moneyBars(sums));
      fill(byId('money-notes'), overdue(sums), missing(sums));
    }
  }

  drawDistrict() {
    const root = byId('district-box');
    const [kato, more] = state.district;
    const row = kato && !more ? this.districts.rows.get(kato) : null;
    root.hidden = !row;
    if (row) fill(root, this.districtHead(kato), this.districtFigures(row));
  }

  districtHead(kato) {
    return h('div', { class: 'district-head' },
      h('h3', {}, this.districts.name(kato)),
      h('button', { type: 'button', class: 'icon-button',
        'aria-label': t('district.clear'), title: t('district.clear'),
        on: { click: () => set({ district: [] }) } }, icon('close')));
  }

  districtFigures(row) {
    const perProject = measureOf(row, 'mean');
    const facts = [
      tn('count.projects', row.count, { n: number(row.count) }),
      t('district.planned', { sum: moneyShort(row.planned) }),
      perProject === null ? null
        : t('district.mean', { sum: moneyShort(perProject) }),
      row.paid_share === null ? null
        : t('share.paid', { share: percent(row.paid_share) }),
      row.unlocated > 0 ? tn('unplaced.of_them', row.unlocated,
        { n: number(row.unlocated) }) : null,
    ].filter(Boolean);
    return [h('p', {}, `${t('district.whole')}: ${facts.join(' · ')}`),
      h('p', { class: 'district-links' },
        h('button', { type: 'button', class: 'link', on: { click: () =>
          this.on.zoom(this.districts.boxOf([row.key])) } },
        t('district.zoom')),
        h('a', { href: `/d/${row.key}?lang=${state.lang}` },
          t('district.page')))];
  }
}
