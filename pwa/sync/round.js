import { exchange } from './exchange.js';
import { firstLoad } from './first.js';

const COUNTS = ['sent', 'merged', 'conflict', 'rejected', 'received', 'gone'];

/** What a round has done so far. */
export function blank() {
  return { types: new Set(), ids: new Set(), stale: false, more: true, message: null, ...Object.fromEntries(COUNTS.map((name) => [name, 0])) };
}

function add(sum, answer) {
  for (const type of answer.types ?? []) sum.types.add(type);
  for (const id of answer.ids ?? []) sum.ids.add(id);
  for (const name of COUNTS) if (typeof answer[name] === 'number') sum[name] += answer[name];
  sum.stale ||= Boolean(answer.stale);
  sum.message = answer.message ?? sum.message;
  sum.more = Boolean(answer.again || (answer.more && !answer.stale));
}

/** What the server need not send again. */
const held = (store) => ({ schema: store.meta('manifest')?.version, me: store.meta('me')?.hash });

const needsFirst = (store, sum) => (store.meta('cursor') ?? null) === null && !sum.stale;

/**
 * One round of server/sync/PROTOCOL.md: push, apply what became of it, pull until there is no more.
 * Raises Fault (try later), SignIn, or a StoreError; what was applied before stays, and is in `sum`.
 * @param {any} store
 * @param {{fetch: Function, device: string, headers?: any, clock?: Function, limit?: number}} net
 */
export async function round(store, net, sum = blank()) {
  await store.refresh();
  do {
    const request = { v: 1, device: net.device, ...held(store) };
    const answer = needsFirst(store, sum)
      ? await firstLoad(store, net, request)
      : await exchange(store, net, request);
    add(sum, answer);
  } while (sum.more || store.outbox().length);
  return sum;
}
