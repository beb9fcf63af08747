// The years of funding that can be chosen.

import { state } from './state.js';

const FIRST_YEAR = 2021;

/** The years offered: from the first of the service to this one, and those
 * that are chosen already. */
export function yearsUpTo(day) {
  const last = Number((day ?? new Date().toISOString()).slice(0, 4));
  const out = new Set(state.year);
  for (let year = FIRST_YEAR; year <= last; year += 1) out.add(String(year));
  return [...out].sort();
}
