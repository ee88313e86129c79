import { put, remove } from './connection.js';

// IndexedDB charges by the value: operations that were made together stand in the outbox as one,
// under the number of the first of them. `b` of such an entry names its bundle.
const FEW = 20; // operations that stand each by itself
const MOST = 200; // in a bundle

/** New entries, with the bundles that they are to stand in. */
function bundled(entries) {
  if (entries.length < FEW) return entries;
  return entries.map((entry, i) => ({ ...entry, b: entries[i - (i % MOST)].n }));
}

/** The entries in the values of the outbox. */
export const unbundled = (values) => values.flatMap((value) => value.entries ?? [value]);

function putBundle(tx, b, entries) {
  if (entries.length) put(tx, 'outbox', { n: b, entries });
  else remove(tx, 'outbox', b);
}

/**
 * Makes the outbox hold `kept`, all its entries in order.
 * @param {any[]} changed those of `kept` that are new or other than before
 * @param {any[]} gone those that are not in it any more
 */
export function keep(tx, kept, changed, gone) {
  const names = new Set([...changed, ...gone].map((entry) => entry.b));
  names.delete(undefined);
  const bundles = new Map([...names].map((b) => [b, []]));
  for (const entry of kept) bundles.get(entry.b)?.push(entry);
  for (const [b, entries] of bundles) putBundle(tx, b, entries);
  for (const entry of changed) if (entry.b === undefined) put(tx, 'outbox', entry);
  for (const entry of gone) if (entry.b === undefined) remove(tx, 'outbox', entry.n);
}

/** Numbers the operations in the order they were made and puts them into the outbox; some may leave. */
export function append(store, tx, facts, ops, drop = []) {
  let n = store.fact('n') ?? 0;
  const entries = bundled(ops.map((op) => ({ ...op, n: ++n })));
  const dropped = new Set(drop);
  const kept = store.entries.filter((entry) => !dropped.has(entry)).concat(entries);
  keep(tx, kept, entries, drop);
  facts.n = n;
  return { entries, kept };
}
