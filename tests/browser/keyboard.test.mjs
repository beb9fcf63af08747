// The page without a mouse.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DESKTOP, PHONE, settled, withPage } from './lib.mjs';

const focused = (page) => page.evaluate(() => {
  const e = document.activeElement;
  return { id: e.id, text: e.textContent.trim().slice(0, 60),
    name: e.className, mark: Boolean(e.mark),
    ring: getComputedStyle(e).outlineStyle !== 'none' };
});

test('from the skip link through the list into a card and back', () =>
  withPage('/?lang=en', DESKTOP, async (page) => {
    await page.keyboard.press('Tab');
    let at = await focused(page);
    assert.match(at.name, /skip/);
    assert.ok(at.ring);
    await page.keyboard.press('Enter');
    assert.equal((await focused(page)).id, 'list-heading');
    assert.doesNotMatch(page.url(), /#list/);
    while (!(await focused(page)).name.includes('item-link')) {
      await page.keyboard.press('Tab');
    }
    const first = (await focused(page)).text;
    await page.keyboard.press('ArrowDown');
    at = await focused(page);
    assert.notEqual(at.text, first);
    assert.ok(at.ring);
    assert.ok(await page.locator('.halo-hot, .mark.hot').count() > 0,
      'what has the focus is lit on the map');
    await page.keyboard.press('Enter');
    await page.locator('#card .bars-card').waitFor();
    assert.equal((await focused(page)).id, 'card-title');
    assert.match(page.url(), /p=TKS/);
    await page.keyboard.press('Escape');
    await settled(page);
    assert.equal((await focused(page)).text, at.text);
    assert.doesNotMatch(page.url(), /p=TKS/);
    assert.deepEqual(page.problems, []);
  }));

test('the map: zoom, move, marks, Enter', () =>
  withPage('/?lang=en', DESKTOP, async (page) => {
    const map = () => /map=([^&]+)$/.exec(page.url())[1];
    await page.locator('#map').focus();
    const start = map();
    await page.keyboard.press('+');
    await settled(page);
    const zoomed = map();
    assert.ok(Number(zoomed.split('/')[0]) > Number(start.split('/')[0]));
    await page.keyboard.press('ArrowLeft');
    await settled(page);
    assert.notEqual(map(), zoomed);
    await settled(page);
    while (!(await focused(page)).mark) await page.keyboard.press('Tab');
    assert.ok((await focused(page)).ring);
    const from = await page.evaluate(() =>
      document.activeElement.getAttribute('aria-label'));
    assert.ok(from.length > 10);
    const place = map();
    let moved = false;
    for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp']) {
      await page.keyboard.press(key);
      const now = await page.evaluate(() =>
        document.activeElement.getAttribute('aria-label'));
      moved ||= now !== from;
    }
    assert.ok(moved, 'arrows go from mark to mark');
    await settled(page);
    assert.equal(map(), place, 'and leave the map where it is');
    assert.deepEqual(page.problems, []);
  }));

test('every stop of the Tab key has a name', () =>
  withPage('/?lang=en#map=12/43.3/68.27', DESKTOP, async (page) => {
    await settled(page);
    const nameless = [];
    for (let stop = 0; stop < 120; stop++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const e = document.activeElement;
        return { end: e === document.body, tag: e.tagName,
          name: e.getAttribute('aria-label') ?? e.getAttribute('title')
            ?? (e.labels?.[0]?.textContent || e.textContent).trim() };
      });
      if (at.end && stop > 0) break;
      if (!at.name) nameless.push(at.tag);
    }
    assert.deepEqual(nameless, []);
  }));

test('the dialog of filters keeps the focus and gives it back', () =>
  withPage('/?lang=en', DESKTOP, async (page) => {
    await page.locator('#filters-button').focus();
    await page.keyboard.press('Enter');
    await page.locator('#filters[open]').waitFor();
    for (let i = 0; i < 5; i += 1) await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement.closest(
      '#filters') !== null));
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    assert.equal((await focused(page)).id, 'filters-button');
    assert.equal(await page.locator('.chip').count(), 0, 'nothing applied');
  }));

test('a chip taken off leaves the focus nearby', () =>
  withPage('/?lang=en&status=completion,implementation', DESKTOP,
    async (page) => {
      await page.locator('.chip').first().focus();
      await page.keyboard.press('Enter');
      await settled(page);
      assert.match((await focused(page)).name, /chip/);
      await page.keyboard.press('Enter');
      await settled(page);
      assert.equal((await focused(page)).id, 'filters-button');
      assert.equal(await page.locator('.chip').count(), 0);
    }));

test('tabs by arrows', () => withPage('/?lang=en', DESKTOP, async (page) => {
  await page.locator('#tab-projects').focus();
  await page.keyboard.press('ArrowRight');
  assert.equal((await focused(page)).id, 'tab-districts');
  assert.ok(await page.locator('#ranking table').isVisible());
  assert.ok(!await page.locator('#items').isVisible());
}));

test('the sheet of a phone by keys', () =>
  withPage('/?lang=kk', PHONE, async (page) => {
    const rest = () => page.locator('#panel').getAttribute('data-rest');
    await page.locator('#handle').focus();
    assert.equal(await rest(), 'peek');
    await page.keyboard.press('ArrowUp');
    assert.equal(await rest(), 'half');
    await page.keyboard.press('Enter');
    assert.equal(await rest(), 'full');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.equal(await rest(), 'peek');
    assert.equal(await page.locator('#handle').getAttribute('aria-expanded'),
      'false');
  }));

test('what gets the focus under the sheet is brought up', () =>
  withPage('/?lang=kk', PHONE, async (page) => {
    await page.locator('#share').focus();
    for (let i = 0; i < 6; i += 1) await page.keyboard.press('Tab');
    assert.equal(await page.locator('#panel').getAttribute('data-rest'),
      'half');
    await settled(page);
    assert.ok(await page.evaluate(() => {
      const box = document.activeElement.getBoundingClientRect();
      return box.top >= 0 && box.bottom <= innerHeight;
    }));
  }));

test('a screen reader hears the new count after a filter', () =>
  withPage('/?lang=en', DESKTOP, async (page) => {
    const before = await page.locator('#live').textContent();
    await page.locator('.overdue-line').click();
    await settled(page);
    const after = await page.locator('#live').textContent();
    assert.match(after, /^\d+ projects?\. Planned: ₸/);
    assert.notEqual(after, before);
  }));
