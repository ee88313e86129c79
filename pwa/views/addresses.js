/** Addresses of lists and forms; mirrors server/web/views/addresses.py. */
const OURS = /^\/(?![/\\])[!-[\]-\uffff]*$/;

/** A path with those parts of a query that have a value. */
export function address(path, parts = []) {
  const given = parts.filter(([, value]) => value);
  const query = given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return query ? `${path}?${query}` : path;
}

/** The first value, or an empty string. */
export const one = (query, name) => query[name]?.[0] ?? '';

/** Where a form was opened from; only a page of ours. */
export function backTo(query) {
  const wanted = one(query, 'back') || one(query, '_back');
  return OURS.test(wanted) ? wanted : null;
}
