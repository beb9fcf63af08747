// One mark on the map: a cluster, or a project with its line or area.

import { wide } from './dom.js';
import { L, untab } from './leaflet.js';
import {
  clusterMark, clusterSize, clusterWords, projectMark, projectWords, tooltip,
} from './marks.js';
import { state } from './state.js';

const GLYPH_ZOOM = 12; // from here a project's sector stands beside its mark
const SIZE = { small: 20, large: 26 };

export class Mark {
  /** query: the filters it is of. on: { choose(mark), open(id), hot(id, box),
   * focus(mark) } */
  constructor(view, feature, at, query, on) {
    Object.assign(this, { view, feature, at, query, on });
    this.layers = [];
    this.draw();
  }

  get element() {
    return this.layers.at(-1).getElement();
  }

  draw() {
    const { feature } = this;
    if (!feature.properties.cluster && feature.geometry.type !== 'Point') {
      this.layers.push(this.shape());
    }
    this.layers.push(this.marker());
    this.layers.forEach((layer) => layer.addTo(this.view.map));
    this.dress();
  }

  redraw() {
    this.remove();
    this.draw();
  }

  remove() {
    this.layers.forEach((layer) => layer.remove());
    this.layers = [];
  }

  shape() {
    const { feature } = this;
    const p = feature.properties;
    const kind = feature.geometry.type.endsWith('Polygon') ? 'line area'
      : 'line';
    const line = L.geoJSON(feature, { smoothFactor: 1,
      pointToLayer: () => null, style: { className:
        `${kind} s-${p.status}${p.overdue ? ' late' : ''}` } });
    line.on('click', (event) => {
      L.DomEvent.stopPropagation(event);
      this.on.open(feature.id);
    });
    line.bindTooltip(() => tooltip(feature), { sticky: true,
      className: 'tip-box' });
    untab(line);
    this.listen(line);
    return line;
  }

  marker() {
    const p = this.feature.properties;
    const size = this.size();
    const icon = L.divIcon({ className: 'mark', iconSize: [size, size],
      html: p.cluster ? clusterMark(p) : projectMark(p, this.hasGlyph()) });
    const marker = L.marker([this.at[1], this.at[0]], { icon,
      keyboard: false, riseOnHover: true });
    marker.on('click', () => this.on.choose(this));
    marker.bindTooltip(() => tooltip(this.feature), { direction: 'top',
      offset: [0, -size / 2], className: 'tip-box' });
    this.listen(marker);
    return marker;
  }

  listen(layer) {
    layer.on('mouseover', () => this.light(true));
    layer.on('mouseout', () => this.light(false));
  }

  light(on) {
    const p = this.feature.properties;
    this.on.hot(on && !p.cluster ? this.feature.id : null,
      on && p.cluster ? p.bbox : null);
  }

  /** Makes the mark a button for keyboards and screen readers. */
  dress() {
    const { element } = this;
    const p = this.feature.properties;
    element.mark = this;
    element.setAttribute('role', 'button');
    element.setAttribute('tabindex', '-1');
    element.setAttribute('aria-label',
      p.cluster ? clusterWords(p) : projectWords(p));
    element.addEventListener('focus', () => {
      this.on.focus(this);
      this.light(true);
    });
    element.addEventListener('blur', () => this.light(false));
    this.showChosen();
  }

  showChosen() {
    this.element.classList.toggle('chosen', this.feature.id !== undefined &&
      this.feature.id === state.p);
  }

  hasGlyph() {
    return this.view.tileZoom() >= GLYPH_ZOOM;
  }

  size() {
    const p = this.feature.properties;
    if (p.cluster) return clusterSize(p.point_count);
    return this.hasGlyph() || !wide.matches ? SIZE.large : SIZE.small;
  }

  /** Where it stands: { left, right, top, bottom } in layer pixels. */
  pixels() {
    const { x, y } = this.view.map.latLngToLayerPoint(
      [this.at[1], this.at[0]]);
    const half = this.size() / 2;
    return { left: x - half, right: x + half, top: y - half,
      bottom: y + half };
  }
}
