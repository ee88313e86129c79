// One browser's half: each product behind the same four functions.
import * as ours from './ours.js';
import * as pouch from './pouch.js';
import * as watermelon from './watermelon.js';

const products = { ours, pouch, watermelon };

/** Milliseconds that one of them takes, and what it gave. */
globalThis.measure = async (product, what, ...given) => {
  const started = performance.now();
  const result = await products[product][what](...given);
  return [performance.now() - started, typeof result === 'string' ? result : null];
};
