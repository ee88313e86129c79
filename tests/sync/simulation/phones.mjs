// Many phones in one process: the real pwa/store and pwa/sync, each on a database of its own in
// memory, with a clock of its own. Python gives the commands, one line of JSON each, and answers
// what the phones ask of the network.
import 'fake-indexeddb/auto';
import { createInterface } from 'node:readline';
import { openDB } from 'idb';
import { openStore } from '../../../pwa/store/store.js';
import { STORES, upgrade } from '../../../pwa/store/schema.js';
import { alone } from '../../../pwa/sync/lock.js';
import { round } from '../../../pwa/sync/round.js';
import { Channel } from './channel.mjs';

globalThis.BroadcastChannel = Channel;
const lower = (s) => (s ?? '').toLowerCase();
const text = { fold: lower, sortKey: lower, words: (query) => lower(query).split(' '), searchForms: (number) => number, scriptRanges: () => [['', '\ud7ff']] };
const phones = new Map();
const asked = new Map();
let now = 0;
let asks = 0;

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const { put } = IDBObjectStore.prototype;
const full = new Map(); // database → object store that has no room
IDBObjectStore.prototype.put = function (...args) {
  if (full.get(this.transaction.db.name) === this.name) throw new DOMException('full', 'QuotaExceededError');
  return put.apply(this, args);
};

let plant = null; // a fault on purpose, see planting.py

/** What was acknowledged leaves the view at once, or stays in it when the base has it. */
function spoiled(store) {
  const { state } = store;
  const set = state.setEntries.bind(state);
  const fold = state.refold.bind(state);
  if (plant === 'hasty') state.setEntries = (entries) => set(entries.filter(({ ack }) => !ack));
  if (plant === 'clinging') state.refold = (touched) => fold(touched.filter(({ ack }) => !ack));
  return store;
}

class Phone {
  constructor(facts) {
    Object.assign(this, facts);
    this.clock = () => now + this.skew;
    this.tabs = [];
    this.touched = new Map();
  }

  /** A window or the worker; all are of one database. */
  async tab(n = 0) {
    this.tabs[n] ??= spoiled(await openStore({ org: this.phone, person: this.person, text, clock: this.clock }));
    await this.tabs[n].load(this.types);
    return this.tabs[n];
  }

  net(tab) {
    return { device: this.device, limit: this.batch, clock: this.clock, fetch: (_, init) => this.fetch(init, tab), renew: () => this.renew() };
  }

  /** Under another name from now on: the server has found a copy. */
  async renew() {
    this.names = (this.names ?? 0) + 1;
    this.device = `${this.phone.split('@')[0]}-${this.names}`;
    return this.device;
  }

  fetch(init, tab) {
    const ask = ++asks;
    const lines = this.lines && init.headers.Accept.includes('ndjson');
    say({ ask, phone: this.phone, tab, body: init.body, lines });
    return new Promise((resolve, reject) => {
      asked.set(ask, ({ status, kind, body }) => {
        if (!status) reject(new TypeError('Failed to fetch'));
        else resolve(new Response(body, { status, headers: { 'Content-Type': kind } }));
      });
    });
  }

  /** The process ends at its n-th change of the database: just before it, or just after. */
  async arm(at, after) {
    const store = await this.tab();
    const { conn } = store.state;
    const run = conn.run.bind(conn);
    let left = at;
    conn.run = async (stores, mode, ...rest) => {
      if (mode !== 'readwrite' || left-- > 0) return run(stores, mode, ...rest);
      if (after) await run(stores, mode, ...rest);
      store.close();
      throw new Error('killed');
    };
  }

  async restart() {
    for (const store of this.tabs) store?.close();
    this.tabs = [];
    await this.tab();
  }
}

async function attempt(work) {
  try {
    return { done: true, ...(await work()) };
  } catch (error) {
    if (['Fault', 'SignIn'].includes(error.constructor.name)) return { fault: error.reason ?? 'signin' };
    if (error.code ?? error.message === 'killed') return { fault: error.code ?? 'killed' };
    throw error;
  }
}

const ids = (entries) => entries.map(({ id }) => id);
const bodies = (entries) => entries.map(({ n, ack, ...op }) => op);

async function write(phone, { ops, tab = 0 }) {
  const store = await phone.tab(tab);
  await store.refresh();
  for (const op of ops) phone.touched.set(op.rec, op.type);
  const before = new Set(ids(store.state.entries));
  const told = await attempt(async () => { await store.write(ops); });
  if (told.fault === 'killed' || told.fault === 'closed') await phone.restart();
  const { entries } = (await phone.tab(tab)).state;
  const here = new Set(ids(entries));
  return { ...told, added: bodies(entries.filter(({ id }) => !before.has(id))), dropped: [...before].filter((id) => !here.has(id)) };
}

async function sync(phone, { tab = 0 }) {
  const store = await phone.tab(tab);
  const told = await attempt(async () => { await round(store, phone.net(tab)); });
  if (told.fault === 'killed' || told.fault === 'closed') await phone.restart();
  return told;
}

async function both(phone) {
  const tabs = [await phone.tab(0), await phone.tab(1)];
  const told = await Promise.all(tabs.map((store, n) => attempt(async () => { await alone(store.name, () => round(store, phone.net(n))); })));
  return { faults: told.map(({ fault }) => fault ?? null) };
}

function shown(store, rec, type) {
  const base = store.state.base(type, rec);
  const view = store.get(type, rec);
  const pick = (record) => record && Object.fromEntries(['ver', 'name', 'title', 'city', 'notes', 'tags', 'stock'].map((f) => [f, record[f] ?? null]));
  return { base: pick(base), view: pick(view) };
}

async function look(phone) {
  const store = await phone.tab();
  await store.refresh();
  const held = {};
  for (const type of phone.types) held[type] = [...store.need(type).at.keys()].filter((id) => store.get(type, id)).sort();
  const open = held.conflict.filter((id) => store.get('conflict', id).open);
  const texts = Object.fromEntries(held.account.map((id) => store.get('account', id)).map(({ id, notes, tags }) => [id, [notes, tags]]));
  return {
    texts,
    held: { ...held, conflict: open }, cursor: store.meta('cursor') ?? null, gen: store.meta('gen') ?? 0,
    device: phone.device, outbox: store.state.entries.map(({ id, ack }) => [id, ack?.ver ?? null]), problems: ids(store.problems()),
    shown: Object.fromEntries([...phone.touched].map(([rec, type]) => [rec, shown(store, rec, type)])),
  };
}

async function dump(phone) {
  const store = await phone.tab();
  const rows = [];
  for (const type of phone.types) {
    const table = store.need(type);
    for (const id of table.at.keys()) if (table.base(id)) rows.push(table.base(id));
  }
  return { rows };
}

async function clone(phone, { into, ...facts }) {
  const copy = new Phone({ ...phone, ...facts, phone: into, clock: undefined });
  const from = (await phone.tab()).state.conn;
  const to = await openDB(`kesher-${into}-${phone.person}`, 1, { upgrade });
  for (const name of STORES) {
    const [keys, values] = await from.run([name], 'readonly', (tx) => Promise.all([tx.store.getAllKeys(), tx.store.getAll()]));
    const tx = to.transaction(name, 'readwrite');
    keys.forEach((key, i) => { tx.store.put(values[i], tx.store.keyPath ? undefined : key); });
    await tx.done;
  }
  to.close();
  phones.set(into, copy);
  await copy.tab();
}

const deeds = {
  write, sync, both, look, dump, clone,
  plant(_, { name }) { plant = name; },
  async open(_, facts) {
    phones.set(facts.phone, new Phone(facts));
    await phones.get(facts.phone).tab();
  },
  arm: (phone, { at, after }) => phone.arm(at, after),
  async restart(phone) { await phone.restart(); },
  async fill(phone, { store }) { full.set((await phone.tab()).name, store); },
  async wipe(phone) {
    await (await phone.tab()).wipe();
    await phone.restart();
  },
  clock(phone, { skew }) { phone.skew = skew; },
  async retry(phone, { op }) {
    const store = await phone.tab();
    await store.refresh();
    const before = new Set(ids(store.problems()));
    const risen = await store.retry(op);
    for (const id of ids(store.problems())) before.delete(id);
    return { added: bodies(risen), gone: [...before] };
  },
  async discard(phone, { op }) {
    const store = await phone.tab();
    await store.refresh();
    return { gone: ids(await store.discard(op)) };
  },
  async close(phone) {
    const store = await phone.tab();
    for (const other of phone.tabs.slice(1)) other?.close();
    await store.wipe();
    phones.delete(phone.phone);
  },
};

async function obey({ n, deed, ...given }) {
  try {
    say({ n, told: (await deeds[deed](phones.get(given.phone), given)) ?? null });
  } catch (error) {
    say({ n, broken: String(error.stack), cause: String(error.cause?.stack ?? '') });
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  now = message.now ?? now;
  if (message.answer) {
    asked.get(message.answer)(message);
    asked.delete(message.answer);
  } else obey(message);
}
