// Filters on text.
import { Safe, Tuple, esc, str, wrap } from '../values.js';
import { format as formatted } from '../format.js';
import { replaced } from '../methods.js';
import { capitalize, chars, size, strip } from '../text.js';
import { raw, withNames } from './define.js';

const onText = (work) => (v, ...args) => wrap(v, work(str(v), ...args));

const replace = withNames('old new count', function replace(v, old, by, count) {
  if (!this.escaping) return replaced(str(v), str(old), str(by), count);
  const marked = old instanceof Safe || by instanceof Safe;
  const text = marked || v instanceof Safe ? new Safe(esc(v)) : str(v);
  return replaced(text, old instanceof Safe ? old : str(old), by instanceof Safe ? by : str(by), count);
});

const truncate = withNames('length killwords end leeway', (v, length = 255, killwords = false, end = '...', leeway = 5) => {
  const all = chars(str(v));
  if (all.length <= length + (leeway ?? 5)) return v;
  const cut = all.slice(0, length - size(str(end))).join('');
  const space = killwords ? -1 : cut.lastIndexOf(' ');
  return wrap(v, (space < 0 ? cut : cut.slice(0, space)) + (v instanceof Safe ? esc(end) : str(end)));
});

const format = raw((v, args, named) => {
  if (args.length && Object.keys(named).length) throw new TypeError('places and names');
  return formatted(v instanceof Safe ? v : str(v), Object.keys(named).length ? named : Tuple.from(args));
});

export const texts = {
  capitalize: onText(capitalize),
  format,
  lower: onText((text) => text.toLowerCase()),
  replace,
  string: (v) => (v instanceof Safe ? v : str(v)),
  trim: withNames('chars', onText((text, set) => strip(text, set === undefined || set === null ? null : str(set)))),
  truncate,
  upper: onText((text) => text.toUpperCase()),
};
