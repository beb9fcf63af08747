// Which tiles are needed, and their answers: kept, shared, given up when the
// view has moved on.

import { get, isAbort, paths } from './api.js';

const KEEP = 300; // answers held in memory

function column(lon, zoom) {
  return Math.floor(((lon + 180) / 360) * 2 ** zoom);
}

function row(lat, zoom) {
  const y = Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI;
  return Math.floor(((1 - y) / 2) * 2 ** zoom);
}

/** The tiles of a zoom that meet a box: [{ z, x, y }], nearest to its middle
 * first. */
export function tilesOf([west, south, east, north], z) {
  const last = 2 ** z - 1;
  const clamp = (v) => Math.max(0, Math.min(last, v));
  const out = [];
  const xs = [clamp(column(west, z)), clamp(column(east, z))];
  const ys = [clamp(row(north, z)), clamp(row(south, z))];
  for (let x = xs[0]; x <= xs[1]; x += 1) {
    for (let y = ys[0]; y <= ys[1]; y += 1) out.push({ z, x, y });
  }
  const far = ({ x, y }) => Math.hypot(x - (xs[0] + xs[1]) / 2,
    y - (ys[0] + ys[1]) / 2);
  return out.sort((a, b) => far(a) - far(b));
}

/** [west, south, east, north] of a tile. */
export function tileBox({ z, x, y }) {
  const n = 2 ** z;
  const lat = (r) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * r) / n))) *
    180) / Math.PI;
  return [(x / n) * 360 - 180, lat(y + 1), ((x + 1) / n) * 360 - 180, lat(y)];
}

export const tileKey = ({ z, x, y }) => `${z}/${x}/${y}`;

export class TileStore {
  constructor() {
    this.query = '';
    this.generation = 0;
    this.answers = new Map();
    this.running = new Map();
  }

  /** Other filters or other data: nothing held is of use any more. */
  reset(query) {
    this.query = query;
    this.generation += 1;
    this.answers.clear();
    for (const { abort } of this.running.values()) abort.abort();
    this.running.clear();
  }

  /** Gives up what is asked for but not in the set of keys. */
  only(keys) {
    for (const [key, { abort }] of this.running) {
      if (keys.has(key)) continue;
      abort.abort();
      this.running.delete(key);
    }
  }

  /** The answer of a tile; null when it was given up. */
  async load(tile) {
    const key = tileKey(tile);
    if (this.answers.has(key)) return this.answers.get(key);
    if (!this.running.has(key)) this.running.set(key, this.start(tile));
    return this.running.get(key).answer;
  }

  start(tile) {
    const abort = new AbortController();
    const answer = this.fetch(tile, abort);
    return { abort, answer };
  }

  async fetch(tile, abort) {
    const key = tileKey(tile);
    try {
      const body = await get(paths.tile('projects', tile.z, tile.x, tile.y,
        this.query), abort.signal);
      if (!abort.signal.aborted) this.keep(key, body);
      return abort.signal.aborted ? null : body;
    } catch (error) {
      if (isAbort(error)) return null;
      throw error;
    } finally {
      if (this.running.get(key)?.abort === abort) this.running.delete(key);
    }
  }

  keep(key, body) {
    this.answers.set(key, body);
    if (this.answers.size > KEEP) {
      this.answers.delete(this.answers.keys().next().value);
    }
  }
}
