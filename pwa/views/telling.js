/** Operations in words: what is done, to which record; mirrors server/web/views/telling.py. */
import { kindOf, titleOf } from './cells.js';
import { entity, fieldOf } from './manifest.js';

const VERBS = { del: 'Deleted', look: 'Looked at' };

export function whatOf(op) {
  const owner = entity(op.type);
  if (op.k === 'new') return owner?.new || 'New';
  if (op.k === 'do') return owner?.actions.find((a) => a.name === op.f)?.label ?? op.f;
  return op.f === 'deleted' ? 'Restored' : (VERBS[op.k] ?? 'Changed');
}

export function labelOf(op) {
  const owner = entity(op.type);
  const plain = ['set', 'add', 'rem', 'inc', 'look'].includes(op.k) && op.f !== 'deleted';
  return (owner && plain && fieldOf(owner, op.f)?.label) || null;
}

/** The title of the record, also of one that could not be made; a conflict's is its record's. */
export function subject(store, op) {
  const owner = entity(op.type);
  if (!owner) return null;
  if (op.type === 'conflict') {
    const record = store.get(op.type, op.rec);
    return record ? store.title(record.of, record.rec) : (op.title ?? null);
  }
  const title = titleOf(owner, written(store, op));
  const { kind, target } = fieldOf(owner, owner.title) ?? {};
  return (kind === 'ref' ? store.title(target, title) : title) ?? op.title ?? null;
}

/** What to call a record without a title. */
export function sortOf(store, op) {
  const owner = entity(op.type);
  return owner ? kindOf(owner, written(store, op)) : null;
}

/** The record, or what was to become one. */
const written = (store, op) => store.get(op.type, op.rec) ?? (op.v && typeof op.v === 'object' ? op.v : {});

export function pageOf(op) {
  const owner = entity(op.type);
  return !owner || op.type === 'person' ? '/settings' : `/${owner.path}/${op.rec}`;
}
