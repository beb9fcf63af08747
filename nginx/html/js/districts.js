// The districts on the map: shaded by a measure, labelled, chosen by a click.

import { classify, measureOf, shadeOf } from './classes.js';
import { h } from './dom.js';
import { number } from './format.js';
import { boxOf, contains } from './geometry.js';
import { pick, t, tn } from './i18n.js';
import { L, untab } from './leaflet.js';
import { measureText } from './measures.js';
import { state, toggle, watch } from './state.js';

export class Districts {
  constructor(view) {
    this.view = view;
    this.features = [];
    this.rows = new Map(); // sums by KATO
    this.classes = [];
    this.layers = new Map();
    this.renderer = L.svg({ pane: 'districts', padding: 0.4 });
    watch(['district', 'measure', 'lang'], () => this.paint());
  }

  /** Takes the collection of /api/collections/districts/items. */
  load(collection) {
    this.features = collection.features.filter((f) => f.geometry);
    for (const feature of this.features) this.add(feature);
    this.paint();
  }

  add(feature) {
    const layer = L.geoJSON(feature, { pane: 'districts',
      renderer: this.renderer, smoothFactor: 0.6 });
    layer.on('click', (event) => {
      L.DomEvent.stopPropagation(event);
      toggle('district', feature.properties.kato);
    });
    layer.bindTooltip(() => this.tip(feature), { sticky: true,
      direction: 'top', offset: [0, -8], className: 'tip-box' });
    untab(layer);
    layer.addTo(this.view.map);
    this.layers.set(feature.properties.kato, layer);
  }

  /** Takes the answer of /api/stats?group=district. */
  setSums(stats) {
    this.rows = new Map(stats.groups.map((row) => [row.key, row]));
    this.paint();
  }

  value(kato) {
    return measureOf(this.rows.get(kato), state.measure);
  }

  paint() {
    this.classes = classify(this.features.map((f) =>
      this.value(f.properties.kato)));
    const some = state.district.length > 0;
    for (const [kato, layer] of this.layers) {
      const shade = this.rows.size === 0 ? 'wait'
        : shadeOf(this.value(kato), this.classes);
      const chosen = state.district.includes(kato);
      layer.eachLayer((path) => {
        const element = path.getElement();
        if (!element) return;
        element.setAttribute('class', 'leaflet-interactive district ' +
          `shade-${shade}${chosen ? ' chosen' : ''}` +
          `${some && !chosen ? ' aside' : ''}`);
        element.setAttribute('fill', 'url(#hatch)'); // under any shade
        if (chosen) path.bringToFront();
      });
    }
  }

  tip(feature) {
    const { kato } = feature.properties;
    const row = this.rows.get(kato);
    return h('div', { class: 'tip' }, h('b', {}, this.name(kato)),
      row && h('div', {}, tn('count.projects', row.count,
        { n: number(row.count) })),
      row && h('div', {}, `${t(`measure.${state.measure}`)}: ${
        measureText(state.measure, this.value(kato))}`));
  }

  find(kato) {
    return this.features.find((f) => f.properties.kato === kato) ?? null;
  }

  name(kato) {
    if (kato === 'none' || kato === null) return t('district.none');
    const feature = this.find(kato);
    return feature ? pick(feature.properties, 'name').text : kato;
  }

  knows(kato) {
    return this.layers.has(kato);
  }

  /** The KATO of the district that holds [lon, lat], null outside. */
  at(point) {
    const hit = this.features.find((f) => contains(f.geometry, point));
    return hit ? hit.properties.kato : null;
  }

  boxOf(katos) {
    const boxes = katos.map((kato) => this.find(kato)).filter(Boolean)
      .map((f) => boxOf(f.geometry));
    if (boxes.length === 0) return null;
    return boxes.reduce((a, b) => [Math.min(a[0], b[0]),
      Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]);
  }

  box() {
    return this.boxOf([...this.layers.keys()]);
  }
}
