// The page: makes its parts and connects them.

import { get, onApi, paths } from './api.js';
import { Chips } from './chips.js';
import { Districts } from './districts.js';
import { byId, debounce } from './dom.js';
import { Foot } from './downloads.js';
import { Figures } from './figures.js';
import { moment } from './format.js';
import { drawFrame, drawHeading, fold } from './frame.js';
import { anchorOf } from './geometry.js';
import { t, useLanguage } from './i18n.js';
import { Items } from './items.js';
import { Labels } from './labels.js';
import { Layers } from './layers.js';
import { rememberedLanguage } from './languages.js';
import { goNear, loadCard, openFilters, share } from './later.js';
import { Legend } from './legend.js';
import { Lights } from './light.js';
import { List } from './list.js';
import { MapView } from './map.js';
import { hide, notify } from './notices.js';
import { about, light, openProject, parts } from './parts.js';
import { Print } from './print.js';
import { Projects } from './projects.js';
import { Ranking } from './ranking.js';
import { Search } from './search.js';
import { Sheet } from './sheet.js';
import {
  adopt, FILTERS, readAddress, set, state, toggle, watch,
} from './state.js';
import { Table } from './table.js';
import { startTabs } from './tabs.js';
import { Totals } from './totals.js';

const PLACE_ZOOM = 12;
const FOUND_ZOOM = 14;
const PLACES = 1000;
const PLACES_FROM = 7.5; // zoom

function makeMapParts() {
  const view = new MapView(byId('map'));
  parts.view = view;
  parts.districts = new Districts(view);
  parts.labels = new Labels(view);
  parts.layers = new Layers(view);
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

function escape(event) {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  if (byId('filters').open) return;
  if (parts.layers.close()) return;
  if (state.p) set({ p: '' });
  else if (parts.legend.isOver()) parts.legend.open(false);
  else if (state.at) set({ at: '' });
}

function listenButtons() {
  byId('filters-button').addEventListener('click', openFilters);
  byId('near').addEventListener('click', goNear);
  byId('home').addEventListener('click', () =>
    parts.view.showBox(parts.view.home));
  byId('zoom-in').addEventListener('click', () => parts.view.map.zoomIn());
  byId('zoom-out').addEventListener('click', () => parts.view.map.zoomOut());
  byId('share').addEventListener('click', share);
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
  watch(['map', 'box'], () => {
    parts.projects.refresh();
    loadPlaces();
  });
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
  parts.layers.refresh();
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

function useCollections({ collections }) {
  parts.view.extent = collections.find((c) => c.id === 'projects')
    ?.extent?.spatial?.bbox[0] ?? null;
  noteIgnored(parts.layers.load(collections).map((id) => `layers=${id}`));
}

async function loadGround() {
  const [site, list, ground] = await Promise.allSettled(
    [paths.site(), paths.collections(), paths.districts()].map((p) => get(p)));
  if (site.status === 'fulfilled') useSite(site.value);
  if (list.status === 'fulfilled') {
    useCollections(list.value);
  } else if (state.layers.length > 0) {
    notify('layer', { text: () => t('error.layer'), action: loadGround,
      label: 'error.again' });
  }
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

// Names of towns are asked for when the map is near enough to show them.
async function loadPlaces() {
  if (parts.places || state.map.zoom < PLACES_FROM) return;
  parts.places = true;
  try {
    parts.labels.setPlaces((await get(paths.places('', PLACES))).places);
  } catch {
    parts.places = false; // asked again with the next move
  }
}

function drawAll() {
  drawFrame();
  for (const part of [parts.chips, parts.totals, parts.ranking,
    parts.legend, parts.layers, parts.list, parts.table, parts.foot]) part.draw();
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
