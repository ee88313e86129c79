/** Letters made comparable; mirrors server/core/letters.py, whose table it is handed. */

// U+1171E was a nonspacing mark in Unicode 14 and is a spacing one in later versions.
const MARKS = /[\p{Mn}\u{1171e}]/gu;
const data = { white: '', unseen: /$^/g, alike: new Map(), digits: new Map() };

const inClass = (s) => [...s].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

/** @param {{white: string, unseen: string, alike: Record<string, string>, zeros: number[]}} table */
export function configure(table) {
  data.white = table.white;
  data.unseen = new RegExp(`[${inClass(table.unseen)}]`, 'g');
  data.alike = new Map();
  for (const [letters, to] of Object.entries(table.alike)) for (const c of letters) data.alike.set(c, to);
  const controls = Array.from({ length: 0xa0 }, (_, c) => c).filter((c) => c < 0x20 || c > 0x7e);
  for (const c of [...table.white, ...controls.map((c) => String.fromCharCode(c))]) data.alike.set(c, ' ');
  data.digits = new Map();
  for (const zero of table.zeros) {
    for (let i = 0; i < 10; i++) data.digits.set(String.fromCodePoint(zero + i), String(i));
  }
}

/** What a letter is folded to: itself, its like, a space for white space and controls. */
export const alike = (c) => data.alike.get(c) ?? c;
export const isWhite = (c) => data.white.includes(c);
export const isAscii = (s) => /^[\0-\x7f]*$/.test(s);

/** Any decimal digits as ASCII; the rest untouched. */
export const digits = (s) => (s ?? '').replace(/\p{Nd}/gu, (c) => data.digits.get(c) ?? c);

/** Without the signs that are not seen. */
/** Combining marks, which compose or change places, and what lies beyond Latin to Arabic. */
export const DEPENDENT = /[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\uffff]/;

export const seen = (s) => (s ?? '').replace(data.unseen, '');

/** Lower-case NFKD without unseen signs; every decimal digit ASCII. Marks are kept. */
export const decompose = (s) => digits(seen(s).normalize('NFKD').toLowerCase());

/** Without nonspacing marks: accents, niqqud, harakat. */
export const dropMarks = (s) => s.replace(MARKS, '');

/** Without white space at either end. */
export function trim(s) {
  let from = 0;
  let to = s.length;
  while (from < to && isWhite(s[from])) from++;
  while (to > from && isWhite(s[to - 1])) to--;
  return s.slice(from, to);
}
