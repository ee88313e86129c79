/** The functions of formulas; mirrors server/core/formula_calls.py. */
const LARGEST = 1e15; // of a number within a text
const DAY = 86400000;

export class Unfit extends Error {}

export function fit(fine) {
  if (!fine) throw new Unfit();
}

export function rounded(value, digits = 6) {
  const whole = Math.floor(value * 10 ** digits + 0.5);
  fit(Number.isFinite(whole));
  return whole / 10 ** digits;
}

/** A number within a text. */
export function shown(value) {
  fit(Number.isFinite(value) && Math.abs(value) <= LARGEST);
  const text = rounded(value).toFixed(6).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
}

export function same(a, b) {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, i) => same(one, b[i]));
  return a === b;
}

export function number(value) {
  fit(typeof value === 'number' && Number.isFinite(value));
  return value;
}

function text(value) {
  fit(typeof value === 'string');
  return value;
}

/** Days since 1970 of a date, or of an instant in UTC; null if it is none. */
export function dayOf(value) {
  const day = value.slice(0, 10);
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(day) || day.startsWith('0000')) return null;
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day ? null : at / DAY;
}

function day(value) {
  const found = dayOf(text(value));
  fit(found !== null);
  return found;
}

const dated = (value) => new Date(day(value) * DAY);
const [FIRST, LAST] = [-719162, 2932896]; // of the years 1 to 9999

export const CALLS = {
  size: (a) => { fit(typeof a === 'string' || Array.isArray(a)); return Array.from(a).length; },
  contains: (a, b) => (Array.isArray(a) ? a.some((one) => same(one, b)) : text(a).includes(text(b))),
  startsWith: (a, b) => text(a).startsWith(text(b)),
  endsWith: (a, b) => text(a).endsWith(text(b)),
  string: (a) => (typeof a === 'number' ? shown(a) : typeof a === 'boolean' ? String(a) : text(a)),
  double: (a) => {
    const plain = typeof a === 'number' ? shown(a) : text(a);
    fit(/^-?[0-9]+(\.[0-9]+)?$/.test(plain) && plain.length <= 15);
    return Number(plain);
  },
  round: (a, digits = 0) => { fit(number(digits) >= 0 && digits <= 6); return rounded(number(a), Math.trunc(digits)); },
  abs: (a) => Math.abs(number(a)),
  floor: (a) => Math.floor(number(a)),
  ceil: (a) => Math.ceil(number(a)),
  min: (...all) => Math.min(...all.map(number)),
  max: (...all) => Math.max(...all.map(number)),
  days: (a, b) => day(b) - day(a),
  addDays: (a, n) => {
    const to = day(a) + Math.floor(number(n));
    fit(to >= FIRST && to <= LAST);
    return new Date(to * DAY).toISOString().slice(0, 10);
  },
  year: (a) => dated(a).getUTCFullYear(),
  month: (a) => dated(a).getUTCMonth() + 1,
  day: (a) => dated(a).getUTCDate(),
};
