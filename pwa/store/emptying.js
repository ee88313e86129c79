import { keep, unbundled } from './bundles.js';
import { put } from './connection.js';
import { uuid7 } from './uuid7.js';

// What is not about records: numbers of the outbox, the clock, and who the device is to the server.
const KEPT = ['n', 'upto', 'offset', 'ticket'];

/**
 * Takes away what is held of the server's, for somebody who leaves with work unsent. Of the outbox
 * goes what the server has; what it does not have stays, and so do refused changes and files.
 */
export async function empty(state) {
  await state.turn(() => state.conn.run(['pages', 'rows', 'outbox', 'meta', 'blobs'], 'readwrite', async (tx) => {
    const [names, outbox, blobs] = await Promise.all([
      tx.objectStore('meta').getAllKeys(), tx.objectStore('outbox').getAll(), tx.objectStore('blobs').getAllKeys(),
    ]);
    const unsent = new Set(blobs.filter(([kind]) => kind === 'upload').map((key) => key[1]));
    for (const key of blobs) if (!unsent.has(key[1])) tx.objectStore('blobs').delete(key);
    for (const name of ['pages', 'rows']) tx.objectStore(name).clear();
    const entries = unbundled(outbox);
    keep(tx, entries.filter((entry) => !entry.ack), [], entries.filter((entry) => entry.ack));
    for (const name of names) if (!KEPT.includes(name)) tx.objectStore('meta').delete(name);
    put(tx, 'meta', uuid7(), 'stamp');
  }, { durability: 'strict' }));
}

/** Records in memory; null where some kind was not read yet. */
export function held(state) {
  const tables = (state.fact('types') ?? []).map((type) => state.table(type));
  return tables.every(Boolean) ? tables.reduce((sum, table) => sum + table.count(), 0) : null;
}
