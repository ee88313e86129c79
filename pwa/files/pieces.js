// Bytes of files in the store `blobs`, in pieces, so that no file has to be in memory whole.
//   [piece, id, n] → bytes        [upload, id] → what has yet to be sent; never evicted
//   [thumb, id]    → bytes, WebP  [kept, id]   → what the server has, and may be fetched again
import { put, remove } from '../store/connection.js';
import { allOf } from '../store/schema.js';

export const PIECE = 1024 * 1024;
const STORE = ['blobs'];

/** @param {any} conn a Connection */
export const putPiece = (conn, id, n, bytes) =>
  conn.run(STORE, 'readwrite', (tx) => put(tx, 'blobs', bytes, ['piece', id, n]), { durability: 'strict' });

/** @returns {Promise<Uint8Array>} */
export const pieceOf = (conn, id, n) => conn.run(STORE, 'readonly', (tx) => tx.store.get(['piece', id, n]));

export const get = (conn, kind, id) => conn.run(STORE, 'readonly', (tx) => tx.store.get([kind, id]));

export const allIds = (conn, kind) =>
  conn.run(STORE, 'readonly', async (tx) => (await tx.store.getAllKeys(allOf(kind))).map((key) => key[1]));

/** Takes everything of a file out of a transaction's store. */
export function forget(tx, id) {
  remove(tx, 'blobs', allOf('piece', id));
  for (const kind of ['thumb', 'upload', 'kept']) remove(tx, 'blobs', [kind, id]);
}

export const forgetAll = (conn, ids) =>
  conn.run(STORE, 'readwrite', (tx) => { for (const id of ids) forget(tx, id); });

/** The bytes from `start` up to `end`, read as they are asked for. */
export function stream(conn, id, start, end) {
  let at = start;
  return new ReadableStream({
    async pull(controller) {
      if (at >= end) return controller.close();
      const n = Math.floor(at / PIECE);
      const bytes = await pieceOf(conn, id, n);
      if (!bytes) return controller.error(new Error('a piece is gone'));
      const stop = Math.min(end, (n + 1) * PIECE);
      controller.enqueue(bytes.subarray(at - n * PIECE, stop - n * PIECE));
      at = stop;
    },
  });
}

/** Pieces of which neither an upload nor a kept file knows: what a killed worker left behind. */
export async function sweep(conn, but) {
  const keys = await conn.run(STORE, 'readonly', (tx) => tx.store.getAllKeys());
  const known = new Set(keys.filter(([kind]) => kind === 'upload' || kind === 'kept').map((key) => key[1]));
  const lost = new Set(keys.map((key) => key[1]).filter((id) => !known.has(id) && !but.has(id)));
  if (lost.size) await forgetAll(conn, lost);
}
