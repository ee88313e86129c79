// What a request says, read alike for pages with and without htmx.
import { syncNow } from './present.js';

/** Wants the main part only, for htmx to put into the page it has? */
export const wantsPart = ({ headers }) =>
  headers.get('HX-Request') === 'true' && headers.get('HX-History-Restore-Request') !== 'true';

/** Is this element, by id, what the answer will be put into? */
export function aimsAt(request, id) {
  const target = request.headers.get('HX-Target') ?? '';
  return wantsPart(request) && target.slice(target.lastIndexOf('#') + 1) === id;
}

/** @returns {Promise<Record<string, string[]>>} files are not among them */
export async function readForm(request) {
  return gathered([...await request.formData()].filter(([, value]) => typeof value === 'string'));
}

export const readQuery = (url) => gathered(url.searchParams);

/** By name. Whoever writes `?constructor=1` gets a name like any other: nothing is inherited here. */
function gathered(pairs) {
  const found = Object.create(null);
  for (const [name, value] of pairs) (found[name] ??= []).push(value);
  return found;
}

/**
 * A form of another site reaches this worker as ours do, so it must know the session's token. A
 * session that was renewed meanwhile has a new one: ask before refusing.
 */
export async function isOurs(form, { store }) {
  const given = form._t?.[0];
  const known = () => [store.meta('me')?.csrf, store.meta('formerToken')].includes(given);
  if (!given) return false;
  if (known()) return true;
  await syncNow();
  return known();
}

/** Phones open what is theirs, desktops everything. */
export function defaultScope() {
  const mobile = navigator.userAgentData?.mobile ?? /Mobi/.test(navigator.userAgent);
  return mobile ? 'mine' : 'all';
}
