import { Connection, put, remove } from './connection.js';
import { databaseName } from './schema.js';
import { uuid7 } from './uuid7.js';

// Who is signed in on this device, which person's databases it has, and the device's own name.
export const NAME = 'kesher';
let conn = null;

const upgrade = (db) => db.createObjectStore('facts');

/** A transaction on the facts of this device. */
export function run(mode, work) {
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

/** Somebody is about to say who they are: until then nobody is signed in here. */
export async function stepAside() {
  await run('readwrite', async (tx) => {
    const who = await tx.store.get('who');
    if (who) put(tx, 'facts', who, 'former');
    remove(tx, 'facts', 'who');
  });
}

/** Who it was before, asked for once. @returns {Promise<{org, person}|null>} */
export async function former() {
  return run('readwrite', async (tx) => {
    const who = (await tx.store.get('former')) ?? null;
    remove(tx, 'facts', 'former');
    return who;
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

/** The server knows another device by our name: we take a new one. */
export async function renewDevice() {
  const made = uuid7();
  await run('readwrite', (tx) => put(tx, 'facts', made, 'device'));
  return made;
}

/** A small fact of this device, kept apart from anybody's records; undefined asks, null forgets. */
export async function fact(name, value) {
  if (value === undefined) return (await run('readonly', (tx) => tx.store.get(name))) ?? null;
  await run('readwrite', (tx) => (value === null ? remove(tx, 'facts', name) : put(tx, 'facts', value, name)));
  return value;
}

/** Before its database is deleted. */
export const closeFacts = () => conn?.close();
