// Little geometry: anchors, boxes, points in polygons.

function flat(c, out = []) {
  if (typeof c[0] === 'number') out.push(c);
  else c.forEach((part) => flat(part, out));
  return out;
}

/** [west, south, east, north] of a geometry. */
export function boxOf(geometry) {
  const all = geometry.type === 'GeometryCollection'
    ? geometry.geometries.flatMap((g) => flat(g.coordinates))
    : flat(geometry.coordinates);
  const box = [180, 90, -180, -90];
  for (const [lon, lat] of all) {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  return box;
}

function halfway(line) {
  const step = (i) => Math.hypot(line[i][0] - line[i - 1][0],
    line[i][1] - line[i - 1][1]);
  let left = 0;
  for (let i = 1; i < line.length; i += 1) left += step(i) / 2;
  for (let i = 1; i < line.length; i += 1) {
    const length = step(i);
    if (length >= left && length > 0) {
      const part = left / length;
      return [0, 1].map((k) =>
        line[i - 1][k] + (line[i][k] - line[i - 1][k]) * part);
    }
    left -= length;
  }
  return line[0];
}

function inRing(point, ring) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [xi, yi] = ring[i];
    const [xj, yj] = ring[j];
    const crosses = (yi > point[1]) !== (yj > point[1]) &&
      point[0] < ((xj - xi) * (point[1] - yi)) / (yj - yi) + xi;
    if (crosses) inside = !inside;
  }
  return inside;
}

const inPolygon = (point, rings) => inRing(point, rings[0]) &&
  !rings.slice(1).some((hole) => inRing(point, hole));

/** Whether a polygon or multipolygon holds the point [lon, lat]. */
export function contains(geometry, point) {
  if (geometry.type === 'Polygon') {
    return inPolygon(point, geometry.coordinates);
  }
  return geometry.type === 'MultiPolygon' &&
    geometry.coordinates.some((rings) => inPolygon(point, rings));
}

function ringArea(ring) {
  let sum = 0;
  for (let i = 1; i < ring.length; i += 1) {
    sum += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  }
  return Math.abs(sum) / 2;
}

function inner(rings) {
  const box = boxOf({ type: 'Polygon', coordinates: rings });
  const middle = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  return inPolygon(middle, rings) ? middle : rings[0][0];
}

const largest = (parts, size) => parts.reduce((best, part) =>
  (size(part) > size(best) ? part : best));

const anchors = {
  Point: (c) => c,
  MultiPoint: (c) => c[0],
  LineString: halfway,
  MultiLineString: (c) => halfway(largest(c, (line) => line.length)),
  Polygon: inner,
  MultiPolygon: (c) => inner(largest(c, (rings) => ringArea(rings[0]))),
};

/** Where the mark of a geometry stands: [lon, lat]; null without one. */
export function anchorOf(geometry) {
  if (!geometry) return null;
  if (geometry.type === 'GeometryCollection') {
    return geometry.geometries.length ? anchorOf(geometry.geometries[0])
      : null;
  }
  return anchors[geometry.type]?.(geometry.coordinates) ?? null;
}

export function inBox([lon, lat], [west, south, east, north]) {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

export function meets(a, b) {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}

/** Whether box a holds box b. */
export function holds(a, b) {
  return a[0] <= b[0] && a[1] <= b[1] && a[2] >= b[2] && a[3] >= b[3];
}
