/** Names across scripts; mirrors server/core/skeleton.py, whose table it is handed. */
import { fold } from './text.js';

let table = { read: {}, noise: [], written: {}, words: 0, readings: 0, longest: 1 };
let [noise, marks, between, article] = [new Set(), /$^/g, /$^/g, /$^/];
const known = new Map(); // word → its readings
const MOST_KNOWN = 50_000;

export function configure(given) {
  table = given;
  noise = new Set(given.noise);
  [marks, between] = [new RegExp(given.marks, 'g'), new RegExp(given.between, 'g')];
  article = new RegExp(given.article);
  known.clear();
}

/** The words that a name is known by, folded. */
export function nameWords(name) {
  const plain = fold(name).replace(marks, '').replace(between, ' ');
  const found = plain.split(' ').filter((word) => word && !noise.has(word));
  return found.slice(0, table.words).map((word) => word.replace(article, ''));
}

/** The skeletons of a folded word, the likeliest first. Letters of other scripts stay. */
export function readings(word) {
  if (!known.has(word)) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(word, read(word));
  }
  return known.get(word);
}

function read(word) {
  let found = [''];
  let rest = [...`^${word.replace(/([a-z])\1+/g, '$1')}`];
  while (rest.length) {
    let size = table.longest;
    while (size > 1 && !Object.hasOwn(table.read, rest.slice(0, size).join(''))) size--;
    const letters = rest.slice(0, size).join('');
    const sounds = Object.hasOwn(table.read, letters) ? table.read[letters] : [letters];
    found = [...new Set(found.flatMap((one) => sounds.map((sound) => one + sound)))].slice(0, table.readings);
    rest = rest.slice(size);
  }
  return found;
}

const written = (skeleton) => `_${Array.from(skeleton, (c) => table.written[c] ?? c).join('')}_`;

/** What a name adds to the search text of its record. */
export function searched(name) {
  const found = nameWords(name).flatMap((word) => readings(word)).filter(Boolean).map(written);
  return [...new Set(found)].join(' ');
}

/** What search texts must have in them for a name like this one. */
export const sought = (name) =>
  [...new Set(nameWords(name).map((word) => readings(word)[0]).filter(Boolean).map(written))];
