// What pages say to the worker.
import { hearFile } from './files.js';
import { leave } from './leaving.js';
import { isLocked, minutesOf, touch } from './locking.js';
import { partOf } from './pages.js';
import { present, syncNow, tell, toldSince, welcome } from './present.js';

const SAID = {
  /** What would be left behind by signing out: how much, and the list of it. */
  async unsent(_, answer) {
    const here = await present();
    const { pending = 0, failed = 0 } = here?.store.status() ?? {};
    const html = pending + failed && here ? await partOf('/outbox') : null;
    answer({ unsent: pending + failed, html });
  },
  /** Somebody signs out: what is held goes before the form that says so, which may pass us by. */
  async leave({ typed }, answer) {
    answer({ kept: await leave(await present(), typed) });
  },
  async hello({ org, person, since }, _, page) {
    // A page that was on its way while this worker took over was passed over, and htmx never leaves it.
    await self.clients.claim();
    await welcome({ org, person });
    const here = await present();
    if (here) await tell({ type: 'state', ...here.syncing.news, ...here.store.status() });
    // What was told while the page was on its way did not reach it, though it may show what was before.
    if (toldSince(since)) page?.postMessage({ type: 'changed' });
    await syncNow();
  },
  attach: hearFile,
  async sync() {
    await touch();
    await syncNow();
  },
  async version({ ver }) {
    await (await present())?.syncing.hear(ver);
  },
  async lock(_, answer) {
    answer({ minutes: await minutesOf(), locked: await isLocked() });
  },
  skipWaiting: () => self.skipWaiting(),
};

export async function hear({ data, ports, source }) {
  await SAID[data?.type]?.(data, (said) => ports[0]?.postMessage(said), source);
}
