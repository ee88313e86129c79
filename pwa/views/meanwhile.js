/** What others did to a record since a form was made of it; mirrors server/web/views/meanwhile.py. */
import { changesTo } from './timeline.js';

/** EVENTs after the version that the person saw: `base`, or else the query's `_seen`. */
export function meanwhile(store, record, query, base) {
  const asked = query._seen?.[0] ?? '';
  const seen = base ?? (/^[0-9]{1,15}$/.test(asked) ? Number(asked) : null);
  if (!record || seen === null || record.ver <= seen) return [];
  return changesTo(store, record, seen);
}
