// The legend: what shades and marks mean, and which measure is shown.

import { STATUS } from './codes.js';
import { shadeAt } from './classes.js';
import { byId, fill, h, printing, wide } from './dom.js';
import { range } from './format.js';
import { t, title } from './i18n.js';
import { measureText } from './measures.js';
import { fillMeasures } from './ranking.js';
import { set, state, watch } from './state.js';
import { clusterMark } from './marks.js';
import { icon, lateSign, statusSign } from './symbols.js';

const SAMPLE = { point_count: 12, overdue: 0,
  status: { implementation: 6, completion: 4, preparation: 2 } };

export class Legend {
  constructor(districts) {
    this.districts = districts;
    this.clustered = false;
    this.root = byId('legend');
    this.button = byId('legend-button');
    this.select = byId('measure');
    this.select.addEventListener('change', () =>
      set({ measure: this.select.value }));
    this.button.addEventListener('click', () =>
      this.open(this.root.hidden));
    byId('legend-close').addEventListener('click', () => {
      this.open(false);
      this.button.focus();
    });
    fill(byId('legend-close'), icon('close'));
    this.open(wide.matches);
    wide.addEventListener('change', () => printing() ||
      this.open(wide.matches));
    watch(['lang', 'measure'], () => this.draw());
  }

  open(yes) {
    this.root.hidden = !yes;
    this.button.setAttribute('aria-expanded', String(yes));
    document.body.classList.toggle('has-legend', yes);
  }

  isOver() {
    return !this.root.hidden && !wide.matches;
  }

  /** Whether the map joins projects by cells right now. */
  setClustered(yes) {
    this.clustered = yes;
    this.draw();
  }

  draw() {
    fillMeasures(this.select);
    byId('legend-ground').hidden = !this.districts.features.some((f) =>
      f.properties.generalised);
    fill(byId('legend-shades'), this.shades());
    fill(byId('legend-marks'), STATUS.map((status) =>
      h('li', {}, statusSign(status), title('status', status))),
    h('li', {}, lateSign(), t('legend.overdue')));
    fill(byId('legend-cluster'), clusterMark(SAMPLE),
      h('span', {}, t(this.clustered ? 'legend.cluster'
        : 'legend.cluster_same')));
  }

  shades() {
    const { classes } = this.districts;
    const out = classes.map(({ from, to }, i) =>
      h('li', {}, h('span', { class: `swatch shade-${
        shadeAt(i, classes.length)}` }), range(
        measureText(state.measure, from), measureText(state.measure, to))));
    out.push(h('li', {}, h('span', { class: 'swatch shade--1' }),
      t('measure.no_data')));
    return out;
  }
}
