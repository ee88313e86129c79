import { Connection, put } from './connection.js';
import { Stale } from './errors.js';
import { fold } from './fold.js';
import { indexer } from './indexer.js';
import { loadTable } from './loading.js';
import { databaseName, upgrade } from './schema.js';
import { uuid7 } from './uuid7.js';

/**
 * One person's records in memory and in their database. Every change goes through `mutate`:
 * first durable, then visible; one at a time; never on memory that another tab has made stale.
 */
export class State {
  constructor({ org, person, text, clock = Date.now }) {
    /** @type {(() => void)|null} called when a wipe or a newer version of the app takes over */
    this.onClosed = null;
    this.name = databaseName({ org, person });
    this.text = text;
    this.clock = clock;
    this.conn = new Connection(this.name, upgrade, () => this.onClosed?.());
    this.tables = new Map();
    this.loading = new Map();
    this.queue = Promise.resolve();
    this.entries = [];
    this.failed = [];
    this.facts = new Map();
    this.byRecord = new Map();
    this.channel = new BroadcastChannel(this.name);
    /** @type {any} */ (this.channel).unref?.(); // Node would wait for it
    this.channel.onmessage = () => this.turn(() => this.refresh()).catch(() => {});
  }

  fact(name) {
    return this.facts.get(name);
  }

  now() {
    return this.clock() + (this.fact('offset') ?? 0);
  }

  entity(type) {
    return this.fact('manifest')?.entities?.[type];
  }

  indexer(type) {
    const { lang, region, org } = this.fact('me') ?? {};
    return indexer(this.entity(type), this.text, { lang: org?.lang ?? lang, region: org?.region ?? region });
  }

  table(type) {
    return this.tables.get(type);
  }

  base(type, id) {
    return this.tables.get(type)?.base(id) ?? null;
  }

  findType(id) {
    for (const [type, table] of this.tables) if (table.at.has(id)) return type;
    return undefined;
  }

  /** Fills memory with everything small; records are loaded by type, when asked for. */
  async begin() {
    await this.conn.run(['meta', 'outbox', 'problems'], 'readonly', async (tx) => {
      const meta = tx.objectStore('meta');
      const [names, values, entries, failed] = await Promise.all([
        meta.getAllKeys(), meta.getAll(),
        tx.objectStore('outbox').getAll(), tx.objectStore('problems').getAll(),
      ]);
      this.facts = new Map(names.map((name, i) => [name, values[i]]));
      this.setEntries(entries);
      this.setFailed(failed);
    });
  }

  /** Another tab wrote: read again what was in memory, keeping the old view until it is there. */
  async refresh() {
    const stamp = await this.conn.run(['meta'], 'readonly', (tx) => tx.store.get('stamp'));
    if (stamp === this.fact('stamp')) return;
    await this.begin();
    await this.reload();
  }

  async reload() {
    const fresh = await Promise.all(
      [...this.tables.keys()].map(async (type) => [type, await loadTable(this, type)]),
    );
    for (const [type, table] of fresh) this.adopt(type, table);
  }

  /** The manifest or the language changed: only what comes out differently is read again. */
  async reindex() {
    for (const [type, table] of this.tables) {
      const index = this.indexer(type);
      if (index.stamp === table.index.stamp) table.index = index;
      else this.adopt(type, await loadTable(this, type));
    }
  }

  adopt(type, table) {
    this.tables.set(type, table);
    this.refold(this.entries.filter((entry) => entry.type === type));
  }

  async load(types) {
    await Promise.all([...new Set(types)].map((type) => {
      if (this.tables.has(type)) return undefined;
      if (!this.loading.has(type)) {
        const work = this.turn(async () => this.adopt(type, await loadTable(this, type)));
        this.loading.set(type, work.finally(() => this.loading.delete(type)));
      }
      return this.loading.get(type);
    }));
  }

  turn(work) {
    const result = this.queue.then(work);
    this.queue = result.catch(() => {});
    return result;
  }

  /**
   * @param {string[]} stores besides meta
   * @param {(tx) => (() => any)} work makes its requests at once and gives what to do to memory
   * @param {any} [facts] names and values of meta that change in the same transaction
   */
  mutate(stores, work, options = {}, facts = {}) {
    return this.turn(async () => {
      for (;;) {
        try {
          return await this.commit(stores, work, options, facts);
        } catch (error) {
          if (!(error instanceof Stale)) throw error;
          await this.refresh();
        }
      }
    });
  }

  async commit(stores, work, options, given) {
    const facts = { ...given, stamp: uuid7() };
    const settle = await this.conn.run([...stores, 'meta'], 'readwrite', async (tx) => {
      const meta = tx.objectStore('meta');
      if ((await meta.get('stamp')) !== this.fact('stamp')) throw new Stale();
      const after = work(tx, facts);
      for (const [name, value] of Object.entries(facts)) put(tx, 'meta', value, name);
      return after;
    }, options);
    for (const [name, value] of Object.entries(facts)) this.facts.set(name, value);
    const result = await settle();
    if (!this.conn.closed) this.channel.postMessage('changed');
    return result;
  }

  setEntries(entries) {
    this.entries = entries;
    this.byRecord = grouped(entries);
  }

  setFailed(failed) {
    this.failed = failed;
    this.failedRecords = new Set(failed.map((entry) => entry.rec));
  }

  entriesOf(id) {
    return this.byRecord.get(id) ?? [];
  }

  /** Shows again the records that these operations are about. */
  refold(touched) {
    const seen = new Set();
    for (const { type, rec } of touched) {
      const table = this.tables.get(type);
      if (!table || seen.has(rec)) continue;
      seen.add(rec);
      const ops = this.entriesOf(rec);
      const ctx = { entity: this.entity(type), me: this.fact('me') };
      if (ops.length) table.overlay(rec, fold(table.base(rec), ops, ctx));
      else table.uncover(rec);
    }
  }
}

function grouped(entries) {
  const groups = new Map();
  for (const entry of entries) {
    const group = groups.get(entry.rec);
    if (group) group.push(entry);
    else groups.set(entry.rec, [entry]);
  }
  return groups;
}
