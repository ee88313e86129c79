// Pages of what is held, at the addresses of docs/developer/design.md. server/web/pages.py answers
// the same ones with the same views; what only the server can answer is asked of it.
import { fileEntity } from '../views/holding.js';
import { personal } from '../views/context.js';
import { APART, errorPage, moved, page } from './answers.js';
import { change } from './changing.js';
import { LIST, RECORDS, SERVER, viewOf, wantsAll } from './finding.js';
import { gate } from './gate.js';
import { finishSignOut } from './leaving.js';
import { forgot } from './locking.js';
import { isReady } from './lease.js';
import { away, makeWay, present, syncNow } from './present.js';
import { readQuery, wantsPart } from './requests.js';
import { roomOf } from './room.js';

const PATIENCE = 4_000; // ms that the store may take before the server is asked instead
const STUCK = 30_000; // ms without an answer of it after which it is opened anew
const PAUSE = 100; // ms after an answer until the rest is read
const SERVER_PATIENCE = 6_000; // ms that the server may take before what is held is shown instead
const OWN = ['/', '/today', '/more', '/outbox', '/problems', '/conflicts', '/notices', '/mentions', '/holding', '/search', '/settings', '/devices', '/pin', '/unlocking', '/login'];
const MOST_OPENED = 30;
const SERVERS = /^\/(?:imports|exports|fields|privacy|webhooks|duplicates|chosen|people|roles|teams|tokens|audit)\/|^\/[a-z0-9-]+\/export$/; // pages that are made there alone
const NOT_PAGES = ['static', 'api', 'joining'];

/** Could this address be a page of ours? */
export function isPage(url, request) {
  const found = RECORDS.exec(url.pathname);
  const fits = OWN.includes(url.pathname) || SERVERS.test(url.pathname) || (found && !NOT_PAGES.includes(found[1]));
  return Boolean(fits) && ['GET', 'POST'].includes(request.method) && url.pathname !== '/sync';
}

export async function answer(event, url) {
  if (url.pathname === '/login') return signIn(event);
  let visit = null;
  try {
    const here = await within(PATIENCE, present());
    const stopped = here && (await gate(event, url, here));
    if (stopped) return stopped;
    visit = await within(PATIENCE, visitOf(event, url));
    late = 0;
  } catch (error) {
    console.error(error);
    if (isHopeless(error)) event.waitUntil(anew());
  }
  if (!visit) return fromServer(event);
  const made = respond(visit);
  event.waitUntil(made.then(() => warmUp(visit)));
  return made;
}

let late = 0; // when the store first did not answer in time, since when it has not

/** On a busy phone what was begun is soon there: begun anew each time it never would be. */
function isHopeless(error) {
  if (!(error instanceof Late)) return true;
  late ||= Date.now();
  return Date.now() - late > STUCK;
}

/** A store that is let go leaves its round undone. */
function anew() {
  late = 0;
  away();
  return syncNow().catch(console.error);
}

/** Whose password was right is not known here, and must not be taken for who was here before. */
async function signIn(event) {
  if (event.request.url.includes('forgot=')) await forgot();
  const answer = await fromServer(event);
  if (event.request.method === 'POST' && answer.type === 'opaqueredirect') await makeWay();
  return answer;
}

class Late extends Error {}

const within = (ms, work) => Promise.race([
  work,
  new Promise((_, reject) => setTimeout(() => reject(new Late('it took too long')), ms)),
]);

async function respond(visit) {
  try {
    if (visit.request.method === 'POST') return (await change(visit)) ?? (await fromServer(visit.event, visit));
    if (visit.path === '/') return moved('/today');
    const view = (await fromAll(visit)) ?? (await visit.store.reading(() => viewOf(visit)));
    if (view === SERVER) return await fromServer(visit.event, visit);
    return view instanceof Response ? view : await page(view, visit);
  } catch (error) {
    console.error(error);
    return errorPage(500, visit);
  }
}

/** What views need, or null where only the server can answer: nobody has signed in, nothing is held. */
async function visitOf(event, url) {
  const here = await present();
  if (!here) return null;
  const { store, syncing, who } = here;
  if (!isReady(here)) {
    event.waitUntil(syncing.begin());
    return null;
  }
  const { entities } = store.meta('manifest');
  const wanted = typesOf(event.request, url, entities);
  await (event.request.method === 'GET' ? store.open(wanted) : store.load(wanted));
  const person = store.get('person', who.person);
  const now = new Date(store.now()).toISOString().slice(0, 19) + 'Z';
  const { offline, signin, stale } = syncing.news;
  const room = url.pathname === '/outbox' ? await roomOf(here) : null;
  return {
    event, url, here, store, syncing, now, nav: store.meta('manifest').nav, query: readQuery(url), request: event.request,
    me: personal(store.meta('me'), person), path: url.pathname, partial: wantsPart(event.request),
    sync: { ...store.status(), offline, signin, stale, worker: true }, offline, room,
  };
}

/** A list is shown as soon as what it names is in memory; any other page may name anything. */
function typesOf(request, url, entities) {
  const path = LIST.exec(url.pathname)?.[1];
  const owner = request.method === 'GET' && Object.values(entities).find((one) => one.path === path && !one.system);
  if (!owner) return Object.keys(entities);
  const named = owner.fields.map((field) => field.target).filter(Boolean);
  return [...new Set([owner.type, 'person', 'conflict', 'saved_view', 'role', ...named])];
}

/** The rest is read while the person looks at the page, and what an earlier worker left is packed. */
async function warmUp({ store, syncing }) {
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
  await store.load(Object.keys(store.meta('manifest')?.entities ?? {})).then(() => syncing.tidy()).catch(() => {});
}

/** A part of a page for whoever is here, as pages get it; null where nothing is held. */
export async function partOf(path) {
  const request = new Request(path, { headers: { 'HX-Request': 'true' } });
  const visit = await visitOf({ request, waitUntil() {} }, new URL(path, location.origin));
  return visit && (await respond(visit)).text();
}

/** All is asked of the server, unless all is here; without a network what is held must do. */
async function fromAll(visit) {
  return wantsAll(visit) && !visit.offline ? asked(visit.event.request) : null;
}

async function asked(request) {
  try {
    const answer = await within(SERVER_PATIENCE, fetch(request));
    return answer.status >= 502 || leadsAway(answer) ? null : answer;
  } catch {
    return null;
  }
}

/** Whose session has ended goes on with what is held here; signing in is asked for beside it. */
const leadsAway = ({ headers }) => (headers.get('HX-Redirect') ?? '').startsWith('/login');

/** A file that is opened and not held comes with the next sync, and stays for a while. */
function noteOpened(event, { store, syncing }, file) {
  if (!file || store.get(fileEntity().type, file)) return;
  const opened = [...(store.meta('opened') ?? []), file].slice(-MOST_OPENED);
  event.waitUntil(store.meta('opened', opened).then(() => syncing.soon()));
}

async function fromServer(event, visit = null) {
  try {
    await finishSignOut();
    const answer = await fetch(event.request);
    if (visit) noteOpened(event, visit, answer.headers.get('X-File'));
    // What the server was told without us may be of what is held here.
    if (visit && event.request.method === 'POST') event.waitUntil(visit.syncing.soon());
    return answer;
  } catch {
    return errorPage(503, visit, visit && SERVERS.test(visit.path) ? APART : null);
  }
}
