// The card's four bars on one scale: planned, contracted, paid, work done.

import { h } from './dom.js';
import { date, money, moneyShort, number, percent } from './format.js';
import { t } from './i18n.js';

const latest = (rows, day) => rows.reduce((best, row) =>
  (row[day] && (!best || row[day] > best[day]) ? row : best), null);

function plannedOrigin(p, record) {
  if (record.budget_approved !== null &&
      record.budget_approved !== undefined) {
    return { day: record.approval_date, source: p.source };
  }
  const line = latest(record.funding ?? [], 'as_of');
  return { day: line?.as_of, source: line?.source };
}

// Where a figure comes from: the row of the record that it was made of, else
// the project's own summary.
const origins = {
  planned: plannedOrigin,
  contracted(p, record) {
    const row = latest(record.contracts ?? [], 'as_of');
    return { day: row?.as_of, source: row?.source };
  },
  paid(p, record) {
    const row = latest(record.payments ?? [], 'as_of') ??
      latest((record.funding ?? []).filter((f) => f.paid !== null), 'as_of');
    return { day: row?.as_of, source: row?.source };
  },
  progress(p, record) {
    const row = latest((record.observations ?? []).filter((o) =>
      o.metric === 'physicalProgress' && o.kind === 'actual'), 'date');
    return { day: row?.date, source: row?.source };
  },
};

// The source is written beside a figure only where it is not the project's own,
// which stands once below all bars.
function originLine(kind, p, record) {
  const { day, source } = origins[kind](p, record);
  const when = date(day ?? p.as_of);
  return h('span', { class: 'bar-origin muted' }, source &&
    source !== p.source ? t('card.origin', { date: when, source }) : when);
}

function bar(kind, share, figure, full, p, record) {
  const known = figure !== null;
  return h('div', { class: `bar bar-${kind}` },
    h('dt', {}, t(kind === 'progress' ? 'card.progress' : `money.${kind}`)),
    h('dd', {},
      h('span', { class: known ? 'bar-track' : 'bar-track unknown',
        'aria-hidden': 'true' },
      known && h('span', { class: 'bar-fill',
        css: { width: `${Math.max(0, Math.min(1, share)) * 100}%` } })),
      h('span', { class: known ? 'bar-figure' : 'bar-figure missing' },
        known ? figure : t('money.missing')),
      known && full && h('span', { class: 'bar-full' }, full),
      known && originLine(kind, p, record)));
}

function moneyBar(kind, p, record, most) {
  const value = p[kind];
  if (value === null) return bar(kind, 0, null, null, p, record);
  const short = moneyShort(value);
  const long = money(value);
  const part = kind !== 'planned' && p.planned > 0
    ? t('card.of_planned', { share: percent(value / p.planned) }) : null;
  const full = [short === long ? null : long, part].filter(Boolean)
    .join(' · ');
  return bar(kind, most > 0 ? value / most : 0, short, full, p, record);
}

/** The bars of a project: the scale ends at the largest amount; the whole
 * width of the last one is all work done, drawn as long as planned. */
export function fourBars(p, record) {
  const most = Math.max(p.planned ?? 0, p.contracted ?? 0, p.paid ?? 0);
  const whole = most > 0 && p.planned ? p.planned / most : 1;
  const done = p.progress ?? null;
  return [h('dl', { class: 'bars bars-card' },
    ['planned', 'contracted', 'paid'].map((kind) =>
      moneyBar(kind, p, record, most)),
    bar('progress', done === null ? 0 : (done / 100) * whole,
      done === null ? null : t('card.done', { n: number(done) }), null, p,
      record)),
  h('p', { class: 'muted' }, t('card.source_all', { source: p.source }))];
}
