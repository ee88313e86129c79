const DAY = 86_400_000;

/** As server/sync/PROTOCOL.md defines it, in 32-bit unsigned arithmetic. */
export function mix(id, ver) {
  let x = Number.parseInt(id.slice(-8), 16) ^ Math.imul(ver, 0x9e3779b1);
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** Once a day what is held is compared with what the server thinks is held. */
export const isDue = (store) => store.clock() - (store.meta('checked') ?? 0) > DAY;

function sumsOf(store) {
  const sums = {};
  for (const [type, versions] of Object.entries(store.versions())) {
    if (versions.length) sums[type] = [versions.length, versions.reduce((sum, [id, ver]) => (sum ^ mix(id, ver)) >>> 0, 0)];
  }
  return sums;
}

const isEqual = (here, there) => [...new Set([...Object.keys(here), ...Object.keys(there)])]
  .every((type) => String(here[type] ?? [0, 0]) === String(there[type] ?? [0, 0]));

/**
 * Compares; where they differ the cursor is given up, so that everything is fetched again.
 * @returns {Promise<boolean>} whether they agree
 */
export async function compare(store, sums) {
  await store.open(Object.keys(sums).concat(store.meta('types') ?? []));
  const equal = isEqual(sumsOf(store), sums);
  await store.meta('checked', store.clock());
  if (!equal) await store.meta('cursor', null);
  return equal;
}
