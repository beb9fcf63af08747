// Leaflet's own file sets a global; this is the one place that knows it.
import '../lib/leaflet/leaflet.js';

export const L = globalThis.L;
