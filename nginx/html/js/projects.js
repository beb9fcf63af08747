// The projects on the map, from tiles: clusters, marks, lines and areas.

import { filterQuery } from './api.js';
import { wide } from './dom.js';
import { anchorOf, inBox, meets } from './geometry.js';
import { L } from './leaflet.js';
import {
  clusterMark, clusterSize, clusterWords, projectMark, projectWords, tooltip,
} from './marks.js';
import { nearest } from './walk.js';
import { state, watch } from './state.js';
import { tileBox, tileKey, tilesOf, TileStore } from './tiles.js';

const GLYPH_ZOOM = 12;
const NEVER = 22; // an expansion zoom beyond this means: one place

export class Projects {
  /** on: { open(id), place(lonlat), hot(id or null, box), problem(again),
   * loaded(clustered, failed), placed(boxes) } */
  constructor(view, on) {
    this.view = view;
    this.on = on;
    this.store = new TileStore();
    this.shown = new Map(); // mark by key
    this.ready = false;
    this.round = 0;
    view.map.getPane('markerPane').addEventListener('keydown',
      (event) => this.walk(event));
    watch(['lang'], () => this.redraw());
    watch(['p'], () => this.markChosen());
  }

  /** Other filters or other data. */
  reset() {
    this.store.reset(filterQuery(state, ['place']));
    this.ready = true;
    this.refresh();
  }

  needed() {
    if (state.place === 'none') return [];
    const box = this.view.map.getBounds();
    const seen = [box.getWest(), box.getSouth(), box.getEast(),
      box.getNorth()];
    const { extent } = this.view;
    return tilesOf(seen, this.view.tileZoom())
      .filter((tile) => !extent || meets(tileBox(tile), extent));
  }

  async refresh() {
    if (!this.ready) return;
    this.round += 1;
    const round = this.round;
    const element = this.view.map.getContainer();
    element.setAttribute('aria-busy', 'true');
    const tiles = this.needed();
    const keys = new Set(tiles.map(tileKey));
    this.store.only(keys);
    const loads = tiles.map((tile) => this.take(tile, round));
    const results = await Promise.allSettled(loads);
    if (round !== this.round) return;
    element.setAttribute('aria-busy', 'false');
    this.sweep(keys, tiles.filter((tile, i) =>
      results[i].status === 'rejected').map(tileBox));
    const failed = results.some((r) => r.status === 'rejected');
    if (failed) this.on.problem(() => this.refresh());
    this.on.loaded(results.some((r) => r.value?.clustered), failed);
  }

  async take(tile, round) {
    const answer = await this.store.load(tile);
    if (answer && round === this.round) this.show(tile, answer);
    return answer;
  }

  /** Shows a tile's marks in the place of what stood there before. */
  show(tile, answer) {
    const box = tileBox(tile);
    const key = tileKey(tile);
    const fresh = new Map(answer.features.map((feature, i) =>
      [this.keyOf(feature, key, i), feature]));
    for (const [name, mark] of this.shown) {
      const other = mark.born !== this.store.generation ||
        mark.zoom !== tile.z;
      if (other && inBox(mark.at, box)) this.drop(name);
    }
    for (const [name, feature] of fresh) this.put(name, feature, tile, key);
  }

  keyOf(feature, tile, i) {
    return feature.id === undefined ? `${tile}#${i}`
      : `${feature.id}@${tile.split('/')[0]}`;
  }

  put(name, feature, tile, key) {
    const known = this.shown.get(name);
    if (known && known.born === this.store.generation) {
      known.tiles.add(key);
      return;
    }
    if (known) this.drop(name);
    const at = anchorOf(feature.geometry);
    if (!at) return;
    const mark = { feature, at, zoom: tile.z, born: this.store.generation,
      query: this.store.query, tiles: new Set([key]), layers: [] };
    this.draw(mark);
    this.shown.set(name, mark);
  }

  /** Drops what belongs to no tile that is needed now. Where a tile failed,
   * what was there stays as long as it is of the same filters. */
  sweep(keys, failed) {
    for (const [name, mark] of this.shown) {
      const needed = mark.born === this.store.generation &&
        [...mark.tiles].some((key) => keys.has(key));
      const kept = mark.query === this.store.query &&
        failed.some((box) => inBox(mark.at, box));
      if (!needed && !kept) this.drop(name);
    }
    this.rove();
    this.on.placed(this.boxes());
  }

  /** Where the marks stand, in layer pixels, for the labels to keep off. */
  boxes() {
    return [...this.shown.values()].map((mark) => {
      const { x, y } = this.view.map.latLngToLayerPoint(
        [mark.at[1], mark.at[0]]);
      const half = this.sizeOf(mark) / 2;
      return { left: x - half, right: x + half, top: y - half,
        bottom: y + half };
    });
  }

  drop(name) {
    for (const layer of this.shown.get(name).layers) layer.remove();
    this.shown.delete(name);
  }

  draw(mark) {
    const { feature } = mark;
    const p = feature.properties;
    if (!p.cluster && feature.geometry.type !== 'Point') {
      mark.layers.push(this.shape(feature));
    }
    mark.layers.push(this.mark(mark));
    mark.layers.forEach((layer) => layer.addTo(this.view.map));
    this.dress(mark);
  }

  shape(feature) {
    const p = feature.properties;
    const line = L.geoJSON(feature, { smoothFactor: 1,
      pointToLayer: () => null, style: { className:
        `line s-${p.status}${p.overdue ? ' late' : ''}` } });
    line.on('click', (event) => {
      L.DomEvent.stopPropagation(event);
      this.on.open(feature.id);
    });
    line.bindTooltip(() => tooltip(feature), { sticky: true,
      className: 'tip-box' });
    this.listen(line, feature);
    return line;
  }

  mark(mark) {
    const p = mark.feature.properties;
    const size = this.sizeOf(mark);
    const icon = L.divIcon({ className: 'mark', iconSize: [size, size],
      html: p.cluster ? clusterMark(p) : projectMark(p, this.glyphs()) });
    const marker = L.marker([mark.at[1], mark.at[0]], { icon,
      keyboard: false, riseOnHover: true });
    marker.on('click', () => this.choose(mark));
    marker.bindTooltip(() => tooltip(mark.feature), { direction: 'top',
      offset: [0, -size / 2], className: 'tip-box' });
    this.listen(marker, mark.feature);
    return marker;
  }

  listen(layer, feature) {
    const p = feature.properties;
    layer.on('mouseover', () =>
      this.on.hot(p.cluster ? null : feature.id, p.cluster ? p.bbox : null));
    layer.on('mouseout', () => this.on.hot(null, null));
  }

  /** Makes a mark a button for keyboards and screen readers. */
  dress(mark) {
    const element = this.elementOf(mark);
    const p = mark.feature.properties;
    element.mark = mark;
    element.setAttribute('role', 'button');
    element.setAttribute('tabindex', '-1');
    element.setAttribute('aria-label',
      p.cluster ? clusterWords(p) : projectWords(p));
    element.addEventListener('focus', () => {
      this.rove(element);
      this.on.hot(p.cluster ? null : mark.feature.id,
        p.cluster ? p.bbox : null);
    });
    element.addEventListener('blur', () => this.on.hot(null, null));
    element.classList.toggle('chosen', mark.feature.id === state.p);
  }

  elementOf(mark) {
    return mark.layers.at(-1).getElement();
  }

  glyphs() {
    return this.view.tileZoom() >= GLYPH_ZOOM;
  }

  sizeOf({ feature: { properties: p } }) {
    if (p.cluster) return clusterSize(p.point_count);
    return this.glyphs() || !wide.matches ? 26 : 20;
  }

  choose(mark) {
    const p = mark.feature.properties;
    if (!p.cluster) {
      this.on.open(mark.feature.id);
    } else if (p.expansion_zoom === null || p.expansion_zoom > NEVER) {
      this.on.place(mark.at);
    } else {
      this.expand(p);
    }
  }

  expand(p) {
    const [west, south, east, north] = p.bbox;
    const zoom = Math.max(p.expansion_zoom, this.view.tileZoom() + 1);
    if (zoom > this.view.map.getMaxZoom()) {
      this.on.place([(west + east) / 2, (south + north) / 2]);
      return;
    }
    this.view.showPoint([(west + east) / 2, (south + north) / 2], zoom);
  }

  redraw() {
    for (const mark of this.shown.values()) {
      mark.layers.forEach((layer) => layer.remove());
      mark.layers = [];
      this.draw(mark);
    }
    this.rove();
  }

  markChosen() {
    for (const mark of this.shown.values()) {
      this.elementOf(mark)?.classList.toggle('chosen',
        mark.feature.id === state.p);
    }
  }

  /** One mark is reached by Tab; arrows go on from there. */
  rove(to = null) {
    const elements = [...this.shown.values()].map((m) => this.elementOf(m));
    const stop = to ?? elements.find((e) => e.tabIndex === 0) ?? elements[0];
    for (const e of elements) e.tabIndex = e === stop ? 0 : -1;
  }

  walk(event) {
    const { mark } = event.target;
    if (!mark) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.choose(mark);
      return;
    }
    const marks = [...this.shown.values()].map((m) => ({ mark: m,
      point: this.view.map.latLngToContainerPoint([m.at[1], m.at[0]]) }));
    const next = nearest(marks, mark, event.key);
    if (next === undefined) return;
    // Arrows here go from mark to mark; they must not move the map too.
    event.preventDefault();
    event.stopPropagation();
    if (next) this.elementOf(next.mark).focus();
  }

  /** Lights the mark of a project up, or none; false when it is not shown. */
  light(id) {
    let found = false;
    for (const mark of this.shown.values()) {
      const on = id !== null && mark.feature.id === id;
      this.elementOf(mark)?.classList.toggle('hot', on);
      found ||= on;
    }
    return found;
  }
}
