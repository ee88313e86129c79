/** Numbers in words: a text in the form that its number takes, and the tables of names and digits. */
import { PLURALS } from '../generated/plurals.js';
import { configure, localise } from '../views/calendars.js';
import { root, word } from './dom.js';

const COUNTS = [0, 1, 2, 3, 11, 100]; // for which the page carries texts, see templates/_words.html

let tables;
/** Asked for when first needed, and again after a failure; whether they are there. */
export function ready() {
  tables ??= fetch(root.dataset.almanac).then((answer) => answer.json()).then(configure).then(() => true, () => {
    tables = undefined;
    return false;
  });
  return tables;
}

const english = (n) => Number(n !== 1);

/** Still with %(num)s in it. */
export function form(name, n) {
  const plural = PLURALS[root.lang] ?? english;
  return word(name).split('|')[COUNTS.findIndex((one) => plural(one) === plural(n))];
}

export const counted = (name, n) => form(name, n).replaceAll('%(num)s', localise(n, root.lang));
