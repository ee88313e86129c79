import { deleteDB } from 'idb';
import { put } from './connection.js';
import { closeFacts, NAME, run } from './session.js';

/** People of whom something is kept on this device. @returns {Promise<string[]>} ids */
export async function people() {
  return (await databases()).map((name) => name.split('-').slice(2).join('-'));
}

/** Removes all that is kept of somebody. */
export async function wipePerson(person) {
  const names = await databases();
  await Promise.all(names.filter((name) => name.endsWith(`-${person}`)).map(wipeDatabase));
}

export async function wipeDatabase(name) {
  await deleteDB(name);
  await run('readwrite', async (tx) => {
    const known = (await tx.store.get('databases')) ?? [];
    put(tx, 'facts', known.filter((one) => one !== name), 'databases');
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
  closeFacts();
  await Promise.all([...names, NAME].map((name) => deleteDB(name)));
}
