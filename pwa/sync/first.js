import { pieces } from '../store/lines.js';
import { rowsOfLines } from '../store/loading.js';
import { ask } from './asking.js';

/** The first load: lines of 500 records that are kept as they come. Plain JSON will do as well. */
export async function firstLoad(store, net, request) {
  const answer = await ask(net, { ...request, cursor: null, have_more: false, ops: [] }, { lines: true });
  if (answer.stale) return answer;
  const last = answer.more ? undefined : stamp(store, answer.offset);
  if (!answer.lines || answer.gone.length) {
    const whole = withoutGone(rowsOf(answer));
    await store.apply({ ...whole, shown: request.ticket, reset: true, from: null, complete: !answer.more, last });
    return { ...whole, types: [...new Set(whole.rows.map((row) => row[1]))], received: whole.rows.length };
  }
  const { lines, read, cursor, more, me, manifest, offset, ver, ticket } = answer;
  const given = Object.entries({ cursor, me, manifest, offset, last, ver }).filter(([, value]) => value !== undefined);
  const { types } = await store.first({ lines, read, more, from: null, checked: store.clock(), ticket, shown: request.ticket, ...Object.fromEntries(given) });
  return { ...answer, types, ids: [] };
}

/** What came as lines, as rows, with the pieces of bytes that they stood in. */
export function rowsOf({ lines, read, ...answer }) {
  if (!lines) return answer;
  const found = pieces(lines, read).map((piece) => ({ ...piece, rows: piece.rows.length ? piece.rows : rowsOfLines(piece.bytes) }));
  return { ...answer, rows: found.flatMap(({ rows }) => rows), pieces: found };
}

/** Some may have gone while the lines were written. */
function withoutGone(answer) {
  const gone = new Set(answer.gone);
  return { ...answer, rows: answer.rows.filter(([id]) => !gone.has(id)) };
}

/** When the records were last known to be the server's, as its clock says. */
export function stamp(store, offset) {
  const ms = store.clock() + (offset ?? store.meta('offset') ?? 0);
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
