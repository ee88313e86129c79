// Values as Python sees them. JSON's own are themselves; `undefined` is Jinja's Undefined.

/** Text that is HTML already. */
export class Safe {
  constructor(text) { this.text = text; }
  toString() { return this.text; }
}

/** A float that JavaScript could not tell from a whole number, such as 1.0. */
export class Float extends Number {}

export class Tuple extends Array {}

/** What is a generator on the server: always true, without a length. */
export class Lazy extends Array {}

export class Namespace {}

export class UndefinedError extends Error {}

export const isDict = (v) => {
  if (v === null || typeof v !== 'object') return false;
  const kind = Object.getPrototypeOf(v);
  return kind === Object.prototype || kind === null;
};
export const isText = (v) => typeof v === 'string' || v instanceof Safe;
export const isNumber = (v) => typeof v === 'number' || v instanceof Float || typeof v === 'boolean';
export const isFloat = (v) => v instanceof Float || (typeof v === 'number' && !Number.isInteger(v));
export const float = (n) => (Number.isInteger(n) ? new Float(n) : n);
export const tuple = (items) => Tuple.from(items);
export const lazy = (items) => Lazy.from(items);

/** A value that JavaScript can compare: Safe to text, Float and booleans to numbers. */
export const plain = (v) => {
  if (v instanceof Safe) return v.text;
  return v instanceof Float || typeof v === 'boolean' ? Number(v) : v;
};

/** Builds a dict from pairs. */
export const dict = (pairs) => {
  const made = Object.create(null);
  for (const [key, value] of pairs) made[str(key)] = value;
  return made;
};

/** The same kind of text as `like`. */
export const wrap = (like, text) => (like instanceof Safe && typeof text === 'string' ? new Safe(text) : text);

export const truth = (v) => {
  if (!v) return false;
  if (v === true || typeof v !== 'object') return true;
  if (Array.isArray(v)) return v.length > 0 || v instanceof Lazy;
  if (v instanceof Safe) return v.text !== '';
  if (v instanceof Float) return Number(v) !== 0;
  return !isDict(v) || Object.keys(v).length > 0;
};

export const defined = (v, name = 'value') => {
  if (v === undefined) throw new UndefinedError(`${name} is undefined`);
  return v;
};

/** The items of a value as an array: a list itself, a text's characters, a dict's keys. */
export const iter = (v) => {
  if (Array.isArray(v)) return v;
  if (v === undefined) return [];
  if (isText(v)) return [...str(v)];
  if (isDict(v)) return Object.keys(v);
  throw new TypeError(`${repr(v)} is not iterable`);
};

export const unpack = (v, count) => {
  const items = iter(v);
  if (items.length !== count) throw new TypeError(`expected ${count} values, got ${items.length}`);
  return items;
};

const floatText = (n) => {
  if (!Number.isFinite(n)) return String(n).replace('Infinity', 'inf').replace('NaN', 'nan');
  const size = Math.abs(n);
  const tiny = size !== 0 && size < 1e-4;
  const text = tiny || size >= 1e16 ? n.toExponential() : String(n);
  if (text.includes('e')) return text.replace(/e([+-])(\d)$/, 'e$10$2');
  return text.includes('.') ? text : `${Object.is(n, -0) ? '-' : ''}${text}.0`;
};

const ESCAPED = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\\': '\\\\' };
const quoted = (text) => {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const hex = (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: as Python does
  const inside = text.replace(/[\\\0-\x1f\x7f-\xa0\xad]/g, (c) => ESCAPED[c] ?? hex(c));
  return mark + (mark === "'" ? inside.replaceAll("'", "\\'") : inside) + mark;
};

/** Python's `repr`. */
export const repr = (v) => {
  if (typeof v === 'string') return quoted(v);
  if (v instanceof Safe) return `Markup(${quoted(v.text)})`;
  if (v === undefined) return 'Undefined';
  if (v instanceof Tuple) return `(${[...v].map(repr).join(', ')}${v.length === 1 ? ',' : ''})`;
  if (Array.isArray(v)) return `[${v.map(repr).join(', ')}]`;
  if (isDict(v)) return `{${Object.keys(v).map((k) => `${quoted(k)}: ${repr(v[k])}`).join(', ')}}`;
  return str(v);
};

const WORDS = new Map([[undefined, ''], [null, 'None'], [true, 'True'], [false, 'False']]);

/** Python's `str`. */
export const str = (v) => {
  if (typeof v === 'string') return v;
  if (WORDS.has(v)) return WORDS.get(v);
  if (v instanceof Safe) return v.text;
  if (isFloat(v)) return floatText(Number(v));
  if (typeof v === 'number') return String(v === 0 ? 0 : v);
  return typeof v === 'function' || (typeof v === 'object' && Object.hasOwn(v, 'body')) ? String(v) : repr(v);
};

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', "'": '&#39;', '"': '&#34;' };
const SPECIAL = /[&<>'"]/;
const EVERY_SPECIAL = /[&<>'"]/g;

export const escapeText = (text) => (SPECIAL.test(text) ? text.replace(EVERY_SPECIAL, (c) => ENTITIES[c]) : text);

/** The text of a value inside HTML. */
export const esc = (v) => (typeof v === 'string' ? escapeText(v) : v instanceof Safe ? v.text : escapeText(str(v)));
export const safe = (v) => (v instanceof Safe ? v : new Safe(str(v)));
export const mark = (v, escaping) => (escaping ? safe(v) : v);

/** What the server prints when its `finalize` turns None into nothing. */
export const show = (v) => (v === null ? '' : str(v));
export const showEsc = (v) => (v === null ? '' : esc(v));
