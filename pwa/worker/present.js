// Who is signed in here, with the store and the syncing of theirs; at most one person at a time.
import { openStore } from '../store/store.js';
import { people, wipeDatabase } from '../store/databases.js';
import { device, forget, former, remember, renewDevice, signedIn, stepAside } from '../store/session.js';
import { keepSome } from '../files/keeping.js';
import { sweep } from '../files/pieces.js';
import { Sending } from '../files/sending.js';
import { taking } from '../files/taking.js';
import { Syncing } from '../sync/syncing.js';
import { VERSION } from '../generated/build.js';
import { isReady } from './lease.js';
import { letIn, removePin } from './locking.js';
import { stopNotifying } from './silence.js';

const MOST_NAMED = 20; // people, of a request to sync

/** What the server says of this device; the rest is for pages. @type {Record<string, (news) => any>} */
const hears = {};
export const onNews = (type, run) => { hears[type] = run; };

let changedAt = 0; // when pages were last told of changes
/** Was something told since that moment, by the device's clock in ms? */
export const toldSince = (moment) => changedAt >= moment;

let opening = null;
let now = null; // {who, store, net, syncing, sending}

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
  const [store, name, others] = await Promise.all([openStore(who), device(), people()]);
  store.onClosed(away);
  const whose = [who.person, ...others.filter((one) => one !== who.person)].slice(0, MOST_NAMED);
  const net = { fetch: (...request) => fetch(...request), device: name, whose, renew: renewDevice, headers: { 'X-App-Version': VERSION } };
  const syncing = new Syncing(store, net, (news) => (hears[news.type] ?? tell)(news));
  now = { who, store, net, syncing, sending: new Sending(store, net, tell, () => syncing.soon()) };
  sweep(store.state.conn, taking).catch(() => {});
  return now;
}

/** Records first; then files are sent, then some are fetched to be kept. None of it holds up records. */
async function move(here) {
  await here.syncing.soon();
  const { offline, signin } = here.syncing.news;
  if (offline || signin || !isReady(here)) return;
  await here.sending.soon();
  if (here.store.uploads().length || here.sending.stopped) return;
  here.unkept = true;
  here.keeping ??= keep(here).catch(() => {}).finally(() => { here.keeping = null; });
  await here.keeping;
}

/** Once more if there was news meanwhile: a file that has just become known must not wait. */
async function keep(here) {
  while (here.unkept) {
    here.unkept = false;
    await here.store.load(['file', 'person']);
    const person = here.store.get('person', here.who.person);
    await keepSome(here.store, here.net, person, () => here.sending.stopped);
  }
}

/** Memory is let go; the next request opens the store again. */
export function away() {
  now?.syncing.stop?.();
  now?.sending.stop();
  now = opening = null;
}

/** Somebody's page says hello. Another person than before gets a store of their own. */
export async function welcome({ org, person }) {
  if (!org || !person) return;
  const here = await present();
  const isSame = (who) => who.person === person && String(who.org) === String(org);
  if (here && isSame(here.who)) return;
  const before = here?.who ?? (await former());
  if (before && isSame(before)) await letIn();
  else if (before) await depart(before);
  await remember({ org, person });
  opening = null;
}

/** Somebody has given a password. Whose it was, their page will say; until then nobody is here. */
export async function makeWay() {
  await takingLeave(stepAside);
}

/**
 * Takes leave of somebody. Their records go, and what is nobody's business any more; what was not
 * sent stays for them alone to come back to, unless `all` is to go. While something is `typed` into
 * forms, which lies where only pages look, the device goes on naming them, lest a wipe not reach it.
 * @returns {Promise<boolean>} whether anything stays, of whomever
 */
export async function depart(who, { all = false, typed = true } = {}) {
  await takingLeave(async () => {
    const store = await openStore(who);
    const { pending, failed } = store.status();
    if ((pending + failed || typed) && !all) await store.empty();
    else {
      store.close();
      await wipeDatabase(store.name);
    }
    await forget();
    await former();
    await removePin();
    await stopNotifying().catch(console.warn);
  });
  return (await people()).length > 0;
}

/** Takes leave of who is here; what is asked meanwhile finds nobody and opens nothing again. */
async function takingLeave(leaving) {
  now?.store.close();
  away();
  opening = Promise.resolve(null);
  try {
    await leaving();
  } finally {
    opening = null;
  }
}

export async function syncNow() {
  const here = await present();
  if (here) await move(here);
}

/** The browser, where it can, wakes us to send what waits; it tries again later if we fail. Asking
 * it anew from here would have it wake us at once, for ever. */
export async function syncAwoken() {
  const here = await present();
  if (here) await move(here);
  if (here?.syncing.news.offline && here.store.status().pending) throw new Error('not sent yet');
}

/** All pages hear it, or all but the one that knows already. */
export async function tell(message, but = null) {
  if (message.type === 'changed') changedAt = Date.now();
  const pages = await self.clients.matchAll({ includeUncontrolled: true });
  for (const page of pages) if (page.id !== but) page.postMessage(message);
}
