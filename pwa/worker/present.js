// Who is signed in here, with the store and the syncing of theirs; at most one person at a time.
import { openStore } from '../store/store.js';
import { device, forget, remember, signedIn } from '../store/session.js';
import { Syncing } from '../sync/syncing.js';
import { VERSION } from '../generated/build.js';
import { setManifest } from '../views/manifest.js';

const DAY = 86_400_000; // ms

let opening = null;
let now = null; // {who, store, syncing}

/** The person whose records this device holds, or null before somebody has signed in. */
export async function present() {
  opening ??= open().catch((error) => {
    opening = null;
    throw error;
  });
  return opening;
}

async function open() {
  const who = await signedIn();
  if (!who) return null;
  const [store, name] = await Promise.all([openStore(who), device()]);
  store.onClosed(away);
  const net = { fetch: (...request) => fetch(...request), device: name, headers: { 'X-App-Version': VERSION } };
  now = { who, store, syncing: new Syncing(store, net, tell) };
  return now;
}

/** Memory is let go; the next request opens the store again. */
export function away() {
  now?.syncing.stop?.();
  now = opening = null;
}

/** Somebody's page says hello. Another person than before gets a store of their own. */
export async function welcome({ org, person }) {
  if (!org || !person) return;
  const here = await present();
  if (here && here.who.person === person && String(here.who.org) === String(org)) return;
  if (here) await leave(here);
  await remember({ org, person });
  opening = null;
}

/** Unsent work of who was here before stays, for them alone to come back to. */
async function leave({ store }) {
  const { pending, failed } = store.status();
  await takingLeave(async () => {
    await (pending + failed ? store.close() : store.wipe());
    await forget();
  });
}

/** Signed out: nothing of this person stays. */
export async function wipe() {
  const here = await present();
  await takingLeave(async () => {
    await here?.store.wipe();
    await forget();
  });
}

/** Takes leave of who is here; what is asked meanwhile finds nobody and opens nothing again. */
async function takingLeave(leaving) {
  away();
  opening = Promise.resolve(null);
  try {
    await leaving();
  } finally {
    opening = null;
  }
}

/** Can pages be made from what is held? Not before the first load, nor after the lease has ended. */
export function isReady({ store }) {
  const me = store.meta('me');
  const last = store.meta('last');
  if (!me || !store.meta('manifest') || (store.meta('cursor') ?? null) === null) return false;
  setManifest(store.meta('manifest'));
  return !last || store.now() - Date.parse(last) < (me.lease ?? 14) * DAY;
}

export async function syncNow() {
  await (await present())?.syncing.soon();
}

/** The browser, where it can, wakes us to send what waits; it tries again later if we fail. Asking
 * it anew from here would have it wake us at once, for ever. */
export async function syncAwoken() {
  const here = await present();
  await here?.syncing.soon();
  if (here?.syncing.news.offline && here.store.status().pending) throw new Error('not sent yet');
}

/** All pages hear it, or all but the one that knows already. */
export async function tell(message, but = null) {
  const pages = await self.clients.matchAll({ includeUncontrolled: true });
  for (const page of pages) if (page.id !== but) page.postMessage(message);
}
