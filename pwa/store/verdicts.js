/** Entries whose operation the server refused, by id: [op, status, ver, code, field]. */
function refusals(results) {
  const refused = new Map();
  for (const [op, status, , code, field] of results) {
    if (status === 'rejected') refused.set(op, { code: code ?? 'rejected', field: field ?? null });
  }
  return refused;
}

/** A group goes whole, and what hangs on a refused creation goes with it, until nothing is added. */
function spread(entries, refused) {
  const groups = new Map();
  const orphans = new Map();
  for (let before = -1; before !== refused.size; ) {
    before = refused.size;
    for (const entry of entries) {
      const why = refused.get(entry.id);
      if (why && entry.g) groups.set(entry.g, why);
      if (why && entry.k === 'new') orphans.set(entry.rec, entry.n);
    }
    for (const entry of entries) {
      if (refused.has(entry.id)) continue;
      if (orphans.get(entry.rec) < entry.n) refused.set(entry.id, { code: 'depends', field: null });
      else if (groups.has(entry.g)) refused.set(entry.id, { code: 'group', field: null });
    }
  }
}

/**
 * Sorts the outbox by what the server said.
 * @param {any[]} entries the outbox in order
 * @param {Array} results
 * @returns {{failed: any[], acked: any[]}} failed entries carry code and field; acked carry
 *   `ack` = the version at which the record holds them
 */
export function judge(entries, results) {
  const refused = refusals(results);
  spread(entries, refused);
  const failed = [];
  const acked = [];
  const said = new Map(results.map((result) => [result[0], result]));
  for (const entry of entries) {
    const result = said.get(entry.id);
    if (refused.has(entry.id)) failed.push({ ...entry, ...refused.get(entry.id) });
    else if (result) acked.push({ ...entry, ack: { status: result[1], ver: result[2] } });
  }
  return { failed, acked };
}
