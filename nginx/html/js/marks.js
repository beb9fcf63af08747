// How projects and clusters look on the map.

import { STATUS } from './codes.js';
import { h, svg } from './dom.js';
import { countShort, moneyShort, number } from './format.js';
import { pick, t, title, tn } from './i18n.js';
import { lateSign, sectorGlyph, statusPath } from './symbols.js';

/** Pixels across of a cluster of n. */
export function clusterSize(n) {
  return Math.round(28 + 8 * Math.log10(n));
}

function ringPart(status, from, share) {
  return svg('circle', { class: `ring s-${status}`, cx: 20, cy: 20, r: 17,
    pathLength: 1, 'stroke-dasharray': `${share} 1`,
    'stroke-dashoffset': -from, transform: 'rotate(-90 20 20)' });
}

function ring(byStatus, total) {
  const out = svg('svg', { viewBox: '0 0 40 40', 'aria-hidden': 'true' },
    svg('circle', { class: 'plate', cx: 20, cy: 20, r: 19.5 }));
  let from = 0;
  for (const status of STATUS) {
    const share = (byStatus[status] || 0) / total;
    if (share === 0) continue;
    out.append(ringPart(status, from, share));
    from += share;
  }
  out.append(svg('circle', { class: 'dish', cx: 20, cy: 20, r: 14.2 }));
  return out;
}

/** A cluster's mark. */
export function clusterMark(p) {
  return h('div', { class: 'cluster' }, ring(p.status, p.point_count),
    h('span', { class: 'cluster-count', 'aria-hidden': 'true' },
      countShort(p.point_count)),
    p.overdue > 0 && lateSign());
}

/** A project's mark; with glyph its sector stands beside it. */
export function projectMark(p, glyph) {
  return h('div', { class: `point s-${p.status}` },
    svg('svg', { class: 'point-shape', viewBox: '0 0 24 24',
      'aria-hidden': 'true' }, statusPath(p.status)),
    glyph && h('span', { class: 'point-sector' }, sectorGlyph(p.category)),
    p.overdue && lateSign());
}

function statusWords(byStatus) {
  return STATUS.filter((s) => byStatus[s])
    .map((s) => `${title('status', s)}: ${number(byStatus[s])}`).join(', ');
}

// Who speaks to the page says what stands on the mark: the name has that too.
function countWords(n) {
  const words = tn('count.projects', n, { n: number(n) });
  return n < 1000 ? words : `${countShort(n)} (${words})`;
}

/** What a cluster says to a screen reader. */
export function clusterWords(p) {
  const words = [
    countWords(p.point_count),
    t('mark.planned', { sum: moneyShort(p.planned) }),
    statusWords(p.status),
  ];
  if (p.overdue > 0) {
    words.push(tn('count.overdue', p.overdue, { n: number(p.overdue) }));
  }
  return words.join('. ');
}

/** What a project's mark says; its short form is the tooltip's first line. */
export function projectWords(p) {
  const words = [
    pick(p, 'title')?.text ?? t('project.untitled'),
    title('status', p.status),
    t('mark.planned', { sum: moneyShort(p.planned) }),
  ];
  if (p.overdue) words.push(t('project.overdue'));
  return words.join('. ');
}

/** The little text beside a mark under the pointer. */
export function tooltip(feature) {
  const p = feature.properties;
  const head = p.cluster
    ? tn('count.projects', p.point_count, { n: number(p.point_count) })
    : pick(p, 'title')?.text ?? t('project.untitled');
  const tail = p.cluster ? [] : [title('status', p.status)];
  tail.push(t('mark.planned', { sum: moneyShort(p.planned) }));
  if (p.cluster && p.overdue) {
    tail.push(tn('count.overdue', p.overdue, { n: number(p.overdue) }));
  } else if (p.overdue) {
    tail.push(t('project.overdue'));
  }
  return h('div', { class: 'tip' }, h('b', {}, head),
    tail.map((line) => h('div', {}, line)));
}
