// The five classes of the shaded districts.

const CLASSES = 5;

/** Whether a row of /api/stats has a value of the measure at all. */
const values = {
  planned: (s) => (s.count > s.missing.planned ? s.planned : null),
  count: (s) => s.count,
  mean(s) {
    const n = s.count - s.missing.planned;
    return n > 0 ? s.planned / n : null;
  },
  paid_share: (s) => (s.count > 0 ? s.paid_share : null),
  overdue: (s) => (s.count > 0 ? s.overdue.count : null),
};

/** The value of a measure in a row of sums, null where there is none. */
export function measureOf(sums, measure) {
  return sums ? values[measure](sums) ?? null : null;
}

/** Quantile classes of the values: [{ from, to }], rising, at most five; equal
 * values are never parted. */
export function classify(all) {
  const sorted = all.filter((v) => v !== null).sort((a, b) => a - b);
  const out = [];
  let start = 0;
  for (let k = 1; k <= CLASSES && start < sorted.length; k += 1) {
    let end = Math.round((sorted.length * k) / CLASSES);
    if (end <= start) continue;
    while (end < sorted.length && sorted[end] === sorted[end - 1]) end += 1;
    out.push({ from: sorted[start], to: sorted[end - 1] });
    start = end;
  }
  return out;
}

/** The number of the class of a value, -1 for null. With fewer than five
 * classes the shades are spread over the scale. */
export function shadeOf(value, classes) {
  if (value === null) return -1;
  const at = classes.findIndex((c) => value <= c.to);
  return shadeAt(at < 0 ? classes.length - 1 : at, classes.length);
}

export function shadeAt(index, count) {
  if (count <= 1) return CLASSES >> 1;
  return Math.round((index * (CLASSES - 1)) / (count - 1));
}
