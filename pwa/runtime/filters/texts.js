// Filters on text.
import { Safe, Tuple, esc, str, wrap } from '../values.js';
import { format as formatted } from '../format.js';
import { replaced } from '../methods.js';
import { capitalize, center, chars, lines, size, strip, titleWords } from '../text.js';
import { raw, withNames } from './define.js';

const onText = (work) => (v, ...args) => wrap(v, work(str(v), ...args));

const replace = withNames('old new count', function replace(v, old, by, count) {
  const escaping = this.escaping && (old instanceof Safe || by instanceof Safe) && !(v instanceof Safe);
  return replaced(escaping ? new Safe(esc(v)) : v instanceof Safe ? v : str(v), old, by, count);
});

const truncate = withNames('length killwords end leeway', (v, length = 255, killwords = false, end = '...', leeway = 5) => {
  const all = chars(str(v));
  if (all.length <= length + (leeway ?? 5)) return v;
  const cut = all.slice(0, length - size(str(end))).join('');
  const space = killwords ? -1 : cut.lastIndexOf(' ');
  return wrap(v, (space < 0 ? cut : cut.slice(0, space)) + (v instanceof Safe ? esc(end) : str(end)));
});

const indent = withNames('width first blank', (v, width = 4, first = false, blank = false) => {
  const before = typeof width === 'number' ? ' '.repeat(width) : str(width);
  const [head, ...rest] = lines(`${str(v)}\n`);
  const tail = rest.map((line) => (blank || line ? before + line : line));
  return wrap(v, (first ? before : '') + [head, ...tail].join('\n'));
});

const format = raw((v, args, named) => {
  if (args.length && Object.keys(named).length) throw new TypeError('format takes places or names, not both');
  return formatted(v instanceof Safe ? v : str(v), Object.keys(named).length ? named : Tuple.from(args));
});

export const texts = {
  capitalize: onText(capitalize),
  center: withNames('width', onText((text, width = 80) => center(text, width))),
  format,
  indent,
  lower: onText((text) => text.toLowerCase()),
  replace,
  string: (v) => (v instanceof Safe ? v : str(v)),
  title: onText(titleWords),
  trim: withNames('chars', onText((text, set) => strip(text, set === undefined || set === null ? null : str(set)))),
  truncate,
  upper: onText((text) => text.toUpperCase()),
  wordcount: (v) => (str(v).match(/[\p{L}\p{N}_]+/gu) ?? []).length,
};
