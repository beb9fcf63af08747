// How the value of a measure is written.

import { moneyShort, number, percent } from './format.js';
import { t } from './i18n.js';

const writers = {
  planned: moneyShort,
  count: (v) => number(v),
  mean: moneyShort,
  paid_share: percent,
  overdue: (v) => number(v),
};

/** The value of a measure in words, "no data" for null. */
export function measureText(measure, value) {
  return value === null ? t('measure.no_data') : writers[measure](value);
}
