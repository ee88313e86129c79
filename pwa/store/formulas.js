/** What the tree of a formula or condition comes to for a record; mirrors server/core/formulas.py. */
import { CALLS, dayOf, fit, number, rounded, same, Unfit } from './formula_calls.js';

const LONGEST = 1000; // characters of a text that is made
const [LARGEST, MILLION] = [1e9, 1e6];

/** A string, number, boolean, list or null. */
export function evaluate(tree, doc) {
  try {
    return run(tree, doc);
  } catch (error) {
    if (error instanceof Unfit) return null;
    throw error;
  }
}

export const holds = (tree, doc) => evaluate(tree, doc) === true;

/** The value that a field keeps; a formula is its kind, the decimals of its currency, and the tree. */
export function result([kind, decimals, tree], doc) {
  let value = evaluate(tree, doc);
  if (kind === 'bool') return value === true;
  if (kind === 'number' || kind === 'money') return typeof value === 'number' ? kept(value, kind, decimals) : null;
  if (typeof value === 'number') value = evaluate(['call', 'string', ['lit', value]], doc);
  if (typeof value !== 'string') return null;
  if (kind === 'date') return dayOf(value) === null || value.length !== 10 ? null : value;
  return cut(value.replace(/ +/g, ' ').replace(/^ | $/g, '')) || null;
}

const cut = (text) => (text.length > LONGEST ? Array.from(text).slice(0, LONGEST).join('') : text);

function kept(value, kind, decimals) {
  if (!Number.isFinite(value * MILLION)) return null;
  if (kind === 'money') {
    const whole = Math.floor(value * 10 ** decimals + 0.5);
    return Number.isSafeInteger(whole) ? whole || 0 : null;
  }
  return Math.abs(value) > LARGEST ? null : rounded(value) || 0;
}

function run([op, ...rest], doc) {
  if (LEAVES[op]) return LEAVES[op](doc, ...rest);
  if (op === '?') return run(run(rest[0], doc) === true ? rest[1] : rest[2], doc);
  if (op === '&&' || op === '||') {
    const first = run(rest[0], doc) === true;
    return first === (op === '||') ? first : run(rest[1], doc) === true;
  }
  if (op === 'call') return call(rest[0], rest.slice(1).map((one) => run(one, doc)));
  const values = rest.map((one) => run(one, doc));
  return op === 'list' ? values : operate(op, values);
}

const LEAVES = {
  get: (doc, name) => doc[name] ?? null,
  amount: (doc, name, decimals) => (doc[name] === null || doc[name] === undefined ? null : doc[name] / 10 ** decimals),
  lit: (doc, value) => value,
  num: (doc, text) => Number(text),
};

function operate(op, values) {
  const [a, b] = values;
  if (op === '==' || op === '!=') return same(a, b) === (op === '==');
  if (op === '!') return a !== true;
  if (values.includes(null)) return null;
  if (op === 'neg') return -number(a);
  if (op === 'in') {
    fit(Array.isArray(b));
    return b.some((one) => same(a, one));
  }
  if (typeof a === 'string' && typeof b === 'string') {
    if (op === '+') return cut(a + b);
    if (ORDERS[op]) return ORDERS[op](compare(a, b), 0);
  }
  return (ORDERS[op] ?? SUMS[op])(number(a), number(b));
}

/** By code points, as the server does. */
function compare(a, b) {
  const [one, two] = [Array.from(a), Array.from(b)];
  const at = one.findIndex((letter, i) => letter !== two[i]);
  if (at < 0) return one.length - two.length;
  return at < two.length ? one[at].codePointAt(0) - two[at].codePointAt(0) : 1;
}

const ORDERS = { '<': (a, b) => a < b, '<=': (a, b) => a <= b, '>': (a, b) => a > b, '>=': (a, b) => a >= b };
const SUMS = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => { fit(b !== 0); return a / b; },
  '%': (a, b) => { fit(b !== 0); return a % b; },
};

function call(name, given) {
  if (name === 'has') return given[0] !== null && !(Array.isArray(given[0]) && !given[0].length);
  return given.includes(null) ? null : CALLS[name](...given);
}
