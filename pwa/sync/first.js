import { decode } from '../store/pack.js';
import { ask } from './asking.js';

/** The first load: lines of 500 records that are kept as they come. Plain JSON will do as well. */
export async function firstLoad(store, net, request) {
  const answer = await ask(net, { ...request, cursor: null, have_more: false, ops: [] }, { lines: true });
  if (answer.stale) return answer;
  const last = answer.more ? undefined : stamp(store, answer.offset);
  if (!answer.lines || answer.gone.length) {
    answer.rows ??= rowsOf(answer.lines, new Set(answer.gone));
    await store.apply({ ...answer, shown: request.ticket, reset: true, from: null, complete: !answer.more, last });
    return { ...answer, types: [...new Set(answer.rows.map((row) => row[1]))], received: answer.rows.length };
  }
  const { lines, read, cursor, more, me, manifest, offset, ver, ticket } = answer;
  const given = Object.entries({ cursor, me, manifest, offset, last, ver }).filter(([, value]) => value !== undefined);
  const { types } = await store.first({ lines, read, more, from: null, checked: store.clock(), ticket, shown: request.ticket, ...Object.fromEntries(given) });
  return { ...answer, types, ids: [] };
}

/** The records of the lines, without those that went while the lines were written. */
function rowsOf(lines, gone) {
  const records = lines.map(decode).filter((line) => line.startsWith('['));
  return records.flatMap((line) => JSON.parse(line)).filter(([id]) => !gone.has(id));
}

/** When the records were last known to be the server's, as its clock says. */
export function stamp(store, offset) {
  const ms = store.clock() + (offset ?? store.meta('offset') ?? 0);
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
