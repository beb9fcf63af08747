// The bottom sheet of narrow screens, with three rests: peek, half, full.

import { byId, debounce, printing, wide } from './dom.js';
import { t } from './i18n.js';
import { watch } from './state.js';

const RESTS = ['peek', 'half', 'full'];
const HALF = 0.52; // of the window's height
const TAP = 6; // pixels: less is a tap, not a drag
const CROWDED = 0.7; // of the window: bars higher than this leave no map

/** Whether the panel is a sheet: not on wide screens, and not where text is so
 * large or the window so low that all stands one under another. */
function isSheet() {
  return !wide.matches && !document.body.classList.contains('flow');
}

export class Sheet {
  /** on: { cover({ top, bottom }) } */
  constructor(on) {
    this.on = on;
    this.panel = byId('panel');
    this.handle = byId('handle');
    this.rest = 'peek';
    this.drag = null;
    this.moved = false;
    this.peek = 0; // pixels of the last peek that was seen
    this.handle.addEventListener('click', () => this.step());
    this.handle.addEventListener('keydown', (event) => this.key(event));
    this.handle.addEventListener('pointerdown', (event) => this.grab(event));
    this.handle.addEventListener('pointermove', (event) => this.pull(event));
    this.handle.addEventListener('pointerup', () => this.release());
    this.handle.addEventListener('pointercancel', () => this.release());
    // What gets the focus must be seen.
    byId('browse').addEventListener('focusin', (event) => {
      if (!byId('peek').contains(event.target)) this.atLeast('half');
    });
    const measure = debounce(() => this.settle(), 50);
    addEventListener('resize', measure);
    wide.addEventListener('change', () => this.settle());
    const observer = new ResizeObserver(measure);
    observer.observe(byId('peek'));
    observer.observe(byId('top'));
    watch(['lang'], () => this.name());
    this.settle();
  }

  heights() {
    const all = innerHeight;
    const top = byId('top').offsetHeight;
    const peek = Math.min(this.handle.offsetHeight + this.peek, all * 0.6);
    return { peek, half: Math.max(all * HALF, peek), full: all - top };
  }

  /** Goes to a rest; nothing to do on wide screens. */
  go(rest) {
    this.rest = rest;
    this.settle();
  }

  /** Opens at least this far. */
  atLeast(rest) {
    if (RESTS.indexOf(this.rest) < RESTS.indexOf(rest)) this.go(rest);
  }

  /** Pixels of the map that the sheet hides. */
  hidden() {
    return isSheet() ? this.heights()[this.rest] : 0;
  }

  settle() {
    if (printing()) return;
    this.panel.dataset.rest = this.rest;
    // Under a card the bar is hidden: its height must not change the map.
    this.peek = byId('peek').offsetHeight || this.peek;
    document.body.classList.toggle('flow', !wide.matches &&
      byId('top').offsetHeight + this.peek > innerHeight * CROWDED);
    document.body.classList.toggle('sheet-full',
      this.rest === 'full' && isSheet());
    if (!isSheet()) {
      this.panel.style.removeProperty('height');
      document.documentElement.style.removeProperty('--cover');
      document.documentElement.style.removeProperty('--cover-top');
      this.on.cover({ top: 0, bottom: 0 });
    } else {
      const heights = this.heights();
      this.panel.style.height = `${heights[this.rest]}px`;
      document.documentElement.style.setProperty('--cover',
        `${heights.peek}px`);
      document.documentElement.style.setProperty('--cover-top',
        `${byId('top').offsetHeight}px`);
      this.on.cover({ top: byId('top').offsetHeight,
        bottom: heights.peek });
    }
    this.name();
  }

  name() {
    const open = this.rest !== 'peek';
    this.handle.setAttribute('aria-expanded', String(open));
    this.handle.setAttribute('aria-label', t(this.rest === 'full'
      ? 'sheet.close' : 'sheet.open'));
  }

  step() {
    if (this.moved) return;
    const next = { peek: 'half', half: 'full', full: 'peek' };
    this.go(next[this.rest]);
  }

  key(event) {
    const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    const at = RESTS.indexOf(this.rest) + way;
    this.go(RESTS[Math.max(0, Math.min(RESTS.length - 1, at))]);
  }

  grab(event) {
    this.moved = false;
    this.drag = { y: event.clientY, height: this.panel.offsetHeight };
    this.handle.setPointerCapture(event.pointerId);
    this.panel.classList.add('dragged');
  }

  pull(event) {
    if (!this.drag) return;
    const up = this.drag.y - event.clientY;
    if (Math.abs(up) > TAP) this.moved = true;
    if (!this.moved) return;
    const { peek, full } = this.heights();
    const height = Math.max(peek, Math.min(full, this.drag.height + up));
    this.panel.style.height = `${height}px`;
  }

  release() {
    if (!this.drag) return;
    this.drag = null;
    this.panel.classList.remove('dragged');
    if (!this.moved) return;
    const heights = this.heights();
    const now = this.panel.offsetHeight;
    this.go(RESTS.reduce((best, rest) =>
      (Math.abs(heights[rest] - now) < Math.abs(heights[best] - now) ? rest
        : best)));
  }
}
