import assert from 'node:assert/strict';
import { test } from 'node:test';
import { account, again, dana, manifest, names, someone, text } from './people.mjs';
import { Peer } from './peer.mjs';
import { openStore } from '../../../pwa/store/store.js';
import { linesOf } from '../../../pwa/store/lines.js';
import { round } from '../../../pwa/sync/round.js';

test('a cursor between lines of one type is not kept among the records', async () => {
  const who = someone();
  const store = await openStore({ ...who, text });
  store.who = who;
  const body = [
    JSON.stringify([account('a', 'Alef')]), JSON.stringify({ cursor: 'c1', more: true }),
    JSON.stringify([account('b', 'Bet')]), '[]', JSON.stringify([account('g', 'Gimel')]),
  ].join('\n');
  await store.first({ lines: [...linesOf(new TextEncoder().encode(body))], cursor: 'c2', more: false, me: dana, manifest });
  await store.load(['account']);
  assert.deepEqual(names(store.page('account')), ['Alef', 'Bet', 'Gimel']);
  assert.deepEqual(names((await again(store)).page('account')), ['Alef', 'Bet', 'Gimel']);
});

test('a first load that another window has overtaken takes nothing back', async () => {
  const peer = new Peer(manifest, dana);
  peer.put('a', 'account', { name: 'Alef', deleted: false });
  const who = someone();
  const [one, two] = [await openStore({ ...who, text }), await openStore({ ...who, text })];
  const net = { fetch: peer.fetch, device: 'phone' };
  await one.write([{ k: 'new', type: 'account', rec: 'n', v: { name: 'Noa' } }]);
  peer.wires = [async (answer) => {
    const late = answer();
    await round(one, net);
    return late;
  }];
  await round(two, net);
  await two.load(['account']);
  assert.deepEqual(names(two.page('account')), ['Alef', 'Noa']);
  assert.deepEqual([two.meta('cursor'), two.outbox().length], ['v2', 0]);
});
