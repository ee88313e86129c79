import assert from 'node:assert/strict';
import { test } from 'node:test';
import { account, again, dana, manifest, names, someone, text } from './people.mjs';
import { openStore } from '../../../pwa/store/store.js';
import { linesOf } from '../../../pwa/store/lines.js';

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
