// Checks styles of Mapbox GL by MapLibre's own validator, and that the tiles
// have the layers they draw: styles.mjs BASE COLLECTION... Prints TAP.

import { createRequire } from 'node:module';

const need = createRequire(`${process.env.NODE_LIBRARIES}/`);
const { validateStyleMin } = need('@maplibre/maplibre-gl-style-spec');

const [base, ...collections] = process.argv.slice(2);
let number = 0;
let failed = false;

function ok(good, name, why = '') {
  console.log(`${good ? 'ok' : 'not ok'} ${++number} - ${name}`);
  if (!good) {
    failed = true;
    console.log(`# ${String(why).slice(0, 600)}`);
  }
}

const json = async (url) => (await fetch(url)).json();

for (const id of collections) {
  const style = await json(`${base}/styles/${id}.json`);
  const wrong = validateStyleMin(style).map((error) => error.message);
  ok(wrong.length === 0, `the style of ${id} is valid`, wrong.join('; '));
  const { vector_layers: there } = await json(style.sources[id].url);
  const missing = style.layers.map((layer) => layer['source-layer'])
    .filter((name) => !there.some((layer) => layer.id === name));
  ok(style.layers.length >= 4 && missing.length === 0,
    `its layers are in the tiles`, missing.join(' '));
}
console.log(`1..${number}`);
process.exit(failed ? 1 : 0);
