// What stands before every page: the PIN of this device, and the lease of what it holds.
import { backTo } from '../views/addresses.js';
import { personal } from '../views/context.js';
import { PIN, pinView } from '../views/pin.js';
import { digits } from '../views/text.js';
import { errorPage, moved, page } from './answers.js';
import { endSession } from './leaving.js';
import { close, isLocked, minutesOf, removePin, setPin, standing, touch, tryPin } from './locking.js';
import { isOverdue } from './lease.js';
import { depart, tell } from './present.js';
import { isOurs, readForm, wantsPart } from './requests.js';

const PATIENCE = 6_000; // ms that the server may take to renew the lease

/** @returns {Promise<Response|null>} null where the way is free */
export async function gate(event, url, here) {
  if (url.pathname === '/unlocking') return unlock(event, here);
  const wanted = event.request.method === 'GET' ? url.pathname + url.search : '/today';
  if (await isLocked(event)) return lockPage(event, wanted, here, 'pin');
  await touch();
  if (url.pathname === '/pin') return pinPage(event, here);
  return isOverdue(here) ? renew(event, wanted, here) : null;
}

/** The server may have been out of reach just now and be there again. */
async function renew(event, wanted, here) {
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE); });
  await Promise.race([here.syncing.soon(), late]);
  return isOverdue(here) && here.syncing.news.offline ? lockPage(event, wanted, here, 'lease') : null;
}

/** Nothing of the person but their language, and how much of their work waits. */
function visitOf({ store, syncing, who }, path) {
  const me = personal(store.meta('me') ?? { lang: navigator.language.slice(0, 2) }, store.get('person', who.person));
  const now = `${new Date(store.now()).toISOString().slice(0, 19)}Z`;
  const sync = { ...store.status(), offline: syncing.news.offline, signin: false, stale: false, worker: true };
  return { me, visit: { me: null, lang: me.lang, path, now, partial: false, sync, nav: [] } };
}

async function lockPage({ request }, back, here, why, error = null) {
  if (wantsPart(request)) return new Response(null, { headers: { 'HX-Redirect': back } });
  const { me, visit } = visitOf(here, '/lock');
  const { wait, left } = await standing();
  const lock = { why, back, error, wait, left };
  return page(['lock.html', { lock, csrf: me.csrf ?? '', theme: me.theme ?? 'auto' }], visit, 423);
}

async function unlock(event, here) {
  if (event.request.method !== 'POST') return moved('/today');
  const form = await readForm(event.request);
  if (!(await isOurs(form, here))) return errorPage(403);
  const back = backTo(form) ?? '/today';
  if (!(await isLocked())) return moved(back);
  return (await refused(here, form.pin?.[0], (error) => lockPage(event, back, here, 'pin', error))) ?? moved(back);
}

/** A wrong PIN: said, or, after the last one, followed by signing out. */
async function refused(here, code, say) {
  if ((await standing()).wait) return say(PIN.wait);
  if (await tryPin(digits(code ?? '').trim())) return null;
  return (await standing()).left > 0 ? say(PIN.wrong) : expel(here);
}

/** Too often wrong: the records go, unsent work stays, and the password is asked for. */
async function expel({ who, store }) {
  const token = store.meta('me')?.csrf ?? '';
  const kept = await depart(who);
  await endSession(token, kept);
  await tell({ type: 'login' });
  return moved('/login');
}

async function pinPage(event, here) {
  const { me, visit: nobodys } = visitOf(here, '/pin');
  const visit = { ...nobodys, me, nav: here.store.meta('manifest')?.nav ?? [], partial: wantsPart(event.request) };
  const show = async (error = null, status = 200) => page(pinView(await minutesOf(), error), visit, status);
  if (event.request.method !== 'POST') return show();
  const form = await readForm(event.request);
  if (!(await isOurs(form, here))) return errorPage(403, visit);
  const no = (error) => show(error, 422);
  if (form.lock) return close().then(() => moved('/today'));
  const wrong = (await minutesOf()) ? await refused(here, form.current?.[0], no) : null;
  return wrong ?? (form.remove ? removePin().then(() => moved('/pin')) : change(form, no));
}

async function change(form, no) {
  const code = digits(form.pin?.[0] ?? '').trim();
  const minutes = Number(form.minutes?.[0]);
  if (!/^\d{4,8}$/.test(code)) return no(PIN.shape);
  if (code !== digits(form.again?.[0] ?? '').trim()) return no(PIN.differ);
  await setPin(code, PIN.minutes.includes(minutes) ? minutes : PIN.minutes[0]);
  return moved('/pin');
}
