import { put, remove } from './connection.js';
import { encode } from './pack.js';

export const BULK = 100; // so many records of one type at once become a page

/** There may be nothing to remove: most records stand in pages, and IndexedDB takes its time. */
export function dropAlone(state, tx, type, id) {
  if (state.table(type).alone.has(id)) remove(tx, 'rows', [type, id]);
}

/** Keys of pages that stand as they came. */
export const rawOf = (state, facts) => facts.raw ?? state.fact('raw') ?? [];

/** Pages that hold these rows as bytes: as they came, if all of what came of the type is news. */
function bytesOf(rows, pieces) {
  const whole = pieces.reduce((sum, piece) => sum + piece.rows.length, 0) === rows.length;
  return whole ? pieces.map(({ bytes }) => bytes) : [encode(JSON.stringify(rows))];
}

function putType(state, tx, facts, gen, type, rows, pieces) {
  const table = state.table(type);
  if (rows.length < BULK) {
    for (const [id, , ver, doc] of rows) put(tx, 'rows', [gen, ver, doc], [type, id]);
    return;
  }
  for (const bytes of bytesOf(rows, pieces)) {
    const key = [type, gen, table.next++];
    put(tx, 'pages', bytes, key);
    facts.raw = [...rawOf(state, facts), key];
  }
  for (const [id] of rows) dropAlone(state, tx, type, id);
}

/** Puts records into the transaction: few by themselves, many as pages. */
export function putRows(state, tx, facts, gen, rows, pieces = []) {
  const types = new Set(rows.map((row) => row[1]));
  for (const type of types) {
    putType(state, tx, facts, gen, type, rows.filter((row) => row[1] === type), pieces.filter((piece) => piece.type === type));
  }
}
