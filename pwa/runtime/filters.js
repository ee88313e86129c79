// Jinja's built-in filters, and how a filter is called.
import { html } from './filters/html.js';
import { lists } from './filters/lists.js';
import { numbers } from './filters/numbers.js';
import { pickers } from './filters/pickers.js';
import { texts } from './filters/texts.js';

export const filters = { ...html, ...lists, ...numbers, ...pickers, ...texts };

/** Positional and named arguments in the order of `names`. */
const ordered = (filter, args, named) => {
  if (!named) return args;
  const all = [...args];
  for (const [name, value] of Object.entries(named)) {
    const at = filter.names?.indexOf(name) ?? -1;
    if (at < 0) throw new TypeError(`filter without an argument ${name}`);
    all[at] = value;
  }
  return all;
};

/** A filter sees the render and whether the template escapes as `this.render`, `this.escaping`. */
export const runFilter = (render, filter, value, args, named, escaping) => {
  const site = { render, escaping };
  if (filter.raw) return filter.call(site, value, args, named ?? {});
  return filter.call(site, value, ...ordered(filter, args, named));
};
