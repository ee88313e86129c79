// Seldom used filters on text and HTML.
import { Safe, esc, escapeText, mark, repr, str, wrap } from '../values.js';
import { center, lines, titleWords, words } from '../text.js';
import { withNames } from './define.js';

const indent = withNames('width first blank', (v, width = 4, first = false, blank = false) => {
  const before = typeof width === 'number' ? ' '.repeat(width) : str(width);
  const [head, ...rest] = lines(`${str(v)}\n`);
  const tail = rest.map((line) => (blank || line ? before + line : line));
  return wrap(v, (first ? before : '') + [head, ...tail].join('\n'));
});

const without = (text, open, close) => {
  let rest = text;
  for (let from = rest.indexOf(open); from >= 0; from = rest.indexOf(open)) {
    const to = rest.indexOf(close, from);
    if (to < 0) break;
    rest = rest.slice(0, from) + rest.slice(to + close.length);
  }
  return rest;
};
const CHARACTERS = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\xa0' };
const unescape = (text) => text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(amp|lt|gt|quot|apos|nbsp));/gi, (_, ten, hex, name) =>
  (name ? CHARACTERS[name.toLowerCase()] : String.fromCodePoint(parseInt(ten ?? hex, ten ? 10 : 16))));
const striptags = (v) => unescape(words(without(without(str(v), '<!--', '-->'), '<', '>')).join(' '));

const xmlattr = withNames('autospace', function xmlattr(map, autospace = true) {
  const given = Object.keys(map).filter((key) => map[key] !== null && map[key] !== undefined);
  const bad = given.find((key) => /[ \t-\r/>=]/.test(key));
  if (bad !== undefined) throw new TypeError(`${repr(bad)} cannot name an attribute`);
  const text = given.map((key) => `${escapeText(key)}="${esc(map[key])}"`).join(' ');
  return mark((autospace && text ? ' ' : '') + text, this.escaping);
});

export const moreTexts = {
  center: withNames('width', (v, width = 80) => wrap(v, center(str(v), width))),
  forceescape: (v) => new Safe(escapeText(str(v))),
  indent,
  striptags,
  title: (v) => wrap(v, titleWords(str(v))),
  wordcount: (v) => (str(v).match(/[\p{L}\p{N}_]+/gu) ?? []).length,
  xmlattr,
};
