/** Where the address of a record leads that was merged into another; mirrors
 * server/web/views/heirs.py. */
export function heirOf(store, owner, rec) {
  const record = store.get(owner.type, rec);
  if (!owner.twins || (record && !record.deleted)) return null;
  const [found] = store.related('merger', 'loser', rec, 1, ['at', 'desc']);
  return found ? `/${owner.path}/${found.rec}` : null;
}
