import assert from 'node:assert/strict';
import { test } from 'node:test';
import { round } from '../../../pwa/sync/round.js';
import { mix } from '../../../pwa/sync/sums.js';
import { again, dana, manifest, names, someone, text } from './people.mjs';
import { json, Peer, wires } from './peer.mjs';
import { openStore } from '../../../pwa/store/store.js';

const set = (rec, f, v, more = {}) => ({ k: 'set', type: 'account', rec, f, v, ...more });
const doc = (name) => ({ name, city: null, tags: [], visits: 0, deleted: false });

async function begin(records = 1) {
  const peer = new Peer(manifest, dana);
  for (let i = 0; i < records; i++) peer.put(`a${i}`, 'account', doc(`Name ${i}`));
  const who = someone();
  const store = await openStore({ ...who, text });
  store.who = who;
  const net = { fetch: peer.fetch, device: 'phone' };
  await round(store, net);
  await store.load(['account', 'contact']);
  return { peer, store, net };
}

test('the first load, then edits out and changes in', async () => {
  const { peer, store, net } = await begin(1203);
  assert.equal(store.count('account'), 1203);
  assert.deepEqual([store.meta('me').id, store.meta('manifest').version, store.meta('cursor')], ['dana', 'm1', 'v1203']);
  await store.write([set('a1', 'city', 'Haifa')]);
  peer.put('b', 'account', doc('Bet'));
  peer.gone('a2');
  const sum = await round(store, net);
  assert.deepEqual([sum.sent, sum.received, sum.gone], [1, 2, 1]);
  assert.equal(peer.records.get('a1').doc.city, 'Haifa');
  assert.deepEqual([store.get('account', 'b').name, store.get('account', 'a2')], ['Bet', null]);
  assert.deepEqual(Object.keys(peer.requests.at(-1)), ['v', 'device', 'schema', 'me', 'ticket', 'has', 'cursor', 'have_more', 'ops']);
  const [{ sent, received }] = store.meta('log');
  const [{ f, v, status }] = store.meta('sent'); // what was written is in the record
  assert.deepEqual([sent, received, f, v, status], [1, 2, 'city', null, 'ok']);
  await store.tidy();
  const kept = await again(store);
  assert.deepEqual(kept.page('account', { limit: 9999 }).rows, store.page('account', { limit: 9999 }).rows);
});

test('a first load in plain JSON pages will do', async () => {
  const peer = new Peer(manifest, dana);
  for (let i = 0; i < 25; i++) peer.put(`a${i}`, 'account', doc(`N${i}`));
  peer.pageSize = 4;
  const store = await openStore({ ...someone(), text });
  const plain = (url, init) => peer.carry({ ...init, headers: { Accept: 'application/json' } });
  await round(store, { fetch: plain, device: 'phone' });
  await store.load(['account']);
  assert.equal(store.count('account'), 25);
  assert.ok(peer.requests.length > 5);
});

test('a first load cut short counts for nothing', async () => {
  const peer = new Peer(manifest, dana);
  for (let i = 0; i < 900; i++) peer.put(`a${i}`, 'account', doc(`N${i}`));
  peer.wires = [wires.cut];
  const store = await openStore({ ...someone(), text });
  await assert.rejects(round(store, { fetch: peer.fetch, device: 'phone' }), { reason: 'garbled' });
  assert.equal(store.meta('cursor'), undefined);
  await store.load(['account']);
  assert.equal(store.count('account'), 0);
  await round(store, { fetch: peer.fetch, device: 'phone' });
  assert.equal(store.count('account'), 900);
});

test('whatever befalls a request, the next round makes it good once', async () => {
  for (const wire of [wires.requestLost, wires.answerLost, wires.proxy, wires.cut, wires.status(500), wires.status(429)]) {
    const { peer, store, net } = await begin();
    await store.write([{ k: 'inc', type: 'account', rec: 'a0', f: 'visits', d: 1 }]);
    peer.wires = [wire];
    await assert.rejects(round(store, net), { name: 'Fault' });
    assert.equal(store.get('account', 'a0').visits, 1);
    await round(store, net);
    assert.deepEqual([store.get('account', 'a0').visits, peer.records.get('a0').doc.visits, store.outbox().length], [1, 1, 0]);
  }
});

test('401 keeps the outbox; the same work goes after signing in', async () => {
  const { peer, store, net } = await begin();
  await store.write([set('a0', 'city', 'Akko')]);
  peer.wires = [wires.status(401)];
  await assert.rejects(round(store, net), (error) => error.constructor.name === 'SignIn');
  assert.deepEqual([store.outbox().length, store.get('account', 'a0').city], [1, 'Akko']);
  await round(store, net);
  assert.equal(peer.records.get('a0').doc.city, 'Akko');
});

test('426 stops the pull and not the push', async () => {
  const { peer, store, net } = await begin();
  peer.put('a9', 'account', doc('News'));
  await store.write([set('a0', 'city', 'Akko')]);
  const old = (answer, request) => json({ now: peer.now(), results: peer.push(request.ops), message: 'update' }, 426);
  peer.wires = [old];
  const sum = await round(store, net);
  assert.deepEqual([sum.stale, sum.message, peer.records.get('a0').doc.city], [true, 'update', 'Akko']);
  assert.deepEqual([store.get('account', 'a9'), store.get('account', 'a0').city, store.meta('cursor')], [null, 'Akko', 'v1']);
  await round(store, net);
  assert.deepEqual([store.get('account', 'a9').name, store.outbox().length], ['News', 0]);
});

test('413 halves the batch, and what cannot be halved becomes a problem', async () => {
  const { peer, store, net } = await begin(40);
  for (let i = 0; i < 40; i++) await store.write([set(`a${i}`, 'city', i === 7 ? 'x'.repeat(500) : 'C')]);
  const tight = (url, init) => (init.body.includes('xxx') || JSON.parse(init.body).ops.length > 9 ? json({}, 413) : peer.fetch(url, init));
  await round(store, { ...net, fetch: tight });
  assert.equal([...peer.records.values()].filter((one) => one.doc.city === 'C').length, 39);
  assert.deepEqual(store.problems().map(({ rec, code }) => [rec, code]), [['a7', 'too_large']]);
});

test('batches keep the order and never part a group', async () => {
  const { peer, store, net } = await begin(10);
  const group = (g, n) => Array.from({ length: n }, (_, i) => set(`a${i}`, 'city', g, { g }));
  await store.write([set('a9', 'city', 'X'), set('a8', 'city', 'Y')]);
  await store.write(group('g1', 4));
  await store.write(group('g2', 7));
  await store.write([set('a7', 'city', 'Z')]);
  peer.requests = [];
  await round(store, { ...net, limit: 5 });
  const sent = peer.requests.map(({ ops }) => ops.map((op) => op.g ?? '-').join(' '));
  assert.deepEqual(sent, ['- -', 'g1 g1 g1 g1', 'g2 g2 g2 g2 g2 g2 g2', '-']);
  assert.deepEqual(peer.requests.map((one) => one.have_more), [true, true, true, false]);
});

test('the clock of the server is what writes are stamped with', async () => {
  const { peer, store, net } = await begin();
  peer.ahead = 3_600_000;
  await round(store, net);
  await store.write([set('a0', 'city', 'Akko')]);
  assert.ok(Math.abs(store.outbox()[0].t - Date.now() - 3_600_000) < 2000);
  assert.ok(Math.abs(Date.parse(store.meta('last')) - Date.now() - 3_600_000) < 2000);
});

test('an answer that moves nothing ends the round', async () => {
  const { store, net } = await begin();
  const deaf = async () => json({ now: 1, results: [], rows: [], gone: [], cursor: 'v1', more: true });
  await assert.rejects(round(store, { ...net, fetch: deaf }), { reason: 'stuck' });
  await store.write([set('a0', 'city', 'Akko')]);
  await assert.rejects(round(store, { ...net, fetch: deaf }), { reason: 'stuck' });
  assert.deepEqual([names(store.page('account')), store.outbox().length], [['Name 0'], 1]);
});

test('lines may say what has gone since', async () => {
  const { peer } = await begin();
  const store = await openStore({ ...someone(), text });
  peer.wires = [async (answer) => {
    const lines = (await answer().text()).trim().split('\n');
    const rows = JSON.stringify([['z', 'account', 1, doc('Zed')], ['y', 'account', 1, doc('Yod')]]);
    const last = JSON.stringify({ cursor: 'v1', more: false, gone: ['y'] });
    const body = [lines[0], rows, JSON.stringify({ cursor: 'v0', more: true }), '[]', last].join('\n');
    return new Response(body, { headers: { 'Content-Type': 'application/x-ndjson' } });
  }];
  await round(store, { fetch: peer.fetch, device: 'phone' });
  await store.load(['account']);
  assert.deepEqual([names(store.page('account')), store.meta('cursor')], [['Zed'], 'v1']);
});

test('what came to differ in silence is found and fetched again, once', async () => {
  assert.equal(mix('00000000-0000-7000-8000-000000000001', 1), 2980047484);
  const { peer, store, net } = await begin();
  const id = '00000000-0000-7000-8000-000000000001';
  peer.records.clear();
  peer.records.set(id, { id, type: 'account', ver: 1, doc: doc('Kept from us') });
  peer.sums = () => ({ account: [1, 2980047484] });
  await store.write([set('a0', 'city', 'Akko')]);
  peer.refuse = () => ['missing'];
  await store.meta('checked', 0);
  await round(store, net);
  assert.deepEqual([names(store.page('account')), store.problems().length], [['Kept from us'], 1]);
  const asked = peer.requests.length;
  await round(store, net);
  assert.equal(peer.requests.length, asked + 1);
  assert.equal(peer.requests.at(-1).want_sums, undefined);
});

test('what is written while a request is under way is not squashed into it', async () => {
  const { peer, store, net } = await begin();
  await store.write([set('a0', 'city', 'Akko')]);
  peer.wires = [async (answer) => {
    await store.write([set('a0', 'city', 'Eilat')]);
    assert.deepEqual(store.outbox().map((entry) => entry.v), ['Akko', 'Eilat']);
    return answer();
  }];
  await round(store, net);
  assert.deepEqual([store.get('account', 'a0').city, peer.records.get('a0').doc.city], ['Eilat', 'Eilat']);
  const [last, first] = store.meta('sent');
  assert.ok(last.ver > first.ver);
  assert.deepEqual([first.f, first.v, first.status], ['city', null, 'ok']); // what was written is in the record
});
