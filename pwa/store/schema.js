// pages: [type, gen, n] → a line of the first load as it came (a string), or a packed page
// rows:  [type, id] → [gen, ver, doc], doc null for a record taken off the phone
// gen counts resets: what a reset did not send again is of an older gen, and is swept at its end.
export const STORES = ['pages', 'rows', 'outbox', 'problems', 'blobs', 'meta'];

export const databaseName = ({ org, person }) => `kesher-${org}-${person}`;

export function upgrade(db) {
  for (const name of ['pages', 'rows', 'blobs', 'meta']) db.createObjectStore(name);
  db.createObjectStore('outbox', { keyPath: 'n' });
  db.createObjectStore('problems', { keyPath: 'id' });
}

/** Every key of `pages` or `rows` of one type. */
export const allOf = (type) => IDBKeyRange.bound([type], [type, []]);

/** Pages of one type from before a reset. */
export const pagesBefore = (type, gen) => IDBKeyRange.bound([type], [type, gen], false, true);
