// Jinja's built-in global functions.
import { Namespace } from './values.js';
import { takesNames } from './access.js';
import { translations } from './i18n.js';

const range = (...ends) => {
  const [start, stop, step = 1] = ends.length === 1 ? [0, ends[0]] : ends;
  if (step === 0) throw new RangeError('range() by zero');
  const length = Math.max(0, Math.ceil((stop - start) / step));
  return Array.from({ length }, (_, i) => start + i * step);
};

class Cycler {
  static shown = ['next', 'reset', 'current'];

  constructor(items) {
    if (!items.length) throw new TypeError('no items');
    this.items = items;
    this.at = 0;
  }

  get current() { return this.items[this.at]; }

  next() {
    const value = this.current;
    this.at = (this.at + 1) % this.items.length;
    return value;
  }

  reset() {
    this.at = 0;
    return null;
  }
}

const joiner = takesNames(([first], { sep = ', ' }) => {
  let used = false;
  return () => {
    const text = used ? first ?? sep : '';
    used = true;
    return text;
  };
});

const merged = ([first]) => (Array.isArray(first) ? Object.fromEntries(first) : first);

export const globals = {
  range,
  dict: takesNames((args, named) => ({ ...merged(args), ...named })),
  namespace: takesNames((args, named) => Object.assign(new Namespace(), merged(args), named)),
  cycler: (...items) => new Cycler(items),
  joiner,
  ...translations,
};
