import { deleteDB } from 'idb';
import { Connection, put } from './connection.js';
import { databaseName } from './schema.js';
import { uuid7 } from './uuid7.js';

// Who is signed in on this device, which person's databases it has, and the device's own name.
const NAME = 'kesher';
let conn = null;

const upgrade = (db) => db.createObjectStore('facts');

function run(mode, work) {
  if (!conn || conn.closed) conn = new Connection(NAME, upgrade);
  return conn.run(['facts'], mode, work, mode === 'readwrite' ? { durability: 'strict' } : {});
}

/** @returns {Promise<{org, person}|null>} */
export async function signedIn() {
  return (await run('readonly', (tx) => tx.store.get('who'))) ?? null;
}

/** @param {{org: string|number, person: string}} who */
export async function remember(who) {
  await run('readwrite', async (tx) => {
    const known = (await tx.store.get('databases')) ?? [];
    put(tx, 'facts', who, 'who');
    put(tx, 'facts', [...new Set([...known, databaseName(who)])], 'databases');
  });
}

/** Signs out and keeps the records and unsent work, for the same person to come back to. */
export async function forget() {
  await run('readwrite', (tx) => tx.store.delete('who'));
}

/** The name under which the server knows this installation of the app; made when first asked for. */
export async function device() {
  const named = await run('readonly', (tx) => tx.store.get('device'));
  if (named) return named;
  return run('readwrite', async (tx) => {
    const known = await tx.store.get('device');
    if (known) return known;
    const made = uuid7();
    put(tx, 'facts', made, 'device');
    return made;
  });
}

async function databases() {
  const known = (await run('readonly', (tx) => tx.store.get('databases'))) ?? [];
  const found = (await indexedDB.databases?.().catch(() => [])) ?? [];
  const names = found.map((one) => one.name).filter((name) => name.startsWith(`${NAME}-`));
  return [...new Set([...known, ...names])];
}

/** Removes everything of everybody from this device, unsent work included. */
export async function wipeEverything() {
  const names = await databases();
  conn.close();
  await Promise.all([...names, NAME].map((name) => deleteDB(name)));
}
