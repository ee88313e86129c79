// Names of parameters and inputs are anybody's to choose.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readForm, readQuery } from '../../../pwa/worker/requests.js';

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'name'];
const pairs = NAMES.flatMap((name) => [[name, '1'], [name, '2']]);

function isAllThere(found) {
  assert.deepEqual(Object.keys(found), NAMES);
  for (const name of NAMES) assert.deepEqual(found[name], ['1', '2']);
  assert.deepEqual(Object.keys({ ...found }), NAMES);
}

test('a query may have names that every object has', () => {
  isAllThere(readQuery(new URL(`https://a.example/?${new URLSearchParams(pairs)}`)));
});

test('so may a form', async () => {
  const body = new FormData();
  for (const [name, value] of pairs) body.append(name, value);
  body.append('file', new Blob(['x']), 'x.txt');
  isAllThere(await readForm(new Request('https://a.example/', { method: 'POST', body })));
});
