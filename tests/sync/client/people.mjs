// The cast and what they work with: a store per person, stubs of the text rules, a manifest.
import 'fake-indexeddb/auto';
import { openStore } from '../../../pwa/store/store.js';

const lower = (s) => (s ?? '').normalize('NFKD').toLowerCase();

export const text = {
  fold: lower,
  sortKey: lower,
  words: (query) => lower(query).split(/\s+/).filter(Boolean),
  searchForms: (number) => `${number} ${number.slice(1)}`,
  scriptRanges: () => [['', '\ud7ff']],
};

const field = (name, kind, more = {}) => ({ name, kind, readonly: false, search: false, default: null, ...more });
const SYSTEM = [
  field('owner', 'person', { default: 'me' }), field('team', 'team', { default: 'my_team' }),
  field('created_at', 'instant', { readonly: true }), field('created_by', 'person', { readonly: true }),
  field('updated_at', 'instant', { readonly: true }), field('updated_by', 'person', { readonly: true }),
  field('deleted', 'bool'),
];
const entity = (type, title, fields, actions = []) => ({
  type, title, order: [title, 'asc'], fields: [...fields, ...SYSTEM], actions,
});

export const manifest = {
  version: 'm1',
  entities: {
    account: entity('account', 'name', [
      field('name', 'text', { search: true }), field('city', 'text', { search: true }),
      field('tags', 'tags'), field('visits', 'integer'), field('size', 'choice', { default: 'small' }),
      field('since', 'date'), field('phones', 'phones', { search: true }),
    ], [{ name: 'move', noun: 'moving', effects: [['set', 'city', ['arg', 'to']], ['add', 'tags', ['value', 'moved']], ['set', 'owner', ['me']]] }]),
    contact: entity('contact', 'name', [field('name', 'text', { search: true }), field('account', 'ref', { target: 'account' })]),
    conflict: entity('conflict', 'field', [field('rec', 'ref'), field('field', 'text'), field('open', 'bool')]),
    person: entity('person', 'name', [field('name', 'text'), field('active', 'bool')]),
  },
};

export const dana = { id: 'dana', hash: 'h1', team: 'north', lang: 'en', org: { lang: 'en', region: 'IL' } };

let made = 0;
export const someone = () => ({ org: 1, person: `p${++made}` });

/** A store that has synced once: it knows the manifest, its person, and the records given. */
export async function holding(rows = [], who = someone()) {
  const store = await openStore({ ...who, text });
  await store.apply({ rows, gone: [], cursor: 'c1', more: false, reset: true, me: dana, manifest });
  await store.load(['account', 'contact']);
  store.who = who;
  return store;
}

/** The same person's store after the worker was killed and started again. */
export async function again(store) {
  store.close();
  const next = await openStore({ ...store.who, text });
  await next.load(['account', 'contact']);
  next.who = store.who;
  return next;
}

export const another = (store) => openStore({ ...store.who, text });

export const account = (id, name, ver = 1, more = {}) => [id, 'account', ver, { name, city: null, tags: [], visits: 0, deleted: false, ...more }];
export const names = (page) => page.rows.map((row) => row.name);
