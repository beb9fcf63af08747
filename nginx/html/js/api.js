// What is asked of the server. One place for addresses, errors and versions.

import { FILTERS, state } from './state.js';

const TOO_MANY = 429;
const PATIENCE = 3; // times that are tried again
const PAUSE = 1500; // milliseconds

/** An answer that is not a good one: status 0 when none came. */
export class ApiError extends Error {
  constructor(status) {
    super(`status ${status}`);
    this.status = status;
  }
}

const events = new EventTarget();
let version = 0;

/** "online", "offline" (no answer came) and "version" (the data changed). */
export function onApi(name, run) {
  events.addEventListener(name, run);
}

function note(name) {
  events.dispatchEvent(new Event(name));
}

function noteVersion(answer) {
  const seen = answer?.dataVersion ?? answer?.site?.dataVersion;
  if (!Number.isInteger(seen) || seen <= version) return;
  const first = version === 0;
  version = seen;
  if (!first) note('version');
}

async function ask(path, signal) {
  try {
    return await fetch(path, { signal, credentials: 'omit',
      headers: { accept: 'application/geo+json, application/json' } });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    note('offline');
    throw new ApiError(0);
  }
}

// The server asks for patience when a reader, or a school behind one address,
// asks for very much at once.
async function askPatiently(path, signal) {
  for (let left = PATIENCE; ; left -= 1) {
    const answer = await ask(path, signal);
    if (answer.status !== TOO_MANY || left === 0) return answer;
    await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
    signal?.throwIfAborted();
  }
}

/** The JSON of a path. Throws ApiError, or AbortError when it was given up. */
export async function get(path, signal) {
  const answer = await askPatiently(path, signal);
  note('online');
  if (!answer.ok) throw new ApiError(answer.status);
  const body = await answer.json();
  noteVersion(body);
  return body;
}

export function isAbort(error) {
  return error.name === 'AbortError';
}

/** A lane: a new request through it gives up the one before. */
export function lane() {
  let last = null;
  return (path) => {
    last?.abort();
    last = new AbortController();
    return get(path, last.signal);
  };
}

/** The filters of a state as "name=value&..." in a fixed order, so that caches
 * hit; without those named in skip. */
export function filterQuery(from = state, skip = []) {
  const out = [];
  for (const name of FILTERS) {
    const value = from[name];
    const text = Array.isArray(value) ? value.join(',') : value ?? '';
    if (text === '' || skip.includes(name)) continue;
    out.push(`${name}=${encodeURIComponent(text).replace(/%2C/g, ',')}`);
  }
  return out.join('&');
}

/** Joins parts of a query, leaving out the empty ones. */
export function join(path, ...parts) {
  const query = parts.filter(Boolean).join('&');
  return query ? `${path}?${query}` : path;
}

/** What the view adds to the filters: its box; no box but "located" where it
 * holds all; nothing where the state asks for those without a place. */
export function viewQuery(box) {
  if (state.place === 'none') return '';
  const located = 'place=located';
  return box ? `bbox=${box.join(',')}&${located}` : located;
}

const ITEMS = '/api/collections/projects/items';

export const paths = {
  site: () => '/api?f=json',
  collections: () => `/api/collections?f=json&lang=${state.lang}`,
  schema: (id) => `/api/collections/${id}/schema?f=json&lang=${state.lang}`,
  districts: () => '/api/collections/districts/items?limit=100',
  places: (q, limit) => join('/api/places',
    q && `q=${encodeURIComponent(q)}`, `limit=${limit}`),
  stats: (...parts) => join('/api/stats', ...parts),
  items: (...parts) => join(ITEMS, ...parts),
  item: (id) => `${ITEMS}/${encodeURIComponent(id)}`,
  itemAs: (id, format) => `${ITEMS}/${encodeURIComponent(id)}?f=${format}`,
  tile: (collection, z, x, y, query) =>
    join(`/tiles/${collection}/${z}/${x}/${y}.geojson`, query),
};

/** The path of the next page of an answer, null when it was the last. Only its
 * query is taken: the host in it is the one of the configuration. */
export function nextPage(answer) {
  const next = answer.links?.find((link) => link.rel === 'next');
  if (!next) return null;
  return ITEMS + new URL(next.href, location.href).search;
}
