import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStore } from '../../../pwa/store/store.js';
import { backoff } from '../../../pwa/sync/backoff.js';
import { Syncing } from '../../../pwa/sync/syncing.js';
import { dana, manifest, someone, text } from './people.mjs';
import { Peer, wires } from './peer.mjs';

async function begin(who = someone(), peer = new Peer(manifest, dana)) {
  if (!peer.ver) peer.put('a', 'account', { name: 'Alef', city: null, tags: [], visits: 0, deleted: false });
  const store = await openStore({ ...who, text });
  await store.load(['account']);
  const heard = [];
  const syncing = new Syncing(store, { fetch: peer.fetch, device: 'phone' }, (event) => heard.push(event));
  return { peer, store, syncing, heard, who };
}

const write = (store, v) => store.write([{ k: 'set', type: 'account', rec: 'a', f: 'city', v }]);
const lastState = (heard) => heard.findLast((event) => event.type === 'state');

test('it tells what changed and how things stand', async () => {
  const { store, syncing, heard } = await begin();
  await syncing.soon();
  assert.deepEqual(heard[0].types, ['account']);
  await write(store, 'Haifa');
  await syncing.soon();
  assert.deepEqual(heard.filter(({ type }) => type === 'changed').at(-1).ids, ['a']);
  const { pending, failed, conflicts, offline, signin, stale } = lastState(heard);
  assert.deepEqual({ pending, failed, conflicts, offline, signin, stale }, { pending: 0, failed: 0, conflicts: 0, offline: false, signin: false, stale: false });
});

test('without a network it says so, and comes back by itself', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { peer, store, syncing, heard } = await begin();
  peer.wires = [wires.requestLost];
  await syncing.soon();
  assert.equal(lastState(heard).offline, true);
  t.mock.timers.tick(2_000);
  await syncing.running;
  assert.equal(lastState(heard).offline, false);
  assert.equal(store.count('account'), 1);
});

test('signed out, it waits for a person and not for a timer', async (t) => {
  const { peer, store, syncing, heard } = await begin();
  await syncing.soon();
  await write(store, 'Haifa');
  t.mock.timers.enable({ apis: ['setTimeout'] });
  peer.wires = [wires.status(401)];
  await syncing.soon();
  const { signin, pending } = lastState(heard);
  assert.deepEqual({ signin, pending }, { signin: true, pending: 1 });
  const asked = peer.requests.length;
  t.mock.timers.tick(600_000);
  assert.equal(peer.requests.length, asked);
  t.mock.timers.reset();
  await syncing.soon();
  assert.deepEqual([lastState(heard).signin, lastState(heard).pending], [false, 0]);
});

test('asked many times it runs once more, not many times', async () => {
  const { peer, syncing } = await begin();
  await Promise.all([syncing.soon(), syncing.soon(), syncing.soon(), syncing.soon()]);
  assert.equal(peer.requests.length, 2); // the first load, and one round for all the rest
});

test('told of a version, it asks only for one that it has not reached', async () => {
  const { peer, syncing } = await begin();
  const first = syncing.soon();
  await syncing.hear(peer.ver); // which the round under way brings
  await first;
  await syncing.hear(peer.ver);
  assert.equal(peer.requests.length, 1);
  peer.put('a', 'account', { name: 'Bet', city: null, tags: [], visits: 0, deleted: false });
  await syncing.hear(peer.ver);
  assert.equal(peer.requests.length, 2);
});

test('two tabs push each operation once', async () => {
  const one = await begin();
  await one.syncing.soon();
  const two = await begin(one.who, one.peer);
  await one.store.write([{ k: 'inc', type: 'account', rec: 'a', f: 'visits', d: 1 }]);
  await two.store.write([{ k: 'inc', type: 'account', rec: 'a', f: 'visits', d: 1 }]);
  const asked = one.peer.requests.length;
  await Promise.all([one.syncing.soon(), two.syncing.soon()]);
  const sent = one.peer.requests.slice(asked).flatMap(({ ops }) => ops.map(({ id }) => id));
  assert.deepEqual([sent.length, new Set(sent).size], [2, 2]);
  await one.store.refresh();
  assert.deepEqual([one.store.get('account', 'a').visits, two.store.get('account', 'a').visits], [2, 2]);
  assert.equal(one.store.outbox().length, 0);
});

test('waiting doubles up to five minutes, half of it by chance', () => {
  assert.deepEqual([1, 2, 3, 20].map((n) => backoff(n, () => 1)), [2000, 4000, 8000, 300_000]);
  assert.equal(backoff(2, () => 0), 2000);
});
