// The card of one project, over the list.

import { ApiError, isAbort, lane, paths } from './api.js';
import { fourBars } from './card-money.js';
import { datesSection } from './card-dates.js';
import {
  aboutSection, contractsPart, documentsPart, fundingPart, milestonesPart,
  paymentsPart, peopleSection, placeSection, said, sourceSection,
} from './card-parts.js';
import { historyPart, statusSince } from './card-history.js';
import { byId, fill, h } from './dom.js';
import { date } from './format.js';
import { pick, t, title } from './i18n.js';
import { lateness, titleOf } from './rows.js';
import { share } from './share.js';
import { set, state, watch } from './state.js';
import { icon, statusSign } from './symbols.js';

const FORMATS = ['geojson', 'kml'];

export class Card {
  /** about: { day, districtName }; on: { shown(feature), closed(id),
   * show(feature) } */
  constructor(about, on) {
    this.about = about;
    this.on = on;
    this.ask = lane();
    this.root = byId('card');
    this.feature = null;
    this.status = 'closed'; // loading, ready, missing, failed
    watch(['p'], () => this.load());
    watch(['lang'], () => this.draw());
  }

  close() {
    set({ p: '' });
  }

  async load() {
    const id = state.p;
    if (!id) {
      const before = this.feature?.id ?? null;
      this.feature = null;
      this.show('closed');
      this.on.closed(before);
      return;
    }
    this.show('loading');
    byId('card-title')?.focus();
    try {
      this.feature = await this.ask(paths.item(id));
      this.show('ready');
      this.on.shown(this.feature);
    } catch (error) {
      if (isAbort(error)) return;
      const gone = error instanceof ApiError &&
        [400, 404, 410].includes(error.status);
      this.feature = null;
      this.show(gone ? 'missing' : 'failed');
    }
    byId('card-title')?.focus();
  }

  show(status) {
    this.status = status;
    this.draw();
  }

  draw() {
    const open = this.status !== 'closed';
    this.root.hidden = !open;
    byId('browse').hidden = open;
    document.body.classList.toggle('has-card', open);
    this.root.setAttribute('aria-busy', String(this.status === 'loading'));
    const parts = {
      closed: () => [],
      loading: () => [this.bar(), this.skeleton()],
      missing: () => [this.bar(), this.note('card.missing', false)],
      failed: () => [this.bar(), this.note('error.card', true)],
      ready: () => [this.bar(), this.body()],
    };
    fill(this.root, parts[this.status]());
    this.root.scrollTop = 0;
  }

  bar() {
    return h('div', { class: 'card-bar' },
      h('button', { type: 'button', class: 'button quiet', on: {
        click: () => this.close() } }, icon('left'), t('card.back')),
      this.status === 'ready' && h('button', { type: 'button',
        class: 'button quiet', on: { click: () => share(
          pick(this.feature.properties, 'title')?.text) } },
      icon('share'), t('share.button')));
  }

  skeleton() {
    return h('div', { class: 'card-body' },
      h('h2', { id: 'card-title', tabindex: -1, class: 'hidden-text' },
        t('card.loading')),
      h('div', { 'aria-hidden': 'true' },
        ['bone bone-wide', 'bone bone-half', 'bone bone-bar',
          'bone bone-bar', 'bone bone-bar', 'bone bone-bar', 'bone'].map(
          (name) => h('span', { class: name }))));
  }

  note(key, again) {
    return h('div', { class: 'card-body' },
      h('h2', { id: 'card-title', tabindex: -1 }, t(key)),
      again && h('button', { type: 'button', class: 'button', on: {
        click: () => this.load() } }, t('error.again')));
  }

  body() {
    const p = this.feature.properties;
    const record = this.feature.record ?? {};
    const day = this.about.day;
    return h('div', { class: 'card-body' }, this.head(p, record),
      h('section', { class: 'card-part first' },
        h('h3', {}, t('card.money')), fourBars(p, record),
        h('p', {}, h('a', { href: `/words?lang=${state.lang}` },
          t('words.link')))),
      datesSection(p, record, day),
      peopleSection(p, record),
      placeSection(p, record, this.about, this.feature.geometry,
        () => this.on.show(this.feature)),
      aboutSection(p, record),
      fundingPart(record), contractsPart(record), paymentsPart(record),
      milestonesPart(record), historyPart(record), documentsPart(record),
      sourceSection(p, record), this.downloads());
  }

  head(p, record) {
    const since = date(statusSince(record.history));
    return h('div', { class: 'card-head' },
      h('p', { class: 'over-title' }, title('work_kind', p.work_kind),
        ' · ', title('category', p.category)),
      h('h2', { id: 'card-title', tabindex: -1 }, titleOf(p)),
      h('p', { class: 'card-status' }, statusSign(p.status),
        h('b', {}, title('status', p.status)),
        since && h('span', { class: 'muted' },
          t('card.since', { date: since }))),
      said(record, 'substatus') && h('p', {}, said(record, 'substatus')),
      lateness(p, this.about.day));
  }

  downloads() {
    const { id } = this.feature;
    return h('section', { class: 'card-part' },
      h('h3', {}, t('download.title')),
      h('p', { class: 'links' }, FORMATS.map((format) =>
        h('a', { href: paths.itemAs(id, format), download: `${id}.${format}` },
          t(`format.${format}`)))),
      h('p', { class: 'muted' }, t('card.id', { id })));
  }
}
