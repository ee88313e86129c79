/** The worker's store in Node: filled as the worker fills it, and asked what its views ask it. */
import 'fake-indexeddb/auto';
import { openStore } from '../../pwa/store/store.js';
import { linesOf } from '../../pwa/store/lines.js';
import { configure } from '../../pwa/views/filters.js';
import { setManifest } from '../../pwa/views/manifest.js';
import * as views from '../../pwa/views/index.js';

const encoder = new TextEncoder();
let store = null;

/** @param {{lines: string, cursor: any, me: any, manifest: any}} load of the first load */
export async function fill(tables, { lines, ...facts }) {
  configure(tables);
  setManifest(facts.manifest);
  await store?.wipe();
  store = await openStore({ org: facts.me.org.id, person: facts.me.id });
  await store.first({ lines: [...linesOf(encoder.encode(lines))], more: false, ...facts });
  await store.load(Object.keys(facts.manifest.entities));
}

/** What an answer to a later request brings. */
export const apply = (answer) => store.apply(answer);

export const count = (type) => store.count(type);
export const page = (type, asked) => store.page(type, asked);
export const tally = (...asked) => store.tally(...asked);
export const total = (...asked) => store.total(...asked);
export const related = (...asked) => store.related(...asked);
export const people = () => store.people();
export const title = (type, id) => store.title(type, id);

export async function write(ops) {
  await store.write(ops);
}

/** The context of a record's page. */
export const show = (me, now, type, id) =>
  views.showView(store, me, now, store.meta('manifest').entities[type], id)?.[1];

/** Takes the operations back, as if they had been refused and discarded. */
export async function forget() {
  const refusals = store.outbox().map(({ id }) => [id, 'rejected', 0, 'forbidden', null]);
  await store.apply({ results: refusals });
  for (const [id] of refusals) await store.discard(id);
}
