import assert from 'node:assert/strict';
import { test } from 'node:test';
import { account, again, dana, holding, names } from './people.mjs';
import { fold } from '../../../pwa/store/fold.js';
import { indexer } from '../../../pwa/store/indexer.js';
import * as words from '../../../pwa/store/text.js';
import { heldOf, unveiled } from '../../../pwa/store/veil.js';

test('a write shows at once and after a restart', async () => {
  let store = await holding([account('a', 'Alef')]);
  await store.write([{ k: 'set', type: 'account', rec: 'a', f: 'city', v: 'Haifa' }]);
  assert.equal(store.get('account', 'a').city, 'Haifa');
  store = await again(store);
  assert.equal(store.get('account', 'a').city, 'Haifa');
  assert.equal(store.mark({ id: 'a' }), 'pending');
});

test('every kind of operation folds onto the base', async () => {
  const store = await holding([account('a', 'Alef', 4, { tags: ['old'], visits: 2 })]);
  const on = (op) => ({ type: 'account', rec: 'a', ...op });
  await store.write([
    on({ k: 'inc', f: 'visits', d: 3 }), on({ k: 'add', f: 'tags', v: 'vip' }),
    on({ k: 'add', f: 'tags', v: 'vip' }), on({ k: 'rem', f: 'tags', v: 'old' }),
    on({ k: 'do', f: 'move', v: { to: 'Eilat' } }),
  ]);
  const { visits, tags, city, owner, ver } = store.get('account', 'a');
  assert.deepEqual({ visits, tags, city, owner, ver }, { visits: 5, tags: ['vip', 'moved'], city: 'Eilat', owner: 'dana', ver: 4 });
  await store.write([on({ k: 'del' })]);
  assert.equal(store.get('account', 'a').deleted, true);
  assert.deepEqual(names(store.page('account')), []);
  await store.write([on({ k: 'set', f: 'deleted', v: false })]);
  assert.deepEqual(names(store.page('account')), ['Alef']);
});

test('a new record has every field, defaults and its maker', async () => {
  const store = await holding();
  await store.write([{ k: 'new', type: 'account', rec: 'n', v: { name: 'Noa' }, t: Date.UTC(2026, 0, 2) }]);
  const record = store.get('account', 'n');
  assert.deepEqual(
    { city: record.city, tags: record.tags, size: record.size, owner: record.owner, team: record.team, at: record.created_at, by: record.created_by, deleted: record.deleted, ver: record.ver },
    { city: null, tags: [], size: 'small', owner: dana.id, team: dana.team, at: '2026-01-02T00:00:00Z', by: dana.id, deleted: false, ver: 0 },
  );
});

test('an acknowledged write leaves only when the base has reached it', async () => {
  const store = await holding([account('a', 'Alef', 1, { visits: 1 })]);
  await store.write([{ k: 'inc', type: 'account', rec: 'a', f: 'visits', d: 1 }]);
  const [{ id }] = store.outbox();
  await store.apply({ results: [[id, 'ok', 7]], rows: [], gone: [], cursor: 'c2', more: true });
  assert.equal(store.get('account', 'a').visits, 2);
  assert.equal(store.mark({ id: 'a' }), null);
  await store.apply({ results: [], rows: [account('a', 'Alef', 6, { visits: 1 })], gone: [], cursor: 'c3', more: true });
  assert.equal(store.get('account', 'a').visits, 2);
  await store.apply({ results: [], rows: [account('a', 'Alef', 7, { visits: 2 })], gone: [], cursor: 'c4', more: true });
  assert.equal(store.get('account', 'a').visits, 2);
  assert.equal(store.outbox().length, 0);
});

test('an acknowledged write to what is no longer held leaves when the pull is complete', async () => {
  const store = await holding([account('a', 'Alef')]);
  await store.write([{ k: 'set', type: 'account', rec: 'a', f: 'owner', v: 'eli' }]);
  const [{ id }] = store.outbox();
  await store.apply({ results: [[id, 'ok', 5]], rows: [], gone: ['a'], cursor: 'c2', more: false, complete: true });
  assert.equal(store.state.entries.length, 0);
  assert.equal(store.get('account', 'a'), null);
});

test('an older row never replaces a newer one', async () => {
  const store = await holding([account('a', 'New', 9)]);
  await store.apply({ rows: [account('a', 'Old', 8)], gone: [], cursor: 'c2', more: false });
  assert.equal(store.get('account', 'a').name, 'New');
});

test('an answer to a superseded request brings no records and moves no cursor', async () => {
  const store = await holding([account('a', 'Alef')]);
  await store.apply({ from: 'c1', rows: [account('b', 'Bet')], gone: [], cursor: 'c3', more: false });
  await store.apply({ from: 'c1', rows: [account('g', 'Gimel')], gone: ['b'], cursor: 'c2', more: false });
  assert.equal(store.meta('cursor'), 'c3');
  assert.deepEqual(names(store.page('account')), ['Alef', 'Bet']);
});

test('marks tell the gravest', async () => {
  const conflict = ['k', 'conflict', 2, { rec: 'a', field: 'city', open: true, deleted: false }];
  const store = await holding([account('a', 'Alef'), account('b', 'Bet'), conflict]);
  await store.write([{ k: 'set', type: 'account', rec: 'a', f: 'city', v: 'X' }]);
  assert.deepEqual([store.mark({ id: 'a' }), store.mark({ id: 'b' })], ['conflict', null]);
  assert.equal(store.status().conflicts, 1);
  await store.apply({ results: [[store.outbox()[0].id, 'rejected', 3, 'forbidden']] });
  assert.equal(store.mark({ id: 'a' }), 'failed');
});

test('what is sensitive stays behind a mask, and is packed as it came', () => {
  const fields = [{ name: 'vat', kind: 'text', sensitive: true }, { name: 'tags', kind: 'tags', sensitive: true }, { name: 'city', kind: 'text' }];
  const entity = { title: 'name', fields };
  const { record } = indexer(entity, words, {});
  const doc = { vat: '123', tags: [], city: 'Haifa', _veiled: ['email'] };
  const held = record(['a', 'account', 3, doc]);
  assert.deepEqual([held.vat, held.tags, held.city, held._veiled], [null, [], 'Haifa', ['email', 'vat']]);
  assert.deepEqual([heldOf(held, 'vat'), heldOf(held, 'tags'), heldOf(held, 'city')], ['123', undefined, undefined]);
  assert.ok(!JSON.stringify(held).includes('123'));
  assert.deepEqual(unveiled(held), { ...doc, id: 'a', type: 'account', ver: 3 });
  const op = { rec: 'a', t: 0 };
  const typed = fold(held, [{ ...op, k: 'set', f: 'vat', v: '456' }, { ...op, k: 'look', f: 'vat' }], { entity });
  assert.deepEqual([typed.vat, heldOf(typed, 'vat'), typed.ver], [null, '456', 3]);
});
