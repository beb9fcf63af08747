// What is lit on the map: the chosen project, and the one under the pointer or
// focus in the list.

import { anchorOf } from './geometry.js';
import { L } from './leaflet.js';

export class Lights {
  constructor(view) {
    this.view = view;
    this.layers = { chosen: null, hot: null, here: null };
  }

  clear(which) {
    this.layers[which]?.remove();
    this.layers[which] = null;
  }

  /** Lights a GeoJSON geometry up; null puts the light out. */
  show(which, geometry) {
    this.clear(which);
    if (!geometry) return;
    const at = anchorOf(geometry);
    const parts = [L.marker([at[1], at[0]], { pane: 'light',
      interactive: false, keyboard: false, icon: L.divIcon({ html: '',
        className: `halo halo-${which}`, iconSize: [44, 44] }) })];
    if (geometry.type !== 'Point') {
      parts.unshift(L.geoJSON(geometry, { pane: 'light',
        interactive: false, pointToLayer: () => null,
        style: { className: `glow glow-${which}` } }));
    }
    this.layers[which] = L.layerGroup(parts).addTo(this.view.map);
  }

  /** The reader's own place, with how exact it is in metres. */
  showHere([lon, lat], metres) {
    this.clear('here');
    this.layers.here = L.layerGroup([
      L.circle([lat, lon], { radius: metres, pane: 'light',
        interactive: false, className: 'here-range' }),
      L.marker([lat, lon], { pane: 'light', interactive: false,
        keyboard: false, icon: L.divIcon({ html: '', className: 'here',
          iconSize: [18, 18] }) }),
    ]).addTo(this.view.map);
  }
}
