// The projects of the view as records, page by page: for the list, the table
// and print.

import {
  filterQuery, isAbort, join, lane, nextPage, paths, viewQuery,
} from './api.js';
import { pick } from './i18n.js';
import { state } from './state.js';

const PAGE = 50;
const SORT_LIMIT = 2000; // records fetched to be sorted here
const PLACE = 0.00015; // degrees around a place whose projects are listed

const compareText = new Intl.Collator(['kk', 'ru']).compare;

// What each order compares; null comes last whichever way it goes.
const orders = {
  planned: (p) => p.planned,
  paid_share: (p) => shareOf(p),
  planned_end: (p) => p.planned_end,
  title: (p) => pick(p, 'title')?.text ?? null,
};

/** Paid of planned, null where either is not published. */
export function shareOf(p) {
  if (p.paid === null || p.planned === null || p.planned <= 0) return null;
  return p.paid / p.planned;
}

function compare(a, b) {
  return typeof a === 'string' ? compareText(a, b) : a - b;
}

function sorted(features, sort) {
  const down = sort.startsWith('-');
  const value = orders[sort.replace('-', '')];
  const way = down ? -1 : 1;
  return [...features].sort((f, g) => {
    const a = value(f.properties);
    const b = value(g.properties);
    if (a === null || b === null) return (a === null) - (b === null);
    return way * compare(a, b);
  });
}

export class Items {
  constructor() {
    this.ask = lane();
    this.watchers = [];
    this.status = 'loading'; // ready, failed
    this.features = [];
    this.matched = 0;
    this.size = PAGE;
    this.next = null;
    this.query = null;
  }

  onChange(run) {
    this.watchers.push(run);
  }

  tell() {
    this.watchers.forEach((run) => run());
  }

  where() {
    if (!state.at) return viewQuery(state.box);
    const [lon, lat] = state.at.split(',').map(Number);
    const box = [lon - PLACE, lat - PLACE, lon + PLACE, lat + PLACE];
    return `bbox=${box.map((v) => v.toFixed(5)).join(',')}&place=located`;
  }

  sorting() {
    return state.sort.replace('-', '') !== 'place';
  }

  /** Asks anew when what is selected has changed. */
  async load(force = false) {
    const limit = this.sorting() ? SORT_LIMIT : PAGE;
    const query = join('', filterQuery(), this.where(), `limit=${limit}`);
    if (query === this.query && this.status !== 'failed' && !force) return;
    this.query = query;
    this.size = PAGE;
    this.status = 'loading';
    this.tell();
    await this.take(paths.items(query.slice(1)), []);
  }

  async take(path, before) {
    try {
      const answer = await this.ask(path);
      this.features = before.concat(answer.features);
      this.matched = answer.numberMatched;
      this.next = nextPage(answer);
      this.status = 'ready';
    } catch (error) {
      if (isAbort(error)) return;
      this.status = 'failed';
    }
    this.tell();
  }

  /** Shows one page more. */
  async more() {
    this.size += PAGE;
    const wanting = this.features.length < this.size;
    if (wanting && this.next && !this.sorting()) {
      await this.take(this.next, this.features);
    } else {
      this.tell();
    }
  }

  /** Whether the order covers only the first of all that match. */
  sortedInPart() {
    return this.sorting() && this.next !== null;
  }

  shown() {
    const all = this.sorting() ? sorted(this.features, state.sort)
      : this.features;
    return all.slice(0, this.size);
  }

  hasMore() {
    return this.shown().length < this.matched && (this.next !== null ||
      this.features.length > this.size);
  }
}
