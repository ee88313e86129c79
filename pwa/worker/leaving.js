// Signing out: what is held here goes first, with or without a network.
import { people } from '../store/databases.js';
import { errorPage } from './answers.js';
import { depart, present, tell } from './present.js';
import { isOurs, readForm } from './requests.js';

const ENDED = 'kesher-ended'; // a cache that says: the server has not heard of the sign-out yet

export async function signOut(event) {
  const form = await readForm(event.request);
  const here = await present();
  if (here?.store.meta('me') && !(await isOurs(form, here))) return errorPage(403);
  const kept = await leave(here, form.kept?.[0] === 'mine');
  event.waitUntil(tell({ type: 'login' }, event.clientId));
  return (await endSession(form._t?.[0] ?? '', kept || Boolean(form.kept))) ?? Response.redirect('/login', 303);
}

/** @returns {Promise<boolean>} whether anything is kept, of whomever */
export async function leave(here, typed) {
  return here ? depart(here.who, { typed }) : (await people()).length > 0;
}

/** Ends the session at the server, which clears the rest of the browser unless something is `kept`
 * in it. Without a network the server is told later, and there is no answer. */
export async function endSession(token, kept) {
  const body = new URLSearchParams({ _t: token, ...(kept && { kept: '1' }) });
  try {
    return await fetch('/logout', { method: 'POST', body, redirect: 'manual' });
  } catch {
    await (await caches.open(ENDED)).put('/logout', new Response(body));
    return null;
  }
}

/** Tell the server of a sign-out that it could not be told of at the time. */
export async function finishSignOut() {
  if (!(await caches.has(ENDED))) return;
  const kept = await (await caches.open(ENDED)).match('/logout');
  const body = new URLSearchParams(await kept?.text());
  await fetch('/logout', { method: 'POST', body, redirect: 'manual' });
  await caches.delete(ENDED);
}
