import { steps } from '../views/spelling.js';

// Titles spelled much like the words of a search; server/core/finding.py finds the same.
const SHORTEST = 3; // letters; a mistake in a shorter word leaves nothing to know it by
const LONG = 8; // letters of a word that may have two mistakes
const NUMBER = /^\p{Nd}+$/u; // with a mistake it is another number

const allowed = (word) => (word.length < SHORTEST ? 0 : word.length < LONG ? 1 : 2);

/** From `word` to the nearest beginning of `other`: people find while they type. */
function distance(word, other, most) {
  if (word.length - most > other.length) return most + 1;
  const last = steps(word, other.slice(0, word.length + most));
  return Math.min(...last.slice(Math.max(word.length - most, 1)));
}

/** How many letters of the words are wrong, or null if one is like none of the title's. */
export function mistakes(asked, folded) {
  const words = folded.split(' ');
  let total = 0;
  for (const word of asked) {
    const most = allowed(word);
    const least = Math.min(...words.map((other) => distance(word, other, most)));
    if (least > most) return null;
    total += least;
  }
  return total;
}

/** Records, those with the fewest mistakes first; ties by id. All they are found by goes before. */
export function near(table, asked, limit, { fold }) {
  if (!asked.some((word) => word.length >= SHORTEST && !NUMBER.test(word))) return [];
  const slots = [...table.at.values()].filter((slot) => table.live[slot] && mistakes(asked, table.words(slot)) !== null);
  return table.records(slots)
    .map((record) => ({ record, wrong: mistakes(asked, fold(table.index.title(record))) }))
    .filter(({ wrong }) => wrong !== null)
    .sort((a, b) => a.wrong - b.wrong || (a.record.id < b.record.id ? -1 : 1))
    .slice(0, limit)
    .map(({ record }) => record);
}
