// What pages say to the worker.
import { present, syncNow, tell, welcome } from './present.js';

const SAID = {
  async hello({ org, person }) {
    await welcome({ org, person });
    const here = await present();
    if (here) await tell({ type: 'state', ...here.syncing.news, ...here.store.status() });
    await syncNow();
  },
  sync: syncNow,
  async version({ ver }) {
    await (await present())?.syncing.hear(ver);
  },
  skipWaiting: () => self.skipWaiting(),
};

export async function hear({ data }) {
  await SAID[data?.type]?.(data);
}
