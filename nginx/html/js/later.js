// What comes when it is first wanted, so that the first view is light.

import { byId } from './dom.js';
import { nameWindow } from './frame.js';
import { anchorOf } from './geometry.js';
import { t } from './i18n.js';
import { notify } from './notices.js';
import { about, parts } from './parts.js';
import { set } from './state.js';

const SHOWN_ZOOM = 14;
const MOST = 0.6; // of the window that the sheet may count as hiding

const cardEvents = {
  shown(feature) {
    nameWindow();
    parts.lights.show('chosen', feature.geometry);
    const at = anchorOf(feature.geometry);
    if (at) {
      parts.view.reveal(at, Math.min(parts.sheet.hidden(),
        innerHeight * MOST));
    }
  },
  closed(id) {
    nameWindow();
    parts.lights.show('chosen', null);
    if (id && !parts.list.focusOn(id)) byId('count').focus();
  },
  show(feature) {
    set({ view: 'map' });
    parts.sheet.go('half');
    parts.view.showPoint(anchorOf(feature.geometry), SHOWN_ZOOM);
  },
};

let coming = 0; // modules that were asked for and are not there yet

function count(step) {
  coming += step;
  byId('panel').setAttribute('aria-busy', String(coming > 0));
}

// A module that does not come is named and can be asked for again.
async function later(work, error) {
  count(1);
  try {
    await work();
  } catch {
    notify('later', { text: () => t(error), label: 'error.again',
      action: () => later(work, error) });
  } finally {
    count(-1);
  }
}

/** Shows the card of the project in the state. */
export function loadCard() {
  return later(async () => {
    const { Card } = await import('./card.js');
    parts.card ??= new Card(about, cardEvents);
    parts.card.load();
  }, 'error.card');
}

export function openFilters() {
  return later(async () => {
    const { Filters } = await import('./filters.js');
    parts.filters ??= new Filters(about);
    parts.filters.open();
  }, 'error.filters');
}

export function goNear() {
  return later(async () => {
    const near = await import('./near.js');
    near.goNear(parts.view, parts.districts, parts.lights);
  }, 'near.unknown');
}

export function share() {
  return later(async () => {
    await (await import('./share.js')).share();
  }, 'error.share');
}
