// The map itself: where it looks, what of it is free, and its box for queries.

import { calm, debounce, printing, wide } from './dom.js';
import { number } from './format.js';
import { holds } from './geometry.js';
import { t } from './i18n.js';
import { L } from './leaflet.js';
import { set, state, watch } from './state.js';

// Where the map looks before the districts have told where they are.
const HOME = [65.9, 40.5, 71.1, 46.1];
const SNAP = 16; // pixels: boxes end on this grid, so that caches hit
const EDGE = 28; // pixels kept free around what is shown

const options = {
  zoomControl: false,
  attributionControl: false,
  zoomSnap: 0.5,
  minZoom: 5,
  maxZoom: 18,
  maxBoundsViscosity: 0.6,
  zoomAnimation: !calm.matches,
  fadeAnimation: false,
  markerZoomAnimation: !calm.matches,
  inertia: !calm.matches,
};

// Panes from the ground up; Leaflet's own overlayPane is 400, marks are 600.
const panes = [['districts', 350], ['layers', 370], ['labels', 450],
  ['light', 640]];
const seenThrough = ['labels', 'light'];

const toBounds = ([west, south, east, north]) =>
  L.latLngBounds([south, west], [north, east]);

const round = (x) => Math.round(x * 1e5) / 1e5;

// Leaflet's own scale knows no languages.
const Scale = L.Control.Scale.extend({
  _updateMetric(metres) {
    const shown = this._getRoundNum(metres);
    this._updateScale(this._mScale, shown < 1000
      ? `${number(shown)}\u00a0${t('unit.metre')}`
      : `${number(shown / 1000)}\u00a0${t('unit.km')}`, shown / metres);
  },
});

export class MapView {
  constructor(element) {
    this.map = L.map(element, options);
    for (const [name, z] of panes) {
      const pane = this.map.createPane(name);
      pane.style.zIndex = z;
      if (seenThrough.includes(name)) pane.style.pointerEvents = 'none';
    }
    this.cover = { top: 0, bottom: 0 }; // pixels hidden by bars over the map
    this.legend = null; // the element, when there is one
    this.extent = null; // of all projects with a place
    this.home = HOME;
    this.moved = state.map !== null; // by the reader, not by the page
    this.ready = false;
    this.scale = new Scale({ imperial: false, position: 'bottomleft' })
      .addTo(this.map);
    watch(['lang'], () => this.scale._update());
    this.look();
    this.map.on('moveend', () => this.tell());
    this.map.on('dragstart zoomstart', () => { this.moved = true; });
    watch(['map'], () => this.follow());
    new ResizeObserver(debounce(() => this.resize(), 100)).observe(element);
  }

  look() {
    const at = state.map;
    const { moved } = this;
    if (moved && at) {
      this.map.setView([at.lat, at.lon], at.zoom, { animate: false });
    } else {
      this.showBox(this.home, false);
    }
    this.moved = moved;
  }

  resize() {
    if (printing()) return;
    this.map.invalidateSize({ animate: false, pan: false });
    if (!this.moved) this.look();
    this.tell();
  }

  /** From now on the address and the queries follow the map. */
  begin() {
    this.ready = true;
    this.tell();
  }

  /** The districts' box is known: look there unless the reader has moved. */
  settle(home) {
    this.home = home;
    this.map.setMaxBounds(toBounds(home).pad(2));
    if (!this.moved) this.look();
  }

  /** Something over the map has changed its height. */
  setCover(cover) {
    if (cover.top === this.cover.top && cover.bottom === this.cover.bottom) {
      return;
    }
    this.cover = cover;
    if (!this.moved) this.look();
    this.tell();
  }

  fitOptions(animate) {
    const { top, bottom } = this.cover;
    const edge = wide.matches ? EDGE : EDGE / 4;
    return { animate: animate && !calm.matches,
      paddingTopLeft: [edge, top + edge],
      paddingBottomRight: [edge + this.aside(), bottom + edge] };
  }

  // Pixels at the right that the legend takes on wide screens.
  aside() {
    const half = this.map.getSize().x / 2;
    return wide.matches ? Math.min(half, this.legend?.offsetWidth ?? 0) : 0;
  }

  showBox(box, animate = true, maxZoom = 15) {
    this.map.fitBounds(toBounds(box),
      { ...this.fitOptions(animate), maxZoom });
  }

  /** Looks at [lon, lat], in the middle of what is free. */
  showPoint([lon, lat], zoom) {
    const z = Math.min(zoom, this.map.getMaxZoom());
    const { top, bottom } = this.cover;
    const shift = L.point(0, (bottom - top) / 2);
    const centre = this.map.unproject(
      this.map.project([lat, lon], z).add(shift), z);
    this.moved = true;
    this.map.setView(centre, z, { animate: !calm.matches });
  }

  /** Moves only if the point is hidden; hidden below adds to the cover. */
  reveal([lon, lat], hiddenBelow = 0) {
    const { top, bottom } = this.cover;
    this.map.panInside([lat, lon], { animate: !calm.matches,
      paddingTopLeft: [EDGE, top + EDGE],
      paddingBottomRight: [EDGE, Math.max(bottom, hiddenBelow) + EDGE] });
  }

  /** The whole zoom whose tiles are shown. */
  tileZoom() {
    return Math.floor(this.map.getZoom());
  }

  freePixels() {
    const size = this.map.getSize();
    const { top, bottom } = this.cover;
    return L.bounds([0, top], [size.x, Math.max(top + 1, size.y - bottom)]);
  }

  /** [west, south, east, north] of what is seen, its edges on the grid. */
  freeBox() {
    const zoom = this.tileZoom();
    const pixels = this.freePixels();
    const corner = (p) => this.map.project(
      this.map.containerPointToLatLng(p), zoom).divideBy(SNAP);
    const from = corner(pixels.min).floor().multiplyBy(SNAP);
    const to = corner(pixels.max).ceil().multiplyBy(SNAP);
    const nw = this.map.unproject(from, zoom);
    const se = this.map.unproject(to, zoom);
    return [round(Math.max(nw.lng, -180)), round(Math.max(se.lat, -90)),
      round(Math.min(se.lng, 180)), round(Math.min(nw.lat, 90))];
  }

  /** The box for queries: null where all projects with a place are seen. */
  box() {
    const box = this.freeBox();
    return this.extent && holds(box, this.extent) ? null : box;
  }

  tell() {
    if (!this.ready) return;
    const centre = this.map.getCenter();
    const map = { zoom: Math.round(this.map.getZoom() * 100) / 100,
      lat: Number(centre.lat.toFixed(4)), lon: Number(centre.lng.toFixed(4)) };
    set({ map, box: this.box() }, false);
  }

  /** The address changed (back, forward): go where it says. */
  follow() {
    const at = state.map;
    if (!at) return;
    const centre = this.map.getCenter();
    const near = Math.abs(centre.lat - at.lat) < 1e-4 &&
      Math.abs(centre.lng - at.lon) < 1e-4 &&
      Math.abs(this.map.getZoom() - at.zoom) < 0.01;
    if (near) return;
    this.moved = true;
    this.map.setView([at.lat, at.lon], at.zoom);
  }

  /** An operator's base map, drawn under everything. */
  addTiles(url, attribution) {
    L.tileLayer(url, { attribution, maxZoom: 18 }).addTo(this.map);
    L.control.attribution({ prefix: false, position: 'bottomleft' })
      .addTo(this.map);
    this.map.getContainer().classList.add('has-tiles');
  }
}
