import { attempt } from './attempt.js';
import { unbundled } from './bundles.js';
import { Connection } from './connection.js';
import { Stale } from './errors.js';
import { fold } from './fold.js';
import { indexer } from './indexer.js';
import { loadTables, requestTypes } from './loading.js';
import { Absent, bring } from './parts.js';
import { allOf, databaseName, upgrade } from './schema.js';
import { uuid7 } from './uuid7.js';

const SHOWN_EVERYWHERE = ['conflict', 'person', 'notice'];
const PATIENCE = 50; // parts that a view may ask for, one after the other

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
    this.whole = new Set(SHOWN_EVERYWHERE);
    this.queue = Promise.resolve();
    this.entries = [];
    this.failed = [];
    this.facts = new Map();
    /** @type {Map<string, any>} files that the server does not have yet, by id */
    this.uploads = new Map();
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

  /** Fills memory with everything small, and with these types; others follow when asked for. */
  async begin(types) {
    const stores = ['meta', 'outbox', 'problems', 'blobs', 'pages', 'rows'];
    const read = await this.conn.run(stores, 'readonly', async (tx) => {
      const meta = tx.objectStore('meta');
      const [names, values, entries, failed, uploads, given] = await Promise.all([
        meta.getAllKeys(), meta.getAll(),
        tx.objectStore('outbox').getAll(), tx.objectStore('problems').getAll(),
        tx.objectStore('blobs').getAll(allOf('upload')), requestTypes(this, tx, types),
      ]);
      this.facts = new Map(names.map((name, i) => [name, values[i]]));
      this.setEntries(unbundled(entries));
      this.setFailed(failed);
      this.uploads = new Map(uploads.map((one) => [one.id, one]));
      return given;
    });
    await this.take(types, read);
  }

  /** Another tab wrote: read again what was in memory, keeping the old view until it is there. */
  async refresh() {
    const stamp = await this.conn.run(['meta'], 'readonly', (tx) => tx.store.get('stamp'));
    if (stamp === this.fact('stamp')) return;
    await this.begin([...this.tables.keys()]);
  }

  reload() {
    return this.take([...this.tables.keys()]);
  }

  async take(types, read = null) {
    const fresh = await loadTables(this, types, read);
    for (const [type, table] of fresh) this.adopt(type, table);
  }

  /** The manifest or the language changed: only what comes out differently is read again. */
  async reindex() {
    const changed = [];
    for (const [type, table] of this.tables) {
      const index = this.indexer(type);
      if (index.stamp === table.index.stamp) table.index = index;
      else changed.push(type);
    }
    await this.take(changed);
  }

  adopt(type, table) {
    this.tables.set(type, table);
    this.refold(this.entries.filter((entry) => entry.type === type));
  }

  /** Makes ready what lists need of these types; the records themselves come when they are read. */
  async open(types) {
    const wanted = [...new Set(types)].filter((type) => !this.tables.has(type));
    const fresh = wanted.filter((type) => !this.loading.has(type));
    if (fresh.length) {
      const work = this.turn(() => this.take(fresh)).finally(() => fresh.forEach((type) => this.loading.delete(type)));
      for (const type of fresh) this.loading.set(type, work);
    }
    await Promise.all(wanted.map((type) => this.loading.get(type)));
  }

  /** Makes all of these types ready, from now on, so that reading never waits. */
  async load(types) {
    for (const type of types) this.whole.add(type);
    await this.open(types);
    await this.bring(types.flatMap((type) => this.table(type).missing()));
  }

  /** Parts of packed pages; where they are gone, another tab has packed anew. */
  async bring(wants) {
    if (!(await bring(this.conn, wants))) await this.turn(() => this.refresh());
  }

  /** Runs a reader that changes nothing, again and again until all that it reads is in memory. */
  async reading(read) {
    for (let n = 0; ; n++) {
      try {
        return await read();
      } catch (error) {
        if (!(error instanceof Absent) || n === PATIENCE) throw error;
        await this.bring(error.wants);
      }
    }
  }

  /** What operations are about to be laid over. */
  async ready(touched) {
    const lacking = (type, rec) => {
      const table = this.tables.get(type);
      const slot = table?.at.get(rec);
      return slot === undefined ? [] : table.lacking([slot]);
    };
    await bring(this.conn, touched.flatMap(({ type, rec }) => lacking(type, rec)));
  }

  turn(work) {
    const result = this.queue.then(work);
    this.queue = result.catch(() => {});
    return result;
  }

  /**
   * @param {string[]} stores besides meta
   * @param {(tx, facts) => (() => any)} work makes its requests at once and gives what to do to memory; anew if that was stale
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
    const settle = await this.conn.run([...stores, 'meta'], 'readwrite', (tx) => attempt(tx, this.fact('stamp'), work, facts), options);
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
