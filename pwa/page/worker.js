/** The worker: registering it, asking it to sync, hearing from it, and changing to a new one. */
import { showUpload } from './attaching.js';
import { showUnread } from './bell.js';
import { $, on, root, word } from './dom.js';
import { forgetPerson } from './drafts.js';
import { keepForGood } from './persisting.js';
import { showState } from './pill.js';
import { refresh } from './refresh.js';
import { toast } from './toasts.js';

const EVERY_MS = 60000;
const container = navigator.serviceWorker;

/** Post to the worker that controls this page, if any. */
export const tell = (message) => container?.controller?.postMessage(message);
export const poke = () => tell({ type: 'sync' });

const PATIENCE = 4000; // ms

/** Ask the worker, also one that does not control this page. @returns {Promise<any>} {} without one */
export async function askWorker(message) {
  const { active } = (await container?.getRegistration()) ?? {};
  if (!active) return {};
  const { port1, port2 } = new MessageChannel();
  const said = new Promise((resolve) => { port1.onmessage = ({ data }) => resolve(data); });
  active.postMessage(message, [port2]);
  return Promise.race([said, new Promise((resolve) => { setTimeout(resolve, PATIENCE, {}); })]);
}

const HEAR = {
  state: hearState,
  changed: refresh,
  upload: showUpload,
  login: ({ gone }) => leave(gone),
  gone: ({ people }) => people.forEach(forgetPerson),
  reload: () => location.reload(),
};

/** Nobody is signed in here any more, and Back must not lead to what was shown. */
function leave(gone = []) {
  gone.forEach(forgetPerson);
  root.hidden = true;
  if (location.pathname !== '/login') location.replace('/login');
}

function hearState(news) {
  showState(news);
  showUnread(news);
  keepForGood(news).catch(() => {}); // refused: the page about sync says what that means
  // Whether to sign in again stands in the page.
  if ($('#pill') && news.signin !== undefined && news.signin !== Boolean($('#signin'))) refresh();
}

/** Whose page this is: the worker opens that person's records; and since when it is on its way. */
const hello = () => ({ type: 'hello', org: root.dataset.org, person: root.dataset.person, since: performance.timeOrigin });

export async function startWorker() {
  if (!container) return;
  container.addEventListener('message', ({ data }) => HEAR[data?.type]?.(data));
  container.startMessages();
  pokeOften();
  takeOver();
  try {
    const registration = await container.register('/worker.js', { scope: '/' });
    offerUpdates(registration);
  } catch (error) {
    console.warn('No worker:', error);
  }
  const { active } = await container.ready; // which need not control this page yet
  active.postMessage(hello());
}

function pokeOften() {
  // Never hello: a page that outlives its person's signing out would bring them back.
  for (const type of ['online', 'offline']) addEventListener(type, poke);
  document.addEventListener('visibilitychange', () => document.hidden || poke());
  setInterval(() => document.hidden || poke(), EVERY_MS);
  on('click', '[data-sync]', poke);
}

/** A new worker waits until the person agrees; the first one takes over unasked. Signing out ends
 * with none. */
function takeOver() {
  let had = Boolean(container.controller);
  container.addEventListener('controllerchange', () => {
    if (had && container.controller) location.reload();
    had = true;
  });
}

function offerUpdates(registration) {
  const offer = () => registration.waiting && container.controller && toast(word('update'), {
    label: word('reload'), icon: 'refresh-cw', ms: 0,
    run: () => registration.waiting?.postMessage({ type: 'skipWaiting' }),
  });
  offer();
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing;
    coming?.addEventListener('statechange', () => coming.state === 'installed' && offer());
  });
}
