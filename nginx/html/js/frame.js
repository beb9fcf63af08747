// What stands still: names, signs on buttons, headings.

import { byId, fill } from './dom.js';
import { pick, pickOf, t, translate } from './i18n.js';
import { drawLanguages } from './languages.js';
import { listHeading } from './list.js';
import { about, parts } from './parts.js';
import { state } from './state.js';
import { icon } from './symbols.js';

// Signs of buttons that have no words beside them, or have them in the page.
const signs = { 'filters-button-sign': 'filter', 'legend-sign': 'legend',
  'zoom-in': 'plus', 'zoom-out': 'minus', near: 'locate', home: 'home' };

function serviceName() {
  return pickOf(about.site?.title) || t('service.name');
}

/** A bookmark or a shared link is called after the project that is open. */
export function nameWindow() {
  const { feature } = parts.card ?? {};
  const title = feature && pick(feature.properties, 'title')?.text;
  document.title = title ? `${title} \u2013 ${serviceName()}`
    : serviceName();
}

export function drawHeading() {
  byId('list-heading').textContent = listHeading();
  byId('here-back').hidden = !state.at;
}

function drawFold() {
  const folded = document.body.classList.contains('folded');
  byId('fold').setAttribute('aria-expanded', String(!folded));
  fill(byId('fold'), icon(folded ? 'right' : 'left'));
}

/** Folds the panel of wide screens away, or unfolds it. */
export function fold() {
  document.body.classList.toggle('folded');
  drawFold();
}

/** Writes all that stands still in the language. */
export function drawFrame() {
  translate(document);
  drawLanguages();
  for (const [id, name] of Object.entries(signs)) fill(byId(id), icon(name));
  fill(byId('share'), icon('share'), t('share.button'));
  byId('name').textContent = serviceName();
  drawFold();
  drawHeading();
  nameWindow();
}
