const sameField = (entry, op) => entry.rec === op.rec && entry.k === 'set' && entry.f === op.f;
const free = (entry, sent) => entry.n > sent && !entry.ack && !entry.g;

/**
 * Finds the unsent set that `op` makes needless. Never one already on its way, of a group, or
 * with something else on the record after it that may read or write the same field.
 * @param {any[]} entries the outbox in order
 * @param {number} sent the highest n that was ever sent
 */
export function superseded(entries, op, sent) {
  if (op.k !== 'set' || op.g) return undefined;
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i];
    if (entry.rec !== op.rec) continue;
    if (sameField(entry, op)) return free(entry, sent) ? entry : undefined;
    if (entry.k !== 'set' || entry.g) return undefined;
  }
  return undefined;
}

/**
 * Joins new operations to the outbox. A squashed one goes to the end under a new id, keeping the
 * base its person first saw: should the old one have been sent after all, both are valid.
 * @returns {{add: any[], drop: any[]}}
 */
export function squash(entries, ops, sent) {
  const drop = [];
  let add = [];
  for (const op of ops) {
    const before = add.findLast((one) => sameField(one, op) && !one.g);
    if (before && !op.g && add.at(-1) === before) {
      add = [...add.slice(0, -1), { ...op, base: before.base }];
      continue;
    }
    const old = superseded(entries.filter((entry) => !drop.includes(entry)), op, sent);
    if (old && !add.some((one) => one.rec === op.rec && one.k !== 'set')) {
      drop.push(old);
      add.push({ ...op, base: Math.min(old.base, op.base) });
    } else add.push(op);
  }
  return { add, drop };
}
