// Ended from afar: what the server told this device is done here, and pages are told to go.
import { wipePerson } from '../store/databases.js';
import { device } from '../store/session.js';
import { depart, onNews, present, tell } from './present.js';

export const GONE = 'kesher-gone'; // a cache that names people whose drafts pages have to drop

/** ended: the records go, unsent work stays for its person. wiped: all goes, and the server hears it. */
async function end({ code }) {
  const here = await present();
  if (!here) return;
  const { person } = here.who;
  const all = code === 'wiped';
  const kept = await depart(here.who, { all });
  if (all) await Promise.all([dropDrafts(person), confirm([person])]);
  await tell({ type: 'login', gone: all ? [person] : [], kept });
}

/** Of others whose unsent work was kept here, by order of the server. */
async function wipe({ people }) {
  const here = await present();
  const others = people.filter((person) => person !== here?.who.person);
  await Promise.all(others.flatMap((person) => [wipePerson(person), dropDrafts(person)]));
  if (!here || !others.length) return;
  const { net } = here.syncing;
  net.whose = net.whose.filter((person) => !others.includes(person));
  await confirm(others, here.who.person);
  await tell({ type: 'gone', people: others });
}

/** Pages keep drafts where a worker cannot reach; whichever opens next drops them. */
async function dropDrafts(person) {
  await (await caches.open(GONE)).put(`/${person}`, new Response(''));
}

/** Once is enough: until it was heard, the server says the same again. */
async function confirm(wiped, me = wiped[0]) {
  const body = JSON.stringify({ v: 1, device: await device(), whose: [me, ...wiped], wiped, have_more: true });
  const headers = { 'Content-Type': 'application/json' };
  await fetch('/sync', { method: 'POST', body, headers }).catch(() => {});
}

onNews('ended', end);
onNews('wipe', wipe);
