// Links to exactly this view as files, and the foot of the panel.

import { filterQuery, paths, viewQuery } from './api.js';
import { byId, fill, h } from './dom.js';
import { moment } from './format.js';
import { pickOf, t } from './i18n.js';
import { state, watch } from './state.js';

const FORMATS = ['csv', 'geojson', 'kml'];
const MOST = 10000; // features a GeoJSON answer may hold

/** The address of the view's projects in a format. */
export function downloadPath(format) {
  return paths.items(filterQuery(), viewQuery(state.box), `f=${format}`,
    format === 'geojson' && `limit=${MOST}`,
    format === 'kml' && `lang=${state.lang}`);
}

export class Foot {
  constructor(about) {
    this.about = about;
    watch(['lang', 'box', 'q', 'category', 'work_kind', 'status', 'year',
      'district', 'budget_level', 'min_planned', 'max_planned', 'overdue',
      'place'], () => this.draw());
  }

  draw() {
    fill(byId('downloads'), FORMATS.map((format) => h('a', {
      href: downloadPath(format), download: `projects.${format}` },
    t(`format.${format}`))));
    fill(byId('foot-links'),
      h('a', { href: `/words?lang=${state.lang}` }, t('words.link')),
      h('a', { href: `/d/?lang=${state.lang}` }, t('foot.plain')),
      h('a', { href: `/gis?lang=${state.lang}` }, t('foot.gis')),
      h('a', { href: `/api?lang=${state.lang}` }, t('foot.api')));
    fill(byId('foot-source'), this.source());
  }

  source() {
    const { site, timeStamp } = this.about;
    if (!site) return null;
    const licence = site.licence && (site.licenceUrl
      ? h('a', { href: site.licenceUrl, rel: 'license' }, site.licence)
      : site.licence);
    const published = moment(timeStamp ?? site.timeStamp);
    return [pickOf(site.attribution), licence,
      published && t('foot.published', { moment: published }),
      site.contact && t('foot.contact', { contact: site.contact })]
      .filter(Boolean).flatMap((part, i) => (i === 0 ? [part]
        : [' · ', part]));
  }
}
