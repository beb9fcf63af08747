// The parts of the page, known to each other by name, and what all may ask.

import { anchorOf, inBox } from './geometry.js';
import { set } from './state.js';
import { yearsUpTo } from './years.js';

/** MapView view, Districts districts, List list ...: filled at the start. */
export const parts = {};

/** The site's settings, the day and the moment of the data, names. */
export const about = {
  site: null,
  day: null,
  timeStamp: null,
  demo: false,
  open: (id) => openProject(id, true),
  districtName: (kato) => parts.districts.name(kato ?? 'none'),
  katos: () => parts.districts.features.map((f) => f.properties.kato).sort(),
  years: () => yearsUpTo(about.day),
};

/** Opens a project's card: from the list the sheet goes all the way up, from
 * the map it leaves the map in sight. */
export function openProject(id, fromList) {
  set({ p: id });
  parts.sheet.atLeast(fromList ? 'full' : 'half');
}

/** Lights a project up, by id, on map and in list; with a box all in it; with
 * null puts the light out. */
export function light(id, box, geometry) {
  const seen = parts.projects.light(id);
  parts.lights.show('hot', geometry && !seen ? geometry : null);
  parts.list.light(id === null && !box ? null : (f) => (box
    ? Boolean(f.geometry) && inBox(anchorOf(f.geometry), box)
    : f.id === id));
}
