export const LIMIT = 200; // operations in one transaction of the server

/** Where to cut so that no group is parted: before it, or behind it when it comes first. */
function cut(entries, limit) {
  const group = entries[limit]?.g;
  if (!group || entries[limit - 1].g !== group) return limit;
  const start = entries.findIndex((entry) => entry.g === group);
  return start || entries.findLastIndex((entry) => entry.g === group) + 1;
}

/** The next operations to send, in order; groups whole. */
export function nextBatch(entries, limit = LIMIT) {
  return entries.slice(0, cut(entries, limit));
}

/** Whether it cannot be made smaller. */
export const isSingle = (batch) => batch.length === 1
  || Boolean(batch[0]?.g && batch.every((entry) => entry.g === batch[0].g));
