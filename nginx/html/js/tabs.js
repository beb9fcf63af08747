// The tabs of the panel and the switch between map and list.

import { byId, fill } from './dom.js';
import { t } from './i18n.js';
import { set, state, watch } from './state.js';
import { icon } from './symbols.js';

const NAMES = ['projects', 'districts'];

// Beside the table the list would say everything twice: districts stand there.
function drawTabs() {
  const table = state.view === 'list';
  byId('tabs').hidden = table;
  for (const name of NAMES) {
    const chosen = (table ? 'districts' : state.tab) === name;
    const tab = byId(`tab-${name}`);
    tab.setAttribute('aria-selected', String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    byId(`panel-${name}`).hidden = !chosen;
  }
}

function drawView() {
  const list = state.view === 'list';
  byId('table-view').hidden = !list;
  byId('map-area').inert = list;
  document.body.classList.toggle('list-view', list);
  fill(byId('view-button'), icon(list ? 'map' : 'list'),
    t(list ? 'view.map' : 'view.list'));
}

function step(event) {
  const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!way) return;
  event.preventDefault();
  const n = NAMES.length;
  const name = NAMES[(NAMES.indexOf(state.tab) + way + n) % n];
  set({ tab: name });
  byId(`tab-${name}`).focus();
}

/** Makes tabs and switch work. */
export function startTabs() {
  for (const name of NAMES) {
    byId(`tab-${name}`).addEventListener('click', () => set({ tab: name }));
    byId(`tab-${name}`).addEventListener('keydown', step);
  }
  byId('view-button').addEventListener('click', () =>
    set({ view: state.view === 'list' ? 'map' : 'list' }));
  watch(['tab', 'view', 'lang'], drawTabs);
  watch(['view', 'lang'], drawView);
  drawTabs();
  drawView();
}
