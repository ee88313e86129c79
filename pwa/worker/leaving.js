// Signing out: what is held here goes first, with or without a network.
import { errorPage } from './answers.js';
import { present, wipe } from './present.js';
import { isOurs, readForm } from './requests.js';

const ENDED = 'kesher-ended'; // a cache that says: the server has not heard of the sign-out yet

export async function signOut(event) {
  const copy = event.request.clone();
  const form = await readForm(event.request);
  const here = await present();
  if (here?.store.meta('me') && !(await isOurs(form, here))) return errorPage(403);
  await wipe();
  try {
    return await fetch(copy);
  } catch {
    const token = new URLSearchParams({ _t: form._t?.[0] ?? '' });
    await (await caches.open(ENDED)).put('/logout', new Response(token));
    return Response.redirect('/login', 303);
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
