/** The letters that stand for a name; mirrors initials() of server/web/filters.py. */
import { isWhite, seen } from './letters.js';

const JOINING = [[0x600, 0x780], [0x870, 0x900]];
const UNMARKED = [[0x590, 0x780], [0x870, 0x900]];
const DENSE = [[0x1100, 0x1200], [0x3040, 0xa000], [0xac00, 0xd7a4], [0x20000, 0x32000]];

const within = (letter, blocks) => {
  const c = letter.codePointAt(0);
  return blocks.some(([low, high]) => low <= c && c < high);
};

/** The word's first letter or digit with its marks, as a capital. */
function initial(word) {
  const match = /([\p{L}\p{N}])(\p{M}*)/u.exec(word);
  if (!match) return '';
  const [, c, marks] = match;
  const upper = c.toUpperCase();
  const capital = upper.length === 1 && upper.charCodeAt(0) < 0x590 ? upper : c;
  return within(c, UNMARKED) ? capital : capital + marks;
}

/** First letters of the first and the last word; in Chinese, Japanese, Korean one sign. */
export function initials(name) {
  const plain = Array.from(seen(name).normalize('NFC'), (c) => (isWhite(c) ? ' ' : c)).join('');
  const found = plain.split(' ').map(initial).filter(Boolean);
  if (found.length < 2 || within(found[0], DENSE)) return found[0] ?? '';
  const last = found.at(-1);
  const joined = within(found[0], JOINING) && within(last, JOINING);
  return found[0] + (joined ? '\u200c' : '') + last;
}
