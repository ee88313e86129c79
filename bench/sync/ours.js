// Ours, as the service worker has it: pwa/store and pwa/sync against the real server.
import { openStore } from '../../pwa/store/store.js';
import { round } from '../../pwa/sync/round.js';
import { TABLES } from '../../pwa/generated/tables.js';
import { configure } from '../../pwa/views/filters.js';

configure(TABLES);
let store;
const net = { fetch: (...request) => fetch(...request), device: crypto.randomUUID() };

export async function load(who) {
  store = await openStore(who);
  await round(store, net);
  return list();
}

/** The first page of a list. */
async function list() {
  await store.open(['account']);
  const { rows } = await store.reading(() => store.page('account', { limit: 50 }));
  return rows[0].name;
}

export async function push(ids, text) {
  await store.write(ids.map((rec, n) => ({ k: 'set', type: 'account', rec, f: 'street', v: `${text} ${n}` })));
  await round(store, net);
}

/** What the record says after a pull. */
export async function pull(id) {
  await round(store, net);
  return store.reading(() => store.get('account', id).street);
}
