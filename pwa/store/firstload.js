import { isLate } from './apply.js';
import { put, remove } from './connection.js';
import { pieces } from './lines.js';
import { pagesBefore } from './schema.js';

function putLines(tx, gen, lines) {
  const next = new Map();
  for (const { type, bytes } of pieces(lines)) {
    const n = next.get(type) ?? 0;
    next.set(type, n + 1);
    put(tx, 'pages', bytes, [type, gen, n]);
  }
  return [...next.keys()];
}

function clearBefore(state, tx, gen) {
  for (const type of state.fact('types') ?? []) remove(tx, 'pages', pagesBefore(type, gen));
  tx.objectStore('rows').clear().catch(() => {});
}

/** Nothing can be missing from the base now, so what was acknowledged is in it. */
function dropAcked(state, tx) {
  for (const entry of state.entries) if (entry.ack) remove(tx, 'outbox', entry.n);
  return state.entries.filter((entry) => !entry.ack);
}

/**
 * Keeps a whole first load as it came: unparsed lines, in one transaction with the cursor. Parsing
 * waits until a type is shown. A load that another tab has overtaken is ignored.
 * @param {any} state
 * @param {{lines: Uint8Array[], more: boolean, from?: any}} load with the cursor it was asked with, and
 *   cursor, me, manifest and what else to keep
 */
export function first(state, { lines, more, from, ...given }) {
  return state.mutate(['pages', 'rows', 'outbox'], (tx, facts) => {
    if (isLate(state, { from })) return () => ({ types: [] });
    const gen = (state.fact('gen') ?? 0) + 1;
    const types = putLines(tx, gen, lines);
    const kept = more ? state.entries : dropAcked(state, tx);
    if (!more) clearBefore(state, tx, gen);
    const known = state.fact('types') ?? [];
    Object.assign(facts, given, { gen, sweep: Boolean(more), types: [...new Set([...known, ...types])] });
    return async () => {
      state.setEntries(kept);
      await state.reload();
      return { types };
    };
  });
}
