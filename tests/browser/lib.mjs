// Shared by the browser tests: one browser, pages that note every problem.

import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { after } from 'node:test';
import { prepare, quiet } from './quiet.mjs';

const need = createRequire(`${process.env.NODE_LIBRARIES}/`);
const { chromium } = need('playwright-core');
const AXE = need.resolve('axe-core/axe.min.js');

export const BASE = process.env.BASE_URL.replace(/\/$/, '');
export const HTML = new URL('../../nginx/html/', import.meta.url);

export const PHONE = { viewport: { width: 360, height: 740 },
  isMobile: true, hasTouch: true };
export const DESKTOP = { viewport: { width: 1440, height: 900 } };

const flags = ['--no-sandbox', '--headless', '--disable-gpu',
  '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

let browser = null;

async function launched() {
  browser ??= await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: flags });
  return browser;
}

// A browser that does not close must not keep the tests from ending.
after(async () => {
  setTimeout(() => process.exit(), 5000).unref();
  await browser?.close();
});

// Tells of violations of the content policy, which no other event reports.
function watchPolicy() {
  addEventListener('securitypolicyviolation', (event) => {
    console.error(`CSP ${event.violatedDirective} ${event.blockedURI}`);
  });
}

/** A page that collects what must never happen in page.problems. */
export async function open(path, options = DESKTOP) {
  const context = await (await launched()).newContext(options);
  const page = await context.newPage();
  page.problems = [];
  page.asked = [];
  page.setDefaultTimeout(10000);
  await page.addInitScript(watchPolicy);
  await prepare(page);
  page.on('pageerror', (error) => page.problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') page.problems.push(message.text());
  });
  page.on('request', (request) => {
    page.asked.push(request.url());
    const { origin, protocol } = new URL(request.url());
    if (protocol !== 'data:' && origin !== BASE) {
      page.problems.push(`asked another host: ${request.url()}`);
    }
  });
  if (path !== null) await go(page, path);
  return page;
}

export async function go(page, path) {
  await page.goto(BASE + path);
  await settled(page);
}

/** Waits until the figures of the view stand, marks are drawn and nothing
 * more is coming. */
export async function settled(page) {
  await page.waitForFunction(() => ['totals', 'items', 'map'].every((id) =>
    document.getElementById(id)?.hasAttribute('aria-busy')));
  await quiet(page);
}

export async function close(page) {
  await page.context().close();
}

/** Runs a test's work on a page that is closed whatever happens. */
export async function withPage(path, options, work) {
  const page = await open(path, options);
  try {
    await work(page);
  } finally {
    await close(page);
  }
}

/** JSON of the server, asked directly. */
export async function api(path) {
  const answer = await fetch(BASE + path,
    { headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`${answer.status} ${path}`);
  return answer.json();
}

/** What axe finds, as short lines; not in what the selectors except name. */
export async function violations(page, except = []) {
  await page.evaluate(await readFile(AXE, 'utf8'));
  const found = await page.evaluate((exclude) => window.axe.run({ exclude }, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
      'best-practice'],
    rules: { 'label-content-name-mismatch': { enabled: true } } }), except);
  return found.violations.flatMap((v) => v.nodes.map((node) =>
    `${v.id}: ${node.target.join(' ')} ${node.failureSummary}`));
}

/** A project of the server with a place, in full. */
export async function someProject(query = '') {
  const list = await api(`/api/collections/projects/items?limit=1&place=${
    'located'}${query}`);
  return list.features[0];
}

/** The count that the page tells. */
export async function shownCount(page) {
  const text = await page.locator('#count').textContent();
  return Number(text.replace(/\D/g, ''));
}
