// Names on the map: districts and places, larger ones first, none over another.

import { contains } from './geometry.js';
import { pick } from './i18n.js';
import { L } from './leaflet.js';
import { watch } from './state.js';

// From which zoom a kind of place is named.
const fromZoom = { city: 7.5, town: 8.5, village: 10.5, hamlet: 12 };
const DISTRICTS_UP_TO = 11.5;
const LETTER = 7; // pixels, enough for the widest of our fonts
const LINE = 17;

// Where a label is tried, in lines up and letters aside from its place.
const tries = {
  district: [[0, 0], [-1.4, 0], [1.4, 0], [0, -5], [0, 5], [-2.6, 0],
    [2.6, 0], [-1.4, -5], [-1.4, 5], [1.4, -5], [1.4, 5]],
  place: [[-1.1, 0], [1.1, 0], [0, 6], [0, -6]],
};

function boxAt({ x, y }, text, [up, aside]) {
  const half = (Math.max(...text.map((line) => line.length)) * LETTER) / 2 + 3;
  const height = text.length * LINE;
  const middle = { x: x + aside * LETTER, y: y + up * LINE };
  return { middle, left: middle.x - half, right: middle.x + half,
    top: middle.y - height / 2, bottom: middle.y + height / 2 };
}

const overlap = (a, b) => a.left < b.right && b.left < a.right &&
  a.top < b.bottom && b.top < a.bottom;

const meetsAny = (box, others) => others.some((o) => overlap(box, o));

/** Breaks a long name in two lines at the space nearest to its middle. */
function lines(text) {
  if (text.length < 12 || !text.includes(' ')) return [text];
  const spaces = [...text.matchAll(/ /g)].map((m) => m.index);
  const at = spaces.reduce((best, i) =>
    (Math.abs(i - text.length / 2) < Math.abs(best - text.length / 2) ? i
      : best));
  return [text.slice(0, at), text.slice(at + 1)];
}

export class Labels {
  constructor(view) {
    this.view = view;
    this.districts = [];
    this.places = [];
    this.marks = [];
    this.group = L.layerGroup().addTo(view.map);
    view.map.getPane('labels').setAttribute('aria-hidden', 'true');
    view.map.on('moveend', () => this.draw());
    watch(['lang'], () => this.draw());
  }

  setDistricts(features) {
    this.districts = features.filter((f) => f.geometry &&
      f.properties.label_lat !== null && f.properties.label_lon !== null)
      .sort((a, b) => (b.properties.area ?? 0) - (a.properties.area ?? 0));
    this.draw();
  }

  setPlaces(places) {
    this.places = places;
    this.draw();
  }

  wanted() {
    const zoom = this.view.map.getZoom();
    const out = [];
    if (zoom <= DISTRICTS_UP_TO) {
      out.push(...this.districts.map(({ geometry, properties: p }) => ({
        kind: 'district', record: p, within: geometry,
        at: [p.label_lat, p.label_lon] })));
    }
    const seen = this.view.map.getBounds().pad(0.1);
    out.push(...this.places.filter((p) => zoom >= (fromZoom[p.kind] ?? 12) &&
      seen.contains([p.lat, p.lon])).map((p) => ({ kind: p.kind, record: p,
      at: [p.lat, p.lon] })));
    return out;
  }

  /** Where marks stand: [{ left, right, top, bottom }] in layer pixels. */
  setMarks(boxes) {
    this.marks = boxes;
    this.draw();
  }

  draw() {
    this.group.clearLayers();
    const taken = [];
    for (const wanted of this.wanted()) {
      const name = pick(wanted.record, 'name');
      if (!name) continue;
      const text = wanted.within ? lines(name.text) : [name.text];
      const spot = this.spot(wanted, text, taken);
      if (!spot) continue;
      taken.push(spot);
      this.group.addLayer(this.label(wanted, text, spot));
    }
  }

  // The first spot free of labels and marks, for a district within its borders;
  // where there is none the name waits for a closer look.
  spot({ at, within }, text, taken) {
    const point = this.view.map.latLngToLayerPoint(at);
    const boxes = (within ? tries.district : tries.place).map((offset) =>
      boxAt(point, text, offset));
    return boxes.find((box) => !meetsAny(box, taken) &&
      !meetsAny(box, this.marks) && (!within || this.isWithin(box, within)));
  }

  isWithin({ middle }, geometry) {
    const { lat, lng } = this.view.map.layerPointToLatLng(
      [middle.x, middle.y]);
    return contains(geometry, [lng, lat]);
  }

  label({ kind, at }, text, { middle }) {
    const inner = document.createElement('span');
    inner.textContent = text.join('\n');
    const point = this.view.map.latLngToLayerPoint(at);
    inner.style.left = `${middle.x - point.x}px`;
    inner.style.top = `${middle.y - point.y}px`;
    const icon = L.divIcon({ className: `label label-${kind}`,
      iconSize: [0, 0], html: inner });
    return L.marker(at, { icon, pane: 'labels', interactive: false,
      keyboard: false });
  }
}
