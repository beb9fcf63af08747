// Leaflet's own file sets a global; this is the one place that knows it.
import '../lib/leaflet/leaflet.js';

export const L = globalThis.L;

/**
 * Takes the shapes of a layer out of the order of the Tab key: Leaflet's
 * tooltips make each of them a stop without name or role. What they offer stands
 * in the list and the table of districts.
 */
export function untab(layer) {
  layer.eachLayer((shape) => shape.on('add', () =>
    shape.getElement()?.setAttribute('tabindex', '-1')));
}
