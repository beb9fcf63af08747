// What paper gets beside the map: filters in words, address, date, the first
// rows.

import { activeFilters } from './chips.js';
import { byId, fill, h } from './dom.js';
import { moment } from './format.js';
import { pickOf, t } from './i18n.js';
import { state } from './state.js';
import { projectTable } from './table.js';

const ROWS = 50;
const PAPER = 690; // pixels across of what fits on a page

export class Print {
  constructor(items, about, view) {
    this.items = items;
    this.about = about;
    this.view = view;
    addEventListener('beforeprint', () => this.prepare());
    items.onChange(() => this.prepare());
  }

  /** Fills what only paper shows. */
  prepare() {
    const { about, items } = this;
    const filters = activeFilters(about.districtName).map((f) => f.text);
    const size = this.view.map.getSize();
    const { style } = document.documentElement;
    style.setProperty('--map-width', `${size.x}px`);
    style.setProperty('--map-height', `${size.y}px`);
    style.setProperty('--print-zoom',
      String(Math.min(1, PAPER / Math.max(1, size.x))));
    fill(byId('print-head'), h('p', {}, h('b', {},
      t('print.filters')), ' ', filters.length > 0 ? filters.join('; ')
      : t('print.no_filters')),
    h('p', {}, `${t('legend.districts')}: ${
      t(`measure.${state.measure}`)}`),
    h('p', {}, location.href),
    about.site && h('p', {}, [pickOf(about.site.attribution),
      about.site.licence, t('foot.published', { moment: moment(
        about.timeStamp ?? about.site.timeStamp) })].filter(Boolean)
      .join(' · ')),
    about.demo && h('p', {}, t('demo.site')));
    fill(byId('print-rows'), state.view === 'map' && items.features.length > 0
      ? projectTable(items.shown().slice(0, ROWS), about, t('print.rows'))
      : null);
  }
}
