// Each view in each language: no problem, nothing cut off, axe content.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DESKTOP, go, open, PHONE, close, settled, someProject, violations, withPage,
} from './lib.mjs';

const LANGS = ['kk', 'ru', 'en'];
const { id } = await someProject();

const views = {
  map: '',
  list: '&view=list',
  districts: '&tab=districts&measure=paid_share',
  card: `&p=${id}`,
  filtered: '&status=implementation&category=education&overdue=true',
  empty: '&q=zzzzqqqq',
  unplaced: '&place=none',
};

const devices = { desktop: DESKTOP, phone: PHONE,
  dark: { ...DESKTOP, colorScheme: 'dark' },
  'dark phone': { ...PHONE, colorScheme: 'dark' } };
const inDark = ['map', 'districts', 'card', 'filtered'];

async function unfold(page) {
  await page.locator('#handle').focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await settled(page);
}

for (const [device, options] of Object.entries(devices)) {
  test(`axe finds nothing: ${device}`, async () => {
    const page = await open(null, options);
    const names = options.colorScheme ? inDark : Object.keys(views);
    try {
      for (const name of names) {
        const lang = LANGS[name.length % LANGS.length];
        await go(page, `/?lang=${lang}${views[name]}`);
        if (name === 'card') await page.locator('.bars-card').waitFor();
        assert.deepEqual(await violations(page), [], `${name} ${lang}`);
        if (!options.isMobile) continue;
        await unfold(page);
        assert.deepEqual(await violations(page), [], `${name} unfolded`);
      }
      assert.deepEqual(page.problems, []);
    } finally {
      await close(page);
    }
  });
}

for (const device of ['desktop', 'phone']) {
  test(`axe finds nothing in dialog, search and legend: ${device}`,
    () => withPage('/?lang=ru', devices[device], async (page) => {
      await page.locator('#filters-button').click();
      await page.getByText(/^Показать \d+ проект/).waitFor();
      assert.deepEqual(await violations(page), [], 'filters');
      await page.keyboard.press('Escape');
      await page.locator('#search').fill('ша');
      await page.locator('#search-results:not([hidden])').waitFor();
      assert.deepEqual(await violations(page), [], 'search');
      await page.keyboard.press('Escape');
      if (device === 'phone') await page.locator('#legend-button').click();
      assert.deepEqual(await violations(page), [], 'legend');
      assert.deepEqual(page.problems, []);
    }));
}

test('the name of a large cluster has what stands on it', () =>
  withPage(null, DESKTOP, async (page) => {
    await page.route(/\/tiles\/projects\//, async (route) => {
      const answer = await route.fetch();
      const body = await answer.json();
      for (const { properties: p } of body.features) {
        if (p.cluster) p.point_count = 4876;
      }
      await route.fulfill({ response: answer, json: body });
    });
    for (const lang of LANGS) {
      await go(page, `/?lang=${lang}`);
      const [name, shown] = await page.locator('.mark:has(.cluster)').first()
        .evaluate((e) => [e.getAttribute('aria-label'), e.textContent]);
      assert.match(shown, /4[.,]9/);
      assert.ok(name.includes(shown), `${name} has ${shown}`);
      assert.deepEqual(await violations(page), [], lang);
    }
  }));

// Elements whose text is wider than they are, and a page that scrolls sideways.
function cutOff() {
  const out = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth + 1) out.push(`page ${root.scrollWidth}`);
  for (const e of document.querySelectorAll(
    'button, h1, h2, h3, dt, label, .chip, .notice, .item, .bar')) {
    const box = e.getBoundingClientRect();
    if (box.width === 0 || e.closest('.hidden-text, .mark')) continue;
    if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 &&
      getComputedStyle(e).display !== 'inline') {
      out.push(`${e.tagName}#${e.id}.${e.className} ${e.textContent}`);
    }
    if (!e.closest('.table-scroll, .folded') && box.right > innerWidth + 1) {
      out.push(`beyond: ${e.tagName}#${e.id} ${e.textContent}`);
    }
  }
  return out;
}

const sizes = { 'phone of 320 px': [320, 640, 1],
  'phone of 320 px with text of 200 %': [320, 640, 2],
  'desktop of 1024 px': [1024, 768, 1] };

for (const [name, [width, height, scale]] of Object.entries(sizes)) {
  test(`text fits: ${name}`, async () => {
    const page = await open(null, { viewport: { width, height } });
    try {
      for (const lang of LANGS) {
        for (const query of ['', `&p=${id}`, '&tab=districts',
          '&status=implementation,suspended&year=2025']) {
          await go(page, `/?lang=${lang}${query}`);
          await page.evaluate((n) => {
            document.documentElement.style.fontSize = `${n * 100}%`;
          }, scale);
          await settled(page);
          assert.deepEqual(await page.evaluate(cutOff), [],
            `${lang} ${query}`);
        }
      }
      assert.deepEqual(page.problems, []);
    } finally {
      await close(page);
    }
  });
}

test('on the smallest phones words stay whole and buttons free', () =>
  withPage(null, { ...PHONE, viewport: { width: 320, height: 640 } },
    async (page) => {
      for (const lang of LANGS) {
        await go(page, `/?lang=${lang}`);
        const { broken, hidden } = await page.evaluate(() => {
          const covers = (a, b) => a.left < b.right && b.left < a.right &&
            a.top < b.bottom && b.top < a.bottom;
          const box = (e) => e.getBoundingClientRect();
          const notices = [...document.querySelectorAll('.notice')].map(box);
          return { broken: [...document.querySelectorAll('#money dt')]
            .filter((e) => box(e).height > 1.7 *
              parseFloat(getComputedStyle(e).fontSize))
            .map((e) => e.textContent),
          hidden: [...document.querySelectorAll('.map-button')].filter((e) =>
            notices.some((notice) => covers(notice, box(e))))
            .map((e) => e.id) };
        });
        assert.deepEqual(broken, [], lang);
        assert.deepEqual(hidden, [], lang);
      }
    }));

test('in low windows every button of the map is free', async () => {
  for (const [width, height] of [[320, 568], [720, 450]]) {
    await withPage('/?lang=ru', { viewport: { width, height } },
      async (page) => {
        const covered = await page.evaluate(() =>
          [...document.querySelectorAll('.map-button')].filter((button) => {
            const { left, top, width: w, height: h } =
              button.getBoundingClientRect();
            return w > 0 && !button.contains(
              document.elementFromPoint(left + w / 2, top + h / 2));
          }).map((button) => button.id));
        assert.deepEqual(covered, [], `${width}x${height}`);
      });
  }
});

test('without scripts the page leads to /d/', async () => {
  const page = await open(null, { ...DESKTOP, javaScriptEnabled: false });
  try {
    await page.goto(`${process.env.BASE_URL}/`);
    const links = page.locator('noscript a');
    assert.equal(await links.count(), 3);
    await links.first().click();
    await page.waitForURL(/\/d\/\?lang=kk/);
    assert.ok(await page.locator('main h1').isVisible());
  } finally {
    await close(page);
  }
});

test('print has map, sums, legend, filters and rows', () =>
  withPage('/?lang=ru&status=implementation', DESKTOP, async (page) => {
    await page.emulateMedia({ media: 'print' });
    for (const id_ of ['#map', '#count', '#legend', '#print-head',
      '#print-rows tbody tr:first-child']) {
      assert.ok(await page.locator(id_).isVisible(), id_);
    }
    for (const id_ of ['#items', '#search', '#filters-button', '#near']) {
      assert.ok(!await page.locator(id_).isVisible(), id_);
    }
    const rows = await page.locator('#print-rows tbody tr').count();
    assert.ok(rows > 0 && rows <= 50);
    const head = await page.locator('#print-head').textContent();
    assert.match(head, /Реализация/);
    assert.match(head, /lang=ru/);
    assert.deepEqual(page.problems, []);
  }));

test('the language chosen is remembered, no cookie is set', async () => {
  await withPage('/', DESKTOP, async (page) => {
    assert.equal(await page.locator('html').getAttribute('lang'), 'kk');
    await page.locator('#languages [lang=ru]').click();
    await settled(page);
    assert.match(page.url(), /lang=ru/);
    await go(page, '/');
    assert.equal(await page.locator('html').getAttribute('lang'), 'ru');
    assert.deepEqual(await page.context().cookies(), []);
    assert.deepEqual(page.problems, []);
  });
});
