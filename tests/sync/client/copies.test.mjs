import assert from 'node:assert/strict';
import { test } from 'node:test';
import { account, again, another, dana, holding, manifest } from './people.mjs';
import { json, Peer } from './peer.mjs';
import { SignIn } from '../../../pwa/sync/faults.js';
import { round } from '../../../pwa/sync/round.js';

const edit = (v) => [{ k: 'set', type: 'account', rec: 'a', f: 'city', v }];
const problem = (status, code) => new Response(JSON.stringify({ code }), { status, headers: { 'Content-Type': 'application/problem+json' } });

/** A peer that gives tickets and remembers what was shown. */
function ticketing(store) {
  const peer = new Peer(manifest, dana);
  peer.put('a', 'account', account('a', 'Alef')[3]);
  let n = 0;
  const carry = peer.fetch;
  const net = { device: 'd1', renew: async () => 'd2', fetch: async (...asked) => {
    const answer = await carry(...asked);
    return answer.status === 200 ? json({ ...(await answer.json()), ticket: `t${++n}` }) : answer;
  } };
  return { peer, net, go: () => round(store, net) };
}

test('a ticket is kept with its answer, and shown with the next request', async () => {
  const store = await holding([account('a', 'Alef')]);
  await store.meta('cursor', 'v0');
  const { peer, go } = ticketing(store);
  await go();
  await go();
  assert.equal((await again(store)).meta('ticket'), 't2');
  assert.deepEqual(peer.requests.map((asked) => asked.ticket), [null, 't1']);
});

test('whoever is a copy goes on under another name, with the same work', async () => {
  const store = await holding([account('a', 'Alef')]);
  await store.meta('cursor', 'v0');
  const { peer, net, go } = ticketing(store);
  await store.write(edit('Haifa'));
  peer.wires = [() => problem(409, 'cloned')];
  await go();
  assert.deepEqual(peer.requests.map((asked) => [asked.device, asked.ops.length]), [['d1', 1], ['d2', 1]]);
  assert.equal(peer.requests[0].ops[0].id, peer.requests[1].ops[0].id);
  assert.equal(net.device, 'd2');
  assert.equal(store.outbox().length, 0);
});

test('a tab that has not heard of the ticket of another asks again, under the same name', async () => {
  const store = await holding([account('a', 'Alef')]);
  await store.meta('cursor', 'v0');
  const deaf = await another(store);
  await deaf.load(['account']);
  deaf.state.channel.onmessage = null;
  const { peer, net, go } = ticketing(store);
  await go();
  peer.put('a', 'account', account('a', 'Aleph')[3]);
  await store.write(edit('Acre'));
  await go();
  peer.wires = [() => problem(409, 'cloned')]; // what the server says to a ticket of long ago
  await round(deaf, net);
  assert.equal(net.device, 'd1');
  assert.deepEqual([deaf.get('account', 'a').city, deaf.outbox().length], ['Acre', 0]);
});

test('an answer that comes too late is asked for again', async () => {
  const store = await holding([account('a', 'Alef')]);
  await store.meta('cursor', 'v0');
  const deaf = await another(store);
  await deaf.load(['account']);
  deaf.state.channel.onmessage = null;
  const { peer, net, go } = ticketing(store);
  await go();
  peer.put('b', 'account', account('b', 'Bet')[3]);
  await round(deaf, net);
  assert.deepEqual(peer.requests.map((asked) => asked.cursor), ['v0', 'v0', 'v1']);
  assert.equal(deaf.get('account', 'b').name, 'Bet');
});

test('what stale memory has written is taken back, and what it refuses is asked of fresh memory', async () => {
  const store = await holding([account('a', 'Alef')]);
  const deaf = await another(store);
  await deaf.load(['account']);
  deaf.state.channel.onmessage = null;
  await store.apply({ rows: [account('b', 'Bet')], gone: [], cursor: 'c2', more: false });
  await store.write(edit('Acre'));
  const seen = [];
  await deaf.state.mutate(['outbox'], (tx, facts) => {
    seen.push(deaf.outbox().map((op) => op.v));
    facts.mark = seen.length;
    if (seen.length === 1) tx.objectStore('outbox').clear().catch(() => {});
    return () => undefined;
  });
  assert.deepEqual([seen, deaf.meta('mark')], [[[], ['Acre']], 2]);
  await store.refresh();
  assert.deepEqual(store.outbox().map((op) => op.v), ['Acre']);
  const late = await another(store);
  await late.load(['account']);
  late.state.channel.onmessage = null;
  await store.write([{ k: 'new', type: 'account', rec: 'd', v: { name: 'Dalet' } }]);
  await late.write([{ k: 'set', rec: 'd', f: 'city', v: 'Eilat' }]); // of a kind that only fresh memory tells
  assert.equal(late.get('account', 'd').city, 'Eilat');
  await assert.rejects(late.write([{ k: 'set', rec: 'nobody', f: 'city', v: 'Eilat' }]), { code: 'unknown_type' });
});

test('only the server itself can end a device', async () => {
  const store = await holding([account('a', 'Alef')]);
  await store.meta('cursor', 'v0');
  const { peer, go } = ticketing(store);
  const told = async (answer) => {
    peer.wires = [() => answer];
    return go().then(() => null, (error) => (error instanceof SignIn ? error.code : error.message));
  };
  assert.equal(await told(problem(401, 'wiped')), 'wiped');
  assert.equal(await told(problem(401, 'ended')), 'ended');
  assert.equal(await told(problem(401, 'anything')), 'signed_out');
  assert.equal(await told(json({ code: 'wiped' }, 401)), 'signed_out');
  assert.equal(await told(problem(409, 'anything')), 'http');
});

test('who leaves with work unsent leaves the work alone', async () => {
  let store = await holding([account('a', 'Alef')]);
  await store.write(edit('Haifa'));
  await store.meta('ticket', 't7');
  await store.empty();
  store = await again(store);
  assert.deepEqual([store.outbox().map((op) => op.v), store.count('account')], [['Haifa'], 0]);
  for (const name of ['me', 'manifest', 'cursor', 'log', 'last']) assert.equal(store.meta(name), undefined);
  assert.equal(store.meta('ticket'), 't7');
});
