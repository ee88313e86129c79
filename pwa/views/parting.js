/** Parts of what a list is asked for: the records with one value of a field; mirrors parting.py. */
import { link } from './asking.js';

/** What `store.page` is asked for one value; the empty one stands for none. */
export function part(question, name, value) {
  if (value) return { ...question, filters: { ...question.filters, [name]: value } };
  const [empty, { where }] = [{ field: name, op: 'empty', values: [] }, question];
  return { ...question, where: { join: 'and', of: where.join === 'and' ? [...where.of, empty] : [where, empty] } };
}

/** Where the rest of the part is. */
export const more = (owner, asked, { next }) =>
  (next ? `${link(owner, asked, { after: next })}&col=${encodeURIComponent(asked.col)}` : null);

/** How many records of what is asked have each value, and whether these are all. */
export const shares = (store, owner, question, { name }) => store.tally(owner.type, { ...question, after: null }, name);
