/** Conditions on records as one readable line; mirrors server/core/criteria.py, which says how. */
import { clean } from './text.js';

const [LONGEST, MOST_LEAVES, MOST_VALUES] = [4000, 40, 50];
const NAME = /([A-Za-z_][A-Za-z0-9_-]*)\.([a-z]+)/y;
const VALUE = /[.|](?:"((?:[^"\\]|\\["\\])*)"|([^,()|"\\]+))/y;
const OPENING = /(and|or)\(/y;
const SIGNS = /[,()|"\\]/;

/** The tree, with no condition for an empty text; null for what is none. */
export function read(text) {
  if (Array.from(text).length > LONGEST) return null;
  if (!text) return { join: 'and', of: [] };
  const reader = new Reader(text);
  const found = reader.top();
  const fits = found && reader.at === text.length && reader.leaves <= MOST_LEAVES;
  return fits ? tidy(found) : null;
}

/** Where reading stands; each of the methods gives null for what is not there. */
class Reader {
  constructor(text) {
    this.text = text;
    this.at = this.leaves = 0;
  }

  match(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  top() {
    if (this.text.startsWith('or(') && this.text.endsWith(')')) {
      const whole = this.group(true);
      if (whole && this.at === this.text.length) return whole;
      this.at = this.leaves = 0;
    }
    const of = this.items(true);
    return of ? { join: 'and', of } : null;
  }

  items(nested) {
    const found = [];
    for (;;) {
      const one = (nested ? this.group(false) : null) ?? this.leaf();
      if (!one) return null;
      found.push(one);
      if (!this.takes(',')) return found;
    }
  }

  group(nested) {
    const opening = this.match(OPENING);
    if (!opening) return null;
    const of = this.items(nested);
    return of && this.takes(')') ? { join: opening[1], of } : null;
  }

  leaf() {
    const [, field, op] = this.match(NAME) ?? [];
    this.leaves++;
    const values = field ? this.values() : null;
    return values && { field, op, values };
  }

  values() {
    const found = [];
    while (this.text[this.at] === (found.length ? '|' : '.')) {
      const value = this.match(VALUE);
      const plain = value && clean(value[2] ?? value[1].replace(/\\([\s\S])/g, '$1'));
      if (!plain || found.length === MOST_VALUES) return null;
      found.push(plain);
    }
    return found;
  }

  takes(sign) {
    const taken = this.text.startsWith(sign, this.at);
    if (taken) this.at += sign.length;
    return taken;
  }
}

/** The same without groups that say nothing of their own. */
export function tidy(tree) {
  const of = tree.of.flatMap((one) => (!one.of || (one.of.length > 1 && one.join !== tree.join) ? [one] : one.of));
  if (of.length === 1) return of[0].of ? of[0] : { join: 'and', of };
  return { join: of.length ? tree.join : 'and', of };
}

/** The line of a tree. */
export function write(whole) {
  const { join, of } = tidy(whole);
  const line = of.map(written).join(',');
  return join === 'or' ? `or(${line})` : line;
}

function written(one) {
  if (one.of) return `${one.join}(${one.of.map(written).join(',')})`;
  const values = one.values.map(quoted).join('|');
  return `${one.field}.${one.op}${values ? `.${values}` : ''}`;
}

const quoted = (value) => (SIGNS.test(value) ? `"${value.replace(/(["\\])/g, '\\$1')}"` : value);

/** Every condition of a tree. */
export const leaves = (tree) => tree.of.flatMap((one) => one.of ?? [one]);
