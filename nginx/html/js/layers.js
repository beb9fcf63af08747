// The layers of the map, switched on and off: the districts, and those that
// were imported.

import { get, paths } from './api.js';
import { byId, fill, h } from './dom.js';
import { date } from './format.js';
import { pickOf, t } from './i18n.js';
import { notify } from './notices.js';
import { set, state, toggle, watch } from './state.js';

const COLOURS = 5; // of imported layers, then from the first again
const OWN = ['projects', 'districts'];

function read(collection) {
  const { id, title, licence, source, attribution } = collection;
  return { id, title, licence, source, attribution,
    date: collection.date ?? null,
    box: collection.extent?.spatial?.bbox[0] ?? null };
}

/** A switch with its sign and name. */
function choice(value, checked, sign, title, change) {
  return h('label', { class: 'layer-choice' },
    h('input', { type: 'checkbox', value, checked, on: { change } }),
    sign, h('span', {}, title));
}

/** Who had the focus below the switch has it after the change, there or on
 * the switch. */
function keepFocus(item, change) {
  const held = item.lastChild.contains(document.activeElement)
    && document.activeElement.localName;
  change();
  if (!held) return;
  (item.lastChild.querySelector(held) ?? item.querySelector('input')).focus();
}

export class Layers {
  constructor(view) {
    this.view = view;
    this.known = null; // null: not told yet
    this.shown = new Map(); // Overlay by id
    this.states = new Map(); // what each has told: { failed, thinned }
    watch(['layers', 'districts'], () => this.apply());
    watch(['lang'], () => this.reload());
  }

  /** Takes the collections; tells which of the address there are not. */
  load(collections) {
    this.known = collections.filter((c) => !OWN.includes(c.id)).map(read);
    const unknown = state.layers.filter((id) => !this.find(id));
    if (unknown.length > 0) {
      set({ layers: state.layers.filter((id) => this.find(id)) }, false);
    }
    this.draw();
    this.apply();
    return unknown;
  }

  /** Titles come in one language. */
  async reload() {
    if (!this.known?.length) return;
    try {
      this.load((await get(paths.collections())).collections);
    } catch {
      this.draw(); // in the language before
    }
  }

  /** Other data: what is drawn is asked for anew. */
  refresh() {
    for (const overlay of this.shown.values()) overlay.redraw();
  }

  find(id) {
    return this.known?.find((layer) => layer.id === id) ?? null;
  }

  draw() {
    fill(byId('layers'), h('li', {}, choice('districts', false,
      h('span', { class: 'swatch shade-2' }), t('layers.districts'), () =>
        set({ districts: state.districts ? '' : 'off' }))),
    (this.known ?? []).map((layer, i) => h('li', { 'data-id': layer.id },
      choice(layer.id, false, h('span', { class:
        `swatch overlay-swatch layer-${i % COLOURS}` }), layer.title,
      () => toggle('layers', layer.id)), h('div', {}))));
    this.sync();
  }

  /** Writes into the switches what the state says. */
  sync() {
    for (const input of byId('layers').querySelectorAll('input')) {
      input.checked = input.value === 'districts' ? state.districts !== 'off'
        : state.layers.includes(input.value);
    }
    for (const item of byId('layers').querySelectorAll('[data-id]')) {
      keepFocus(item, () =>
        fill(item.lastChild, this.words(this.find(item.dataset.id))));
    }
  }

  /** What is said below a layer that is on. */
  words(layer) {
    if (!state.layers.includes(layer.id)) return [];
    const { failed, thinned } = this.states.get(layer.id) ?? {};
    const facts = [pickOf(layer.attribution), layer.source, layer.licence,
      layer.date && t('layers.date', { date: date(layer.date) })];
    return [h('p', { class: 'muted' }, [...new Set(facts)].filter(Boolean)
      .join(' \u00b7 '), ' ',
    h('a', { href: `/api/collections/${layer.id}/items?f=html&lang=${
      state.lang}` }, t('layers.table'))),
    thinned && h('p', { class: 'muted' }, t('layers.thinned')),
    failed && h('p', {}, t('error.layer'), ' ', h('button', { type: 'button',
      class: 'link', on: { click: () => this.shown.get(layer.id)?.redraw() } },
    t('error.again')))];
  }

  /** Makes the map show what the state says. */
  apply() {
    document.body.classList.toggle('no-districts', state.districts === 'off');
    byId('legend-districts').hidden = state.districts === 'off';
    if (this.known === null) return;
    for (const [id, overlay] of this.shown) {
      if (state.layers.includes(id)) continue;
      this.shown.delete(id);
      overlay.remove();
      this.close();
    }
    for (const id of state.layers) this.show(id);
    this.sync();
  }

  async show(id) {
    try {
      const { Overlay } = await import('./overlay.js');
      if (this.shown.has(id) || !state.layers.includes(id)) return;
      const layer = this.find(id);
      if (!layer) return;
      this.shown.set(id, new Overlay(this.view, layer,
        this.known.indexOf(layer) % COLOURS, {
          choose: (feature, at) => this.choose(layer.id, feature, at),
          state: (told) => {
            this.states.set(id, told);
            this.sync();
          } }));
    } catch {
      notify('layer', { text: () => t('error.layer'), label: 'error.again',
        action: () => this.show(id) });
    }
  }

  async choose(id, feature, at) {
    const { showFeature } = await import('./overlay-card.js');
    showFeature(this.view, this.find(id), feature, at, () => {
      this.close();
      byId('map').focus();
    });
  }

  /** Closes the window of a feature; false when there was none. */
  close() {
    if (!byId('map').querySelector('.leaflet-popup')) return false;
    this.view.map.closePopup();
    return true;
  }
}
