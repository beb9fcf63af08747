// Notices over the page: demonstration data, no connection, what failed, what
// of the address was not understood.

import { byId, fill, h } from './dom.js';
import { icon } from './symbols.js';
import { t } from './i18n.js';
import { watch } from './state.js';

const shown = new Map(); // by name: how its text is made, and its button

function draw() {
  fill(byId('notices'), [...shown].map(([name, notice]) => h('div',
    { class: `notice notice-${name}` }, h('p', {}, notice.text()),
    notice.action && h('button', { type: 'button', class: 'button', on: {
      click: () => {
        hide(name);
        notice.action();
      } } }, t(notice.label)),
    notice.closes && h('button', { type: 'button', class: 'icon-button',
      'aria-label': t('close'), on: { click: () => hide(name) } },
    icon('close')))));
}

/** Shows a notice: { text(), action(), label, closes }. One by each name. */
export function notify(name, notice) {
  shown.set(name, notice);
  draw();
}

export function hide(name) {
  if (shown.delete(name)) draw();
}

watch(['lang'], draw);
