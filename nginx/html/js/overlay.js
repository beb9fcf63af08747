// One imported layer on the map, drawn from its tiles.

import { get, isAbort, paths } from './api.js';
import { svg } from './dom.js';
import { L } from './leaflet.js';

const SIZE = 512; // pixels of a tile: a quarter of the requests of 256
const RADIUS = 6;
const CELL = 16; // pixels: of crowded points one in each cell is drawn
const MANY = 500; // points of a tile that are drawn all

const parts = {
  Point: (c) => [c],
  MultiPoint: (c) => c,
  LineString: (c) => [c],
  MultiLineString: (c) => c,
  Polygon: (c) => c,
  MultiPolygon: (c) => c.flat(),
};

const isPoint = ({ geometry }) => geometry.type.endsWith('Point');

function pathOf(geometry, place) {
  const end = geometry.type.endsWith('Polygon') ? 'Z' : '';
  return parts[geometry.type](geometry.coordinates).map((line) =>
    `M${line.map(place).join('L')}${end}`).join('');
}

/** A shape of a feature; which one it is of stands in its "feature". */
function mark(feature, element) {
  element.feature = feature;
  return element;
}

function shape(feature, place) {
  const kind = feature.geometry.type.endsWith('Polygon') ? 'area' : 'way';
  return mark(feature, svg('path', { class: `overlay-${kind}`,
    d: pathOf(feature.geometry, place) }));
}

function points(features, place) {
  const taken = new Set();
  const out = [];
  for (const feature of features) {
    for (const at of parts[feature.geometry.type](
      feature.geometry.coordinates)) {
      const [cx, cy] = place(at);
      const cell = `${Math.floor(cx / CELL)} ${Math.floor(cy / CELL)}`;
      if (features.length > MANY && taken.has(cell)) continue;
      taken.add(cell);
      out.push(mark(feature, svg('circle', { class: 'overlay-point', cx, cy,
        r: RADIUS })));
    }
  }
  return { out, thinned: out.length < features.length };
}

/** Shapes reach over the edge of a tile, where the next one goes on: what is
 * beyond is not shown. A point is drawn whole by the one tile that owns it. */
function draw(features, place) {
  const own = features.filter((f) => isPoint(f) && f.anchored !== false);
  const { out, thinned } = points(own, place);
  const shapes = features.filter((f) => f.geometry && !isPoint(f))
    .map((f) => shape(f, place));
  return { thinned, root: svg('svg', { width: SIZE, height: SIZE },
    svg('svg', { width: SIZE, height: SIZE }, shapes), out) };
}

const Tiles = L.GridLayer.extend({
  createTile(coords, done) {
    const tile = document.createElement('div');
    tile.abort = new AbortController();
    this.fill(tile, coords).then(() => done(null, tile), (error) => {
      if (!isAbort(error)) done(error, tile);
    });
    return tile;
  },

  // A tile of 512 pixels is the one of 256 of the zoom before.
  async fill(tile, coords) {
    const answer = await get(paths.tile(this.options.name, coords.z - 1,
      coords.x, coords.y), tile.abort.signal);
    const origin = coords.scaleBy(L.point(SIZE, SIZE));
    const place = ([lon, lat]) => {
      const { x, y } = this._map.project([lat, lon], coords.z)
        .subtract(origin);
      return [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
    };
    if (!this._map) return;
    const { root, thinned } = draw(answer.features, place);
    tile.thinned = thinned || Boolean(answer.thinned);
    tile.append(root);
  },
});

export class Overlay {
  /** layer: { id, box } of the list. on: { choose(feature, latlng), state({
   * failed, thinned }) } */
  constructor(view, layer, number, on) {
    this.view = view;
    this.on = on;
    this.failed = false;
    this.tiles = new Tiles({ name: layer.id, pane: 'layers', tileSize: SIZE,
      noWrap: true, keepBuffer: 1, className: `overlay layer-${number}`,
      bounds: layer.box && [[layer.box[1], layer.box[0]],
        [layer.box[3], layer.box[2]]] });
    this.tiles.on('tileunload', ({ tile }) => tile.abort.abort());
    this.tiles.on('loading', () => { this.failed = false; });
    this.tiles.on('tileerror', () => { this.failed = true; });
    this.tiles.on('load', () => this.tell());
    this.tiles.addTo(view.map);
    this.tiles.getContainer().setAttribute('aria-hidden', 'true');
    this.tiles.getContainer().addEventListener('click', (event) =>
      this.click(event));
  }

  tell() {
    this.on.state({ failed: this.failed,
      thinned: [...this.tiles.getContainer().querySelectorAll('.leaflet-tile')]
        .some((tile) => tile.thinned) });
  }

  click(event) {
    const { feature } = event.target;
    if (!feature || this.view.map.dragging.moved()) return;
    event.stopPropagation();
    this.on.choose(feature, this.view.map.mouseEventToLatLng(event));
  }

  /** Asks for everything anew; what failed before is forgotten. */
  redraw() {
    this.failed = false;
    this.tiles.redraw();
  }

  remove() {
    this.tiles.remove();
  }
}
