// Says to screen readers what has changed.

import { byId } from './dom.js';

let last = '';

/** Says a text once; the same text again is said again only after another. */
export function say(text) {
  if (text === last) return;
  last = text;
  byId('live').textContent = text;
}
