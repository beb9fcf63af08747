// The figures: those of the server for exactly what is seen, the same on map,
// list and money bar.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  api, DESKTOP, PHONE, settled, shownCount, withPage,
} from './lib.mjs';

// Full amounts stand beside the short ones: tenge, as the language writes.
function shownMoney(page) {
  return page.evaluate(() => [...document.querySelectorAll(
    '#money .bar-figure')].map((e) => {
    const text = (e.dataset.full ?? '0').replace(/[^\d.,]/g, '');
    return Number(document.documentElement.lang === 'en'
      ? text.replace(/,/g, '') : text.replace(',', '.'));
  }));
}

// The sums that were asked for last for the view.
function viewPath(page) {
  const all = page.asked.filter((url) => url.includes('/api/stats?') &&
    /bbox=|place=/.test(url));
  const { pathname, search } = new URL(all.at(-1));
  return pathname + search;
}

async function sameAsServer(page) {
  await settled(page);
  const path = viewPath(page);
  const { total } = await api(path);
  assert.equal(await shownCount(page), total.count);
  const [planned, contracted, paid] = await shownMoney(page);
  assert.equal(planned, total.planned);
  assert.equal(contracted, total.contracted);
  assert.equal(paid, total.paid);
  return { path, total };
}

// Projects counted by the marks that stand within what is seen.
function onMap(page) {
  return page.evaluate(() => [...document.querySelectorAll('.mark')]
    .reduce((n, e) => n + (e.mark.feature.properties.point_count ?? 1), 0));
}

async function listed(page) {
  const text = await page.locator('#items-status').textContent();
  const numbers = text.replace(/\u00a0/g, '').match(/\d+/g).map(Number);
  return Math.max(...numbers);
}

test('the whole oblast: map, list and bar count the same', () =>
  withPage('/?lang=ru', DESKTOP, async (page) => {
    const { total } = await sameAsServer(page);
    assert.ok(total.count > 0);
    assert.equal(await onMap(page), total.count);
    assert.equal(await listed(page), total.count);
    const all = await api('/api/stats');
    const unplaced = await page.locator('#unplaced').textContent();
    assert.equal(Number(unplaced.match(/\d+/)?.[0] ?? 0),
      all.total.unlocated);
    assert.equal(total.count + all.total.unlocated, all.total.count);
    assert.deepEqual(page.problems, []);
  }));

test('every filter changes the figures to those of the server', () =>
  withPage('/?lang=ru', DESKTOP, async (page) => {
    const whole = await shownCount(page);
    const seen = new Set();
    for (const name of ['status', 'category', 'work_kind', 'year', 'district',
      'budget_level']) {
      await page.locator('#filters-button').click();
      await page.locator('#filters-clear').click();
      const boxes = page.locator(`#filters input[name=${name}]`);
      await boxes.nth(1).check();
      await boxes.nth(2).check();
      await page.locator('#filters-apply').click();
      const { path } = await sameAsServer(page);
      assert.match(path, new RegExp(`${name}=[^&]+,[^&]+`));
      assert.ok(await shownCount(page) < whole, name);
      assert.equal(await onMap(page), await shownCount(page), name);
      assert.equal(await page.locator('.chip').count(), 2);
      seen.add(path);
    }
    assert.equal(seen.size, 6);
    await page.locator('#chips .link').click();
    await settled(page);
    assert.equal(await shownCount(page), whole);
    assert.deepEqual(page.problems, []);
  }));

test('amounts are given in millions', () =>
  withPage('/?lang=ru', DESKTOP, async (page) => {
    await page.locator('#filters-button').click();
    await page.locator('#min_planned').fill('500');
    await page.locator('#max_planned').fill('100');
    await page.locator('#amount-error').waitFor();
    await page.locator('#filters-apply').click();
    assert.ok(await page.locator('#filters').isVisible());
    await page.locator('#max_planned').fill('1 500,5');
    await page.locator('#filters-apply').click();
    const { path, total } = await sameAsServer(page);
    assert.match(path, /min_planned=500000000&max_planned=1500500000/);
    assert.ok(total.count > 0);
  }));

test('the filter button tells what it would leave', () =>
  withPage('/?lang=en', DESKTOP, async (page) => {
    await page.locator('#filters-button').click();
    await page.locator('#filters input[value=completion]').check();
    const { total } = await api('/api/stats?status=completion');
    await page.getByText(`Show ${total.count} project`).waitFor();
  }));

test('moving the map moves the figures', () =>
  withPage('/?lang=kk#map=10/43.3000/68.2700', DESKTOP, async (page) => {
    const { path, total } = await sameAsServer(page);
    assert.match(path, /bbox=/);
    await page.locator('#map').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await settled(page);
    const next = await sameAsServer(page);
    assert.notEqual(next.path, path);
    assert.ok(total.count > 0);
    const rows = await page.locator('#items [data-id]').count();
    assert.equal(rows, Math.min(50, next.total.count));
    assert.equal(await listed(page), next.total.count);
  }));

test('a district is chosen by a click and let go by another', () =>
  withPage('/?lang=en', DESKTOP, async (page) => {
    const whole = await shownCount(page);
    const spot = await page.evaluate(() => {
      const map = document.getElementById('map').getBoundingClientRect();
      for (const path of document.querySelectorAll('path.district')) {
        const box = path.getBoundingClientRect();
        for (let i = 1; i < 20; i += 1) {
          const x = box.left + (box.width * i) / 20;
          const y = box.top + box.height / 2;
          if (document.elementFromPoint(x, y) === path && x < map.right) {
            return { x, y };
          }
        }
      }
      return null;
    });
    await page.mouse.click(spot.x, spot.y);
    await settled(page);
    assert.match(page.url(), /district=\d{9}/);
    const { total } = await sameAsServer(page);
    assert.ok(total.count < whole);
    assert.ok(await page.locator('#district-box').isVisible());
    const kato = /district=(\d{9})/.exec(page.url())[1];
    const stats = await api('/api/stats?group=district');
    const row = stats.groups.find((g) => g.key === kato);
    assert.match(await page.locator('#district-box').textContent(),
      new RegExp(`\\b${row.count} project`));
    await page.mouse.click(spot.x, spot.y);
    await settled(page);
    assert.doesNotMatch(page.url(), /district=/);
    assert.equal(await shownCount(page), whole);
  }));

test('districts are ranked by the measure', () =>
  withPage('/?lang=en&tab=districts&measure=count', DESKTOP, async (page) => {
    const { groups } = await api('/api/stats?group=district');
    const shown = await page.locator('.ranking-table tbody tr')
      .evaluateAll((rows) => rows.map((r) => Number(
        r.cells[3].textContent.replace(/\D/g, ''))));
    const districts = groups.filter((g) => g.key !== 'none')
      .map((g) => g.count).sort((a, b) => b - a);
    assert.deepEqual(shown.slice(0, districts.length), districts);
    const shades = await page.locator('path.district').evaluateAll((all) =>
      new Set(all.map((p) => /shade-(-?\w+)/.exec(p.className.baseVal)[1]))
        .size);
    assert.ok(shades >= 3);
  }));

test('the table is the list: same rows, same count, sorted', () =>
  withPage('/?lang=ru&view=list', DESKTOP, async (page) => {
    const { total } = await sameAsServer(page);
    const caption = await page.locator('#table caption').textContent();
    assert.match(caption.replace(/\u00a0/g, ''), new RegExp(`${total.count}`));
    await page.locator('#table [data-order=planned]').click();
    await settled(page);
    assert.match(page.url(), /sort=-planned/);
    assert.equal(await page.locator('#table th[aria-sort=descending]')
      .count(), 1);
    const ids = await page.locator('#table tbody tr').evaluateAll((rows) =>
      rows.map((r) => r.dataset.id));
    const all = await api('/api/collections/projects/items?place=located' +
      '&limit=10000');
    const planned = new Map(all.features.map((f) =>
      [f.id, f.properties.planned]));
    const best = [...planned.values()].filter((v) => v !== null)
      .sort((a, b) => b - a).slice(0, ids.length);
    assert.deepEqual(ids.map((id) => planned.get(id)), best);
    await page.locator('#table [data-order=planned]').click();
    await settled(page);
    assert.match(page.url(), /sort=planned/);
  }));

test('more rows come and none comes twice', () =>
  withPage('/?lang=en', DESKTOP, async (page) => {
    await page.locator('#items-more').click();
    await page.waitForFunction(() =>
      document.querySelectorAll('#items [data-id]').length > 50);
    const ids = await page.locator('#items [data-id]').evaluateAll((rows) =>
      rows.map((r) => r.dataset.id));
    assert.equal(new Set(ids).size, ids.length);
  }));

test('those without a place are listed, summed and left again', () =>
  withPage('/?lang=en', DESKTOP, async (page) => {
    await page.locator('#unplaced button').click();
    await settled(page);
    assert.match(page.url(), /place=none/);
    const all = await api('/api/stats?place=none');
    assert.equal(await shownCount(page), all.total.count);
    assert.equal(await onMap(page), 0);
    await page.locator('#unplaced button').click();
    await settled(page);
    assert.doesNotMatch(page.url(), /place=/);
  }));

test('a cluster parts when it is chosen', () =>
  withPage('/?lang=en', DESKTOP, async (page) => {
    const zoom = () => Number(/map=([\d.]+)/.exec(page.url())[1]);
    const before = zoom();
    const handle = await page.evaluateHandle(() =>
      [...document.querySelectorAll('.mark')].find((e) =>
        e.mark.feature.properties.cluster));
    await handle.asElement().focus();
    await page.keyboard.press('Enter');
    await settled(page);
    assert.ok(zoom() > before);
    await sameAsServer(page);
  }));

test('downloads are of exactly this view', () =>
  withPage('/?lang=ru&status=implementation#map=9/43.3000/68.2700', DESKTOP,
    async (page) => {
      const { path, total } = await sameAsServer(page);
      const wanted = new URL(path, 'http://x').searchParams;
      for (const link of await page.locator('#downloads a').all()) {
        const href = await link.getAttribute('href');
        const given = new URL(href, 'http://x').searchParams;
        for (const [key, value] of wanted) {
          assert.equal(given.get(key), value, href);
        }
        const answer = await fetch(process.env.BASE_URL + href);
        assert.equal(answer.status, 200, href);
        if (given.get('f') !== 'geojson') continue;
        const body = await answer.json();
        assert.equal(body.numberMatched, total.count);
        assert.equal(body.features.length, total.count);
      }
    }));

test('the foot has licence, date and links that lead somewhere', async () => {
  for (const lang of ['kk', 'ru', 'en']) {
    await withPage(`/?lang=${lang}`, DESKTOP, async (page) => {
      const { site } = await api('/api');
      const source = await page.locator('#foot-source').textContent();
      assert.ok(source.includes(site.licence));
      assert.ok(source.includes(site.attribution[lang]));
      assert.match(source, /20\d\d/);
      for (const link of await page.locator('#foot-links a').all()) {
        const href = await link.getAttribute('href');
        const answer = await fetch(process.env.BASE_URL + href);
        assert.equal(answer.status, 200, href);
      }
    });
  }
});

test('search finds projects and towns as one types', async () => {
  const { places } = await api('/api/places?limit=1');
  const { features } = await api('/api/collections/projects/items?limit=1');
  const word = features[0].properties.title_ru.match(/\p{L}{4,}/u)[0];
  for (const options of [DESKTOP, PHONE]) {
    await withPage('/?lang=ru', options, async (page) => {
      const field = page.locator('#search');
      await field.pressSequentially(places[0].name_ru.slice(0, 5));
      await page.locator('#search-results [role=option]').first().waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await settled(page);
      assert.match(page.url(), new RegExp(
        `/${places[0].lat.toFixed(1).slice(0, 3)}`));
      await field.fill(word);
      await page.keyboard.press('Enter');
      await settled(page);
      assert.match(page.url(), /[?&]q=/);
      assert.deepEqual(page.problems, []);
    });
  }
});
