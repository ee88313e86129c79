// Files that the server has, kept here for when there is no network: the newest, as many as the
// person allows. What has yet to be sent is none of them, and is never evicted.
import { Fault } from '../sync/faults.js';
import { put } from '../store/connection.js';
import { allIds, forgetAll, get } from './pieces.js';
import { keep } from './taking.js';

const MEGABYTE = 1_000_000;

/** Records of files to be held, the newest first. */
function wanted(store, { keep_files: total, keep_each: each }) {
  let room = Number(total ?? 100) * MEGABYTE;
  const table = store.state.table('file');
  const files = table.liveSlots().map((slot) => table.record(slot));
  const fitting = files.filter((one) => one.arrived_at && one.stored_size <= Number(each ?? 10) * MEGABYTE);
  fitting.sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
  return fitting.filter((one) => (room -= one.stored_size) >= 0);
}

/** Evicts what is not to be held, then fetches what is missing, one after the other. */
export async function keepSome(store, net, person, stopped) {
  const { conn } = store.state;
  const files = wanted(store, person ?? {});
  const ids = new Set(files.map((one) => one.id));
  const held = new Set(await allIds(conn, 'kept'));
  await forgetAll(conn, [...held].filter((id) => !ids.has(id)));
  if (/** @type {any} */ (navigator).connection?.saveData) return;
  for (const file of files) {
    if (stopped()) return;
    if (!held.has(file.id) && !store.state.uploads.has(file.id)) await fetchOne(conn, net, file);
  }
}

async function fetchOne(conn, net, { id, stored, mime }) {
  let blob;
  try {
    const answer = await net.fetch(`/files/${id}/original`, { credentials: 'same-origin', redirect: 'error' });
    if (!answer.ok) return;
    blob = await answer.blob();
  } catch (cause) {
    throw new Fault('network', cause);
  }
  const sha256 = await keep(conn, id, blob);
  if (sha256 !== stored) return void (await forgetAll(conn, [id]));
  await conn.run(['blobs'], 'readwrite', (tx) => put(tx, 'blobs', { id, size: blob.size, mime, sha256 }, ['kept', id]));
}

/** Everything that may be fetched again: to make room for what may not. */
export async function evict(conn) {
  const ids = await allIds(conn, 'kept');
  await forgetAll(conn, ids);
  return ids.length;
}

export const keptOf = (conn, id) => get(conn, 'kept', id);
