export const LIMIT = 1000; // operations in a request
const SIZE = 256 * 1024; // characters of operations in a request, beyond which others wait

/** How many fit into a request; one always does. */
function fitting(entries, limit) {
  let size = 0;
  for (let n = 0; n < Math.min(limit, entries.length); n++) {
    size += JSON.stringify(entries[n]).length;
    if (n && size > SIZE) return n;
  }
  return limit;
}

/** Where to cut so that no group is parted: before it, or behind it when it comes first. */
function cut(entries, limit) {
  const group = entries[limit]?.g;
  if (!group || entries[limit - 1].g !== group) return limit;
  const start = entries.findIndex((entry) => entry.g === group);
  return start || entries.findLastIndex((entry) => entry.g === group) + 1;
}

/** The next operations to send, in order; groups whole. */
export function nextBatch(entries, limit = LIMIT) {
  return entries.slice(0, cut(entries, fitting(entries, limit)));
}

/** Whether it cannot be made smaller. */
export const isSingle = (batch) => batch.length === 1
  || Boolean(batch[0]?.g && batch.every((entry) => entry.g === batch[0].g));
