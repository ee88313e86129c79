/** What waits to be sent; mirrors server/web/views/outbox.py. */
import { titleOf } from './cells.js';
import { entity, fieldOf } from './manifest.js';
import { instant } from './moments.js';

const SENT = 100; // operations
const VERBS = { del: 'Deleted' };

/**
 * @param {any[]} entries operations, `n` their number in the outbox; those up to `upto` are on their way,
 *   and one with `ack` has arrived
 * @param {any[]} sent operations that the server has
 */
export function outboxView(store, entries, sent, upto = 0) {
  const waiting = entries.filter((e) => !e.ack).map((e) => [e, e.n <= upto ? 'sending' : 'pending']);
  return ['outbox.html', {
    entries: gathered(store, waiting),
    sent: gathered(store, sent.slice(0, SENT).map((e) => [e, 'sent'])),
  }];
}

/** Operations of the same kind on one record as one entry, in the order of the first. */
function gathered(store, entries) {
  const found = new Map();
  for (const [op, status] of entries) {
    const what = whatOf(op);
    const key = [op.rec, what, status].join();
    if (!found.has(key)) found.set(key, entry(store, op, what, status));
    const one = found.get(key);
    one.at = instant(op.t);
    const label = labelOf(op);
    if (label && !one.fields.includes(label)) one.fields.push(label);
  }
  return [...found.values()];
}

const entry = (store, op, what, status) => ({
  id: op.id, at: '', what, title: subject(store, op), href: pageOf(op), fields: [], status, error: null,
});

export function whatOf(op) {
  const owner = entity(op.type);
  if (op.k === 'new') return owner?.new || 'New';
  if (op.k === 'do') return owner?.actions.find((a) => a.name === op.f)?.label ?? op.f;
  return op.f === 'deleted' ? 'Restored' : (VERBS[op.k] ?? 'Changed');
}

function labelOf(op) {
  const owner = entity(op.type);
  const plain = ['set', 'add', 'rem', 'inc'].includes(op.k) && op.f !== 'deleted';
  return (owner && plain && fieldOf(owner, op.f)?.label) || null;
}

/** The title of the record, also of one that could not be made; a conflict's is its record's. */
export function subject(store, op) {
  const owner = entity(op.type);
  if (!owner) return null;
  const record = store.get(op.type, op.rec);
  if (op.type === 'conflict') return record ? store.title(record.of, record.rec) : null;
  return titleOf(owner, record ?? (op.v && typeof op.v === 'object' ? op.v : {}));
}

export function pageOf(op) {
  const owner = entity(op.type);
  return !owner || op.type === 'person' ? '/settings' : `/${owner.path}/${op.rec}`;
}
