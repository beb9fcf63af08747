// What an imported layer says of a feature, in a window on the map.

import { get, paths } from './api.js';
import { byId, h, wide } from './dom.js';
import { date, number } from './format.js';
import { pick, t } from './i18n.js';
import { L } from './leaflet.js';
import { icon } from './symbols.js';

const EDGE = 12; // pixels kept free around the window
const BUTTONS = 64; // and beside the map's buttons, on narrow screens
const SAID = ['name', 'source_id']; // by the heading, and to nobody
const MAX_WIDTH = 320;
const MIN_HEIGHT = 120;
const DECIMALS = 6;

// Text of HTML that came with the data: read in a document of its own, where
// nothing is run or fetched.
function bare(text) {
  if (!/<\w/.test(text)) return text;
  const { body } = new DOMParser().parseFromString(text, 'text/html');
  return body.textContent.trim();
}

function shown(value) {
  if (typeof value === 'number') return number(value, DECIMALS);
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (typeof value !== 'string') return JSON.stringify(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return date(value) ?? value;
  if (/^https?:\/\/\S+$/.test(value)) {
    return h('a', { href: value, rel: 'external nofollow noopener' }, value);
  }
  return bare(value);
}

function nameOf(feature, layer) {
  const p = feature.properties;
  return p.name || pick(p, 'name')?.text || pick(p, 'title')?.text ||
    `${layer.title}: ${feature.id}`;
}

function rows(feature, titles) {
  return Object.entries(feature.properties)
    .filter(([name, value]) => value !== null && value !== '' &&
      !SAID.includes(name))
    .flatMap(([name, value]) => [h('dt', {}, titles[name]?.title ?? name),
      h('dd', {}, shown(value))]);
}

/** Shows the feature at the place; close() is called by its button. */
export async function showFeature(view, layer, feature, at, close) {
  const titles = await get(paths.schema(layer.id)).then((s) => s.properties,
    () => ({}));
  const root = h('section', { class: 'feature', tabindex: -1,
    'aria-label': layer.title },
  h('div', { class: 'feature-head' }, h('h2', {}, nameOf(feature, layer)),
    h('button', { type: 'button', class: 'icon-button', 'aria-label':
      t('close'), on: { click: close } }, icon('close'))),
  h('p', { class: 'muted' }, layer.title),
  h('dl', {}, rows(feature, titles)));
  const { bottom } = view.cover;
  const top = view.cover.top + byId('notices').offsetHeight + EDGE;
  const aside = wide.matches ? EDGE : BUTTONS;
  L.popup({ closeButton: false, maxHeight: Math.max(MIN_HEIGHT,
    (innerHeight - top - bottom) * 0.8),
  maxWidth: Math.min(MAX_WIDTH, view.map.getSize().x - aside - 4 * EDGE),
  autoPanPaddingTopLeft: [EDGE, top],
  autoPanPaddingBottomRight: [aside, bottom + EDGE] })
    .setLatLng(at).setContent(root).openOn(view.map);
  root.focus({ preventScroll: true });
}
