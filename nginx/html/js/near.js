// "Near me". The position stays in the browser: the district is found with the
// districts that are loaded, and nothing but the map's own tiles is asked for.

import { t } from './i18n.js';
import { say } from './live.js';
import { notify } from './notices.js';

const ZOOM = 13;
const WAIT = 15000; // milliseconds

const reasons = { 1: 'near.denied', 2: 'near.unknown', 3: 'near.timeout' };

function note(key, values) {
  notify('near', { text: () => t(key, values?.()), closes: true });
  say(t(key, values?.()));
}

function found({ coords }, view, districts, lights) {
  const at = [coords.longitude, coords.latitude];
  const kato = districts.at(at);
  lights.showHere(at, coords.accuracy);
  if (!kato) {
    note('near.outside');
    return;
  }
  view.showPoint(at, ZOOM);
  note('near.found', () => ({ district: districts.name(kato) }));
}

/** Asks the browser where the reader is and goes there. */
export function goNear(view, districts, lights) {
  if (!navigator.geolocation) {
    note('near.unknown');
    return;
  }
  navigator.geolocation.getCurrentPosition(
    (position) => found(position, view, districts, lights),
    (error) => note(reasons[error.code] ?? 'near.unknown'),
    { enableHighAccuracy: true, timeout: WAIT, maximumAge: 60000 });
}
