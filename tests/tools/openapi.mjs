// Checks OpenAPI 3.0 documents and that the service does what they say:
// openapi.mjs FILE... Prints TAP.

import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

const need = createRequire(`${process.env.NODE_LIBRARIES}/`);
const { Validator } = await import(pathToFileURL(
  need.resolve('@seriousme/openapi-schema-validator')));

const files = process.argv.slice(2);
let number = 0;
let failed = false;

function ok(good, name, why = '') {
  console.log(`${good ? 'ok' : 'not ok'} ${++number} - ${name}`);
  if (!good) {
    failed = true;
    console.log(`# ${String(why).slice(0, 600)}`);
  }
}

/** Every object in the tree that is a reference. */
function* references(node) {
  if (!node || typeof node !== 'object') return;
  if (typeof node.$ref === 'string') yield node.$ref;
  for (const child of Object.values(node)) yield* references(child);
}

function follow(tree, ref) {
  return ref.slice(2).split('/').reduce((node, part) => node?.[part], tree);
}

function* operations(tree) {
  for (const [path, item] of Object.entries(tree.paths)) {
    const server = (item.servers ?? tree.servers)[0].url;
    const parameters = item.get.parameters
      .map((p) => (p.$ref ? follow(tree, p.$ref) : p));
    yield { path, server, operation: { ...item.get, parameters } };
  }
}

/** What the schema of OpenAPI 3.0 cannot say. */
function rules(tree) {
  const wrong = [];
  const ids = new Set();
  const shapes = Object.keys(tree.paths).map((p) => p.replace(/\{[^}]+\}/g, '{}'));
  if (new Set(shapes).size !== shapes.length) wrong.push('paths of one shape');
  for (const { path, operation } of operations(tree)) {
    const names = [...path.matchAll(/\{([^}]+)\}/g)].map((m) => m[1]).sort();
    const declared = operation.parameters.filter((p) => p.in === 'path')
      .map((p) => p.name).sort();
    if (ids.has(operation.operationId)) wrong.push(`${path}: id is not unique`);
    ids.add(operation.operationId);
    if (names.join() !== declared.join()) wrong.push(`${path}: path parameters`);
    const seen = operation.parameters.map((p) => `${p.in} ${p.name}`);
    if (new Set(seen).size !== seen.length) wrong.push(`${path}: repeated name`);
    for (const p of operation.parameters.filter((q) => q.in === 'query')) {
      const list = p.schema.type === 'array';
      const range = p.schema.maximum ?? p.schema.items?.maximum;
      if (!p.description) wrong.push(`${path} ${p.name}: no text`);
      if (list && !p.schema.items) wrong.push(`${path} ${p.name}: no items`);
      if (p.schema.default !== undefined && p.schema.enum &&
        !p.schema.enum.includes(p.schema.default)) {
        wrong.push(`${path} ${p.name}: default is not of the list`);
      }
      if (range !== undefined && range < (p.schema.minimum ?? -Infinity)) {
        wrong.push(`${path} ${p.name}: range`);
      }
    }
    for (const [status, answer] of Object.entries(operation.responses)) {
      if (!answer.description) wrong.push(`${path} ${status}: no text`);
      if (Number(status) >= 400 &&
        !answer.content['application/problem+json']) {
        wrong.push(`${path} ${status}: no problem document`);
      }
    }
  }
  return wrong;
}

/** Values for what a path or an operation demands. */
const examples = { id: 'TKS-2020-000000', kato: '611000000', z: 6, x: 44, y: 23,
  collection: 'projects', geometry: 'line', lon: 68, lat: 42,
  tileMatrixSetId: 'WebMercatorQuad',
  tileMatrix: 6, tileRow: 23, tileCol: 44 };

/** Every media type that is declared is what is answered. */
async function answers(tree) {
  const wrong = [];
  for (const { path, server, operation } of operations(tree)) {
    if (path.includes('{id}')) continue;
    const url = new URL(server + path.replace(/\{([^}]+)\}/g,
      (_, name) => examples[name]));
    for (const p of operation.parameters) {
      if (p.required && p.in === 'query') {
        url.searchParams.set(p.name, examples[p.name]);
      }
    }
    const f = operation.parameters.find((p) => p.name === 'f');
    const got = new Set();
    for (const value of f ? f.schema.enum : ['']) {
      if (value) url.searchParams.set('f', value);
      const answer = await fetch(url);
      await answer.arrayBuffer();
      if (answer.status !== 200) wrong.push(`${url}: ${answer.status}`);
      const type = answer.headers.get('content-type') ?? 'no content type';
      got.add(type.replace(/; charset.*/, ''));
    }
    const declared = Object.keys(operation.responses[200].content);
    if ([...got].sort().join() !== declared.sort().join()) {
      wrong.push(`${path}: ${[...got]} instead of ${declared}`);
    }
  }
  return wrong;
}

for (const file of files) {
  const tree = JSON.parse(await readFile(file, 'utf8'));
  const name = file.replace(/.*\//, '');
  const result = await new Validator().validate(structuredClone(tree));
  ok(result.valid, `${name}: valid by the schema of OpenAPI 3.0`,
    JSON.stringify(result.errors));
  ok(/^3\.0\./.test(tree.openapi), `${name}: version 3.0`, tree.openapi);
  const lost = [...references(tree)].filter((ref) => follow(tree, ref) === undefined);
  ok(!lost.length, `${name}: every reference leads somewhere`, lost);
  const wrong = rules(tree);
  ok(!wrong.length, `${name}: what the schema cannot say`, wrong.join('; '));
}
const tree = JSON.parse(await readFile(files[0], 'utf8'));
const wrong = await answers(tree);
ok(!wrong.length, 'every operation answers as it is declared', wrong.join('; '));
console.log(`1..${number}`);
process.exitCode = failed ? 1 : 0;
