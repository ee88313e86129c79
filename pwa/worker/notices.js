// Notifications: shown when one is pushed, and what a tap on one does, with or without an open page.
import * as views from '../views/index.js';
import { personal } from '../views/context.js';
import { uuid7 } from '../store/uuid7.js';
import { say } from './answers.js';
import { keep, tellOthers } from './changing.js';
import { isReady } from './lease.js';
import { isLocked } from './locking.js';
import { present, syncNow } from './present.js';
import { ASSETS } from './shell.js';

const PATIENCE = 2_000; // ms that the language of a message nobody can read may take
const INBOX = '/notices';
const ANSWERS = {
  done: ['completion'], 'snooze-15': ['snoozing', '15'], 'snooze-60': ['snoozing', '60'],
  'snooze-morning': ['snoozing', 'morning'],
};

/** Always shows something: a browser takes the right away from who is woken and stays silent. */
export async function showPushed({ data }) {
  const shown = read(data) ?? (await unreadable());
  await self.registration.showNotification(shown.title, optionsOf(shown));
  await Promise.all([navigator.setAppBadge?.(Number(shown.app_badge) || 1), syncNow()]).catch(() => {});
}

/** What the message says, in the form of declarative web push; null for anything else. */
function read(data) {
  try {
    const message = data.json();
    return typeof message.notification.title === 'string' ? message.notification : null;
  } catch {
    return null;
  }
}

async function unreadable() {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const here = await Promise.race([present().catch(() => null), late]);
  const lang = here?.store.meta('me')?.lang ?? navigator.language.slice(0, 2);
  return { title: 'Kesher', body: await say('Something new is waiting for you.', lang), tag: 'notice', lang };
}

function optionsOf({ body, lang, dir, tag, navigate, actions, data }) {
  const offered = (actions ?? []).slice(0, Notification.maxActions ?? 0);
  return {
    body, lang, dir: dir ?? 'auto', tag, icon: ASSETS['img/icon-192.png'],
    data: { ...data, navigate: navigate ?? INBOX },
    actions: offered.map(({ action, title }) => ({ action, title })),
  };
}

/** A tap opens what it is about; on an action it is carried out, or opened if it cannot be. */
export async function answerTap({ notification, action }) {
  notification.close();
  const { data } = notification;
  const how = ANSWERS[action];
  if (how && (await answered(data, ...how).catch(() => false))) return;
  await open(data?.navigate ?? INBOX);
}

/** Through the outbox, as the button on the page does it. */
async function answered(data, noun, until = '') {
  const here = await present();
  if (!here || here.who.person !== data.person || !isReady(here) || (await isLocked())) return false;
  const { store, syncing, who } = here;
  await store.load(Object.keys(store.meta('manifest').entities));
  if (!store.get(data.type, data.rec)) await syncing.soon(); // it is newer than what is held
  const notice = store.get('notice', data.notice) ?? { id: data.notice, of: data.type, rec: data.rec, read: true };
  const me = personal(store.meta('me'), store.get('person', who.person));
  const now = `${new Date(store.now()).toISOString().slice(0, 19)}Z`;
  const ops = views.answering(store, notice, noun, until, me, now, uuid7, store.now());
  if (!ops) return false;
  await keep(here, ops);
  await tellOthers(ops);
  await syncing.soon();
  return true;
}

/** In a window of ours, if there is one. Only the path counts: it is a page of this server. */
async function open(href) {
  const { pathname, search } = new URL(href, location.origin);
  const target = new URL(pathname + search, location.origin).href;
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const one = windows.find((page) => page.visibilityState === 'visible') ?? windows[0];
  try {
    await (await one.focus()).navigate(target);
  } catch {
    await self.clients.openWindow(target);
  }
}

/** The browser has changed its address at the push service: tell the server the new one. */
export async function renewSubscription({ oldSubscription, newSubscription }) {
  const here = await present();
  const token = here?.store.meta('me')?.csrf;
  if (!token) return;
  const subscription = newSubscription ?? (await self.registration.pushManager.subscribe({
    userVisibleOnly: true, applicationServerKey: oldSubscription?.options.applicationServerKey ?? (await serverKey()),
  }));
  const headers = { 'Content-Type': 'application/json' };
  await fetch('/api/push', { method: 'POST', headers, body: JSON.stringify({ ...subscription.toJSON(), token }) });
}

const serverKey = async () => (await (await fetch('/api/push')).json()).key;
