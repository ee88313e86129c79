// Python's operators.
import { Float, Safe, Tuple, UndefinedError, defined, esc, float, isDict, isFloat, isNumber, isText, iter, plain,
  repr, str, truth, wrap } from './values.js';
import { chars, compareText } from './text.js';
import { format } from './format.js';

const sameDict = (a, b) => {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((k) => Object.hasOwn(b, k) && eq(a[k], b[k]));
};

export const eq = (left, right) => {
  const a = plain(left);
  const b = plain(right);
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a instanceof Tuple === b instanceof Tuple && a.every((x, i) => eq(x, b[i]));
  }
  return isDict(a) && isDict(b) && sameDict(a, b);
};
export const ne = (a, b) => !eq(a, b);

/** Less than zero, zero, or more, as `left` comes before, with or after `right`. */
export const compare = (left, right) => {
  const a = plain(left);
  const b = plain(right);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (Array.isArray(a) && Array.isArray(b)) {
    const at = a.findIndex((x, i) => i >= b.length || !eq(x, b[i]));
    return at < 0 || at >= b.length ? a.length - b.length : compare(a[at], b[at]);
  }
  if (a === undefined || b === undefined) throw new UndefinedError('cannot order an undefined value');
  throw new TypeError(`cannot order ${repr(a)} and ${repr(b)}`);
};
export const lt = (a, b) => compare(a, b) < 0;
export const gt = (a, b) => compare(a, b) > 0;
export const lteq = (a, b) => compare(a, b) <= 0;
export const gteq = (a, b) => compare(a, b) >= 0;

export const isIn = (value, all) => {
  if (isText(all)) {
    if (!isText(value)) throw new TypeError(`${repr(value)} is not text`);
    return str(all).includes(str(value));
  }
  if (isDict(all)) return isText(value) && Object.hasOwn(all, str(value));
  return iter(all).some((item) => eq(item, value));
};
export const notIn = (value, all) => !isIn(value, all);

const comparisons = { eq, ne, lt, gt, lteq, gteq, isIn, notIn };
export const chain = (first, steps) => {
  let left = first;
  for (const [name, next] of steps) {
    const right = next();
    if (!comparisons[name](left, right)) return false;
    left = right;
  }
  return true;
};

export const and = (left, right) => (truth(left) ? right() : left);
export const or = (left, right) => (truth(left) ? left : right());

const arithmetic = (work) => (a, b) => {
  if (!isNumber(defined(a)) || !isNumber(defined(b))) throw new TypeError(`cannot reckon with ${repr(a)} and ${repr(b)}`);
  const result = work(Number(a), Number(b));
  return isFloat(a) || isFloat(b) ? float(result) : result;
};
const nonZero = (n) => {
  if (n === 0) throw new RangeError('division by zero');
  return n;
};
const addNumbers = arithmetic((a, b) => a + b);
const multiply = arithmetic((a, b) => a * b);
const modulo = arithmetic((a, b) => {
  const rest = a % nonZero(b);
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
});
const divide = arithmetic((a, b) => a / nonZero(b));

export const sub = arithmetic((a, b) => a - b);
export const floordiv = arithmetic((a, b) => Math.floor(a / nonZero(b)));
export const pow = arithmetic((a, b) => a ** b);
export const div = (a, b) => float(divide(a, b));
export const neg = (v) => (v instanceof Float ? new Float(-v) : sub(0, v));
export const pos = (v) => addNumbers(0, v);
export const mod = (a, b) => (isText(a) ? format(a, b) : modulo(a, b));

export const add = (a, b) => {
  if (isText(a) && isText(b)) return a instanceof Safe || b instanceof Safe ? new Safe(esc(a) + esc(b)) : a + b;
  if (Array.isArray(a) && Array.isArray(b)) return a.concat(b);
  return addNumbers(a, b);
};

const repeat = (v, times) => {
  const count = Math.max(0, Number(times));
  return isText(v) ? wrap(v, str(v).repeat(count)) : Array(count).fill([...v]).flat();
};
export const mul = (a, b) => {
  if (isText(a) || Array.isArray(a)) return repeat(a, b);
  return isText(b) || Array.isArray(b) ? repeat(b, a) : multiply(a, b);
};

/** The operator `~`. */
export const concat = (items, escaping) =>
  (escaping && items.some((x) => x instanceof Safe) ? new Safe(items.map(esc).join('')) : items.map(str).join(''));

const bound = (end, length, low, high, missing) =>
  (end === null ? missing : Math.min(high, Math.max(low, end < 0 ? length + end : end)));

export const slice = (v, start, stop, step) => {
  const items = isText(v) ? chars(str(v)) : iter(defined(v));
  const by = step ?? 1;
  const [low, high] = by > 0 ? [0, items.length] : [-1, items.length - 1];
  const from = bound(start, items.length, low, high, by > 0 ? low : high);
  const to = bound(stop, items.length, low, high, by > 0 ? high : low);
  const taken = [];
  for (let i = from; by > 0 ? i < to : i > to; i += by) taken.push(items[i]);
  if (isText(v)) return wrap(v, taken.join(''));
  return v instanceof Tuple ? Tuple.from(taken) : taken;
};
