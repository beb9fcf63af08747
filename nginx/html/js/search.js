// Search: projects by words, places by name, as one types.

import { get, isAbort, paths } from './api.js';
import { byId, debounce, fill, h } from './dom.js';
import { number } from './format.js';
import { pick, t, title, tn } from './i18n.js';
import { say } from './live.js';
import { set, state, watch } from './state.js';
import { icon, statusSign } from './symbols.js';

const PROJECTS = 6;
const PLACES = 4;
const PAUSE = 120; // milliseconds without a key before the server is asked

export class Search {
  /** on: { open(feature), place(place) }; about: { districtName(kato) } */
  constructor(about, on) {
    this.about = about;
    this.on = on;
    this.input = byId('search');
    this.box = byId('search-results');
    this.options = [];
    this.active = -1;
    this.last = null;
    fill(byId('search-sign'), icon('search'));
    fill(byId('search-clear'), icon('close'));
    this.listen();
    watch(['q', 'lang'], () => this.show());
  }

  listen() {
    const ask = debounce(() => this.ask(), PAUSE);
    this.input.addEventListener('input', () => {
      byId('search-clear').hidden = this.input.value === '';
      ask();
    });
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.input.addEventListener('focus', () => this.ask());
    this.input.addEventListener('blur', () => this.close());
    byId('search-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    byId('search-clear').addEventListener('click', () => {
      this.input.value = '';
      set({ q: '' });
      this.show();
      this.input.focus();
    });
    // The list must not take the focus from the field.
    this.box.addEventListener('mousedown', (event) => event.preventDefault());
  }

  show() {
    if (document.activeElement !== this.input) this.input.value = state.q;
    byId('search-clear').hidden = this.input.value === '';
  }

  submit() {
    const active = this.options[this.active];
    if (active) {
      active.run();
    } else {
      set({ q: this.input.value.trim().replace(/\s+/g, ' ').slice(0, 100),
        at: '', tab: 'projects' });
    }
    this.close();
  }

  async ask() {
    const q = this.input.value.trim();
    this.last?.abort();
    if (q.length < 2 || q === state.q) {
      this.close();
      return;
    }
    this.last = new AbortController();
    const { signal } = this.last;
    const text = `q=${encodeURIComponent(q)}`;
    try {
      const [places, projects] = await Promise.all([
        get(paths.places(q, PLACES), signal),
        get(paths.items(text, `limit=${PROJECTS}`), signal)]);
      if (document.activeElement === this.input) {
        this.offer(q, places.places, projects);
      }
    } catch (error) {
      if (!isAbort(error)) this.failed();
    }
  }

  failed() {
    this.options = [];
    fill(this.box, h('div', { class: 'search-note', role: 'option',
      'aria-disabled': 'true', 'aria-selected': 'false' },
    t('error.search')));
    this.openBox();
  }

  offer(q, places, projects) {
    this.options = [
      ...places.map((place) => ({ group: 'places',
        run: () => this.on.place(place), content: this.placeRow(place) })),
      ...projects.features.map((f) => ({ group: 'projects',
        run: () => this.on.open(f), content: this.projectRow(f) })),
    ];
    if (projects.numberMatched > 0) {
      this.options.push({ group: 'projects', run: () => {
        set({ q, at: '', tab: 'projects' });
      }, content: [icon('list'), h('span', {}, tn('search.all',
        projects.numberMatched, { n: number(projects.numberMatched) }))] });
    }
    this.active = -1;
    this.draw();
    say(tn('search.found', projects.numberMatched,
      { n: number(projects.numberMatched) }));
  }

  placeRow(place) {
    return [icon('pin'), h('span', { class: 'option-text' },
      h('span', {}, pick(place, 'name')?.text ?? ''),
      h('span', { class: 'muted' }, `${title('place', place.kind)}, ${
        this.about.districtName(place.district)}`))];
  }

  projectRow(feature) {
    const p = feature.properties;
    return [statusSign(p.status), h('span', { class: 'option-text' },
      h('span', {}, pick(p, 'title')?.text ?? t('project.untitled')),
      h('span', { class: 'muted' }, this.about.districtName(p.district)))];
  }

  draw() {
    const groups = ['places', 'projects'].map((name) => {
      const mine = this.options.map((option, i) => [option, i])
        .filter(([option]) => option.group === name);
      return mine.length === 0 ? null : h('div', { role: 'group',
        'aria-label': t(`search.${name}`) },
      h('div', { class: 'search-head', 'aria-hidden': 'true' },
        t(`search.${name}`)),
      mine.map(([option, i]) => h('div', { role: 'option', id: `found-${i}`,
        class: 'option', 'aria-selected': 'false', on: { click: () => {
          option.run();
          this.close();
        } } }, option.content)));
    });
    fill(this.box, groups);
    if (this.options.length === 0) {
      fill(this.box, h('div', { class: 'search-note', role: 'option',
        'aria-disabled': 'true', 'aria-selected': 'false' },
      t('search.nothing')));
    }
    this.openBox();
  }

  openBox() {
    this.box.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
  }

  close() {
    this.last?.abort();
    this.box.hidden = true;
    this.active = -1;
    this.options = [];
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape' && !this.box.hidden) {
      event.stopPropagation();
      this.close();
    } else if (step && this.options.length > 0) {
      event.preventDefault();
      this.move(step);
    }
  }

  move(step) {
    const n = this.options.length;
    this.active = (this.active + step + n + (this.active < 0 && step < 0
      ? 1 : 0)) % n;
    for (const option of this.box.querySelectorAll('.option')) {
      const on = option.id === `found-${this.active}`;
      option.setAttribute('aria-selected', String(on));
      if (on) option.scrollIntoView({ block: 'nearest' });
    }
    this.input.setAttribute('aria-activedescendant', `found-${this.active}`);
  }
}
