// The invariants of sync that the phone answers for, under random work and random faults.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStore } from '../../../pwa/store/store.js';
import { uuid7 } from '../../../pwa/store/uuid7.js';
import { round } from '../../../pwa/sync/round.js';
import { again, dana, manifest, someone, text } from './people.mjs';
import { Peer, wires } from './peer.mjs';

const SEEDS = Number(process.env.SEEDS ?? 25);
const STEPS = 40;
const FAULTS = [wires.requestLost, wires.answerLost, wires.doubled, wires.proxy, wires.cut, wires.status(500), wires.status(401)];

/** mulberry32 */
function dice(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return { next, below: (n) => Math.floor(next() * n), pick: (list) => list[Math.floor(next() * list.length)] };
}

class Life {
  constructor(seed) {
    this.dice = dice(seed);
    this.peer = new Peer(manifest, dana);
    this.peer.pageSize = 1 + this.dice.below(5);
    this.peer.refuse = (op) => (op.v === 'POISON' ? ['bad', op.f] : null);
    this.mine = new Map(); // rec → the city this phone last gave it
    this.visits = new Map(); // rec → sum of all deltas
    this.poison = 0;
    for (let i = 0; i < 8; i++) this.office(`a${i}`);
  }

  async begin() {
    this.who = someone();
    this.store = await openStore({ ...this.who, text });
    this.store.who = this.who;
    await this.sync();
    await this.store.load(['account']);
  }

  office(rec) {
    const doc = this.peer.records.get(rec)?.doc ?? { city: null, tags: [], visits: 0, deleted: false };
    this.peer.put(rec, 'account', { ...doc, name: `Office ${this.dice.below(999)}`, visits: doc.visits + 1 });
    this.visits.set(rec, (this.visits.get(rec) ?? 0) + 1);
  }

  rec() { return this.dice.pick([...this.visits.keys()]); }

  async edit() {
    const rec = this.rec();
    const v = `C${this.dice.below(999)}`;
    await this.store.write([{ k: 'set', type: 'account', rec, f: 'city', v }]);
    this.mine.set(rec, v);
  }

  async count() {
    const rec = this.rec();
    await this.store.write([{ k: 'inc', type: 'account', rec, f: 'visits', d: 2 }]);
    this.visits.set(rec, this.visits.get(rec) + 2);
  }

  async make() {
    const rec = uuid7();
    await this.store.write([{ k: 'new', type: 'account', rec, v: { name: 'New', city: 'Born', tags: [], visits: 0 } }]);
    this.mine.set(rec, 'Born');
    this.visits.set(rec, 0);
  }

  async group() {
    const [one, two, g, bad] = [this.rec(), this.rec(), uuid7(), this.dice.below(2)];
    await this.store.write([
      { k: 'inc', g, type: 'account', rec: one, f: 'visits', d: 5 },
      { k: 'set', g, type: 'account', rec: two, f: 'size', v: bad ? 'POISON' : 'big' },
    ]);
    if (bad) this.poison += 2;
    else this.visits.set(one, this.visits.get(one) + 5);
  }

  async sync(...faults) {
    this.peer.wires = faults;
    await round(this.store, { fetch: this.peer.fetch, device: 'phone', limit: 1 + this.dice.below(9) }).catch((error) => {
      if (error.name !== 'Fault' && error.constructor.name !== 'SignIn') throw error;
    });
    this.peer.wires = [];
  }

  /** The worker is killed while an answer is on its way; what it then writes goes nowhere. */
  async die() {
    const dying = this.store;
    const doing = this.sync().catch((error) => assert.equal(error.code, 'closed'));
    for (let i = this.dice.below(12); i > 0; i--) await new Promise((resolve) => setImmediate(resolve));
    this.store = await again(dying);
    await doing;
  }

  async step() {
    const deeds = [
      () => this.edit(), () => this.edit(), () => this.count(), () => this.make(), () => this.group(),
      () => this.office(this.dice.pick([...this.peer.records.keys()])), () => this.sync(), () => this.store.tidy(),
      () => this.sync(...Array.from({ length: this.dice.below(3) }, () => (answer) => answer()), this.dice.pick(FAULTS)),
      () => this.die(),
    ];
    await this.dice.pick(deeds)();
  }

  checkNothingFlickers() {
    for (const [rec, city] of this.mine) assert.equal(this.store.get('account', rec).city, city);
  }

  checkQuiet() {
    assert.equal(this.store.state.entries.length, 0);
    assert.equal(this.store.problems().length, this.poison);
    const there = Object.fromEntries([...this.peer.records.values()].map(({ id, ver, doc }) => [id, [ver, doc.name, doc.city, doc.visits]]));
    const here = Object.fromEntries(this.store.page('account', { limit: 999 }).rows.map(({ id, ver, name, city, visits }) => [id, [ver, name, city, visits]]));
    assert.deepEqual(here, there);
    for (const [rec, sum] of this.visits) assert.equal(here[rec][3], sum);
  }
}

for (let seed = 1; seed <= SEEDS; seed++) {
  test(`life ${seed}`, async () => {
    const life = new Life(seed);
    await life.begin();
    for (let i = 0; i < STEPS; i++) {
      await life.step();
      life.checkNothingFlickers();
    }
    await life.sync();
    life.checkQuiet();
    const taken = life.peer.ledger.size;
    life.store = await again(life.store);
    await life.sync();
    life.checkQuiet();
    assert.equal(life.peer.ledger.size, taken);
  });
}
