import { Links } from './links.js';
import { Order } from './order.js';
import { decode, textAt, toJson } from './pack.js';

const TITLE = '';
const MANY = 200; // beyond this, sorting afresh beats moving one by one

/**
 * The records of one type in memory. A record has a slot; columns are arrays by slot. What is
 * shown is the base with the outbox folded in; where they differ the base stands in `bases`.
 */
export class Table {
  constructor(index) {
    this.index = index;
    this.at = new Map();
    this.ids = [];
    this.keys = [];
    this.hay = []; // undefined: still in its page; null: not made yet
    this.shown = []; // undefined: not parsed yet; null: no such record
    this.live = [];
    this.gens = [];
    this.home = [];
    this.pages = [];
    this.bases = new Map();
    this.orders = new Map();
    this.links = new Map();
    this.loose = 0; // records that stand in `rows` or in an unpacked line
    this.next = 0;
  }

  addPage(page, gen) {
    const ids = page.ids ? page.ids.split('\n') : [];
    const keys = page.keys.split('\n');
    const start = this.ids.length;
    this.pages.push({ ...page, start });
    for (let i = 0; i < ids.length; i++) {
      const old = this.at.get(ids[i]);
      if (old !== undefined) this.bury(old);
      this.at.set(ids[i], start + i);
    }
    this.ids = this.ids.concat(ids);
    this.keys = this.keys.concat(keys.slice(0, ids.length));
    this.gens = this.gens.concat(ids.map(() => gen));
    this.home = this.home.concat(ids.map(() => this.pages.length - 1));
    this.live = this.live.concat(ids.map(() => true));
    this.shown.length = this.ids.length;
    for (const i of page.dead) this.live[start + i] = false;
  }

  /** @param {Array} rows [id, type, ver, doc] that are not packed */
  addRows(rows, gen) {
    for (const row of rows) this.setBase(row[0], this.index.record(row), gen);
    this.loose += rows.length;
  }

  bury(slot) {
    this.shown[slot] = null;
    this.live[slot] = false;
  }

  textOf(slot) {
    const page = this.pages[this.home[slot]];
    return page && textAt(page, slot - page.start);
  }

  record(slot) {
    const known = this.shown[slot];
    if (known !== undefined) return known;
    return (this.shown[slot] = this.index.record(JSON.parse(this.textOf(slot))));
  }

  get(id) {
    const slot = this.at.get(id);
    return slot === undefined ? null : this.record(slot);
  }

  base(id) {
    return this.bases.has(id) ? this.bases.get(id) : this.get(id);
  }

  genOf(id) {
    return this.gens[this.at.get(id)] ?? -1;
  }

  /** @param {any} record what the server last said of it */
  setBase(id, record, gen) {
    this.show(id, record);
    this.bases.delete(id);
    const slot = this.at.get(id);
    this.gens[slot] = gen;
    this.home[slot] = -1;
  }

  /** Shows `record` in place of the base; null shows nothing. */
  overlay(id, record) {
    if (!this.bases.has(id)) this.bases.set(id, this.get(id));
    this.show(id, record);
  }

  uncover(id) {
    if (!this.bases.has(id)) return;
    this.show(id, this.bases.get(id));
    this.bases.delete(id);
  }

  show(id, record) {
    let slot = this.at.get(id);
    if (slot === undefined) this.at.set(id, (slot = this.ids.length));
    else this.lift(slot);
    this.ids[slot] = id;
    this.home[slot] ??= -1;
    this.shown[slot] = record;
    this.live[slot] = Boolean(record) && !record.deleted;
    this.keys[slot] = record ? this.index.key(record) : '';
    this.hay[slot] = null;
    if (this.live[slot]) this.lay(slot, record);
  }

  lift(slot) {
    if (!this.live[slot]) return;
    for (const order of this.orders.values()) order.remove(slot);
    for (const links of this.links.values()) links.remove(slot);
  }

  lay(slot, record) {
    for (const order of this.orders.values()) {
      if (order.name !== TITLE) order.keys[slot] = record[order.name] ?? null;
      order.insert(slot);
    }
    for (const [by, links] of this.links) links.insert(slot, record[by]);
  }

  /** Call before changing many records. */
  loosen(changes) {
    if (changes < MANY) return;
    this.unpackWords();
    this.orders.clear();
    this.links.clear();
  }

  liveSlots() {
    const slots = [];
    for (let slot = 0; slot < this.live.length; slot++) if (this.live[slot]) slots.push(slot);
    return slots;
  }

  /** By title without a name, else by the values of a field. */
  order(name = TITLE, down = false) {
    const known = `${down ? '-' : ''}${name}`;
    let order = this.orders.get(known);
    if (!order) {
      const slots = this.liveSlots();
      const keys = name === TITLE ? this.keys : [];
      if (name !== TITLE) for (const slot of slots) keys[slot] = this.record(slot)[name] ?? null;
      this.orders.set(known, (order = new Order(keys, this.ids, slots, down)));
      order.name = name;
    }
    return order;
  }

  linked(by, id) {
    let links = this.links.get(by);
    if (!links) this.links.set(by, (links = this.readLinks(by)));
    return links.at(id).map((slot) => this.record(slot));
  }

  readLinks(by) {
    const links = new Links();
    const columns = this.pages.map((page) => page.refs[by] && decode(page.refs[by]).split('\n'));
    for (const slot of this.liveSlots()) {
      const column = this.shown[slot] ? undefined : columns[this.home[slot]];
      const start = this.pages[this.home[slot]]?.start;
      links.insert(slot, column ? column[slot - start] : this.record(slot)[by]);
    }
    return links;
  }

  words(slot) {
    if (this.hay[slot] === undefined) this.unpackWords();
    return (this.hay[slot] ??= this.index.words(this.record(slot)));
  }

  unpackWords() {
    for (const page of this.pages) {
      if (page.words === null) continue;
      const words = decode(page.words).split('\n');
      for (let i = 0; i < words.length; i++) {
        if (this.hay[page.start + i] === undefined) this.hay[page.start + i] = words[i];
      }
      page.words = null;
    }
  }

  count() {
    let n = 0;
    for (const live of this.live) if (live) n++;
    return n;
  }

  versions() {
    return [...this.at.keys()].map((id) => this.base(id)).filter(Boolean).map(({ id, ver }) => [id, ver]);
  }

  /** Every base record in order of title, ready to be packed. */
  bodies() {
    const found = [];
    for (const [id, slot] of this.at) {
      const record = this.base(id);
      if (!record) continue;
      const text = this.textOf(slot) ?? toJson(record);
      const hidden = this.bases.has(id);
      const key = hidden ? this.index.key(record) : this.keys[slot];
      const words = hidden ? this.index.words(record) : this.words(slot);
      found.push({ record, text, key, words });
    }
    return found.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  }
}
