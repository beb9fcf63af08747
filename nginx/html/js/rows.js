// What list, table and search results show of one project.

import { h } from './dom.js';
import { daysBetween, days, moneyShort, percent } from './format.js';
import { pick, t, title } from './i18n.js';
import { shareOf } from './items.js';
import { state, writeAddress } from './state.js';
import { icon, statusSign } from './symbols.js';

/** The title with the language it is in, when that is not the chosen one. */
export function titleOf(p) {
  const found = pick(p, 'title');
  if (!found) return h('span', { class: 'missing' }, t('project.untitled'));
  return h('span', { lang: found.lang }, found.text);
}

/** The address of the page with one thing changed. */
export function addressWith(patch) {
  return writeAddress({ ...state, ...patch });
}

/** A link that changes the state when it is followed as it is. */
export function stateLink(patch, attributes, run, ...children) {
  return h('a', { href: addressWith(patch), ...attributes, on: {
    ...attributes.on,
    click(event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      run();
    },
  } }, ...children);
}

export function statusLine(p) {
  return h('span', { class: 'status-line' }, statusSign(p.status),
    title('status', p.status));
}

/** "96 days late", null when the project is not overdue. */
export function lateness(p, day) {
  if (!p.overdue) return null;
  const n = p.planned_end && day ? daysBetween(p.planned_end, day) : 0;
  return h('span', { class: 'late-text' }, icon('late'),
    n > 0 ? t('late.by', { days: days(n) }) : t('project.overdue'));
}

/** A thin bar of the share paid, with its figure. */
export function shareBar(p) {
  const share = shareOf(p);
  if (share === null) {
    return h('span', { class: 'muted' }, p.paid === null
      ? t('money.paid_missing') : '');
  }
  return h('span', { class: 'share' },
    h('span', { class: 'share-track', 'aria-hidden': 'true' },
      h('span', { class: 'share-fill',
        css: { width: `${Math.min(100, share * 100)}%` } })),
    h('span', {}, t('share.paid', { share: percent(share) })));
}

export function amount(value) {
  return value === null
    ? h('span', { class: 'missing' }, t('money.missing'))
    : h('span', { class: 'money' }, moneyShort(value));
}
