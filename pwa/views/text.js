/** Text as it is stored and searched; mirrors server/core/text.py. */
import * as letters from './letters.js';
import * as sorting from './sorting.js';

export { digits } from './letters.js';
export { scriptRanges, sortKey } from './sorting.js';

const PHONE = /^[+(0-9][0-9()./-]*$/;
const OPENS = /^(?:\+|\(?0)/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f]|\p{Cs}/gu;
let softened = new Map();

/** @param {{letters: object, sorting: object, soft: object}} table what server/core/text.py's table() gives */
export function configure(table) {
  letters.configure(table.letters);
  folded.length = 0;
  sorting.configure(table.sorting);
  softened = new Map(Object.entries(table.soft));
}

/** A text for looking within one field, as databases make it too. */
export const soft = (s) => s && Array.from(s, (c) => softened.get(c) ?? c).join('');

/** The form in which texts are compared in search; stored text and query alike. */
export function fold(s) {
  const text = s ?? '';
  const found = letters.DEPENDENT.test(text) ? foldWhole(text) : foldEach(text);
  return found.replace(/ {2,}/g, ' ').replace(/^ | $/g, '');
}

const foldWhole = (s) => Array.from(letters.dropMarks(letters.decompose(s)), letters.alike).join('');

const folded = []; // code of a letter → what it is folded to, worked out when it is first met

/** Where no letter depends on its neighbours: twenty times as fast. */
function foldEach(s) {
  let found = '';
  for (let i = 0; i < s.length; i++) found += (folded[s.charCodeAt(i)] ??= foldWhole(s[i]));
  return found;
}

/** Typed text as it is stored: NFC, newlines as \n, no control characters, trimmed. What cannot be
 * seen at all is nothing. */
export function clean(s) {
  const lines = (s ?? '').replace(/\r\n?|\x85|\u2028|\u2029/g, '\n');
  const found = letters.trim(lines.replace(CONTROLS, '').normalize('NFC'));
  return letters.trim(letters.seen(found)) ? found : '';
}

/** Phone-like: opens with + or 0 and has five digits, or has at least ten. */
function joined(run) {
  let number = run.join('');
  const opens = OPENS.test(number);
  if (number.startsWith('+') || number.startsWith('00')) number = number.replaceAll('(0)', '');
  const plain = number.replace(/[^0-9]/g, '');
  if (opens && plain.length >= 5) return [plain.startsWith('00') ? plain.slice(2) : plain];
  if (number.startsWith('+') && plain) return [plain];
  return plain.length >= 10 && plain.length < 16 ? [plain] : run;
}

/** Folded words of a query; a phone number typed with separators becomes one word of digits. */
export function words(query) {
  const found = [];
  let run = [];
  for (const word of fold(query).split(' ')) {
    const number = PHONE.test(word);
    if (!number || word[0] === '+' || (OPENS.test(word) && run.length && !OPENS.test(run[0]))) {
      found.push(...joined(run));
      run = [];
    }
    if (number) run.push(word);
    else found.push(word);
  }
  return [...found, ...joined(run)].filter(Boolean);
}
