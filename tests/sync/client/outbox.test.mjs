import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settled, unmade } from '../../../pwa/worker/fixing.js';
import { account, again, holding } from './people.mjs';

const set = (f, v, more = {}) => ({ k: 'set', type: 'account', rec: 'a', f, v, ...more });
const refused = (entry, code = 'forbidden', field = null) => [entry.id, 'rejected', 9, code, field];

test('unsent sets of a field become one, with the first base and an id of its own', async () => {
  const store = await holding([account('a', 'Alef', 3)]);
  await store.write([set('city', 'A')]);
  const [first] = store.outbox();
  await store.apply({ rows: [account('a', 'Alef', 5)], gone: [], cursor: 'c2', more: false });
  await store.write([set('city', 'B')]);
  const [one, ...rest] = store.outbox();
  assert.deepEqual([one.v, one.base, rest.length], ['B', 3, 0]);
  assert.notEqual(one.id, first.id);
});

test('nothing is squashed into what is being sent, also after a restart', async () => {
  let store = await holding([account('a', 'Alef')]);
  await store.write([set('city', 'A')]);
  await store.sending(store.outbox());
  store = await again(store);
  await store.write([set('city', 'B')]);
  assert.deepEqual(store.outbox().map((entry) => entry.v), ['A', 'B']);
  await store.write([set('city', 'C')]);
  assert.deepEqual(store.outbox().map((entry) => entry.v), ['A', 'C']);
});

test('nothing is squashed across an action or into a group', async () => {
  const store = await holding([account('a', 'Alef')]);
  await store.write([set('city', 'A')]);
  await store.write([{ k: 'do', type: 'account', rec: 'a', f: 'move', v: { to: 'B' } }]);
  await store.write([set('city', 'C')]);
  assert.equal(store.outbox().length, 3);
  await store.write([set('name', 'D', { g: 'g1' }), set('size', 'big', { g: 'g1' })]);
  await store.write([set('name', 'E')]);
  assert.equal(store.outbox().length, 6);
  assert.equal(store.get('account', 'a').name, 'E');
});

test('a refused write moves to the problems and its value leaves the view', async () => {
  const store = await holding([account('a', 'Alef')]);
  await store.write([set('city', 'A')]);
  await store.write([set('name', 'Ada')]);
  await store.apply({ results: [refused(store.outbox()[0], 'too_long', 'city')] });
  assert.deepEqual([store.get('account', 'a').city, store.get('account', 'a').name], [null, 'Ada']);
  const [{ code, field, k, f, v, rec }] = store.problems();
  assert.deepEqual([code, field, k, f, v, rec], ['too_long', 'city', 'set', 'city', 'A', 'a']);
  assert.deepEqual(store.status(), { ...store.status(), pending: 1, failed: 1 });
});

test('a group falls whole, and rises whole under new ids', async () => {
  const store = await holding([account('a', 'Alef')]);
  await store.write([set('city', 'A', { g: 'g1' }), set('name', 'Ada', { g: 'g1' })]);
  const old = store.outbox();
  await store.apply({ results: [refused(old[1])] });
  assert.equal(store.outbox().length, 0);
  assert.deepEqual(store.problems().map((one) => one.code).sort(), ['forbidden', 'group']);
  await store.retry(store.problems()[0].id);
  const risen = store.outbox();
  assert.equal(store.problems().length, 0);
  assert.deepEqual(risen.map((entry) => entry.f), ['city', 'name']);
  assert.equal(new Set(risen.map((entry) => entry.g)).size, 1);
  assert.ok(risen.every((entry) => entry.g !== 'g1' && !old.some(({ id }) => id === entry.id)));
  assert.equal(store.get('account', 'a').city, 'A');
});

test('what hangs on a refused creation follows it, groups and all', async () => {
  const store = await holding([account('a', 'Alef')]);
  await store.write([{ k: 'new', type: 'account', rec: 'n', v: { name: 'Noa' } }]);
  await store.write([{ ...set('city', 'X'), rec: 'n', g: 'g' }, { ...set('city', 'Y'), g: 'g' }]);
  await store.write([set('name', 'Ada')]);
  await store.apply({ results: [refused(store.outbox()[0])] });
  assert.deepEqual(store.problems().map((one) => one.code), ['forbidden', 'depends', 'group']);
  assert.deepEqual(store.outbox().map((entry) => entry.v), ['Ada']);
  assert.equal(store.get('account', 'n'), null);
});

test('what was refused of one record rises at once; a deed, and another record, by themselves', async () => {
  const store = await holding([account('a', 'Alef'), account('b', 'Bet')]);
  await store.write([set('city', 'A'), set('name', 'Ada'), set('city', 'B', { rec: 'b' })]);
  await store.write([{ k: 'do', type: 'account', rec: 'a', f: 'move', v: { to: 'B' } }]);
  await store.apply({ results: store.outbox().map((entry) => refused(entry)) });
  assert.equal(store.status().failed, 3);
  await store.retry(store.problems()[0].id);
  assert.deepEqual(store.outbox().map((entry) => entry.f), ['city', 'name']);
  assert.deepEqual(store.problems().map((one) => [one.rec, one.k]), [['b', 'set'], ['a', 'do']]);
});

test('a refused creation that is put right is made under its own id, and needs nobody any more', async () => {
  const store = await holding();
  const made = async (rec, code) => {
    await store.write([{ k: 'new', type: 'account', rec, v: { name: 'Noa' } }]);
    await store.apply({ results: [refused(store.outbox()[0], code)] });
    return { store, form: { _fix: [store.problems().at(-1).id] } };
  };
  const [one, other] = [await made('n', 'required'), await made('m', 'exists')];
  assert.equal(unmade(one, { type: 'account' }), 'n');
  assert.equal(unmade(one, { type: 'contact' }), null);
  assert.equal(unmade(other, { type: 'account' }), null);
  await settled(one);
  assert.deepEqual(store.problems().map((op) => op.rec), ['m']);
});

test('discarding gives back the body, and everything that fell with it', async () => {
  let store = await holding();
  await store.write([{ k: 'new', type: 'account', rec: 'n', v: { name: 'Noa' } }, { ...set('city', 'X'), rec: 'n' }]);
  await store.apply({ results: [refused(store.outbox()[0])] });
  store = await again(store);
  const thrown = await store.discard(store.problems()[0].id);
  assert.deepEqual(thrown.map((op) => [op.k, op.v]), [['new', { name: 'Noa' }], ['set', 'X']]);
  store = await again(store);
  assert.equal(store.problems().length, 0);
});

test('a reset keeps the outbox and the problems, and sweeps what did not come again', async () => {
  const store = await holding([account('a', 'Alef'), account('b', 'Bet')]);
  await store.write([set('city', 'A')]);
  await store.write([{ ...set('city', 'B'), rec: 'b' }]);
  await store.apply({ results: [refused(store.outbox()[1])] });
  await store.apply({ reset: true, rows: [account('g', 'Gimel')], gone: [], cursor: 'n1', more: true });
  assert.equal(store.count('account'), 3);
  await store.apply({ results: [refused({ id: 'unknown' })] });
  assert.equal(store.count('account'), 3);
  await store.apply({ rows: [account('a', 'Alef', 1)], gone: [], cursor: 'n2', more: false });
  const after = await again(store);
  assert.deepEqual(after.page('account').rows.map(({ id, city }) => [id, city]), [['a', 'A'], ['g', null]]);
  assert.deepEqual([after.outbox().length, after.problems().length], [1, 1]);
});

test('lines of a reset stand over older rows, whatever their versions', async () => {
  const store = await holding([account('a', 'Before the backup', 90), account('b', 'Bet')]);
  const lines = [new TextEncoder().encode(JSON.stringify([account('a', 'After it', 40)]))];
  await store.first({ lines, cursor: 'n1', more: true });
  assert.deepEqual([store.get('account', 'a').name, store.get('account', 'b').name], ['After it', 'Bet']);
  await store.apply({ rows: [], gone: [], cursor: 'n2', more: false });
  assert.deepEqual([store.count('account'), (await again(store)).count('account')], [1, 1]);
});

test('operations made together stand in few values, and each of them is settled by itself', async () => {
  const ids = Array.from({ length: 250 }, (_, i) => `r${i}`);
  let store = await holding(ids.map((id) => account(id, `Name ${id}`)));
  const inAll = (v) => ids.map((rec) => ({ k: 'set', type: 'account', rec, f: 'city', v }));
  const values = async () => (await store.state.conn.open()).count('outbox');
  await store.write(inAll('A'));
  await store.write([set('size', 'big', { rec: 'r3' })]);
  assert.deepEqual([await values(), store.outbox().length], [3, 251]);
  const [first, second, third, ...rest] = store.outbox();
  await store.apply({ results: [[first.id, 'ok', 9], refused(second)] }); // acknowledged, not yet in the base
  store = await again(store);
  assert.deepEqual([store.outbox().length, store.problems().length, store.state.entries[0].ack.ver], [249, 1, 9]);
  await store.write(inAll('B')); // takes the place of all that was not sent
  store = await again(store);
  assert.deepEqual([new Set(store.outbox().map(({ v }) => v)), store.outbox().length], [new Set(['big', 'B']), 251]);
  assert.deepEqual([store.get('account', 'r2').city, third.rec, rest.length], ['B', 'r2', 248]);
  const done = store.outbox().map(({ id }) => [id, 'ok', 10]);
  await store.apply({ results: done, rows: [], gone: [], cursor: 'c2', more: false, complete: true });
  assert.deepEqual([await values(), (await again(store)).state.entries.length], [0, 0]);
});
