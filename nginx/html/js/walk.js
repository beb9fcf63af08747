// Going from mark to mark with the arrow keys.

const ways = {
  ArrowRight: (dx, dy) => [dx, dy],
  ArrowLeft: (dx, dy) => [-dx, dy],
  ArrowDown: (dx, dy) => [dy, dx],
  ArrowUp: (dx, dy) => [-dy, dx],
};

/** The mark nearest to the one given in the direction of the key; null when
 * there is none, undefined when the key is no arrow. */
export function nearest(marks, from, key) {
  const way = ways[key];
  if (!way) return undefined;
  const start = marks.find((m) => m.mark === from)?.point;
  let best = null;
  let least = Infinity;
  for (const other of marks) {
    if (!start || other.mark === from) continue;
    const [along, across] = way(other.point.x - start.x,
      other.point.y - start.y);
    // Within 45 degrees of the way; what lies aside counts as farther.
    if (along <= 0 || Math.abs(across) > along) continue;
    const cost = along + 2 * Math.abs(across);
    if (cost < least) {
      least = cost;
      best = other;
    }
  }
  return best;
}
