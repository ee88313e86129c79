const sameField = (entry, op) => entry.rec === op.rec && entry.k === 'set' && entry.f === op.f;
const free = (entry, sent) => entry.n > sent && !entry.ack && !entry.g;

/**
 * Finds the unsent set that `op` makes needless. Never one already on its way, of a group, or
 * with something else on the record after it that may read or write the same field.
 * @param {any[]} entries of the record, in order
 * @param {number} sent the highest n that was ever sent
 */
export function superseded(entries, op, sent) {
  if (op.k !== 'set' || op.g) return undefined;
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i];
    if (sameField(entry, op)) return free(entry, sent) ? entry : undefined;
    if (entry.k !== 'set' || entry.g) return undefined;
  }
  return undefined;
}

/**
 * Joins new operations to the outbox. A squashed one goes to the end under a new id, keeping the
 * base its person first saw: should the old one have been sent after all, both are valid.
 * @param {(rec: string) => any[]} entriesOf what the outbox has of a record, in order
 * @returns {{add: any[], drop: any[]}}
 */
export function squash(entriesOf, ops, sent) {
  const drop = new Set();
  const add = [];
  const others = new Set(); // records that something else than a set is added to
  for (const op of ops) {
    const last = add.at(-1);
    if (last && sameField(last, op) && !last.g && !op.g) {
      add[add.length - 1] = { ...op, base: last.base };
      continue;
    }
    if (op.k !== 'set') others.add(op.rec);
    const old = superseded(entriesOf(op.rec).filter((entry) => !drop.has(entry)), op, sent);
    if (old && !others.has(op.rec)) {
      drop.add(old);
      add.push({ ...op, base: Math.min(old.base, op.base) });
    } else add.push(op);
  }
  return { add, drop: [...drop] };
}
