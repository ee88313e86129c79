/** Sort keys; mirrors server/core/sorting.py, whose table it is handed. */
import { DEPENDENT, decompose, dropMarks, isAscii, isWhite } from './letters.js';

const LENGTH = 80;
const OTHERS = 0x600;
const END = '\ud7ff';
// Marks that make a letter of its own: hamza and madda of Arabic, the breve of и.
const KEPT = /(\u0438\u0306|[\u0653-\u0655])/;
const SIGMA = '\u03a3'; // the one capital whose small letter depends on where it stands
const data = { scripts: {}, own: {}, places: { fa: new Map(), ar: new Map() } };
const plain = []; // code of a letter → its letters, worked out when it is first met

function placesOf(table, arabic) {
  const places = new Map();
  for (const [script, [base]] of Object.entries(table.scripts)) {
    const alphabet = table.alphabets[script === 'arabic' ? arabic : script];
    alphabet.split(' ').forEach((group, i) => {
      for (const letter of group) places.set(letter, String.fromCharCode(base + i));
    });
  }
  for (const [letter, to] of Object.entries(table.expand[arabic])) {
    places.set(letter, Array.from(to, (c) => places.get(c)).join(''));
  }
  return places;
}

export function configure(table) {
  Object.assign(data, table);
  plain.length = 0;
  data.places = { fa: placesOf(table, 'arabic'), ar: placesOf(table, 'arabic-ar') };
}

/** Letters with only those marks that make another letter. */
function lettersOf(s) {
  const whole = decompose(s);
  if (isAscii(whole)) return whole;
  const parts = whole.split(KEPT);
  const kept = parts.map((part, i) => (i % 2 ? part : dropMarks(part))).join('');
  return dropMarks(kept.normalize('NFC'));
}

/** The same one by one, where no letter depends on its neighbours: many times as fast. */
function plainOf(s) {
  if (DEPENDENT.test(s) || s.includes(SIGMA)) return lettersOf(s);
  let found = '';
  for (let i = 0; i < s.length; i++) found += (plain[s.charCodeAt(i)] ??= lettersOf(s[i]));
  return found;
}

/** Key of a number or of a letter outside the alphabets; empty for signs. */
function place(token) {
  if (/^[0-9]/.test(token)) {
    const value = token.replace(/^0+/, '');
    return String.fromCharCode(0x40 + Math.min(value.length, 63)) + value;
  }
  if (!/[\p{L}\p{M}\p{N}]/u.test(token)) return '';
  const c = token.codePointAt(0);
  for (const [base, blocks] of Object.values(data.scripts)) {
    if (blocks.some(([low, high]) => low <= c && c < high)) return String.fromCharCode(base + 0xff, 0x1000 + c);
  }
  return String.fromCharCode(OTHERS + (c >> 8), 0x1000 + (c & 0xff));
}

const isDigit = (code) => code >= 0x30 && code <= 0x39;

/** A whole number, or one letter. */
function tokenAt(text, at) {
  let end = at;
  while (isDigit(text.charCodeAt(end))) end++;
  return end > at ? text.slice(at, end) : String.fromCodePoint(text.codePointAt(at));
}

/** At most 80 characters, all below U+D800; empty for text without letters or digits. */
export function sortKey(s, lang) {
  const places = lang === 'ar' ? data.places.ar : data.places.fa;
  let key = '';
  let gap = '';
  const text = plainOf(s);
  for (let at = 0; at < text.length && key.length < LENGTH; ) {
    const token = tokenAt(text, at);
    at += token.length;
    const part = places.get(token) || (isWhite(token) ? '' : place(token));
    if (part) key += gap + part;
    if (part) gap = '';
    else if (isWhite(token)) gap = key ? ' ' : '';
  }
  return key.slice(0, LENGTH);
}

/** [low, high) ranges of keys, the person's own script first, then the rest as they stand. */
export function scriptRanges(lang) {
  const [base] = data.scripts[data.own[lang] ?? 'latin'];
  const [low, high] = [String.fromCharCode(base), String.fromCharCode(base + 0x100)];
  return [[low, high], ['', low], [high, END]];
}
