import { exchange, self } from './exchange.js';
import { Cloned } from './faults.js';
import { firstLoad } from './first.js';

const TRIES = 3; // names for a device that turns out to be a copy
const COUNTS = ['sent', 'merged', 'conflict', 'rejected', 'received', 'gone'];

/** What a round has done so far. */
export function blank() {
  return { types: new Set(), ids: new Set(), me: false, stale: false, more: true, message: null, wipe: [], renewed: 0, ...Object.fromEntries(COUNTS.map((name) => [name, 0])) };
}

function add(sum, answer) {
  for (const type of answer.types ?? []) sum.types.add(type);
  for (const id of answer.ids ?? []) sum.ids.add(id);
  for (const name of COUNTS) if (typeof answer[name] === 'number') sum[name] += answer[name];
  sum.me ||= Boolean(answer.me);
  sum.stale ||= Boolean(answer.stale);
  sum.message = answer.message ?? sum.message;
  sum.wipe = answer.wipe ?? sum.wipe;
  sum.more = Boolean(answer.again || (answer.more && !answer.stale));
}

/** What the server need not send again. */
const held = (store) => ({ schema: store.meta('manifest')?.version, me: store.meta('me')?.hash });

const needsFirst = (store, sum) => (store.meta('cursor') ?? null) === null && !sum.stale;

/**
 * One round of server/sync/PROTOCOL.md: push, apply what became of it, pull until there is no more.
 * Whoever turns out to be a copy goes on under a new name. Raises Fault (try later), SignIn, or a StoreError; what was applied before stays, and is in `sum`.
 * @param {any} store
 * @param {{fetch: Function, device: string, renew?: () => Promise<string>, whose?: string[], wiped?: string[],
 *   headers?: any, clock?: Function, limit?: number}} net
 */
export async function round(store, net, sum = blank()) {
  // Beside a first request that only asks: what memory did not know yet is met when the answer is taken.
  const fresh = store.refresh();
  fresh.catch(() => {}); // it is heard below, or the request has failed before
  if (needsFirst(store, sum) || store.outbox().length) await fresh;
  do {
    const answer = await ask(store, net, sum, fresh);
    if (answer) add(sum, answer);
  } while (sum.more || store.outbox().length);
  return sum;
}

/** One request, or null where the device has taken a new name instead, or knows the ticket only now. */
async function ask(store, net, sum, fresh) {
  const { device, whose, wiped } = net;
  const ticket = store.meta('ticket');
  const request = { v: 1, device, ...(whose && { whose }), ...(wiped?.length && { wiped }), ...held(store) };
  try {
    const first = needsFirst(store, sum);
    const answer = first ? await firstLoad(store, net, { ...request, ...self(store, store.outbox().length) })
      : await exchange(store, net, request);
    await fresh;
    return answer;
  } catch (error) {
    if (!(error instanceof Cloned)) throw error;
    await fresh;
    if (ticket !== store.meta('ticket')) return null; // another tab has had a new one
    if (!net.renew || ++sum.renewed > TRIES) throw error;
    net.device = await net.renew();
    return null;
  }
}
