// What `loop` is inside a `{% for %}`.
import { eq } from './operators.js';
import { iter } from './values.js';

export class Loop {
  static shown = ['index', 'index0', 'revindex', 'revindex0', 'first', 'last', 'length', 'depth', 'depth0',
    'previtem', 'nextitem', 'cycle', 'changed'];

  constructor(items, depth0, render) {
    this.items = items;
    this.depth0 = depth0;
    this.render = render;
    this.i = 0;
    this.seen = null;
  }

  get index() { return this.i + 1; }
  get index0() { return this.i; }
  get revindex() { return this.length - this.i; }
  get revindex0() { return this.length - this.i - 1; }
  get first() { return this.i === 0; }
  get last() { return this.i === this.length - 1; }
  get length() { return this.items.length; }
  get depth() { return this.depth0 + 1; }
  get previtem() { return this.items[this.i - 1]; }
  get nextitem() { return this.items[this.i + 1]; }

  cycle(...values) {
    if (!values.length) throw new TypeError('no items');
    return values[this.i % values.length];
  }

  changed(...values) {
    const changed = this.seen === null || !eq(this.seen, values);
    this.seen = values;
    return changed;
  }

  /** `loop(items)` in a recursive loop. */
  call(items) {
    if (!this.render) throw new TypeError('loop is not recursive');
    return this.render(iter(items), this.depth);
  }
}
