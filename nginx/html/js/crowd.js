// Where marks would lie upon each other they are joined by cells of the screen,
// with exact counts and sums, in the shape of the server's own clusters.

const CELL = 64; // pixels
const AREA = 8000; // square pixels of map a mark may have for itself

/** Whether so many marks are too many for a map of these pixels. */
export function isCrowded(count, { x, y }) {
  return count > (x * y) / AREA;
}

function cellOf([lon, lat], zoom) {
  const world = 256 * 2 ** zoom;
  const y = Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI;
  const column = Math.floor((((lon + 180) / 360) * world) / CELL);
  const row = Math.floor((((1 - y) / 2) * world) / CELL);
  return `${column}/${row}`;
}

function emptySums() {
  return { cluster: true, point_count: 0, planned: 0, missing_planned: 0,
    overdue: 0, status: {}, bbox: [180, 90, -180, -90] };
}

function stretch(box, [west, south, east, north]) {
  return [Math.min(box[0], west), Math.min(box[1], south),
    Math.max(box[2], east), Math.max(box[3], north)];
}

function addCluster(sums, p) {
  sums.point_count += p.point_count;
  sums.planned += p.planned ?? 0;
  sums.missing_planned += p.missing_planned;
  sums.overdue += p.overdue;
  for (const [status, n] of Object.entries(p.status)) {
    sums.status[status] = (sums.status[status] ?? 0) + n;
  }
  sums.bbox = stretch(sums.bbox, p.bbox);
}

function addProject(sums, p, at) {
  addCluster(sums, { point_count: 1, planned: p.planned,
    missing_planned: p.planned === null ? 1 : 0, overdue: p.overdue ? 1 : 0,
    status: { [p.status]: 1 }, bbox: [...at, ...at] });
}

function joined(marks, zoom) {
  const sums = emptySums();
  let lon = 0;
  let lat = 0;
  for (const { feature, at } of marks) {
    const p = feature.properties;
    if (p.cluster) addCluster(sums, p);
    else addProject(sums, p, at);
    lon += at[0];
    lat += at[1];
  }
  const [west, south, east, north] = sums.bbox;
  sums.expansion_zoom = west === east && south === north ? null : zoom + 1;
  const at = [lon / marks.length, lat / marks.length];
  return { at, feature: { type: 'Feature', properties: sums,
    geometry: { type: 'Point', coordinates: at } } };
}

/** Joins marks { key, feature, at } that share a cell of the zoom. */
export function join(marks, zoom) {
  const cells = new Map();
  for (const mark of marks) {
    const cell = cellOf(mark.at, zoom);
    if (cells.has(cell)) cells.get(cell).push(mark);
    else cells.set(cell, [mark]);
  }
  return [...cells].map(([cell, all]) => (all.length === 1 ? all[0]
    : { key: `${all[0].key}+${all.length}@${cell}`, ...joined(all, zoom) }));
}
