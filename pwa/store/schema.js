// pages: [type, gen, n] → lines of the first load as they came (bytes), or the head of a packed page
//        [type/, gen, n, part] → a part of that packed page
// rows:  [type, id] → [gen, ver, doc], doc null for a record taken off the phone
// outbox: n → an operation, or { n, entries } for those that were made together
// gen counts resets: what a reset did not send again is of an older gen, and is swept at its end.
export const STORES = ['pages', 'rows', 'outbox', 'problems', 'blobs', 'meta'];

export const databaseName = ({ org, person }) => `kesher-${org}-${person}`;

export function upgrade(db) {
  for (const name of ['pages', 'rows', 'blobs', 'meta']) db.createObjectStore(name);
  db.createObjectStore('outbox', { keyPath: 'n' });
  db.createObjectStore('problems', { keyPath: 'id' });
}

export const partsOfType = (type) => `${type}/`;

/** Every key of `pages` or `rows` that begins with this. */
export const allOf = (...start) => IDBKeyRange.bound(start, [...start, []]);

/** Keys from before a reset. */
const before = (name, gen) => IDBKeyRange.bound([name], [name, gen], false, true);

/** What to remove so that pages of a type go with their parts: all of them, those of before a reset, or one. */
export const pagesOf = (type) => [allOf(type), allOf(partsOfType(type))];
export const pagesBefore = (type, gen) => [before(type, gen), before(partsOfType(type), gen)];
