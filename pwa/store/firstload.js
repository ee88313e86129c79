import { isLate, ticketOf } from './apply.js';
import { keep } from './bundles.js';
import { put, remove } from './connection.js';
import { pieces } from './lines.js';
import { pagesBefore } from './schema.js';
import { Table } from './table.js';

function putLines(tx, gen, found) {
  const next = new Map();
  for (const piece of found) {
    const { type, bytes } = piece;
    const n = next.get(type) ?? 0;
    next.set(type, n + 1);
    piece.key = [type, gen, n];
    put(tx, 'pages', bytes, piece.key);
  }
  return found.map(({ key }) => key);
}

/** Records that were read while they came stand in memory at once. */
async function show(state, found, types) {
  const all = [...new Set([...state.tables.keys(), ...types])];
  if (!found.every(({ rows }) => rows.length)) return state.reload();
  for (const type of all) {
    const table = new Table(state.indexer(type), type);
    for (const { key, rows, bytes } of found) if (key[0] === type) table.addLines(rows, key, bytes.length);
    table.next = found.filter(({ key }) => key[0] === type).length;
    state.adopt(type, table);
  }
  return undefined;
}

function clearBefore(state, tx, gen) {
  for (const type of state.fact('types') ?? []) for (const range of pagesBefore(type, gen)) remove(tx, 'pages', range);
  tx.objectStore('rows').clear().catch(() => {});
}

/** Nothing can be missing from the base now, so what was acknowledged is in it. */
function dropAcked(state, tx) {
  const kept = state.entries.filter((entry) => !entry.ack);
  keep(tx, kept, [], state.entries.filter((entry) => entry.ack));
  return kept;
}

/**
 * Keeps a whole first load as it came: lines, in one transaction with the cursor. What was not read on
 * its way is parsed when its type is shown. A load that another tab has overtaken is ignored.
 * @param {any} state
 * @param {{lines: Uint8Array[], read?: any[][], more: boolean, from?: any, ticket?: string, shown?: string|null}} load with the cursor it was asked with, and
 *   cursor, me, manifest and what else to keep
 */
export function first(state, { lines, read, more, from, ticket, shown, ...given }) {
  return state.mutate(['pages', 'rows', 'outbox'], (tx, facts) => {
    if (isLate(state, { from })) return () => ({ types: [] });
    const gen = (state.fact('gen') ?? 0) + 1;
    const found = pieces(lines, read);
    const keys = putLines(tx, gen, found);
    const types = [...new Set(keys.map(([type]) => type))];
    const raw = more ? [...(state.fact('raw') ?? []), ...keys] : keys;
    const kept = more ? state.entries : dropAcked(state, tx);
    if (!more) clearBefore(state, tx, gen);
    const known = state.fact('types') ?? [];
    Object.assign(facts, given, ticketOf(state, { ticket, shown }), { gen, raw, sweep: Boolean(more), types: [...new Set([...known, ...types])] });
    return async () => {
      state.setEntries(kept);
      await (more ? state.reload() : show(state, found, types));
      return { types };
    };
  });
}
