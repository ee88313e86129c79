// Numbers as Python reads, rounds and prints them.
import { Float, isText, str } from './values.js';
import { strip } from './text.js';

/** `n` with `digits` decimals, half to even on the exact value; JavaScript rounds halves up. */
export const fixed = (n, digits) => {
  const size = Math.abs(n);
  const text = size.toFixed(digits);
  const exact = size.toFixed(Math.min(100, digits + 50));
  const at = exact.indexOf('.') + 1 + digits;
  const half = /^50*$/.test(exact.slice(at));
  const odd = Number(text.at(-1)) % 2 === 1;
  const sign = n < 0 || Object.is(n, -0) ? '-' : '';
  return sign + (half && odd ? exact.slice(0, digits === 0 ? at - 1 : at) : text);
};

export const round = (n, digits) => {
  if (Math.abs(n) >= 1e21) return n;
  if (digits >= 0) return Number(fixed(n, Math.min(digits, 50)));
  const unit = 10 ** -digits;
  return Number(fixed(n / unit, 0)) * unit;
};

/** Persian and Arabic digits to ASCII, as Python reads them. */
const ascii = (text) => strip(text).replace(/[٠-٩۰-۹]/g, (c) => c.charCodeAt(0) & 15).replace(/(\d)_(?=\d)/g, '$1');

const PREFIX = { 2: /^([+-]?)0b/i, 8: /^([+-]?)0o/i, 16: /^([+-]?)0x/i };
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A whole number from text, or undefined. */
export const parseWhole = (text, base) => {
  const bare = ascii(text).replace(PREFIX[base] ?? /^$/, '$1').toLowerCase();
  const digits = bare.replace(/^[+-]/, '');
  const known = DIGITS.slice(0, base);
  if (digits === '' || [...digits].some((c) => !known.includes(c))) return undefined;
  return parseInt(bare, base);
};

/** A number from text or a number, or undefined. */
export const parseNumber = (v) => {
  if (typeof v === 'number' || v instanceof Float || typeof v === 'boolean') return Number(v);
  if (!isText(v)) return undefined;
  const text = ascii(str(v));
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
};
