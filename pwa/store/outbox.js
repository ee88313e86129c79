import { together } from '../views/refused.js';
import { bare } from './bare.js';
import { append } from './bundles.js';
import { remove } from './connection.js';
import { StoreError } from './errors.js';
import { squash } from './squash.js';
import { uuid7 } from './uuid7.js';

const KINDS = new Set(['new', 'set', 'inc', 'add', 'rem', 'del', 'do', 'look']);
const STRICT = { durability: 'strict' };

function typeOf(store, op) {
  const found = op.type ?? store.entriesOf(op.rec)[0]?.type ?? store.findType(op.rec);
  if (!found) throw new StoreError('unknown_type');
  return found;
}

function prepare(store, op) {
  if (!KINDS.has(op.k)) throw new StoreError('unknown_operation');
  const type = typeOf(store, op);
  const base = op.base ?? Math.max(0, store.table(type)?.verOf(op.rec) ?? 0);
  return { ...op, id: op.id ?? uuid7(), type, base, t: op.t ?? store.now() };
}

/** Keeps the operations durably, then shows them. Either all are kept or none, and with them what is
 * written `beside` them to the blobs: (tx) => what to do to memory. */
export async function write(store, ops, beside = null) {
  await store.open(ops.flatMap((op) => op.type ?? []));
  return store.mutate(beside ? ['outbox', 'blobs'] : ['outbox'], (tx, facts) => {
    const prepared = ops.map((op) => prepare(store, op));
    const { add, drop } = squash((rec) => store.entriesOf(rec), prepared, store.fact('upto') ?? 0);
    const { entries, kept } = append(store, tx, facts, add, drop);
    const after = beside?.(tx);
    return async () => {
      after?.();
      await store.ready(entries);
      store.setEntries(kept);
      store.refold(entries);
      return entries;
    };
  }, STRICT);
}

/** What falls, rises and leaves together: the group, and what was refused of the same record. */
export function company(store, opId) {
  const one = store.failed.find((entry) => entry.id === opId);
  if (!one) return [];
  const name = together(store.failed);
  return store.failed.filter((entry) => name(entry) === name(one) || (one.g && entry.g === one.g));
}

function removeProblems(store, tx, entries) {
  for (const entry of entries) remove(tx, 'problems', entry.id);
}

/** @returns the bodies of what was thrown away, for the person to keep a copy of */
export async function discard(store, opId) {
  return store.mutate(['problems'], (tx) => {
    const entries = company(store, opId);
    removeProblems(store, tx, entries);
    return () => {
      store.setFailed(store.failed.filter((entry) => !entries.includes(entry)));
      return entries.map(bare);
    };
  }, STRICT);
}

/** A new attempt is a new operation: the server would answer the old id with the old refusal. */
function again(store, entries) {
  const groups = new Map();
  return entries.map((entry) => {
    if (entry.g && !groups.has(entry.g)) groups.set(entry.g, uuid7());
    const { g, ...op } = bare(entry);
    return { ...op, ...(entry.title && { title: entry.title }), ...(g && { g: groups.get(g) }), id: uuid7(), t: store.now() };
  });
}

export async function retry(store, opId) {
  await store.open(company(store, opId).map((entry) => entry.type));
  return store.mutate(['problems', 'outbox'], (tx, facts) => {
    const risen = company(store, opId);
    removeProblems(store, tx, risen);
    const { entries, kept } = append(store, tx, facts, again(store, risen));
    return async () => {
      await store.ready(entries);
      store.setFailed(store.failed.filter((entry) => !risen.includes(entry)));
      store.setEntries(kept);
      store.refold(entries);
      return entries;
    };
  }, STRICT);
}

/** From here on these may have reached the server, and nothing is squashed into them. */
export function sending(store, entries) {
  const last = entries.at(-1)?.n ?? 0;
  if (last <= (store.fact('upto') ?? 0)) return undefined;
  return store.mutate([], () => () => {}, {}, { upto: last });
}
