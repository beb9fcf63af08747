// The projects on the map, from tiles: which marks stand there at any moment.

import { filterQuery } from './api.js';
import { isCrowded, join } from './crowd.js';
import { anchorOf, inBox, meets } from './geometry.js';
import { Mark } from './mark.js';
import { state, watch } from './state.js';
import { tileBox, tileKey, tilesOf, TileStore } from './tiles.js';
import { nearest } from './walk.js';

const NEVER = 22; // an expansion zoom beyond this means: one place
const JOIN_ZOOM = 12; // up to here the server joins

export class Projects {
  /** on: { open(id), place(lonlat), hot(id or null, box), problem(again),
   * loaded(clustered, failed), placed(boxes) } */
  constructor(view, on) {
    this.view = view;
    this.on = on;
    this.store = new TileStore();
    this.shown = new Map(); // marks by key
    this.needed = [];
    this.answers = new Map(); // of the tiles needed, by key
    this.ready = false;
    this.round = 0;
    this.frame = 0;
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

  tilesSeen() {
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
    this.needed = this.tilesSeen();
    this.answers = new Map();
    this.store.only(new Set(this.needed.map(tileKey)));
    const results = await Promise.allSettled(this.needed.map((tile) =>
      this.take(tile, round)));
    if (round !== this.round) return;
    element.setAttribute('aria-busy', 'false');
    this.finish(results.map((r) => r.status === 'rejected'));
  }

  async take(tile, round) {
    const answer = await this.store.load(tile);
    if (!answer || round !== this.round) return;
    this.answers.set(tileKey(tile), answer);
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.arrange((mark) =>
      !this.isAnswered(mark.at)));
  }

  /** All tiles have answered or failed: where one failed, what was there stays
   * as long as it is of the same filters. */
  finish(failed) {
    const open = this.needed.filter((tile, i) => failed[i]).map(tileBox);
    cancelAnimationFrame(this.frame);
    const joinedHere = this.arrange((mark) =>
      mark.query === this.store.query &&
      open.some((box) => inBox(mark.at, box)));
    this.rove();
    this.on.placed([...this.shown.values()].map((mark) => mark.pixels()));
    if (open.length > 0) this.on.problem(() => this.refresh());
    this.on.loaded(joinedHere || [...this.answers.values()].some((a) =>
      a.clustered), open.length > 0);
  }

  isAnswered(at) {
    return this.needed.some((tile) => this.answers.has(tileKey(tile)) &&
      inBox(at, tileBox(tile)));
  }

  /** What the answers say should stand on the map, one of each project. */
  wanted() {
    const out = new Map();
    const { generation } = this.store;
    for (const [tile, { features }] of this.answers) {
      features.forEach((feature, i) => {
        const at = anchorOf(feature.geometry);
        const key = `${generation}:${feature.id === undefined
          ? `${tile}#${i}` : `${feature.id}@${tile.split('/')[0]}`}`;
        if (at && !out.has(key)) out.set(key, { key, feature, at });
      });
    }
    return [...out.values()];
  }

  /** Makes the map show what is wanted; of the rest stays what stays() tells.
   * True when marks had to be joined. */
  arrange(stays) {
    const zoom = this.view.tileZoom();
    let wanted = this.wanted();
    const crowded = zoom >= JOIN_ZOOM &&
      isCrowded(wanted.length, this.view.map.getSize());
    if (crowded) wanted = join(wanted, zoom);
    const keys = new Set(wanted.map(({ key }) => key));
    for (const [key, mark] of this.shown) {
      if (!keys.has(key) && !stays(mark)) this.drop(key);
    }
    for (const { key, feature, at } of wanted) {
      if (!this.shown.has(key)) this.add(key, feature, at);
    }
    return crowded;
  }

  add(key, feature, at) {
    this.shown.set(key, new Mark(this.view, feature, at, this.store.query, {
      choose: (mark) => this.choose(mark),
      open: (id) => this.on.open(id),
      hot: (id, box) => this.on.hot(id, box),
      focus: (mark) => this.rove(mark),
    }));
  }

  drop(key) {
    this.shown.get(key).remove();
    this.shown.delete(key);
  }

  redraw() {
    for (const mark of this.shown.values()) mark.redraw();
    this.rove();
  }

  choose({ feature, at }) {
    const p = feature.properties;
    if (!p.cluster) {
      this.on.open(feature.id);
    } else if (p.expansion_zoom === null || p.expansion_zoom > NEVER) {
      this.on.place(at);
    } else {
      this.expand(p);
    }
  }

  expand(p) {
    const [west, south, east, north] = p.bbox;
    const middle = [(west + east) / 2, (south + north) / 2];
    const zoom = Math.max(p.expansion_zoom, this.view.tileZoom() + 1);
    if (zoom > this.view.map.getMaxZoom()) this.on.place(middle);
    else this.view.showPoint(middle, zoom);
  }

  markChosen() {
    for (const mark of this.shown.values()) mark.showChosen();
  }

  /** One mark is reached by Tab; arrows go on from there. */
  rove(to = null) {
    const marks = [...this.shown.values()];
    const stop = to ?? marks.find((m) => m.element.tabIndex === 0) ??
      marks[0];
    for (const mark of marks) mark.element.tabIndex = mark === stop ? 0 : -1;
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
    if (next) next.mark.element.focus();
  }

  /** Lights the mark of a project up, or none; false when it is not shown. */
  light(id) {
    let found = false;
    for (const mark of this.shown.values()) {
      const on = id !== null && mark.feature.id === id;
      mark.element.classList.toggle('hot', on);
      found ||= on;
    }
    return found;
  }
}
