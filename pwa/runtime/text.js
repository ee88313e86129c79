// Text as Python treats it: by code point, with Python's idea of white space and letter case.

const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const LEFT = new RegExp(`^[${SPACE}]+`);
const RIGHT = new RegExp(`[${SPACE}]+$`);
const SPACES = new RegExp(`[${SPACE}]+`);
const TITLE_STARTS = new RegExp(`([-${SPACE}({[<]+)`);

export const chars = (text) => [...text];
export const size = (text) => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

/** Strips `set` (white space if null) from the sides named by `left` and `right`. */
export const strip = (text, set = null, left = true, right = true) => {
  if (set === null) {
    const half = left ? text.replace(LEFT, '') : text;
    return right ? half.replace(RIGHT, '') : half;
  }
  const all = chars(text);
  let from = 0;
  let to = all.length;
  while (left && from < to && set.includes(all[from])) from += 1;
  while (right && to > from && set.includes(all[to - 1])) to -= 1;
  return all.slice(from, to).join('');
};

export const words = (text) => text.split(SPACES).filter((word) => word !== '');

const splitSpaces = (text, max) => {
  const found = [];
  let rest = text.replace(LEFT, '');
  while (found.length < max && SPACES.test(rest)) {
    const word = rest.split(SPACES, 1)[0];
    found.push(word);
    rest = rest.slice(word.length).replace(LEFT, '');
  }
  return rest === '' ? found : [...found, rest];
};

export const split = (text, separator = null, max = -1) => {
  if (separator === null) return max < 0 ? words(text) : splitSpaces(text, max);
  const parts = text.split(separator);
  if (max < 0 || parts.length <= max + 1) return parts;
  return [...parts.slice(0, max), parts.slice(max).join(separator)];
};

export const lines = (text) => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: as Python does
  const parts = text.split(/\r\n|[\n-\r\x1c-\x1e\x85\u2028\u2029]/);
  return parts.at(-1) === '' ? parts.slice(0, -1) : parts;
};

/** Orders by code point, as Python does; JavaScript orders by UTF-16 unit. */
export const compareText = (a, b) => {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    if (a[i] !== b[i]) return rank(a.charCodeAt(i)) - rank(b.charCodeAt(i));
  }
  return a.length - b.length;
};
const rank = (unit) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

const DIGRAPHS = 'ǄǅǆǇǈǉǊǋǌǱǲǳ';

/** A character as the first of a title: mostly its capital. */
const titleChar = (char) => {
  const digraph = DIGRAPHS.indexOf(char);
  if (digraph >= 0) return DIGRAPHS[digraph - (digraph % 3) + 1];
  if (/\p{Script=Georgian}/u.test(char)) return char;
  const [first, ...rest] = char.toUpperCase();
  return char === 'ŉ' ? 'ʼN' : first + rest.join('').toLowerCase();
};

/** The first character as in a title, the others small (a sigma by what stands around it). */
export const capitalize = (text) => {
  const [first = ''] = text;
  return first && titleChar(first) + text.toLowerCase().slice(first.toLowerCase().length);
};

/** Words begin after white space, hyphen or an opening bracket. */
export const titleWords = (text) =>
  text.split(TITLE_STARTS).map((part) => {
    const [first = ''] = part;
    return first.toUpperCase() + part.slice(first.length).toLowerCase();
  }).join('');

export const isUpper = (text) => /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text);
export const isLower = (text) => /\p{Lowercase}/u.test(text) && !/[\p{Uppercase}\p{Lt}]/u.test(text);

export const center = (text, width) => {
  const room = width - size(text);
  if (room <= 0) return text;
  const left = Math.floor(room / 2) + (room & width & 1);
  return ' '.repeat(left) + text + ' '.repeat(room - left);
};

export const pad = (text, width, fill = ' ', atEnd = false) => {
  const room = fill.repeat(Math.max(0, width - size(text)));
  return atEnd ? text + room : room + text;
};

/** Zeros between the sign and the digits. */
export const zeros = (text, width) => {
  const sign = /^[+-]/.test(text) ? text[0] : '';
  return sign + pad(text.slice(sign.length), width - sign.length, '0');
};
