// Python's `%` formatting and `str.format`.
import { Safe, Tuple, defined, esc, isDict, isText, repr, str, wrap } from './values.js';
import { chars, pad, zeros } from './text.js';
import { fixed } from './numbers.js';

const SPEC = /%(?:\((.*?)\))?([-+0 #]*)(\d+)?(?:\.(\d+))?([\s\S]?)/g;

const number = (v) => {
  const n = Number(defined(v));
  if (isText(v) || v === null || Number.isNaN(n)) throw new TypeError(`${repr(v)} is not a number`);
  return n;
};

const exponential = (v, digits) => number(v).toExponential(digits).replace(/e([+-])(\d)$/, 'e$10$2');
const bare = (v, base) => Math.trunc(number(v)).toString(base);

/** Each writes a value; `text` is `str`, or `esc` where the format itself is safe. */
const KINDS = {
  s: (v, digits, text) => (digits === undefined ? text(v) : chars(text(v)).slice(0, digits).join('')),
  r: (v, digits, text) => text(repr(v)),
  d: (v) => bare(v, 10),
  i: (v) => bare(v, 10),
  x: (v) => bare(v, 16),
  X: (v) => bare(v, 16).toUpperCase(),
  o: (v) => bare(v, 8),
  f: (v, digits = 6) => fixed(number(v), digits),
  e: (v, digits = 6) => exponential(v, digits),
};

const laidOut = (text, flags, width, kind) => {
  const signed = kind !== 's' && kind !== 'r';
  const plus = signed && flags.includes('+') && text[0] !== '-' ? `+${text}` : text;
  if (flags.includes('-')) return pad(plus, width, ' ', true);
  return signed && flags.includes('0') ? zeros(plus, width) : pad(plus, width);
};

/** `pattern % values`; values are a tuple, a dict, or one value. */
export const format = (pattern, values) => {
  const list = values instanceof Tuple ? values : [values];
  const text = pattern instanceof Safe ? esc : str;
  let next = 0;
  const take = (name) => {
    if (name === undefined ? next >= list.length : !isDict(values) || !Object.hasOwn(values, name)) {
      throw new TypeError(`${repr(pattern)} lacks a value`);
    }
    return name === undefined ? list[next++] : values[name];
  };
  const written = str(pattern).replace(SPEC, (_, name, flags, width, digits, kind) => {
    if (kind === '%') return '%';
    if (!Object.hasOwn(KINDS, kind)) throw new TypeError(`cannot format with %${kind}`);
    const value = KINDS[kind](take(name), digits === undefined ? undefined : Number(digits), text);
    return laidOut(value, flags, Number(width ?? 0), kind);
  });
  if (values instanceof Tuple && next < list.length) throw new TypeError('too many values');
  return wrap(pattern, written);
};

const FIELD = /\{\{|\}\}|\{(\w*)\}|[{}]/g;

/** `pattern.format(…)` with plain fields: `{}`, `{0}`, `{name}`. */
export const strFormat = (pattern, args, named) => {
  let next = 0;
  const text = pattern instanceof Safe ? esc : str;
  return wrap(pattern, str(pattern).replace(FIELD, (whole, name) => {
    if (whole === '{{' || whole === '}}') return whole[0];
    if (name === undefined) throw new TypeError(`cannot format with ${repr(pattern)}`);
    if (name === '') return text(args[next++]);
    return text(/^\d+$/.test(name) ? args[name] : named?.[name]);
  }));
};
