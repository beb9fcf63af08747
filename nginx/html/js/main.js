// The page: makes its parts and connects them.

import { get, onApi, paths } from './api.js';
import { Chips } from './chips.js';
import {
  adopt, FILTERS, readAddress, set, state, toggle, watch,
} from './state.js';
import { Districts } from './districts.js';
import { byId, debounce, fill } from './dom.js';
import { Figures } from './figures.js';
import { yearsUpTo } from './years.js';
import { Foot } from './downloads.js';
import { moment } from './format.js';
import { anchorOf, inBox } from './geometry.js';
import { pick, pickOf, t, translate, useLanguage } from './i18n.js';
import { Items } from './items.js';
import { Labels } from './labels.js';
import { drawLanguages, rememberedLanguage } from './languages.js';
import { Legend } from './legend.js';
import { Lights } from './light.js';
import { List, listHeading } from './list.js';
import { MapView } from './map.js';
import { goNear } from './near.js';
import { hide, notify } from './notices.js';
import { Print } from './print.js';
import { Projects } from './projects.js';
import { Ranking } from './ranking.js';
import { Search } from './search.js';
import { share } from './share.js';
import { Sheet } from './sheet.js';
import { icon } from './symbols.js';
import { Table } from './table.js';
import { startTabs } from './tabs.js';
import { Totals } from './totals.js';

const PLACE_ZOOM = 12;
const FOUND_ZOOM = 14;
const PLACES = 1000;

// What all parts may ask: the site's settings, the day, names of districts.
const about = {
  site: null,
  day: null,
  timeStamp: null,
  demo: false,
  open: (id) => openProject(id, true),
  districtName: (kato) => parts.districts.name(kato ?? 'none'),
  katos: () => parts.districts.features.map((f) => f.properties.kato).sort(),
  years: () => yearsUpTo(about.day),
};
const parts = {};

function openProject(id, fromList) {
  set({ p: id });
  parts.sheet.atLeast(fromList ? 'full' : 'half');
}

function light(id, box, geometry) {
  const seen = parts.projects.light(id);
  parts.lights.show('hot', geometry && !seen ? geometry : null);
  parts.list.light(id === null && !box ? null : (f) => (box
    ? Boolean(f.geometry) && inBox(anchorOf(f.geometry), box)
    : f.id === id));
}

function makeMapParts() {
  const view = new MapView(byId('map'));
  parts.view = view;
  parts.districts = new Districts(view);
  parts.labels = new Labels(view);
  parts.lights = new Lights(view);
  parts.projects = new Projects(view, {
    open: (id) => openProject(id, false),
    hot: (id, box) => light(id, box, null),
    place(at) {
      set({ at: at.map((v) => v.toFixed(5)).join(','), tab: 'projects',
        p: '' });
      parts.sheet.atLeast('half');
    },
    problem: (again) => notify('tiles', { text: () => t('error.tiles'),
      action: again, label: 'error.again' }),
    placed: (boxes) => parts.labels.setMarks(boxes),
    loaded(clustered, failed) {
      if (!failed) hide('tiles');
      parts.legend.setClustered(clustered);
    },
  });
}

// Card and dialog come when they are first wanted: the first view is light.
async function loadCard() {
  try {
    const { Card } = await import('./card.js');
    parts.card ??= new Card(about, cardEvents);
    parts.card.load();
  } catch {
    notify('card', { text: () => t('error.card'), action: loadCard,
      label: 'error.again' });
  }
}

async function openFilters() {
  try {
    const { Filters } = await import('./filters.js');
    parts.filters ??= new Filters(about);
    parts.filters.open();
  } catch {
    notify('filters', { text: () => t('error.filters'), action: openFilters,
      label: 'error.again' });
  }
}

const cardEvents = {
  shown(feature) {
    nameWindow();
    parts.lights.show('chosen', feature.geometry);
    const at = anchorOf(feature.geometry);
    if (at) {
      parts.view.reveal(at, Math.min(parts.sheet.hidden(),
        innerHeight * 0.6));
    }
  },
  closed(id) {
    nameWindow();
    parts.lights.show('chosen', null);
    if (id && !parts.list.focusOn(id)) byId('count').focus();
  },
  show(feature) {
    set({ view: 'map' });
    parts.sheet.go('half');
    parts.view.showPoint(anchorOf(feature.geometry), FOUND_ZOOM);
  },
};

function makePanelParts() {
  parts.sheet = new Sheet({ cover: (c) => parts.view.setCover(c) });
  parts.items = new Items();
  parts.items.onChange(noteDemo);
  parts.list = new List(parts.items, about, {
    open: (id) => openProject(id, true),
    hot: (feature) => light(feature?.id ?? null, null,
      feature?.geometry ?? null),
  });
  parts.table = new Table(parts.items, about);
  const zoom = (box) => {
    if (!box) return;
    parts.view.moved = true;
    parts.view.showBox(box);
  };
  const again = () => loadFigures(true);
  parts.totals = new Totals(parts.districts, { again, zoom });
  parts.ranking = new Ranking(parts.districts, { again, zoom });
  parts.legend = new Legend(parts.districts);
  parts.view.legend = parts.legend.root;
  parts.figures = new Figures({ ...parts, about });
  parts.chips = new Chips(about.districtName);
  parts.search = new Search(about, {
    open(feature) {
      openProject(feature.id, true);
      const at = anchorOf(feature.geometry);
      if (at) parts.view.showPoint(at, FOUND_ZOOM);
    },
    place(place) {
      set({ view: 'map' });
      parts.view.showPoint([place.lon, place.lat], PLACE_ZOOM);
    },
  });
  parts.foot = new Foot(about);
  parts.print = new Print(parts.items, about, parts.view);
}

function loadFigures(force = false) {
  parts.figures.loadView(force);
  parts.figures.loadDistricts(force);
}

function drawStatic() {
  translate(document);
  drawLanguages();
  fill(byId('filters-button-sign'), icon('filter'));
  fill(byId('legend-sign'), icon('legend'));
  fill(byId('zoom-in'), icon('plus'));
  fill(byId('zoom-out'), icon('minus'));
  fill(byId('near'), icon('locate'));
  fill(byId('home'), icon('home'));
  fill(byId('share'), icon('share'), t('share.button'));
  fill(byId('fold'), icon(document.body.classList.contains('folded')
    ? 'right' : 'left'));
  byId('name').textContent = serviceName();
  drawHeading();
  nameWindow();
}

function serviceName() {
  return pickOf(about.site?.title) || t('service.name');
}

// A bookmark or a shared link is called after the project that is open.
function nameWindow() {
  const { feature } = parts.card ?? {};
  const title = feature && pick(feature.properties, 'title')?.text;
  document.title = title ? `${title} \u2013 ${serviceName()}`
    : serviceName();
}

function drawHeading() {
  byId('list-heading').textContent = listHeading();
  byId('here-back').hidden = !state.at;
}

function fold() {
  const folded = document.body.classList.toggle('folded');
  byId('fold').setAttribute('aria-expanded', String(!folded));
  fill(byId('fold'), icon(folded ? 'right' : 'left'));
}

function escape(event) {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  if (byId('filters').open) return;
  if (state.p) set({ p: '' });
  else if (parts.legend.isOver()) parts.legend.open(false);
  else if (state.at) set({ at: '' });
}

function listenButtons() {
  byId('filters-button').addEventListener('click', openFilters);
  byId('near').addEventListener('click', () =>
    goNear(parts.view, parts.districts, parts.lights));
  byId('home').addEventListener('click', () =>
    parts.view.showBox(parts.view.home));
  byId('zoom-in').addEventListener('click', () => parts.view.map.zoomIn());
  byId('zoom-out').addEventListener('click', () => parts.view.map.zoomOut());
  byId('share').addEventListener('click', () => share());
  byId('fold').addEventListener('click', fold);
  byId('here-back').addEventListener('click', () => set({ at: '' }));
  addEventListener('keydown', escape);
  for (const link of document.querySelectorAll('.skip')) {
    link.addEventListener('click', (event) => {
      event.preventDefault(); // the hash of the address is the map's place
      byId(link.getAttribute('href').slice(1)).focus();
    });
  }
}

function noteIgnored(ignored) {
  if (ignored.length === 0) return;
  notify('ignored', { closes: true,
    text: () => t('note.ignored', { what: ignored.join(', ') }) });
}

// Back and forward may lead to another language: its texts come first.
async function travel() {
  const { lang } = readAddress(location.search, location.hash).state;
  try {
    await useLanguage(lang);
  } catch {
    notify('lang', { text: () => t('error.language'), closes: true });
  }
  noteIgnored(adopt().ignored);
}

function listenState() {
  addEventListener('popstate', travel);
  const items = debounce(() => parts.items.load(), 60);
  watch([...FILTERS], () => {
    if (state.at && state.place) set({ at: '' }, false);
    parts.projects.reset();
    parts.figures.loadDistricts();
  });
  watch(['box', ...FILTERS], () => parts.figures.loadView());
  watch(['box', 'at', 'sort', ...FILTERS], items);
  watch(['map', 'box'], () => parts.projects.refresh());
  watch(['at', 'place', 'q', 'lang'], drawHeading);
  watch(['p'], () => parts.card || loadCard());
}

function noteOffline() {
  notify('offline', { text: () => t('offline.note', { moment: moment(
    about.timeStamp ?? about.site?.timeStamp) ?? '' }),
  action: reload, label: 'error.again' });
}

function listenServer() {
  onApi('offline', noteOffline);
  onApi('online', () => hide('offline'));
  onApi('version', debounce(reload, 200));
  addEventListener('offline', noteOffline);
  addEventListener('online', reload);
}

function reload() {
  loadFigures(true);
  parts.items.load(true);
  if (parts.districts.features.length === 0) loadGround();
  else parts.projects.reset();
}

// Unknown districts of the address are taken off, with a note.
function checkDistricts() {
  const unknown = state.district.filter((kato) =>
    !parts.districts.knows(kato));
  unknown.forEach((kato) => toggle('district', kato));
  noteIgnored(unknown.map((kato) => `district=${kato}`));
}

function useSite({ site }) {
  about.site = site ?? null;
  if (site?.baseMap) {
    parts.view.addTiles(site.baseMap.url, site.baseMap.attribution);
  }
}

// That projects are invented is told as soon as one is seen.
function noteDemo() {
  if (about.demo) return;
  about.demo = parts.items.features.some((f) => f.properties.demo);
  if (about.demo) notify('demo', { text: () => t('demo.site') });
}

function useDistricts(collection) {
  parts.districts.load(collection);
  parts.labels.setDistricts(collection.features);
  parts.view.settle(parts.districts.box());
  checkDistricts();
}

async function loadGround() {
  const [site, projects, ground] = await Promise.allSettled(
    [paths.site(), paths.projects(), paths.districts()].map((p) => get(p)));
  if (site.status === 'fulfilled') useSite(site.value);
  parts.view.extent = projects.value?.extent?.spatial.bbox[0] ?? null;
  if (ground.status === 'fulfilled') {
    useDistricts(ground.value);
  } else {
    notify('ground', { text: () => t('error.districts'),
      action: loadGround, label: 'error.again' });
  }
  parts.view.begin();
  parts.projects.reset();
  loadFigures();
  parts.items.load();
  drawAll();
  loadPlaces();
}

async function loadPlaces() {
  try {
    parts.labels.setPlaces((await get(paths.places('', PLACES))).places);
  } catch {
    // The map is the same without the names of towns.
  }
}

function drawAll() {
  drawStatic();
  for (const part of [parts.chips, parts.totals, parts.ranking,
    parts.legend, parts.list, parts.table, parts.foot]) part.draw();
  parts.print.prepare();
}

async function start() {
  const { given, ignored } = adopt();
  if (!given.has('lang')) state.lang = rememberedLanguage();
  await useLanguage(state.lang);
  makeMapParts();
  makePanelParts();
  startTabs();
  listenState();
  listenButtons();
  listenServer();
  watch(['lang'], () => drawAll());
  document.body.classList.remove('starting');
  noteIgnored(ignored);
  drawAll();
  await loadGround();
  if (state.p) {
    loadCard();
    parts.sheet.atLeast('full');
  }
}

start();
