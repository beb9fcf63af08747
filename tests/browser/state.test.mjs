// The address holds the whole view; back, forward and reload give it again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  api, DESKTOP, go, PHONE, settled, shownCount, someProject, withPage,
} from './lib.mjs';

const project = await someProject();

async function snapshot(page) {
  await settled(page);
  return page.evaluate(() => ({
    count: document.getElementById('count').textContent,
    chips: [...document.querySelectorAll('.chip-text')]
      .map((e) => e.textContent),
    title: document.querySelector('#card h2')?.textContent ?? null,
    lang: document.documentElement.lang,
    rows: [...document.querySelectorAll('#items [data-id]')]
      .map((e) => e.dataset.id),
    scale: document.querySelector('.leaflet-control-scale').textContent,
  }));
}

test('back and forward give what was before', () =>
  withPage('/?lang=kk', DESKTOP, async (page) => {
    const steps = [await snapshot(page)];
    await page.locator('.overdue-line').click();
    steps.push(await snapshot(page));
    await page.locator('#items .item-link').first().click();
    await page.locator('#card-title').waitFor();
    steps.push(await snapshot(page));
    await page.locator('#languages [lang=en]').click();
    steps.push(await snapshot(page));
    assert.equal(new Set(steps.map((s) => JSON.stringify(s))).size, 4);
    for (const wanted of steps.slice(0, -1).reverse()) {
      await page.goBack();
      await settled(page);
      assert.deepEqual(await snapshot(page), wanted);
    }
    for (const wanted of steps.slice(1)) {
      await page.goForward();
      await settled(page);
      assert.deepEqual(await snapshot(page), wanted);
    }
    assert.deepEqual(page.problems, []);
  }));

test('reload and a shared link give the same view', () =>
  withPage('/?lang=ru', DESKTOP, async (page) => {
    await page.locator('#map').focus();
    await page.keyboard.press('+');
    await settled(page);
    await page.locator('#tab-districts').click();
    await page.locator('#ranking-measure').selectOption('overdue');
    await page.locator('.ranking-table tbody button').first().click();
    await settled(page);
    const before = await snapshot(page);
    const url = page.url();
    assert.match(url, /tab=districts/);
    assert.match(url, /measure=overdue/);
    assert.match(url, /district=\d{9}/);
    assert.match(url, /#map=[\d.]+\/[\d.]+\/[\d.]+$/);
    await page.reload();
    assert.deepEqual(await snapshot(page), before);
    await withPage(new URL(url).pathname + new URL(url).search +
      new URL(url).hash, DESKTOP, async (other) => {
      assert.deepEqual(await snapshot(other), before);
    });
  }));

test('unknown values are left out with a note, foreign names without', () =>
  withPage('/?lang=en&status=foo&district=999999999&utm_source=x', DESKTOP,
    async (page) => {
      const note = await page.locator('.notice-ignored').textContent();
      assert.match(note, /district=999999999|status=foo/);
      assert.doesNotMatch(page.url(), /999999999/);
      const all = await api('/api/stats?place=located');
      assert.equal(await shownCount(page), all.total.count);
      assert.deepEqual(page.problems, []);
    }));

test('a link to a project opens its card', async () => {
  for (const options of [DESKTOP, PHONE]) {
    await withPage(`/?lang=ru&p=${project.id}`, options, async (page) => {
      const title = await page.locator('#card-title').textContent();
      assert.equal(title, project.properties.title_ru ??
        project.properties.title_kk);
      assert.ok(await page.locator('.halo-chosen').count() > 0);
      assert.deepEqual(page.problems, []);
    });
  }
});

test('a link to a project that is not there says so', () =>
  withPage('/?lang=en', DESKTOP, async (page) => {
    await go(page, '/?lang=en&p=TKS-2001-999999');
    await page.getByText('There is no such project').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#browse').waitFor();
    assert.doesNotMatch(page.url(), /p=TKS/);
  }));
