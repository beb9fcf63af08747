// Draws the pictures that KML points at, img/mark.png and img/legend-*.png, in
// the page's colours and words. Google Earth draws no SVG, so they are made
// anew by hand when colours or words change:
//
//   node nginx/html/pictures.mjs [CHROMIUM]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const here = path.dirname(new URL(import.meta.url).pathname);
const chromium = process.argv[2] ?? 'chromium';
const ROW = 20;
const WIDTH = 250;

// The light half of the style sheet stands first.
const tokens = readFileSync(path.join(here, 'css/tokens.css'), 'utf8');
export const statuses = [];
for (const [, name, color] of tokens.matchAll(/--status-([a-z]+): (#[0-9a-f]{6});/g)) {
  if (!statuses.some((s) => s.name === name)) statuses.push({ name, color });
}
const edge = /--mark-edge: (#[0-9a-f]{6});/.exec(tokens)[1];

const work = mkdtempSync(path.join(tmpdir(), 'pictures-'));

function draw(name, body, width, height) {
  const page = path.join(work, 'page.html');
  writeFileSync(page, `<!doctype html><meta charset="utf-8"><style>
    * { margin: 0; font: 13px/${ROW}px "DejaVu Sans", sans-serif; }
    body { width: ${width}px; height: ${height}px; overflow: hidden; }
    </style>${body}`);
  execFileSync(chromium, ['--headless', '--no-sandbox', '--disable-gpu',
    '--hide-scrollbars', '--default-background-color=00000000',
    `--window-size=${width},${height}`, `--user-data-dir=${work}/profile`,
    `--screenshot=${path.join(here, 'img', name)}`, page], { stdio: 'ignore' });
}

// White, so that the client's colour makes it any status's.
draw('mark.png', `<svg width="64" height="64"><circle cx="32" cy="32" r="24"
  fill="#ffffff" stroke="${edge}" stroke-width="6"/></svg>`, 64, 64);

for (const lang of ['kk', 'ru', 'en']) {
  const words = JSON.parse(readFileSync(path.join(here, `i18n/${lang}.json`), 'utf8'));
  const rows = statuses.map(({ name, color }) => `<p><svg width="12" height="12"
    style="margin: 0 8px -1px 10px"><circle cx="6" cy="6" r="5" fill="${color}"
    stroke="${edge}" stroke-width="1"/></svg>${words[`status.${name}`]}</p>`);
  draw(`legend-${lang}.png`, `<div style="background: rgb(255 255 255 / 92%);
    height: 100%; padding: 8px 0; box-sizing: border-box">${rows.join('')}</div>`,
    WIDTH, statuses.length * ROW + 16);
}
rmSync(work, { recursive: true });
