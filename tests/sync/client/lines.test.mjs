import assert from 'node:assert/strict';
import { test } from 'node:test';
import { account, again, dana, manifest, names, someone, text } from './people.mjs';
import { Peer } from './peer.mjs';
import { openStore } from '../../../pwa/store/store.js';
import { linesOf } from '../../../pwa/store/lines.js';
import { Ahead } from '../../../pwa/sync/ahead.js';
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

const MANY = 150;
const ids = Array.from({ length: MANY }, (_, n) => `a${String(n).padStart(3, '0')}`);

/** A device that holds many, with a peer that holds the same. */
async function full() {
  const peer = new Peer(manifest, dana);
  for (const id of ids) peer.put(id, 'account', { name: `Name ${id}`, city: null, deleted: false });
  peer.put('gone', 'account', { name: 'Zayin', city: null, deleted: false });
  const who = someone();
  const store = await openStore({ ...who, text });
  store.who = who;
  const net = { fetch: peer.fetch, device: 'phone' };
  await round(store, net);
  await store.load(['account']);
  return { peer, store, net };
}

const move = (store, to) => store.write(ids.map((rec) => ({ k: 'set', type: 'account', rec, f: 'city', v: to })));
const cities = (store) => [...new Set(ids.map((id) => store.get('account', id).city))];

test('what comes back of many changes, and what is gone, comes as lines', async () => {
  const { peer, store, net } = await full();
  await move(store, 'חיפה');
  peer.gone('gone');
  const told = await round(store, net);
  assert.deepEqual([told.sent, told.received, told.gone], [MANY, MANY, 1]);
  for (const one of [store, await again(store)]) {
    assert.deepEqual([cities(one), one.get('account', 'gone'), one.outbox().length], [['חיפה'], null, 0]);
  }
});

test('of lines in which not all is news only the news is kept', async () => {
  const { peer, store, net } = await full();
  const held = store.state.table('account').verOf('a000');
  await move(store, 'Haifa');
  peer.wires = [async (answer) => {
    const lines = (await answer().text()).split('\n');
    const rows = JSON.parse(lines[1]).map(([id, type, ver, doc]) => [id, type, id === 'a000' ? held - 1 : ver, id === 'a000' ? { ...doc, city: 'Old' } : doc]);
    return new Response([lines[0], JSON.stringify(rows), ...lines.slice(2)].join('\n'), { headers: { 'Content-Type': 'application/x-ndjson' } });
  }];
  await round(store, net);
  for (const one of [store, await again(store)]) assert.deepEqual(cities(one), [null, 'Haifa']);
});

test('of a load that is large nothing is read on its way', async () => {
  const rows = JSON.stringify([account('a', 'Alef')]);
  const come = (head) => {
    const ahead = new Ahead();
    for (const line of [head, rows]) ahead.take(new TextEncoder().encode(`${line}\n`));
    return ahead.read.slice(1);
  };
  assert.deepEqual([come('{"now":1}'), come('{"now":1,"large":true}')], [[JSON.parse(rows)], []]);
});
