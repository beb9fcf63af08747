// The card's history: what was published when, one entry a publication.

import { h } from './dom.js';
import { date, number } from './format.js';
import { has, t, title } from './i18n.js';

const fieldsOf = (row) => (row.fields ? row.fields.split(';') : []);

/** The day the status last changed after it was first published, or null. */
export function statusSince(history) {
  const row = (history ?? []).find((r) => r.what === 'change' &&
    r.entity === 'project' && fieldsOf(r).includes('status'));
  return row ? row.at : null;
}

function byVersion(history) {
  const out = new Map();
  for (const row of history) {
    if (!out.has(row.version)) out.set(row.version, []);
    out.get(row.version).push(row);
  }
  return [...out.values()];
}

const fieldName = (name) => (has(`field.${name}`) ? t(`field.${name}`)
  : name);

function words(rows) {
  const counts = new Map();
  for (const row of rows) {
    const key = `${row.what} ${row.entity}`;
    counts.set(key, [...(counts.get(key) ?? []), row]);
  }
  return [...counts.values()].map((same) => {
    const { what, entity } = same[0];
    const fields = what === 'change' && entity === 'project'
      ? [...new Set(same.flatMap(fieldsOf))].map(fieldName) : [];
    const name = title('entity', entity) + (same.length > 1
      ? ` (${number(same.length)})` : '');
    return h('p', {}, `${title('history', what)}: ${name}`,
      fields.length > 0 && h('span', { class: 'muted' },
        ` \u2013 ${fields.join(', ')}`));
  });
}

/** The folded part of the card, nothing without a history. */
export function historyPart(record) {
  const all = byVersion(record.history ?? []);
  if (all.length === 0) return null;
  return h('details', { class: 'card-part' },
    h('summary', {}, h('h3', {}, t('card.history')),
      h('span', { class: 'count' }, number(all.length))),
    h('ul', { class: 'rows' }, all.map((rows) => h('li', {},
      h('p', {}, h('b', {}, date(rows[0].at))), words(rows),
      rows[0].reason && h('p', { class: 'muted' }, rows[0].reason)))));
}
