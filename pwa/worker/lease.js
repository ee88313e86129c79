// How long what is held may be shown.
import { setManifest } from '../views/manifest.js';

const DAY = 86_400_000; // ms

/** Can pages be made from what is held? Not before the first load, nor after the lease has ended. */
export function isReady({ store }) {
  if (!store.meta('me') || !store.meta('manifest') || (store.meta('cursor') ?? null) === null) return false;
  setManifest(store.meta('manifest'));
  return !isOverdue({ store });
}

/** Has it been too long since the server was reached? */
export function isOverdue({ store }) {
  const last = store.meta('last');
  return Boolean(last) && store.now() - Date.parse(last) >= (store.meta('me')?.lease ?? 14) * DAY;
}
