import { bare } from '../store/bare.js';
import { BULK } from '../store/putting.js';
import { ask } from './asking.js';
import { isSingle, LIMIT, nextBatch } from './batch.js';
import { Fault, TooLarge } from './faults.js';
import { rowsOf, stamp } from './first.js';
import { compare, isDue } from './sums.js';

/** No server can take it: the person has to know. */
const refuse = (store, batch) => store.apply({ results: batch.map(({ id }) => [id, 'rejected', 0, 'too_large']) });

/** What the device says of itself, see Devices in the protocol. */
export function self(store, pending) {
  const { failed } = store.status();
  const held = store.held();
  return { ticket: store.meta('ticket') ?? null, has: { pending, failed, ...(held !== null && { held }) } };
}

async function askLess(store, net, request, limit) {
  const entries = store.outbox();
  const batch = nextBatch(entries, limit);
  const have_more = entries.length > batch.length;
  const noted = store.sending(batch); // from here on nothing is squashed into these; if it was, both are valid
  const opened = store.meta('opened') ?? [];
  try {
    const wanted = isDue(store);
    const body = {
      ...request, ...self(store, entries.length - batch.length), cursor: store.meta('cursor') ?? null, have_more,
      ops: batch.map(bare), ...(opened.length && { opened }), ...(wanted && { want_sums: true }),
    };
    // What was sent comes back, with what is told of it. After a failure there are fewer, and pages, each of which is kept.
    const lines = batch.length > BULK && !have_more && !wanted;
    const [answer] = await Promise.all([ask(net, body, { lines }), noted]);
    return { batch, have_more, opened, from: body.cursor, shown: body.ticket, ...rowsOf(answer) };
  } catch (error) {
    if (!(error instanceof TooLarge) || !batch.length) throw error;
    if (!isSingle(batch)) return askLess(store, net, request, Math.ceil(batch.length / 2));
    return { ...(await refuse(store, batch)), again: true };
  }
}

/** An answer that moves nothing would be asked for for ever. */
function expectProgress(answer, from) {
  const said = new Set((answer.results ?? []).map(([id]) => id));
  const silent = answer.batch.length && !answer.batch.some(({ id }) => said.has(id));
  const still = !answer.stale && answer.more && !answer.batch.length && !answer.rows.length
    && !answer.gone.length && JSON.stringify(answer.cursor) === JSON.stringify(from);
  if (silent || still) throw new Fault('stuck');
}

/** Pushes what is next, pulls what is new, applies both. */
export async function exchange(store, net, request) {
  const { batch, have_more, opened, from, ...answer } = await askLess(store, net, request, net.limit ?? LIMIT);
  if (answer.again) return answer;
  expectProgress({ ...answer, batch }, from);
  const complete = !answer.stale && !answer.more && !have_more;
  const last = complete ? stamp(store, answer.offset) : undefined;
  const told = await store.apply({ ...answer, from: answer.stale ? undefined : from, complete, last });
  if (opened?.length) await store.meta('opened', (store.meta('opened') ?? []).filter((one) => !opened.includes(one)));
  const healed = answer.sums && complete && !(await compare(store, answer.sums));
  return { ...answer, ...told, again: have_more || healed || told.late };
}
