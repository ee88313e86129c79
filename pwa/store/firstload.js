import { isLate, ticketOf } from './apply.js';
import { keep } from './bundles.js';
import { put, remove } from './connection.js';
import { pieces } from './lines.js';
import { pagesBefore } from './schema.js';

function putLines(tx, gen, lines) {
  const next = new Map();
  const keys = [];
  for (const { type, bytes } of pieces(lines)) {
    const n = next.get(type) ?? 0;
    next.set(type, n + 1);
    put(tx, 'pages', bytes, [type, gen, n]);
    keys.push([type, gen, n]);
  }
  return keys;
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
 * Keeps a whole first load as it came: unparsed lines, in one transaction with the cursor. Parsing
 * waits until a type is shown. A load that another tab has overtaken is ignored.
 * @param {any} state
 * @param {{lines: Uint8Array[], more: boolean, from?: any, ticket?: string, shown?: string|null}} load with the cursor it was asked with, and
 *   cursor, me, manifest and what else to keep
 */
export function first(state, { lines, more, from, ticket, shown, ...given }) {
  return state.mutate(['pages', 'rows', 'outbox'], (tx, facts) => {
    if (isLate(state, { from })) return () => ({ types: [] });
    const gen = (state.fact('gen') ?? 0) + 1;
    const keys = putLines(tx, gen, lines);
    const types = [...new Set(keys.map(([type]) => type))];
    const raw = more ? [...(state.fact('raw') ?? []), ...keys] : keys;
    const kept = more ? state.entries : dropAcked(state, tx);
    if (!more) clearBefore(state, tx, gen);
    const known = state.fact('types') ?? [];
    Object.assign(facts, given, ticketOf(state, { ticket, shown }), { gen, raw, sweep: Boolean(more), types: [...new Set([...known, ...types])] });
    return async () => {
      state.setEntries(kept);
      await state.reload();
      return { types };
    };
  });
}
