// The layers of the map: switched on and off, clicked, kept in the address.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  api, DESKTOP, go, PHONE, settled, violations, withPage,
} from './lib.mjs';

const { collections } = await api('/api/collections?lang=en');
const layer = collections.find((c) => c.id === 'trees');
const missing = layer ? false : 'the server has no layer "trees"';
const [west, south, east, north] = layer?.extent.spatial.bbox[0] ??
  [0, 0, 0, 0];
const there = `#map=11/${(south + north) / 2}/${(west + east) / 2}`;

const box = (page, value) => page.locator(`#layers input[value=${value}]`);

test('the districts are switched off and on by the keyboard', () =>
  withPage('/?lang=en', DESKTOP, async (page) => {
    const name = page.getByRole('checkbox', { name: 'Districts' });
    assert.ok(await name.isChecked());
    await name.focus();
    await page.keyboard.press('Space');
    await page.waitForURL(/districts=off/);
    assert.equal(await page.locator('path.district:visible').count(), 0);
    assert.ok(!await page.locator('#measure').isVisible());
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press('Space');
    await page.waitForURL((url) => !url.search.includes('districts='));
    assert.ok(await page.locator('path.district:visible').count() > 0);
    assert.deepEqual(page.problems, []);
  }));

test('a layer is drawn, told of and clicked', { skip: missing }, () =>
  withPage(`/?lang=en${there}`, DESKTOP, async (page) => {
    await settled(page);
    assert.equal(await page.locator('.overlay-area').count(), 0);
    await page.getByRole('checkbox', { name: layer.title }).check();
    await page.locator('.overlay-point').first().waitFor();
    assert.match(page.url(), /layers=trees/);
    assert.ok(await page.locator('.overlay-area').count() > 0);
    assert.ok(await page.locator('.overlay-way').count() > 0);
    const words = await page.locator('#layers [data-id=trees]').textContent();
    for (const fact of [layer.licence, layer.source, layer.attribution.en]) {
      assert.ok(words.includes(fact), words);
    }
    await page.locator('.overlay-point').first().click({ force: true });
    const card = page.locator('.feature');
    await card.waitFor();
    await settled(page);
    assert.match(await card.textContent(), /Шынар/);
    assert.match(await card.textContent(), /31\.5/);
    assert.deepEqual(await violations(page, ['.mark']), []);
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    await page.getByRole('checkbox', { name: layer.title }).uncheck();
    assert.equal(await page.locator('.overlay-point').count(), 0);
    assert.deepEqual(page.problems, []);
  }));

test('the address brings layers back, unknown ones are told of',
  { skip: missing }, () =>
    withPage(`/?lang=en&layers=nothing,trees&districts=off${there}`, DESKTOP,
      async (page) => {
        await page.locator('.overlay-point').first().waitFor();
        assert.ok(await box(page, 'trees').isChecked());
        assert.ok(!await box(page, 'districts').isChecked());
        assert.match(await page.locator('#notices').textContent(),
          /layers=nothing/);
        assert.doesNotMatch(page.url(), /nothing/);
        await page.locator('#languages [lang=ru]').click();
        await page.getByRole('checkbox', { name: 'Деревья' }).waitFor();
        assert.ok(await box(page, 'trees').isChecked());
        await go(page, `/?lang=kk&layers=nothing${there}`);
        assert.doesNotMatch(page.url(), /layers=/);
        assert.deepEqual(page.problems, []);
      }));

test('layers on a phone', { skip: missing }, () =>
  withPage(`/?lang=kk${there}`, PHONE, async (page) => {
    await page.locator('#legend-button').click();
    await box(page, 'trees').check();
    await page.locator('#legend-close').click();
    await page.locator('.overlay-point').first().waitFor();
    await page.locator('.overlay-point').first().tap({ force: true });
    await page.locator('.feature').waitFor();
    await settled(page); // the map moves to show all of it
    // The window may cover a part of a mark, which is free when it is closed.
    assert.deepEqual(await violations(page, ['.mark']), []);
    assert.deepEqual(page.problems, []);
  }));

test('a layer that does not come is named and asked for again',
  { skip: missing }, () =>
    withPage(null, DESKTOP, async (page) => {
      let broken = true;
      await page.route(/\/tiles\/trees\//, (route) => (broken
        ? route.fulfill({ status: 503, body: '{}' }) : route.continue()));
      await go(page, `/?lang=en&layers=trees${there}`);
      const again = page.locator('#layers [data-id=trees] .link');
      await again.waitFor();
      await again.evaluate((button) => button.classList.add('old'));
      await again.focus();
      await page.keyboard.press('Enter'); // in vain: said again, focus stays
      await page.locator('#layers [data-id=trees] .link:not(.old):focus')
        .waitFor();
      broken = false;
      await page.keyboard.press('Enter');
      await page.locator('.overlay-point').first().waitFor();
      await again.waitFor({ state: 'detached' });
      assert.ok(await box(page, 'trees').evaluate((input) =>
        input === document.activeElement));
    }));

test('the help page for GIS is read on a phone and by screen readers',
  () => withPage(null, { viewport: { width: 320, height: 640 } },
    async (page) => {
      for (const lang of ['kk', 'ru', 'en']) {
        await page.goto(`${process.env.BASE_URL}/gis?lang=${lang}`);
        assert.deepEqual(await violations(page), [], lang);
        assert.ok(await page.evaluate(() =>
          document.scrollingElement.scrollWidth <= innerWidth), lang);
      }
      assert.deepEqual(page.problems, []);
    }));
