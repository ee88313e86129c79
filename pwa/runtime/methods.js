// The methods of Python's text, lists and dicts.
import { Lazy, Safe, Tuple, esc, iter, str, wrap } from './values.js';
import { capitalize, chars, isLower, isUpper, size, split, strip } from './text.js';
import { eq } from './operators.js';
import { strFormat } from './format.js';

const anyOf = (part, test) => (Array.isArray(part) ? part.map(str).some(test) : test(str(part)));
const place = (text, part) => {
  const at = text.indexOf(part);
  return at < 0 ? at : size(text.slice(0, at));
};
const replace = (text, old, by, count = -1) => {
  const parts = old === '' && count >= 0 ? [text] : old === '' ? ['', ...chars(text), ''] : text.split(old);
  if (count < 0 || parts.length <= count + 1) return parts.join(by);
  return parts.slice(0, count + 1).join(by) + old + parts.slice(count + 1).join(old);
};

const TEXT = {
  upper: (s) => s.toUpperCase(),
  lower: (s) => s.toLowerCase(),
  capitalize,
  replace,
  split,
  strip: (s, set) => strip(s, set),
  lstrip: (s, set) => strip(s, set, true, false),
  rstrip: (s, set) => strip(s, set, false, true),
  startswith: (s, part) => anyOf(part, (x) => s.startsWith(x)),
  endswith: (s, part) => anyOf(part, (x) => s.endsWith(x)),
  join: (s, items) => iter(items).map(str).join(s),
  find: place,
  count: (s, part) => s.split(part).length - 1,
  isdigit: (s) => /^\p{Nd}+$/u.test(s),
  isupper: isUpper,
  islower: isLower,
};
/** Which argument is escaped before it goes into safe text. */
const ESCAPED = { join: 0, replace: 1 };

/** `replace`, where what is put into safe text is escaped. */
export const replaced = (text, old, by, count) => callText(text, 'replace', [old, by, count ?? -1], null);

const escaped = (arg) => (Array.isArray(arg) ? arg.map((x) => esc(x)) : esc(arg));

export const isTextMethod = (name) => name === 'format' || Object.hasOwn(TEXT, name);
export const callText = (v, name, args, named) => {
  if (name === 'format') return strFormat(v, args, named);
  const at = v instanceof Safe ? ESCAPED[name] : undefined;
  const given = args.map((arg, i) => (i === at ? escaped(arg) : arg instanceof Safe ? arg.text : arg));
  const result = TEXT[name](str(v), ...given);
  return Array.isArray(result) ? result.map((x) => wrap(v, x)) : wrap(v, result);
};

const found = (list, v) => {
  const at = list.findIndex((x) => eq(x, v));
  if (at < 0) throw new RangeError('not in the list');
  return at;
};
const quietly = (work) => (...args) => {
  work(...args);
  return null;
};

const LIST = {
  append: quietly((list, v) => list.push(v)),
  extend: quietly((list, v) => list.push(...iter(v))),
  pop: (list, at = -1) => list.splice(at < 0 ? list.length + at : at, 1)[0],
  index: found,
  count: (list, v) => list.filter((x) => eq(x, v)).length,
  copy: (list) => [...list],
};

const own = (map, key) => Object.hasOwn(map, str(key));
const DICT = {
  items: (map) => Object.entries(map).map((pair) => Tuple.from(pair)),
  keys: (map) => Object.keys(map),
  values: (map) => Object.values(map),
  get: (map, key, other = null) => (own(map, key) ? map[str(key)] : other),
  copy: (map) => ({ ...map }),
  update: quietly((map, other) => Object.assign(map, other)),
};

const bound = (table, v, name) => (Object.hasOwn(table, name) ? (...args) => table[name](v, ...args) : undefined);
const ofTuple = (name) => name === 'index' || name === 'count';

export const dictMethod = (v, name) => bound(DICT, v, name);
export const listMethod = (v, name) =>
  (v instanceof Lazy || (v instanceof Tuple && !ofTuple(name)) ? undefined : bound(LIST, v, name));
export const dictItems = (v) => DICT.items(v);
