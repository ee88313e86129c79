import { apply } from './apply.js';
import { first } from './firstload.js';
import { near } from './alike.js';
import { mark, status, uploads } from './marks.js';
import { empty, held } from './emptying.js';
import { discard, retry, sending, write } from './outbox.js';
import { page, related, tally, total } from './page.js';
import { pending } from './pending.js';
import { bytesOf } from './sizes.js';
import { State } from './state.js';
import * as words from './text.js';
import { tidy } from './tidy.js';

/**
 * A person's window on the records held by this device. Reads are synchronous after `load`; after
 * `open`, which is quicker, they have to stand inside of `reading`.
 */
class Store {
  constructor(state) {
    this.state = state;
  }

  get name() { return this.state.name; }

  // Reading
  load(types) { return this.state.load(types); }
  open(types) { return this.state.open(types); }
  reading(view) { return this.state.reading(view); }
  get(type, id) { return this.need(type).get(id); }
  title(type, id) {
    const record = id && this.need(type).get(id);
    return record ? this.need(type).index.title(record) : null;
  }

  page(type, query = {}) {
    const ranges = query.ranges ?? this.state.text.scriptRanges(this.meta('me')?.lang);
    return page(this.need(type), { ...query, ranges }, this.state.text);
  }

  tally(type, query, name) { return tally(this.need(type), query, name, this.state.text); }
  total(type, query) { return total(this.need(type), query, this.state.text); }

  related(type, by, id, limit, order, filters) {
    return related(this.need(type), by, id, limit, order, filters);
  }

  near(type, words, limit) { return near(this.need(type), words, limit, this.state.text); }

  people() {
    return this.page('person', { filters: { active: true }, limit: 1000, ranges: [] }).rows
      .map((person) => ({ value: person.id, label: this.title('person', person.id) }));
  }

  /** How many records are held, or null before all have been looked at. */
  held() { return held(this.state); }
  count(type) { return this.need(type).count(); }
  bytes(type) { return bytesOf(this.need(type)); }
  mark(record) { return mark(this.state, record); }
  status() { return status(this.state); }

  need(type) {
    const table = this.state.table(type);
    if (!table) throw new Error(`${type} is not loaded`);
    return table;
  }

  // Writing
  write(ops, beside) { return write(this.state, ops, beside); }
  pending() { return pending(this.state); }
  outbox() { return this.state.entries.filter((entry) => !entry.ack); }
  uploads() { return uploads(this.state); }
  problems() { return this.state.failed; }
  discard(opId) { return discard(this.state, opId); }
  retry(opId) { return retry(this.state, opId); }

  // Syncing
  sending(entries) { return sending(this.state, entries); }
  apply(answer) { return apply(this.state, answer); }
  first(load) { return first(this.state, load); }
  /** [id, ver] of every record held, by type, of the types that are loaded. */
  versions() {
    const held = [...this.state.tables].map(([type, table]) => [type, table.versions()]);
    return Object.fromEntries(held);
  }

  refresh() { return this.state.turn(() => this.state.refresh()); }
  tidy() { return tidy(this.state); }
  now() { return this.state.now(); }
  clock() { return this.state.clock(); }

  /** Reads a fact kept beside the records, or with a value keeps it durably. */
  meta(key, value) {
    if (value === undefined) return this.state.fact(key);
    return this.state.mutate([], () => () => value, {}, { [key]: value });
  }

  async usage() {
    const { usage = null, quota = null } = (await globalThis.navigator?.storage?.estimate?.()) ?? {};
    const records = {};
    for (const [type, table] of this.state.tables) records[type] = table.count();
    return { records, usage, quota, ...status(this.state) };
  }

  onClosed(listener) { this.state.onClosed = listener; }

  close() {
    this.state.channel.close();
    this.state.conn.close();
  }

  /** The records go; unsent work stays. The store is closed. */
  async empty() {
    this.state.channel.close();
    await empty(this.state);
    this.state.conn.close();
  }

  async wipe() {
    this.state.channel.close();
    await this.state.conn.wipe();
  }
}

/**
 * @param {{org: string|number, person: string, text?: any, clock?: () => number}} who
 * @returns {Promise<Store>} rejects with a StoreError
 */
export async function openStore({ text = words, ...who }) {
  const state = new State({ text, ...who });
  await state.begin([...state.whole]);
  return new Store(state);
}
