// Slow, failing and missing servers; what is asked for at all.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BASE, close, DESKTOP, go, open, PHONE, settled, withPage,
} from './lib.mjs';

const LIMIT = 200000; // bytes of the first view

for (const [name, options] of [['phone', PHONE], ['desktop', DESKTOP]]) {
  test(`the first view is light: ${name}`, async (context) => {
    const page = await open(null, options);
    try {
      const session = await page.context().newCDPSession(page);
      let bytes = 0;
      let count = 0;
      await session.send('Network.enable');
      session.on('Network.loadingFinished', (event) => {
        bytes += event.encodedDataLength;
        count += 1;
      });
      await go(page, '/');
      await page.waitForLoadState('networkidle');
      context.diagnostic(`${bytes} bytes in ${count} answers`);
      assert.ok(bytes < LIMIT, `${bytes} bytes`);
      assert.ok(bytes > LIMIT / 10, 'the measure sees the page');
      assert.deepEqual(page.problems, []);
    } finally {
      await close(page);
    }
  });
}

test('the page is usable before the projects are there', async () => {
  const page = await open(null, DESKTOP);
  try {
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await page.route(/\/tiles\/|\/items\?|\/api\/stats/, async (route) => {
      if (!route.request().url().includes('/districts/')) await held;
      await route.continue();
    });
    await page.goto(`${BASE}/?lang=en`);
    await page.locator('path.district').first().waitFor();
    assert.ok(await page.locator('#items .skeleton').count() > 0);
    assert.ok(await page.locator('#money .bone').count() > 0);
    await page.locator('#filters-button').click();
    await page.locator('#filters[open]').waitFor();
    await page.keyboard.press('Escape');
    release();
    await settled(page);
    assert.equal(await page.locator('.bone').count(), 0);
    assert.deepEqual(page.problems, []);
  } finally {
    await close(page);
  }
});

test('what failed is named and can be tried again', async () => {
  const page = await open(null, DESKTOP);
  try {
    let failing = true;
    await page.route(/\/tiles\/|\/api\/stats|projects\/items/, (route) =>
      (failing ? route.fulfill({ status: 503, body: '{}' })
        : route.continue()));
    await page.goto(`${BASE}/?lang=en`);
    await page.getByText('The sums could not be loaded').waitFor();
    await page.getByText('The list could not be loaded').waitFor();
    await page.getByText('Part of the map could not be loaded').waitFor();
    failing = false;
    await page.locator('#money .button').click();
    await page.locator('#items-status .button').click();
    await page.locator('.notice-tiles .button').click();
    await settled(page);
    await page.locator('.mark').first().waitFor();
    assert.equal(await page.locator('.notice-tiles').count(), 0);
    assert.match(await page.locator('#count').textContent(), /^\d+ project/);
  } finally {
    await close(page);
  }
});

test('a server that asks for patience gets it', async () => {
  const page = await open(null, DESKTOP);
  try {
    let refused = 0;
    await page.route(/\/api\/stats/, (route) => {
      refused += 1;
      return refused < 3 ? route.fulfill({ status: 429, body: '{}' })
        : route.continue();
    });
    await page.goto(`${BASE}/?lang=en`);
    await page.getByText(/^\d+ projects$/).waitFor();
  } finally {
    await close(page);
  }
});

test('a card that failed can be tried again', () =>
  withPage('/?lang=en', DESKTOP, async (page) => {
    let failing = true;
    await page.route(/projects\/items\/TKS/, (route) => (failing
      ? route.fulfill({ status: 503, body: '{}' }) : route.continue()));
    await page.locator('#items .item-link').first().click();
    await page.getByText('The project could not be loaded').waitFor();
    failing = false;
    await page.locator('#card .button', { hasText: 'Try again' }).click();
    await page.locator('#card .bars-card').waitFor();
  }));

test('offline keeps what was loaded and says from when it is', () =>
  withPage('/?lang=en', DESKTOP, async (page) => {
    const marks = await page.locator('.mark').count();
    assert.ok(marks > 0);
    await page.context().setOffline(true);
    await page.locator('#map').focus();
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await page.locator('.notice-offline').waitFor();
    assert.match(await page.locator('.notice-offline').textContent(),
      /published \d+ \w+ \d{4}, \d\d:\d\d/);
    assert.ok(await page.locator('.mark').count() > 0);
    assert.ok(await page.locator('path.district').count() > 0);
    await page.context().setOffline(false);
    await page.locator('.notice-offline').waitFor({ state: 'detached' });
    await settled(page);
    assert.match(await page.locator('#count').textContent(), /^\d+ project/);
  }));

test('where the reader is stays in the browser', async () => {
  const here = { latitude: 43.302, longitude: 68.2711 };
  const page = await open('/?lang=en', { ...PHONE, geolocation: here,
    permissions: ['geolocation'] });
  try {
    page.asked.length = 0;
    await page.locator('#near').click();
    await page.locator('.notice-near').waitFor();
    assert.match(await page.locator('.notice-near').textContent(),
      /stays in the browser/);
    await settled(page);
    await page.locator('.here').waitFor();
    for (const url of page.asked) {
      assert.doesNotMatch(url, /68\.271|43\.302(?!\d)|where/);
    }
    assert.deepEqual(page.problems, []);
  } finally {
    await close(page);
  }
});

test('a refused position is explained', async () => {
  const page = await open('/?lang=en', { ...DESKTOP, permissions: [] });
  try {
    await page.locator('#near').click();
    await page.locator('.notice-near').waitFor();
  } finally {
    await close(page);
  }
});

test('share copies the address of exactly this view', async () => {
  const page = await open('/?lang=en&status=completion', { ...DESKTOP,
    permissions: ['clipboard-read', 'clipboard-write'] });
  try {
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'share', { value: undefined });
    });
    await page.locator('#share').click();
    await page.locator('.notice-share').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()),
      page.url());
  } finally {
    await close(page);
  }
});

test('older searches are given up', () =>
  withPage('/?lang=ru', DESKTOP, async (page) => {
    let slow = true; // the first never answers
    await page.route(/items\?q=/, async (route) => {
      if (!slow) await route.continue();
      slow = false;
    });
    const field = page.locator('#search');
    const first = page.waitForRequest(/items\?q=/);
    await field.pressSequentially('шк');
    const ended = page.waitForEvent('requestfailed',
      (request) => request.url().includes('/items?q='));
    await first;
    await field.pressSequentially('ол');
    await page.locator('#search-results .option').first().waitFor();
    await ended;
  }));
