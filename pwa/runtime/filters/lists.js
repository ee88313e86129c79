// Filters on lists and dicts.
import { Lazy, Safe, Tuple, esc, isDict, isText, iter, lazy, str, truth, wrap } from '../values.js';
import { attr as attribute, reader } from '../access.js';
import { dictItems } from '../methods.js';
import { add, compare, eq } from '../operators.js';
import { chars, size } from '../text.js';
import { withNames } from './define.js';

const small = (v) => (isText(v) ? str(v).toLowerCase() : v);
export const keyOf = (read, caseSensitive) => (caseSensitive ? read : (v) => small(read(v)));

/** The items in the order of their keys; equal ones stay as they were, also in reverse. */
export const inOrder = (items, key, reverse) => {
  const keyed = items.map((v) => ({ v, key: key(v) }));
  keyed.sort((a, b) => (reverse ? compare(b.key, a.key) : compare(a.key, b.key)));
  return keyed.map(({ v }) => v);
};

const sort = withNames('reverse case_sensitive attribute', (v, reverse = false, caseSensitive = false, by = null) => {
  const paths = typeof by === 'string' ? by.split(',') : [by];
  const reads = paths.map((path) => keyOf(reader(path), caseSensitive));
  return inOrder([...iter(v)], (x) => reads.map((read) => read(x)), reverse);
});

class Group extends Tuple {
  static shown = ['grouper', 'list'];

  get grouper() { return this[0]; }
  get list() { return this[1]; }
}

const groupby = withNames('attribute default case_sensitive', (v, by, other = null, caseSensitive = false) => {
  const read = reader(by, other);
  const key = keyOf(read, caseSensitive);
  const groups = [];
  for (const each of inOrder([...iter(v)], key, false)) {
    const last = groups.at(-1);
    if (last && eq(key(last[1][0]), key(each))) last[1].push(each);
    else groups.push(Group.from([read(each), [each]]));
  }
  return groups;
});

const best = (sign) => withNames('case_sensitive attribute', (v, caseSensitive = false, by = null) => {
  const key = keyOf(reader(by), caseSensitive);
  const better = (a, b) => (sign * compare(key(b), key(a)) > 0 ? b : a);
  return iter(v).length ? [...iter(v)].reduce(better) : undefined;
});

const unique = withNames('case_sensitive attribute', (v, caseSensitive = false, by = null) => {
  const key = keyOf(reader(by), caseSensitive);
  const seen = [];
  return lazy(iter(v).filter((each) => !seen.some((x) => eq(x, key(each))) && seen.push(key(each))));
});

const join = withNames('d attribute', function join(v, separator = '', by = null) {
  const items = iter(v).map(reader(by));
  const marked = this.escaping && [separator, ...items].some((x) => x instanceof Safe);
  return marked ? new Safe([...items].map(esc).join(esc(separator))) : [...items].map(str).join(str(separator));
});

const length = (v) => {
  if (v instanceof Lazy) throw new TypeError('a generator has no length');
  return isText(v) ? size(str(v)) : iter(v).length;
};

const reverse = (v) => (isText(v) ? wrap(v, chars(str(v)).reverse().join('')) : lazy(iter(v)).reverse());

const orElse = withNames('default_value boolean', (v, other = '', boolean = false) =>
  (v === undefined || (boolean && !truth(v)) ? other : v));

const items = (v) => {
  if (v !== undefined && !isDict(v)) throw new TypeError('only a mapping has items');
  return lazy(v === undefined ? [] : dictItems(v));
};

const sum = withNames('attribute start', (v, by = null, start = 0) => iter(v).map(reader(by)).reduce(add, start));

export const lists = {
  attr: withNames('name', (v, name) => attribute(v, str(name))),
  count: length,
  d: orElse,
  default: orElse,
  first: (v) => iter(v)[0],
  groupby,
  items,
  join,
  last: (v) => iter(v).at(-1),
  length,
  list: (v) => [...iter(v)],
  max: best(1),
  min: best(-1),
  reverse,
  sort,
  sum,
  unique,
};
