// The card's time line: planned against actual, with the shift in words.

import { said } from './card-parts.js';
import { h } from './dom.js';
import { date, days, daysBetween, month } from './format.js';
import { t } from './i18n.js';

const EDGE = 0.04; // of the line kept free at both ends

// Only work in these states goes on until today, or is late.
const OPEN = ['preparation', 'implementation', 'suspended'];

/** The shift in words: late, early, moved; null when there is none. */
export function shiftWords(p, record, today) {
  const first = record.first_planned_end;
  if (p.overdue && p.planned_end && today) {
    return { late: true, text: t('late.by',
      { days: days(daysBetween(p.planned_end, today)) }) };
  }
  if (p.actual_end && p.planned_end) {
    const n = daysBetween(p.planned_end, p.actual_end);
    if (n > 0) return { late: true, text: t('late.ended', { days: days(n) }) };
    return { late: false, text: n < 0
      ? t('late.early', { days: days(-n) }) : t('late.in_time') };
  }
  if (first && p.planned_end && first !== p.planned_end) {
    const n = daysBetween(first, p.planned_end);
    return { late: n > 0, text: t(n > 0 ? 'late.moved' : 'late.sooner',
      { days: days(Math.abs(n)) }) };
  }
  return null;
}

function scale(all) {
  const times = all.filter(Boolean).map((day) => Date.parse(day));
  const from = Math.min(...times);
  const length = Math.max(...times) - from || 1;
  return (day) =>
    (EDGE + ((Date.parse(day) - from) / length) * (1 - 2 * EDGE)) * 100;
}

function span(at, from, to, name) {
  const left = at(from);
  return h('span', { class: `span span-${name}`, css: {
    left: `${left}%`, width: `${Math.max(0.5, at(to) - left)}%` } });
}

function tick(at, day, name) {
  return day && h('span', { class: `tick tick-${name}`,
    css: { left: `${at(day)}%` } });
}

function row(name, spans) {
  return h('div', { class: 'line-row' },
    h('span', { class: 'line-name' }, t(`dates.${name}`)),
    h('span', { class: 'line-track' }, spans));
}

function picture(p, record, today) {
  const open = OPEN.includes(p.status) && !p.actual_end;
  const running = p.actual_start && open ? today : null;
  const all = [p.planned_start, p.planned_end, p.actual_start, p.actual_end,
    record.first_planned_end, running];
  if (all.filter(Boolean).length < 2) return null;
  const at = scale(all);
  const end = p.actual_end ?? running;
  return h('div', { class: 'time-line', 'aria-hidden': 'true' },
    row('planned', [
      p.planned_start && p.planned_end &&
        span(at, p.planned_start, p.planned_end, 'planned'),
      record.first_planned_end !== p.planned_end &&
        tick(at, record.first_planned_end, 'first'),
      tick(at, p.planned_end, 'end')]),
    row('actual', [
      p.actual_start && end && span(at, p.actual_start, end, p.actual_end
        ? 'actual' : 'running'),
      p.planned_end && end && end > p.planned_end &&
        span(at, p.planned_end, end, 'late'),
      tick(at, running, 'today')]),
    h('div', { class: 'line-ends' },
      h('span', {}, month(all.filter(Boolean).sort()[0])),
      h('span', {}, month(all.filter(Boolean).sort().at(-1)))));
}

function fact(name, from, to) {
  const text = (day) => date(day) ?? t('date.missing');
  return [h('dt', {}, t(`dates.${name}`)), h('dd', {}, from || to
    ? t('dates.from_to', { from: text(from), to: text(to) })
    : t('date.missing'))];
}

/** The dates of a project. */
export function datesSection(p, record, today) {
  const shift = shiftWords(p, record, today);
  const first = record.first_planned_end;
  return h('section', { class: 'card-part' },
    h('h3', {}, t('card.dates')),
    shift && h('p', { class: shift.late ? 'shift late' : 'shift' },
      shift.text),
    picture(p, record, today),
    h('dl', { class: 'facts' },
      fact('planned', p.planned_start, p.planned_end),
      fact('actual', p.actual_start, p.actual_end),
      first && first !== p.planned_end && [
        h('dt', {}, t('dates.first')), h('dd', {}, date(first))]),
    said(record, 'end_reason') && h('p', {}, said(record, 'end_reason')));
}
