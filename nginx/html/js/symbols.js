// Shapes: one path a symbol, drawn in the colour of the text around it.

import { svg } from './dom.js';

// Strokes on a square of 24.
const strokes = {
  filter: 'M4 6h16M7 12h10M10 18h4',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  map: 'M9 4 3 6.5v13L9 17l6 3 6-2.5v-13L15 7 9 4zM9 4v13M15 7v13',
  locate: 'M12 2v4M12 18v4M2 12h4M18 12h4M12 6a6 6 0 1 0 0 12 6 6 0 0 0 0-12z',
  share: 'M12 15V3M8 6.5 12 3l4 3.5M6 11H5v10h14V11h-1',
  download: 'M12 3v12M7.5 11 12 15.5 16.5 11M4 20h16',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  close: 'M6 6l12 12M18 6 6 18',
  left: 'M15 5l-7 7 7 7',
  right: 'M9 5l7 7-7 7',
  down: 'M5 9l7 7 7-7',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 21 21',
  legend: 'M12 3 3 8l9 5 9-5-9-5zM3 12.5l9 5 9-5M3 17l9 5 9-5',
  late: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 7.5V12l3 2.5',
  home: 'M4 11 12 4l8 7M6 10v10h12V10',
  pin: 'M12 21s7-6.5 7-12a7 7 0 1 0-14 0c0 5.5 7 12 7 12zM12 6.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  external: 'M14 4h6v6M20 4l-9 9M10 6H5v13h13v-5',
  up: 'M5 15l7-7 7 7',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 21c.5-4.5 3.5-6.5 7.5-6.5s7 2 7.5 6.5',
};

// Fills on a square of 16: the sectors.
const sectors = {
  education: 'M8 3 1 6.5 8 10l5.5-2.75V11h1V6.5zM4 9v2.5c1 1.2 2.5 1.5 4 1.5s3-.3 4-1.5V9l-4 2z',
  health: 'M6 2h4v4h4v4h-4v4H6v-4H2V6h4z',
  transport: 'M5 2h2L5 14H1.8zM9 2h2l3.2 12H11zM7.4 2.5h1.2v2H7.4zM7.3 6.5h1.4V9H7.3zM7.2 11h1.6v3H7.2z',
  waterAndWaste: 'M8 1.5S3 7 3 10a5 5 0 0 0 10 0c0-3-5-8.5-5-8.5z',
  energy: 'M9.5 1 3 9h4l-1 6 6.5-8H8.5z',
  socialHousing: 'M8 2 1.5 8H3v6h4v-4h2v4h4V8h1.5z',
  cultureSportsAndRecreation: 'M8 1.5l2 4.3 4.7.5-3.5 3.1 1 4.6L8 11.7 3.8 14l1-4.6-3.5-3.1 4.7-.5z',
  communications: 'M8 6a1.8 1.8 0 0 1 .8 3.4V15H7.2V9.4A1.8 1.8 0 0 1 8 6zM4 3.5l1.1 1.1a4.5 4.5 0 0 0 0 6L4 11.7a6 6 0 0 1 0-8.2zM12 3.5a6 6 0 0 1 0 8.2l-1.1-1.1a4.5 4.5 0 0 0 0-6z',
  governance: 'M8 1.5 1.5 5v1.5h13V5zM3 7.5h2v4H3zM7 7.5h2v4H7zM11 7.5h2v4h-2zM1.5 12.5h13V14h-13z',
  economy: 'M2 9h3v5H2zM6.5 5.5h3V14h-3zM11 2h3v12h-3z',
  naturalResources: 'M14 2C6 2 2.5 5.5 2.5 10c0 1 .2 1.8.6 2.6L1.5 14l1 1 1.7-1.5c.7.3 1.4.5 2.3.5C11.5 14 14 10 14 2z',
};

const triangle = 'M12 3.5 21.5 20h-19z';
const upsideDown = 'M2.5 4h19L12 20.5z';

// Shapes on a square of 24: one a status, told apart without colour.
const shapes = {
  identification: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z',
  preparation: triangle,
  implementation: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z',
  suspended: 'M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3zM8.5 8v8h2.5V8zM13 8v8h2.5V8z',
  completion: 'M4.5 4.5h15v15h-15z',
  maintenance: 'M12 2.5 21.5 12 12 21.5 2.5 12z',
  decommissioning: upsideDown,
  decommissioned: `${upsideDown}M8 7.5h8l-4 7z`,
  cancelled: 'M5.6 2.8 12 9.2l6.4-6.4 2.8 2.8-6.4 6.4 6.4 6.4-2.8 2.8-6.4-6.4-6.4 6.4-2.8-2.8L9.2 12 2.8 5.6z',
};

/** A sign of the interface. */
export function icon(name) {
  return svg('svg', { class: 'icon', viewBox: '0 0 24 24',
    'aria-hidden': 'true' }, svg('path', { d: strokes[name] }));
}

export function sectorGlyph(category) {
  return svg('svg', { class: 'glyph', viewBox: '0 0 16 16',
    'aria-hidden': 'true' }, svg('path', { d: sectors[category] ?? '' }));
}

export function statusPath(status) {
  return svg('path', { class: 'shape', d: shapes[status] ?? '',
    'fill-rule': 'evenodd' });
}

/** The shape of a status in its colour, for lists and the legend. */
export function statusSign(status) {
  return svg('svg', { class: `sign s-${status}`, viewBox: '0 0 24 24',
    'aria-hidden': 'true' }, statusPath(status));
}

/** The mark of what is late. */
export function lateSign() {
  return svg('svg', { class: 'sign late-sign', viewBox: '0 0 24 24',
    'aria-hidden': 'true' },
  svg('circle', { cx: 12, cy: 12, r: 9 }),
  svg('path', { d: 'M12 6.5V12l3.5 3' }));
}
