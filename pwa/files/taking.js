// A file is taken: its bytes to this device first, then its record, which says what they are.
import { sha256 } from '@noble/hashes/sha2.js';
import { put } from '../store/connection.js';
import { StoreError } from '../store/errors.js';
import { instant } from '../store/instant.js';
import { uuid7 } from '../store/uuid7.js';
import { prepare } from './drawing.js';
import { forgetAll, PIECE, putPiece } from './pieces.js';

/** Ids whose pieces are being written. */
export const taking = new Set();

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Keeps the bytes of `blob`; their SHA-256. */
export async function keep(conn, id, blob) {
  const sum = sha256.create();
  for (let n = 0; n * PIECE < blob.size; n++) {
    const bytes = new Uint8Array(await blob.slice(n * PIECE, (n + 1) * PIECE).arrayBuffer());
    sum.update(bytes);
    await putPiece(conn, id, n, bytes);
  }
  return hex(sum.digest());
}

function recordOf({ file, tiny }, { of, rec }, sha) {
  const name = file.name.replace(/^.*[\\/]/, '').trim().slice(0, 200) || 'file';
  const values = { name, of, rec, size: file.size, sha256: sha };
  return { ...values, ...(tiny && { thumb: tiny }), ...(file.lastModified && { taken_at: instant(file.lastModified) }) };
}

/** What is written beside the operation, in the same transaction. */
function beside(state, entry, thumb) {
  return (tx) => {
    put(tx, 'blobs', entry, ['upload', entry.id]);
    if (thumb) put(tx, 'blobs', thumb, ['thumb', entry.id]);
    return () => state.uploads.set(entry.id, entry);
  };
}

/**
 * Raises StoreError: `quota` when there is no room, `unreadable` when the file can't be read (any more).
 * @param {any} store @param {File} file @param {{of: string, rec: string}} about
 */
export async function take(store, file, about, size) {
  const { state } = store;
  const id = uuid7();
  taking.add(id);
  try {
    const prepared = await prepare(file, size);
    const sha = await keep(state.conn, id, prepared.file);
    const v = recordOf(prepared, about, sha);
    const entry = { id, name: v.name, size: v.size, sha256: sha, mime: prepared.file.type, at: state.now(), state: 'waiting', code: null, tries: 0 };
    const op = { id: uuid7(), k: 'new', type: 'file', rec: id, base: 0, t: state.now(), v };
    await store.write([op], beside(state, entry, prepared.thumb));
    return op;
  } catch (error) {
    await forgetAll(state.conn, [id]).catch(() => {});
    throw error?.name === 'NotReadableError' || error?.name === 'NotFoundError' ? new StoreError('unreadable', error) : error;
  } finally {
    taking.delete(id);
  }
}
