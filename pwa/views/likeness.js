/** How much two names are alike, in percent; mirrors server/core/likeness.py. */
import { nameWords, readings } from './skeleton.js';
import { steps } from './spelling.js';

const [SOUNDS_ALIKE, ALIKE, ELSEWHERE, DOUBTFUL] = [60, 90, 95, 70];
const LEAST = 75; // of two spellings in one script
const SCRIPTS = [/[a-z]/, /[א-ת]/, /[ء-ی]/, /[а-я]/];
// What a word ends in, as far as scripts agree on it: ה is an a or nothing, ی an i or an a.
/** @type {[RegExp, string][]} */
const ENDINGS = [
  [/(?:[aeא]|[aeo]h)$/, 'a'], [/[iy]$/, 'i'], [/[ou]$/, 'o'], [/[הاهعעحح]$/, 'a-'], [/י$/, 'i'], [/ی$/, 'ia'],
  [/[וو]$/, 'o-'], [/[חh]$/, '-a'],
];

/** @returns {number} 0 to 100. Numbers have to be the same; a name with more words is less like. */
export function likeness(one, other) {
  const [here, there] = [nameWords(one), nameWords(other)];
  if (!here.length || !there.length || numbers(here) !== numbers(there)) return 0;
  const apart = Math.floor((2 * paired(here, there)) / (here.length + there.length));
  return here.length === there.length ? apart : Math.max(apart, wordsAlike(here.join(''), there.join('')));
}

const numbers = (words) => words.filter((word) => /[0-9]/.test(word)).sort().join(' ');

/** The sum of the best pairs, each word in one of them. */
function paired(here, there) {
  const pairs = here.flatMap((a, i) => there.map((b, j) => ({ same: wordsAlike(a, b), words: [a, b].sort(), i, j })));
  const [left, right] = [new Set(), new Set()];
  let total = 0;
  for (const { same, i, j } of pairs.sort(byLikeness)) {
    if (left.has(i) || right.has(j)) continue;
    left.add(i);
    right.add(j);
    total += same;
  }
  return total;
}

const compare = (a, b) => Number(a > b) - Number(a < b);
const byLikeness = (a, b) => b.same - a.same || compare(a.words[0], b.words[0]) || compare(a.words[1], b.words[1])
  || a.i - b.i || a.j - b.j;

function wordsAlike(one, other) {
  if (one === other) return 100;
  const sounds = readings(one).some((reading) => reading && readings(other).includes(reading));
  if (script(one) !== script(other)) {
    if (!sounds) return 0;
    return [...ending(one)].some((each) => ending(other).includes(each)) ? ELSEWHERE : DOUBTFUL;
  }
  const [a, b] = [[...one], [...other]];
  const longer = Math.max(a.length, b.length);
  const same = Math.floor((100 * (longer - steps(a, b).at(-1))) / longer);
  if (sounds && same >= SOUNDS_ALIKE) return Math.max(same, ALIKE);
  return same >= LEAST ? same : 0;
}

const script = (word) => SCRIPTS.findIndex((letters) => letters.test(word));

const ending = (word) => ENDINGS.find(([letters]) => letters.test(word))?.[1] ?? '-';
