// Filters that apply another filter, or a test, to every item.
import { iter, lazy, str, truth } from '../values.js';
import { reader } from '../access.js';
import { raw } from './define.js';

/** The items; none of whatever is false, as Jinja does it, so also none of None. */
const itemsOf = (v) => lazy(truth(v) ? iter(v) : []);

const map = raw(function map(v, args, named) {
  if (!args.length && 'attribute' in named) return itemsOf(v).map(reader(named.attribute, named.default));
  const [name, ...rest] = args;
  const names = Object.keys(named).length ? named : null;
  return itemsOf(v).map((each) => this.render.filter(str(name), each, rest, names, this.escaping));
});

/** Keeps what passes the test (or is true), read by an attribute first if `byAttribute`. */
const picker = (byAttribute, wanted) => raw(function pick(v, args) {
  const [path, ...others] = byAttribute ? args : [null, ...args];
  const read = reader(path);
  const [test, ...rest] = others;
  const passes = (each) => (test === undefined ? truth(each) : truth(this.render.test(str(test), each, rest)));
  return itemsOf(v).filter((each) => passes(read(each)) === wanted);
});

export const pickers = {
  map,
  reject: picker(false, false),
  rejectattr: picker(true, false),
  select: picker(false, true),
  selectattr: picker(true, true),
};
