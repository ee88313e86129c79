import assert from 'node:assert/strict';
import { test } from 'node:test';
import { account, again, another, holding, names, someone, text } from './people.mjs';
import { openStore } from '../../../pwa/store/store.js';
import { wipeEverything } from '../../../pwa/store/databases.js';
import * as session from '../../../pwa/store/session.js';
import { uuid7 } from '../../../pwa/store/uuid7.js';

const edit = (v, rec = 'a') => [{ k: 'set', type: 'account', rec, f: 'city', v }];
const settled = () => new Promise((resolve) => setImmediate(() => setTimeout(resolve, 20)));

/** Makes every write to one object store fail as a full disk does, until called back. */
function full(name, error = 'QuotaExceededError') {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...args) {
    if (this.name === name) throw new DOMException('full', error);
    return put.apply(this, args);
  };
  return () => { IDBObjectStore.prototype.put = put; };
}

test('a full disk is told as such, and nothing is lost or half shown', async () => {
  let store = await holding([account('a', 'Alef')]);
  await store.write(edit('before'));
  const free = full('outbox');
  await assert.rejects(store.write([{ k: 'set', type: 'account', rec: 'a', f: 'name', v: 'lost' }]), { code: 'quota' });
  free();
  assert.deepEqual([store.get('account', 'a').city, store.get('account', 'a').name], ['before', 'Alef']);
  await store.write(edit('after'));
  store = await again(store);
  assert.deepEqual(store.outbox().map((entry) => entry.v), ['after']);
});

test('records and cursor come together or not at all', async () => {
  let store = await holding([account('a', 'Alef')]);
  const free = full('rows');
  await assert.rejects(store.apply({ rows: [account('b', 'Bet')], gone: [], cursor: 'c2', more: false }), { code: 'quota' });
  free();
  assert.deepEqual([store.meta('cursor'), store.count('account')], ['c1', 1]);
  store = await again(store);
  assert.deepEqual([store.meta('cursor'), store.count('account')], ['c1', 1]);
  await store.apply({ from: 'c1', rows: [account('b', 'Bet')], gone: [], cursor: 'c2', more: false });
  assert.deepEqual(names((await again(store)).page('account')), ['Alef', 'Bet']);
});

test('a database the browser lost is opened again', async () => {
  const store = await holding([account('a', 'Alef')]);
  const open = await store.state.conn.open();
  open.close();
  await store.write(edit('kept'));
  assert.equal((await again(store)).get('account', 'a').city, 'kept');
});

test('two tabs see each other and lose nothing', async () => {
  const one = await holding([account('a', 'Alef'), account('b', 'Bet')]);
  const two = await another(one);
  await two.load(['account']);
  await Promise.all([one.write(edit('one', 'a')), two.write(edit('two', 'b')), one.write(edit('three', 'b'))]);
  await one.refresh();
  await two.refresh();
  assert.deepEqual(one.outbox(), two.outbox());
  assert.equal(new Set(one.outbox().map((entry) => entry.n)).size, one.outbox().length);
  assert.equal(one.get('account', 'b').city, two.get('account', 'b').city);
  assert.equal(two.get('account', 'a').city, 'one');
  await one.apply({ rows: [account('g', 'Gimel', 3)], gone: ['b'], cursor: 'c2', more: false });
  while (two.count('account') !== 2 || !two.get('account', 'g')) await settled(); // it hears of it
  assert.deepEqual(names(two.page('account')), ['Alef', 'Gimel']);
});

test('a wipe elsewhere closes this one for good', async () => {
  const one = await holding([account('a', 'Alef')]);
  const two = await another(one);
  let told = false;
  one.onClosed(() => { told = true; });
  await two.wipe();
  assert.ok(told);
  await assert.rejects(one.write(edit('ghost')), { code: 'closed' });
  const fresh = await openStore({ ...one.who, text });
  assert.deepEqual([fresh.outbox().length, fresh.meta('cursor')], [0, undefined]);
});

test('what is refused at the door of the store', async () => {
  const store = await holding([account('a', 'Alef')]);
  await assert.rejects(store.write([{ k: 'set', rec: 'nobody', f: 'x', v: 1 }]), { code: 'unknown_type' });
  await assert.rejects(store.write([{ k: 'boom', type: 'account', rec: 'a' }]), { code: 'unknown_operation' });
  await store.write([{ k: 'set', rec: 'a', f: 'city', v: 'found by id' }]);
  assert.equal(store.outbox()[0].type, 'account');
});

test('facts beside the records last; a group of people is kept apart', async () => {
  let store = await holding();
  await store.meta('draft:account/new', { name: 'Half' });
  const other = await openStore({ ...someone(), text });
  store = await again(store);
  assert.deepEqual(store.meta('draft:account/new'), { name: 'Half' });
  assert.equal(other.meta('draft:account/new'), undefined);
});

test('the session remembers, forgets and wipes', async () => {
  const who = someone();
  const store = await openStore({ ...who, text });
  store.close();
  assert.equal(await session.signedIn(), null);
  await session.remember({ ...who, lang: 'he' });
  assert.equal((await session.signedIn()).person, who.person);
  const device = await session.device();
  assert.equal(await session.device(), device);
  await session.forget();
  assert.equal(await session.signedIn(), null);
  await wipeEverything();
  assert.deepEqual((await indexedDB.databases()).filter(({ name }) => name.endsWith(who.person)), []);
  assert.notEqual(await session.device(), device);
});

test('ids are version 7, in order and never the same', () => {
  const at = Date.UTC(2026, 0, 1);
  const ids = Array.from({ length: 9000 }, (_, i) => uuid7(at - (i % 3)));
  assert.ok(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)));
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(ids, [...ids].sort());
});
