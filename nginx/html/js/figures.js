// Asks for the sums: of the view (money bar) and of all districts (shades,
// ranking, what has no place).

import { filterQuery, isAbort, lane, paths, viewQuery } from './api.js';
import { number, moneyShort } from './format.js';
import { t, tn } from './i18n.js';
import { say } from './live.js';
import { state } from './state.js';

function unplacedOf(stats) {
  const rows = state.district.length === 0 ? stats.groups
    : stats.groups.filter((row) => state.district.includes(row.key));
  return rows.reduce((n, row) => n + row.unlocated, 0);
}

export class Figures {
  constructor({ districts, legend, ranking, totals, about }) {
    Object.assign(this, { districts, legend, ranking, totals, about });
    this.askView = lane();
    this.askDistricts = lane();
    this.viewPath = null;
    this.districtsPath = null;
    this.stats = null;
  }

  /** The view's sums, if what is selected has changed. */
  async loadView(force = false) {
    const path = paths.stats(filterQuery(), viewQuery(state.box));
    if (path === this.viewPath && !force) return;
    this.viewPath = path;
    this.totals.wait();
    try {
      const answer = await this.askView(path);
      this.about.timeStamp = answer.timeStamp;
      this.about.day = answer.day ?? this.about.day;
      this.totals.setSums(answer.total);
      this.tell(answer.total);
    } catch (error) {
      if (isAbort(error)) return;
      this.viewPath = null;
      this.totals.fail();
    }
  }

  tell(total) {
    say(`${tn('count.projects', total.count, { n: number(total.count) })}. ${
      t('mark.planned', { sum: moneyShort(total.planned) })}`);
  }

  /** The districts' sums under all filters but that of districts. */
  async loadDistricts(force = false) {
    const path = paths.stats('group=district',
      filterQuery(state, ['district', 'place']));
    if (path === this.districtsPath && !force) {
      this.showUnplaced();
      return;
    }
    this.districtsPath = path;
    try {
      this.stats = await this.askDistricts(path);
      this.districts.setSums(this.stats);
      this.ranking.setSums(this.stats);
      this.legend.draw();
      this.showUnplaced();
    } catch (error) {
      if (isAbort(error)) return;
      this.districtsPath = null;
      this.ranking.fail();
    }
  }

  showUnplaced() {
    if (this.stats) this.totals.setUnplaced(unplacedOf(this.stats));
  }
}
