// When a page has come to rest: a wait without a guess of its length.

/** Runs in the page before its scripts: counts what is under way there and
 * makes window.quiet(), a promise of the moment when nothing is. */
function watchWork() {
  const LONG = 1000; // ms: a timer of more does not keep a page from resting
  const FRAMES = 3; // in which nothing may be under way
  const LIMIT = 15000; // ms
  const work = new Map(); // what is told of it, by a key of its own
  const { requestAnimationFrame: frame } = window;

  function once(start, stop, counts) {
    const begin = window[start];
    const end = window[stop];
    window[start] = (run, ...rest) => {
      const id = begin.call(window, (...given) => {
        work.delete(`${start} ${id}`);
        return run(...given);
      }, ...rest);
      if (counts(...rest)) work.set(`${start} ${id}`, `${start} ${rest}`);
      return id;
    };
    window[stop] = (id) => {
      work.delete(`${start} ${id}`);
      end.call(window, id);
    };
  }

  function promised(owner, name, told) {
    const run = owner[name];
    owner[name] = function counted(...given) {
      const promise = run.apply(this, given);
      const key = Symbol(name);
      work.set(key, told(...given));
      // Later than who waits for it, who then has begun what comes next.
      const done = () => frame.call(window, () => work.delete(key));
      promise.then(done, done);
      return promise;
    };
  }

  once('setTimeout', 'clearTimeout', (ms) => !(ms > LONG));
  once('requestAnimationFrame', 'cancelAnimationFrame', () => true);
  promised(window, 'fetch', (path) => `fetch ${path}`);
  promised(Response.prototype, 'json', () => 'reading of an answer');

  const moving = () => document.getAnimations().filter((one) =>
    one.playState === 'running' &&
    one.effect.getComputedTiming().endTime !== Infinity)
    .map((one) => one.transitionProperty ?? one.animationName);
  const busy = () => [...document.querySelectorAll('[aria-busy=true]')]
    .map((element) => `busy ${element.id}`);
  const underWay = () => [...work.values(), ...moving(), ...busy()];

  window.quiet = () => new Promise((resolve, reject) => {
    const end = performance.now() + LIMIT;
    let calm = 0;
    const look = (now) => {
      const left = underWay();
      calm = left.length === 0 ? calm + 1 : 0;
      if (calm >= FRAMES) resolve();
      else if (now < end) frame.call(window, look);
      else reject(new Error(`never at rest: ${left.join('; ')}`));
    };
    look(0);
  });
}

/** Makes quiet() possible on every document that the page will show. */
export function prepare(page) {
  return page.addInitScript(watchWork);
}

/** Waits until the page rests: no request, no timer, no movement, nothing
 * that calls itself busy. */
export async function quiet(page) {
  await page.waitForFunction(() => document.body &&
    !document.body.classList.contains('starting'));
  await page.evaluate(() => window.quiet());
}
