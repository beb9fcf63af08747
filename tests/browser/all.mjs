// All browser tests as one run.

await import('./static.test.mjs');
await import('./modules.test.mjs');
if (process.env.BASE_URL) {
  await import('./views.test.mjs');
  await import('./state.test.mjs');
  await import('./figures.test.mjs');
  await import('./layers.test.mjs');
  await import('./keyboard.test.mjs');
  await import('./trouble.test.mjs');
}
