import assert from 'node:assert/strict';
import { test } from 'node:test';
import { account, again, dana, holding, manifest, someone, text } from './people.mjs';
import { openStore } from '../../../pwa/store/store.js';

const CITIES = ['Akko', 'Eilat', 'Haifa'];
const many = (n, ver = 1, more = {}) => Array.from({ length: n }, (_, i) => account(
  `i${i}`, `Name ${String((i * 7919) % n).padStart(5, '0')}`, ver, { city: CITIES[i % 3], visits: i % 10, ...more },
));
const ALL = { limit: 5000 };
const all = (store) => store.page('account', ALL).rows;

/** As a worker that has just started: nothing but what lists need is in memory. */
async function started(store) {
  store.close();
  const next = await openStore({ ...store.who, text });
  await next.open(['account', 'contact']);
  next.who = store.who;
  return next;
}

const partsIn = (store) => store.state.table('account').pages.reduce((sum, page) => sum + page.parts.size, 0);

async function stored(store) {
  const db = await store.state.conn.open();
  const [keys, values] = [await db.getAllKeys('pages'), await db.getAll('pages')];
  const heads = keys.flatMap(([type, , , part], i) => (part === undefined && type === 'account' ? [values[i]] : []));
  return { packed: heads.filter((head) => head.ends).length, raw: heads.filter((head) => !head.ends).length, rows: await db.count('rows') };
}

test('packing away changes nothing that is seen', async () => {
  const store = await holding(many(1200));
  await store.write([{ k: 'set', type: 'account', rec: 'i9', f: 'city', v: 'Pending' }]);
  await store.apply({ rows: many(400, 5, { visits: 77 }), gone: ['i1000'], cursor: 'c2', more: false });
  const before = all(store);
  assert.deepEqual(await stored(store), { packed: 0, raw: 2, rows: 1 });
  await store.tidy();
  assert.deepEqual(all(store), before);
  assert.deepEqual(await stored(store), { packed: 2, raw: 0, rows: 1 });
  const after = await again(store);
  assert.deepEqual(all(after), before);
  assert.equal(before.length, 1199);
  await after.apply({ rows: [account('i3', 'Zz', 8)], gone: [], cursor: 'c3', more: false });
  assert.equal((await again(after)).get('account', 'i3').name, 'Zz');
});

test('what was overtaken, taken off and added one by one is packed anew in the end', async () => {
  let store = await holding(many(600));
  for (let ver = 2; ver < 5; ver++) await store.apply({ rows: many(400, ver), gone: [`i${400 + ver}`], cursor: `c${ver}`, more: false });
  await store.tidy();
  const before = all(store);
  store = await again(store);
  await store.tidy();
  assert.deepEqual(await stored(store), { packed: 1, raw: 0, rows: 0 });
  assert.deepEqual([all(store), all(await again(store))], [before, before]);
});

test('a list reads the records it shows and no others', async () => {
  const first = await holding(many(1200));
  await first.tidy();
  const wanted = first.page('account', { limit: 20 });
  const store = await started(first);
  assert.throws(() => store.page('account', { limit: 20 }));
  assert.deepEqual(await store.reading(() => store.page('account', { limit: 20 })), wanted);
  assert.equal(partsIn(store), 1);
  assert.deepEqual(store.versions().account.length, 1200);
});

test('whatever is asked of records that are not in memory is answered alike', async () => {
  const contacts = Array.from({ length: 150 }, (_, i) => [`k${i}`, 'contact', 1, { name: `K${i}`, account: `i${i % 7}`, deleted: false }]);
  const first = await holding([...many(900), ...contacts]);
  await first.tidy();
  const questions = [
    (store) => store.page('account', { words: 'eilat', limit: 7 }),
    (store) => store.page('account', { filters: { visits: '3..4' }, limit: 30 }),
    (store) => store.page('account', { sort: ['city', 'desc'], limit: 30 }),
    (store) => store.related('contact', 'account', 'i3', 5),
    (store) => ['i1', 'i500', 'i800', 'i899'].map((id) => store.title('account', id)),
    (store) => store.get('account', 'nobody'),
  ];
  for (const ask of questions) {
    const store = await started(first);
    assert.deepEqual(await store.reading(() => ask(store)), ask(await again(store)));
  }
});

test('a change to a record that is not in memory is laid over it, at once and after a start', async () => {
  const first = await holding(many(1200));
  await first.tidy();
  let store = await started(first);
  await store.write([{ k: 'set', type: 'account', rec: 'i7', f: 'city', v: 'Jaffa' }]);
  const shown = (one) => one.get('account', 'i7');
  assert.deepEqual([shown(store).city, shown(store).visits, shown(store).ver], ['Jaffa', 7, 1]);
  assert.equal(store.outbox()[0].base, 1);
  store = await started(store);
  assert.deepEqual([shown(store).city, shown(store).visits], ['Jaffa', 7]);
  await store.apply({ rows: [account('i7', 'New', 2)], gone: [], results: [[store.outbox()[0].id, 'ok', 3]], cursor: 'c3', more: false });
  assert.deepEqual([shown(store).city, shown(store).name], ['Jaffa', 'New']);
});

test('pages that another window packed anew are read again', async () => {
  const first = await holding(many(1200));
  await first.tidy();
  const store = await started(first);
  const other = await again({ ...store, close() {}, who: first.who });
  await other.apply({ rows: many(700, 2, { city: 'Jaffa' }), gone: [], cursor: 'c2', more: false });
  await other.tidy();
  await (await again({ close() {}, who: first.who })).tidy();
  const found = await store.reading(() => store.page('account', ALL));
  assert.deepEqual(found.rows, all(other));
});

test('a database in the form before this one is read as it is, keeps what waits, and is packed anew', async () => {
  const who = someone();
  const rows = many(400);
  const texts = rows.map((row) => new TextEncoder().encode(JSON.stringify(row)));
  let end = 0;
  const ends = Uint32Array.from(texts, (bytes) => (end += bytes.length));
  const old = await openStore({ ...who, text });
  await old.write([{ k: 'set', type: 'account', rec: 'i3', f: 'city', v: 'Pending' }]);
  const db = await old.state.conn.open();
  const tx = db.transaction(['pages', 'meta'], 'readwrite');
  tx.objectStore('pages').put({
    stamp: 'as it was', text: new Uint8Array(await new Blob(texts).arrayBuffer()), ends, dead: [], refs: {}, words: new Uint8Array(),
    ids: rows.map(([id]) => id).join('\n'), keys: rows.map(() => '').join('\n'),
  }, ['account', 0, 0]);
  tx.objectStore('pages').put(new TextEncoder().encode(JSON.stringify([account('z', 'Zz')])), ['account', 0, 1]);
  for (const [name, value] of Object.entries({ types: ['account'], gen: 0, me: dana, manifest, cursor: 'c1' })) tx.objectStore('meta').put(value, name);
  await tx.done;
  old.who = who;
  const store = await again(old);
  const seen = all(store);
  assert.deepEqual([seen.length, store.get('account', 'i3').city, store.get('account', 'i4').visits], [401, 'Pending', 4]);
  await store.tidy();
  assert.deepEqual(await stored(store), { packed: 1, raw: 0, rows: 0 });
  const after = await again(store);
  assert.deepEqual([all(after), after.outbox().length], [seen, 1]);
});
